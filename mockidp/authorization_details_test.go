package mockidp_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

const (
	portalCallback = "https://accounts.example/callback"
	payInvoice     = `[{"type":"invoice_payment","actions":["approve","pay"],"invoice":"2026-117","creditorName":"Müller & Söhne",` +
		`"instructedAmount":{"currency":"EUR","amount":"123.50"}}]`
)

// payer is a client that may ask to pay invoices, by the authorization
// endpoint, by a refresh token and for itself.
func payer() mockidp.Client {
	return mockidp.Client{
		ClientID: "payer", ClientSecret: "payer-secret", RedirectURIs: []string{callback},
		GrantTypes:                []string{"authorization_code", "refresh_token", "client_credentials", "password", deviceGrant},
		Scope:                     "openid read:invoices",
		AuthorizationDetailsTypes: []string{"invoice_payment"},
	}
}

func (w *world) askToPay(details string, change ...string) reply {
	return w.authorize(append([]string{"client_id", "payer", "scope", "", "authorization_details", details}, change...)...)
}

// asPayer sends a token request of the payer.
func (w *world) asPayer(body url.Values) reply {
	return w.post(tokenURL, body.Encode(), "Authorization", basic("payer", "payer-secret"))
}

// paid walks to the token response for details.
func (w *world) paid(details string, change ...string) reply {
	w.t.Helper()
	code := w.code("client_id", "payer", "scope", "", "authorization_details", details)
	return w.asPayer(redeeming(code, append([]string{"client_id", ""}, change...)...))
}

func askItself(details string) url.Values {
	return url.Values{"grant_type": {"client_credentials"}, "authorization_details": {details}}
}

func detailsCases() []ruleCase {
	ask := func(rule, sentence, details string) ruleCase {
		return ruleCase{"authorization", rule, sentence, toClient, 303, func(w *world) reply { return w.askToPay(details) }}
	}
	token := func(rule, sentence string, send func(*world) reply) ruleCase {
		return ruleCase{"token", rule, sentence, jsonError, 400, send}
	}
	device := func(rule, sentence, details string) ruleCase {
		return ruleCase{"device-authorization", rule, sentence, jsonError, 400, func(w *world) reply { return w.deviceAsks(details) }}
	}
	change := func(old, now string) string { return strings.Replace(payInvoice, old, now, 1) }
	conform, readable := "authorization-details-conform", "authorization-details-readable"
	return []ruleCase{
		ask(readable, "a word", "pay"),
		ask(readable, "an object alone", strings.Trim(payInvoice, "[]")),
		ask(readable, "an empty list", "[]"),
		ask(readable, "an object without type", `[{"invoice":"1"}]`),
		ask(readable, "a type that is a number", `[{"type":1}]`),
		ask(readable, "an amount named twice", change(`"amount":"123.50"`, `"amount":"1","amount":"999999"`)),
		ask(readable, "nine payments", "["+strings.Repeat(strings.Trim(payInvoice, "[]")+",", 8)+strings.Trim(payInvoice, "[]")+"]"),
		ask(readable, "something after the list", payInvoice+"[]"),
		ask(readable, "nested far too deeply", strings.Repeat("[", 1000)),
		ask("authorization-details-type-known", "a type that nobody defined", `[{"type":"launch"}]`),
		{
			"authorization", "authorization-details-type-allowed", "a client that may ask for none", toClient, 303,
			authorizeWith("authorization_details", payInvoice),
		},
		ask(conform, "a field is missing", change(`"invoice":"2026-117",`, "")),
		ask(conform, "a field more", change(`"invoice"`, `"note":"x","invoice"`)),
		ask(conform, "an action that is none", change("approve", "steal")),
		ask(conform, "a number for a string", change(`"2026-117"`, "117")),
		ask(conform, "a string for a list", change(`["approve","pay"]`, `"pay"`)),
		ask(conform, "an empty list of actions", change(`["approve","pay"]`, `[]`)),
		ask(conform, "a field missing inside", change(`"currency":"EUR",`, "")),
		ask(conform, "text that turns around", change("Müller", "\u202eMüller")),
		ask(conform, "more than a person is shown", change("Müller", strings.Repeat("x", 300))),
		token("authorization-details-readable", "a service sends a word", func(w *world) reply { return w.asPayer(askItself("x")) }),
		token("authorization-details-type-known", "a service asks for an unknown type", func(w *world) reply {
			return w.asPayer(askItself(`[{"type":"launch"}]`))
		}),
		token("authorization-details-type-allowed", "a service that may ask for none", func(w *world) reply {
			return w.post(tokenURL, askItself(payInvoice).Encode(), "Authorization", basic("my-service-client", "my-service-secret"))
		}),
		token("authorization-details-conform", "a service leaves a field out", func(w *world) reply {
			return w.asPayer(askItself(`[{"type":"invoice_payment","invoice":"1"}]`))
		}),
		token("authorization-details-grant", "with a password", func(w *world) reply {
			return w.asPayer(url.Values{
				"grant_type": {"password"}, "username": {"jane"}, "password": {"jane"}, "authorization_details": {payInvoice},
			})
		}),
		{
			"token authorization_code", "authorization-details-not-wider", "a larger amount than was agreed", jsonError, 400,
			func(w *world) reply {
				return w.paid(payInvoice, "authorization_details", `[{"type":"invoice_payment","instructedAmount":{"currency":"EUR","amount":"9"}}]`)
			},
		},
		{
			"token refresh_token", "authorization-details-not-wider", "an action that was not agreed", jsonError, 400,
			func(w *world) reply {
				return w.asPayer(renewing(w.paid(payInvoice), `[{"type":"invoice_payment","actions":["cancel"]}]`))
			},
		},
		{
			"token " + deviceGrant, "authorization-details-not-wider", "a device takes another amount", jsonError, 400,
			func(w *world) reply {
				return w.deviceTokens(`[{"type":"invoice_payment","instructedAmount":{"currency":"EUR","amount":"9"}}]`)
			},
		},
		device(readable, "a device sends a word", "pay"),
		device("authorization-details-type-known", "a device asks for an unknown type", `[{"type":"launch"}]`),
		{"device-authorization", "authorization-details-type-allowed", "a device that may ask for none", jsonError, 400, func(w *world) reply {
			return w.post(oidcURL+"/auth/device", url.Values{"client_id": {"tv-client"}, "authorization_details": {payInvoice}}.Encode())
		}},
		device(conform, "a device leaves a field out", `[{"type":"invoice_payment","invoice":"1"}]`),
	}
}

