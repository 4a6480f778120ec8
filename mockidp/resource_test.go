package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"
)

const mailbox = "https://mailbox.example"

func resourceCases() []ruleCase {
	wrong := []struct{ rule, sentence, resource string }{
		{"resource-absolute", "a resource that is no address", "mailbox"},
		{"resource-absolute", "a resource with a fragment", mailbox + "#inbox"},
		{"resource-granted", "a resource that no scope is for", "https://invoices.example/other"},
	}
	device := func(w *world, change ...string) reply {
		d := w.tv("scope", "openid mail.read")
		w.allowTV(d.UserCode)
		return w.poll(d.DeviceCode, change...)
	}
	var all []ruleCase
	for _, x := range wrong {
		c := func(place string, send func(*world) reply) {
			all = append(all, ruleCase{"token " + place, x.rule, x.sentence, jsonError, 400, send})
		}
		all = append(all, ruleCase{"authorization", x.rule, x.sentence, toClient, 303, authorizeWith("resource", x.resource)})
		c("authorization_code", tokenWith("resource", x.resource))
		c("refresh_token", func(w *world) reply { return w.refresh(w.app("openid mail.read").Refresh, "resource", x.resource) })
		c("password", func(w *world) reply { return w.legacy("scope", "openid", "resource", x.resource) })
		c("client_credentials", serviceWith("scope", "read:invoices", "resource", x.resource))
		c(deviceGrant, func(w *world) reply { return device(w, "resource", x.resource) })
	}
	return append(all, ruleCase{
		"token refresh_token", "resource-granted", "a scope without the resource of before", jsonError, 400,
		func(w *world) reply {
			first := w.post(tokenURL, redeeming(w.code("client_id", "app-client", "resource", mailbox), "client_id", "app-client").Encode())
			return w.refresh(tokensIn(w.t, first).Refresh, "scope", "openid")
		},
	})
}

func resourceKept() []keptCase {
	return []keptCase{
		{"authorization", "a resource of a scope", authorizeWith("resource", mailbox)},
		{"pushed-authorization", "a resource of a scope", func(w *world) reply { return w.push("resource", mailbox) }},
		{"token authorization_code", "a resource of a scope", tokenWith("resource", mailbox)},
		{"token refresh_token", "a resource of a scope", func(w *world) reply {
			return w.refresh(w.app("openid mail.read").Refresh, "resource", mailbox)
		}},
		{"token password", "the provider as the resource", func(w *world) reply { return w.legacy("scope", "openid", "resource", realmURL) }},
		{"token client_credentials", "a resource of a scope", serviceWith("scope", "read:invoices", "resource", "https://invoices.example")},
		{"token " + deviceGrant, "a resource of a scope", func(w *world) reply {
			d := w.tv("scope", "openid mail.read")
			w.allowTV(d.UserCode)
			return w.poll(d.DeviceCode, "resource", mailbox)
		}},
	}
}

// audienceIn returns aud of the access token in an answer, as JSON.
func audienceIn(t *testing.T, res reply) string {
	t.Helper()
	aud, err := json.Marshal(claimsOf(t, tokensIn(t, res).Access)["aud"])
	if err != nil {
		t.Fatal(err)
	}
	return string(aud)
}

func TestAResourceNarrowsWhomATokenIsFor(t *testing.T) {
	w := newWorld(t)
	both := `["` + mailbox + `","` + realmURL + `"]`
	redeem := func(query, form []string) reply {
		code := w.code(append([]string{"client_id", "app-client", "scope", "openid mail.read"}, query...)...)
		return w.post(tokenURL, redeeming(code, append([]string{"client_id", "app-client"}, form...)...).Encode())
	}
	named := []string{"resource", mailbox}
	for _, c := range []struct {
		query, form []string
		want        string
	}{{nil, nil, both}, {named, nil, `"` + mailbox + `"`}, {nil, named, `"` + mailbox + `"`}, {named, named, `"` + mailbox + `"`}} {
		if got := audienceIn(t, redeem(c.query, c.form)); got != c.want {
			t.Errorf("%q then %q: aud %s, want %s", c.query, c.form, got, c.want)
		}
	}
	// What the first token is for does not bind the next one; the person does.
	first := tokensIn(t, redeem(nil, named))
	if got := audienceIn(t, w.refresh(first.Refresh)); got != both {
		t.Errorf("after a token request: %s", got)
	}
	first = tokensIn(t, redeem(named, nil))
	again := w.refresh(first.Refresh)
	if got := audienceIn(t, again); got != `"`+mailbox+`"` {
		t.Errorf("after an authorization request: %s", got)
	}
	if res := w.refresh(tokensIn(t, again).Refresh, "resource", realmURL); res.check == nil || res.check.ID != "resource-granted" {
		t.Errorf("more than was asked for: %d %s", res.StatusCode, res.body)
	}
	// Several may be named (RFC 8707 section 2.1).
	res := w.get(authURL + "?" + with().Encode() + "&" + url.Values{"resource": {mailbox, realmURL}}.Encode())
	if res.StatusCode == http.StatusSeeOther && res.location().Query().Get("error") != "" {
		t.Errorf("two resources: %s", res.Header.Get("Location"))
	}
}

func TestAResourceOfARequestObjectCounts(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		sent any
		want string
	}{
		{[]string{mailbox}, ""},
		{mailbox, ""},
		{"", ""},
		{[]string{"https://nowhere.example"}, "resource-granted"},
		{[]string{""}, "resource-absolute"},
		{[]any{7}, "resource-absolute"},
		{[]any{mailbox, 7}, "resource-absolute"},
		{7, "resource-absolute"},
	} {
		sent, want := c.sent, c.want
		o := w.objectOf("strict-signer")
		o.claims["resource"] = sent
		res := w.authorize("client_id", "strict-signer", "request", o.sign(t))
		if got := res.check; (got == nil) != (want == "") || got != nil && got.ID != want {
			t.Errorf("%v: %d %+v", sent, res.StatusCode, got)
		}
	}
}
