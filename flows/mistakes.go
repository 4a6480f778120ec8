package flows

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// mistakesAuthorizationCodePKCE are what people get wrong, and what attackers
// try. Each names the protection that answers it.
func mistakesAuthorizationCodePKCE() []Mistake {
	return []Mistake{
		// RFC 6749 section 3.1.2.3 and RFC 9700 section 4.1: the redirection URI is compared exactly.
		set("other-redirect-uri", "authorize", "redirect_uri", "https://attacker.example/callback"),
		set("unknown-client", "authorize", "client_id", "nobody"),
		remove("missing-challenge", "authorize", "code_challenge"),
		set("plain-challenge", "authorize", "code_challenge_method", "plain"),
		remove("missing-state", "authorize", "state"),
		change("other-nonce", "authorize", "nonce"),
		set("other-response-type", "authorize", "response_type", "token"),
		set("unknown-scope", "authorize", "scope", "openid mail.read admin"),
		{ID: "forged-form", Step: "sign-in", Edit: forgeForm},
		change("other-state", "callback", "state"),
		set("other-issuer", "callback", "iss", "https://attacker.example"),
		change("unknown-code", "callback", "code"),
		change("other-verifier", "token", "code_verifier"),
		remove("missing-verifier", "token", "code_verifier"),
		set("token-other-redirect-uri", "token", "redirect_uri", "http://127.0.0.1:9999/callback"),
		{ID: "replayed-code", Step: "token", Edit: func(*trace.Message, *trace.Trace) stage.Edit {
			return stage.Edit{Twice: true}
		}},
		set("other-client", "token", "client_id", "react-client"),
		{ID: "late-code", Step: "token", Edit: wait(61 * time.Second)},
		{ID: "no-token", Step: "mail", Edit: withoutToken},
		{ID: "tampered-token", Step: "mail", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
			return bearer(tamper(tokenOf(m)))
		}},
		{ID: "id-token-instead", Step: "mail", Edit: func(_ *trace.Message, t *trace.Trace) stage.Edit {
			return bearer(t.Latest("id_token"))
		}},
		{ID: "token-in-query", Step: "mail", Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
			return stage.Edit{
				Headers: []stage.Change{{Name: "Authorization", Remove: true}},
				Params:  []stage.Change{{Name: "access_token", Value: tokenOf(m)}},
			}
		}},
		{ID: "expired-token", Step: "mail", Edit: wait(10 * time.Minute)},
	}
}

func set(id, step, name, value string) Mistake {
	return Mistake{ID: id, Step: step, Edit: func(*trace.Message, *trace.Trace) stage.Edit {
		return stage.Edit{Params: []stage.Change{{Name: name, Value: value}}}
	}}
}

func remove(id, step, name string) Mistake {
	return Mistake{ID: id, Step: step, Edit: func(*trace.Message, *trace.Trace) stage.Edit {
		return stage.Edit{Params: []stage.Change{{Name: name, Remove: true}}}
	}}
}

// change replaces a value by another one of the same form: each letter moves to its neighbour.
func change(id, step, name string) Mistake {
	return Mistake{ID: id, Step: step, Edit: func(m *trace.Message, _ *trace.Trace) stage.Edit {
		return stage.Edit{Params: []stage.Change{{Name: name, Value: shift(param(m, name))}}}
	}}
}

func wait(d time.Duration) func(*trace.Message, *trace.Trace) stage.Edit {
	return func(*trace.Message, *trace.Trace) stage.Edit { return stage.Edit{Wait: d} }
}

func bearer(raw string) stage.Edit {
	return stage.Edit{Headers: []stage.Change{{Name: "Authorization", Value: "Bearer " + raw}}}
}

func withoutToken(*trace.Message, *trace.Trace) stage.Edit {
	return stage.Edit{Headers: []stage.Change{{Name: "Authorization", Remove: true}}}
}

// assertion is the parameter in which a client that signs says who it is (RFC 7523 section 2.2).
const assertion = "client_assertion"