// deviceAsks begins the flow of a device that may ask for payments.
func (w *world) deviceAsks(details string) reply {
	return w.post(oidcURL+"/auth/device", url.Values{"authorization_details": {details}}.Encode(), "Authorization",
		basic("payer", "payer-secret"))
}

// deviceTokens walks to the answer to a device that takes these details.
func (w *world) deviceTokens(details string) reply {
	w.t.Helper()
	var got struct {
		Code  string `json:"device_code"`
		Whole string `json:"verification_uri_complete"`
	}
	if err := json.Unmarshal([]byte(w.deviceAsks(payInvoice).body), &got); err != nil {
		w.t.Fatal(err)
	}
	page := w.signIn(w.submit(w.get(got.Whole)), "dana")
	if !strings.Contains(page.body, "2026-117") {
		w.t.Fatalf("the page does not say what for: %s", page.body)
	}
	w.submit(page, "decision", "approve")
	form := url.Values{"grant_type": {deviceGrant}, "device_code": {got.Code}}
	return w.asPayer(changed(form, "authorization_details", details))
}

func renewing(res reply, details string) url.Values {
	var got struct {
		Refresh string `json:"refresh_token"`
	}
	_ = json.Unmarshal([]byte(res.body), &got)
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {got.Refresh}, "authorization_details": {details}}
}

func detailsKept() []keptCase {
	return []keptCase{
		{"authorization", "a client asks to pay an invoice", func(w *world) reply { return w.askToPay(payInvoice) }},
		{"token client_credentials", "a service pays an invoice", func(w *world) reply { return w.asPayer(askItself(payInvoice)) }},
		{"device-authorization", "a device asks to pay an invoice", func(w *world) reply { return w.deviceAsks(payInvoice) }},
		{"token " + deviceGrant, "a device takes only a part", func(w *world) reply {
			return w.deviceTokens(`[{"type":"invoice_payment","actions":["pay"]}]`)
		}},
		{"token authorization_code", "a client takes only a part", func(w *world) reply {
			return w.paid(payInvoice, "authorization_details", `[{"type":"invoice_payment","actions":["pay"]}]`)
		}},
		{"token refresh_token", "a client renews only a part", func(w *world) reply {
			return w.asPayer(renewing(w.paid(payInvoice), `[{"type":"invoice_payment","actions":["approve"]}]`))
		}},
	}
}

// grantedDetails are those of a token response, which the access token and the
// introspection endpoint must repeat. They come back without escapes.
func (w *world) grantedDetails(res reply) string {
	w.t.Helper()
	access := accessTokenOf(w.t, res)
	said := w.post(oidcURL+"/token/introspect", "token="+access, "Authorization", basic("payer", "payer-secret"))
	got := detailsIn(w.t, res.body)
	for _, text := range []string{said.body, string(decoded(w.t, strings.Split(access, ".")[1]))} {
		if other := detailsIn(w.t, text); other != got {
			w.t.Errorf("the response grants %s, elsewhere it is %s", got, other)
		}
	}
	return got
}