// otherSecret changes the client secret, wherever it stands (RFC 6749 section
// 2.3.1), or what the client signed.
func otherSecret(m *trace.Message, _ *trace.Trace) stage.Edit {
	id, secret, ok := basicOf(m)
	switch signed := param(m, assertion); {
	case signed != "":
		return stage.Edit{Params: []stage.Change{{Name: assertion, Value: tamper(signed)}}}
	case !ok:
		return stage.Edit{Params: []stage.Change{{Name: "client_secret", Value: shift(param(m, "client_secret"))}}}
	}
	return basic(id, shift(secret))
}

// secretTwice proves who the client is in two ways at once.
func secretTwice(m *trace.Message, _ *trace.Trace) stage.Edit {
	if id, secret, ok := basicOf(m); ok {
		return stage.Edit{Params: []stage.Change{{Name: "client_id", Value: id}, {Name: "client_secret", Value: secret}}}
	}
	return basic(param(m, "client_id"), param(m, "client_secret"))
}

// noSecret names the client and proves nothing.
func noSecret(m *trace.Message, _ *trace.Trace) stage.Edit {
	id, _, ok := basicOf(m)
	jwt, err := trace.DecodeJWT(param(m, assertion))
	switch {
	case err == nil:
		return stage.Edit{Params: []stage.Change{
			{Name: "client_id", Value: jwt.Claim("sub")}, {Name: assertion, Remove: true}, {Name: assertion + "_type", Remove: true},
		}}
	case !ok:
		return stage.Edit{Params: []stage.Change{{Name: "client_secret", Remove: true}}}
	}
	return stage.Edit{
		Headers: []stage.Change{{Name: "Authorization", Remove: true}},
		Params:  []stage.Change{{Name: "client_id", Value: id}},
	}
}

// basic sends name and secret in the header, each form-encoded (RFC 6749 section 2.3.1).
func basic(id, secret string) stage.Edit {
	return basicAsIs(url.QueryEscape(id), url.QueryEscape(secret))
}

func basicAsIs(id, secret string) stage.Edit {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(id, secret)
	return stage.Edit{Headers: []stage.Change{{Name: "Authorization", Value: r.Header.Get("Authorization")}}}
}

// basicOf reads what [basic] wrote.
func basicOf(m *trace.Message) (id, secret string, ok bool) {
	r := http.Request{Header: http.Header{"Authorization": []string{m.HeaderValue("Authorization")}}}
	rawID, rawSecret, ok := r.BasicAuth()
	id, err := url.QueryUnescape(rawID)
	secret, err2 := url.QueryUnescape(rawSecret)
	return id, secret, ok && err == nil && err2 == nil
}

// forgeForm changes the hidden field that binds the form to this browser: what
// a page of somebody else's would have to guess (RFC 6749 section 10.12).
func forgeForm(m *trace.Message, _ *trace.Trace) stage.Edit {
	for _, f := range m.Form() {
		if f.Name != "username" && f.Name != "password" {
			return stage.Edit{Params: []stage.Change{{Name: f.Name, Value: shift(f.Value)}}}
		}
	}
	return stage.Edit{}
}

func param(m *trace.Message, name string) string {
	return trace.ValueOf(append(m.Query(), m.Form()...), name)
}

func tokenOf(m *trace.Message) string {
	return strings.TrimPrefix(m.HeaderValue("Authorization"), "Bearer ")
}

// tamper changes one letter in the middle of a token's payload, one that
// leaves it JSON: so that nothing but the signature tells.
func tamper(raw string) string {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return shift(raw)
	}
	payload := parts[1]
	for at := len(payload) / 2; at < len(payload); at++ {
		changed := payload[:at] + shift(payload[at:at+1]) + payload[at+1:]
		decoded, err := base64.RawURLEncoding.DecodeString(changed)
		if err == nil && changed != payload && utf8.Valid(decoded) && json.Valid(decoded) {
			return parts[0] + "." + changed + "." + parts[2]
		}
	}
	return shift(raw)
}

// Other returns another value of the same form, such as a forger would try: of a
// token one that can still be read.
func Other(value string) string { return tamper(value) }

func shift(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'z':
			return 'a'
		case r == 'Z':
			return 'A'
		case r == '9':
			return '0'
		case r >= 'a' && r < 'z', r >= 'A' && r < 'Z', r >= '0' && r < '9':
			return r + 1
		}
		return r
	}, s)
}