func detailsIn(tb testing.TB, text string) string {
	tb.Helper()
	var holds struct {
		Details any `json:"authorization_details"`
	}
	if err := json.Unmarshal([]byte(text), &holds); err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(holds.Details); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func TestAuthorizationDetailsReachTheTokenAsTheyWereAgreed(t *testing.T) {
	w := newWorld(t)
	got := w.grantedDetails(w.paid(payInvoice))
	for _, want := range []string{
		`"type":"invoice_payment"`, `"creditorName":"Müller & Söhne"`, `"amount":"123.50"`,
		`"actions":["approve","pay"]`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in %s", want, got)
		}
	}
	if res := w.paid(payInvoice); strings.Contains(res.body, `"scope"`) {
		t.Errorf("a scope that nobody asked for: %s", res.body)
	}
}

func TestATokenCanBeForAPartOfWhatWasAgreed(t *testing.T) {
	w := newWorld(t)
	first := w.paid(payInvoice, "authorization_details", `[{"type":"invoice_payment","actions":["pay"]}]`)
	if got := w.grantedDetails(first); !strings.Contains(got, `"actions":["pay"]`) || !strings.Contains(got, `"invoice":"2026-117"`) {
		t.Errorf("granted %s", got)
	}
	// The refresh token keeps all that the person agreed to.
	again := w.asPayer(renewing(first, `[{"type":"invoice_payment","actions":["approve"]}]`))
	if got := w.grantedDetails(again); !strings.Contains(got, `"actions":["approve"]`) {
		t.Errorf("renewed %s", got)
	}
	if got := w.grantedDetails(w.asPayer(renewing(again, ""))); !strings.Contains(got, `"actions":["approve","pay"]`) {
		t.Errorf("renewed without saying which: %s", got)
	}
}

func TestTheConsentPageShowsAllThatIsAskedForAndEscapesIt(t *testing.T) {
	w := newWorld(t)
	page := w.signIn(w.askToPay(strings.Replace(payInvoice, "Müller", "<b>Müller", 1)), "dana")
	for _, want := range []string{
		"Pay an invoice", "approve, pay", "2026-117", "&lt;b&gt;Müller &amp; Söhne", "in EUR, of 123.50", "Amount",
	} {
		if !strings.Contains(page.body, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
}

func TestEachPaymentIsAskedForAnew(t *testing.T) {
	w := newWorld(t)
	w.paid(payInvoice)
	if res := w.askToPay(payInvoice); res.StatusCode != http.StatusOK || !strings.Contains(res.body, "Pay an invoice") {
		t.Errorf("not asked again: %d", res.StatusCode)
	}
	if got := w.askToPay(payInvoice, "prompt", "none").location().Query().Get("error"); got != "consent_required" {
		t.Errorf("prompt=none gives %q", got)
	}
}

func TestATypeOfAuthorizationDetailsMustBeDefinedWell(t *testing.T) {
	type field = mockidp.DetailsField
	for sentence, c := range map[string]struct {
		types []mockidp.AuthorizationDetailsType
		uses  []string
	}{
		"no name":             {[]mockidp.AuthorizationDetailsType{{}}, nil},
		"twice":               {[]mockidp.AuthorizationDetailsType{{Type: "a"}, {Type: "a"}}, nil},
		"a kind that is none": {[]mockidp.AuthorizationDetailsType{{Type: "a", Fields: []field{{Name: "x"}}}}, nil},
		"a field called type": {[]mockidp.AuthorizationDetailsType{{Type: "a", Fields: []field{{Name: "type", Kind: "string"}}}}, nil},
		"values of a number": {[]mockidp.AuthorizationDetailsType{{
			Type:   "a",
			Fields: []field{{Name: "x", Kind: "number", Values: []string{"1"}}},
		}}, nil},
		"an object of nothing":    {[]mockidp.AuthorizationDetailsType{{Type: "a", Fields: []field{{Name: "x", Kind: "object"}}}}, nil},
		"a type of another realm": {nil, []string{"a"}},
	} {
		realm := mockidp.Realm{
			Name: "r", AuthorizationDetailsTypes: c.types,
			Clients: []mockidp.Client{{ClientID: "c", RedirectURIs: []string{callback}, AuthorizationDetailsTypes: c.uses}},
		}
		_, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example", Realms: []mockidp.Realm{realm}})
		if err == nil || !strings.Contains(err.Error(), "authorization_details_type") {
			t.Errorf("%s: %v", sentence, err)
		}
	}
}

func TestAnOpaqueTokenHasItsDetailsAtTheProvider(t *testing.T) {
	client := payer()
	client.AccessTokenFormat = "opaque"
	realm := mockidp.StoryRealm()
	realm.Clients = []mockidp.Client{client}
	w := &world{newBrowser(t, newProvider(t, mockidp.Config{Realms: []mockidp.Realm{realm}})), newClock(), nil}
	res := w.asPayer(askItself(payInvoice))
	said := w.post(oidcURL+"/token/introspect", "token="+accessTokenOf(t, res), "Authorization", basic("payer", "payer-secret"))
	if detailsIn(t, said.body) != detailsIn(t, res.body) || !strings.Contains(said.body, "2026-117") {
		t.Errorf("granted %s, introspected %s", res.body, said.body)
	}
}
