package mockidp_test

import (
	"net/http"
	"time"
)

// formCases break the rules that both forms have.
func formCases(endpoint, address string, shown func(*world) reply) []ruleCase {
	return []ruleCase{
		{endpoint, "method-post", "GET", page, 405, func(w *world) reply { return w.get(address) }},
		{endpoint, "body-is-form", "JSON", page, 415, func(w *world) reply {
			return w.request(http.MethodPost, address, "{}", "Content-Type", "application/json")
		}},
		{endpoint, "parameters-encoded", "bytes that are not UTF-8", page, 400, func(w *world) reply { return w.post(address, "username=%ff") }},
		{endpoint, "parameters-once", "two user names", page, 400, func(w *world) reply { return w.post(address, "username=a&username=b") }},
		{endpoint, "cookie-sent", "a browser without cookies", page, 403, func(w *world) reply {
			p := shown(w)
			w.reset()
			return w.submit(p)
		}},
		{endpoint, "form-genuine", "a page of another site sends the form", page, 403, func(w *world) reply {
			return w.submit(shown(w), "csrf_token", "forged")
		}},
		{endpoint, "form-genuine", "a form made for another browser", page, 403, func(w *world) reply {
			p := shown(w)
			w.reset()
			w.authorize()
			return w.submit(p)
		}},
		{endpoint, "form-fresh", "eleven minutes later", page, 400, func(w *world) reply {
			p := shown(w)
			w.clock.Advance(11 * time.Minute)
			return w.submit(p)
		}},
	}
}

func signInCases() []ruleCase {
	shown := func(w *world) reply { return w.authorize() }
	return append(formCases("sign-in", authURL+"/sign-in", shown), []ruleCase{
		{"sign-in", "name-and-password-match", "the password of somebody else", again, 403, func(w *world) reply {
			return w.submit(w.authorize(), "username", "jane", "password", "sam")
		}},
		{"sign-in", "name-and-password-match", "nobody has this name", again, 403, func(w *world) reply {
			return w.signIn(w.authorize(), "nobody")
		}},
		{"sign-in", "attempts-left", "the sixth attempt, though right", again, 429, func(w *world) reply {
			p := w.authorize()
			for range 5 {
				w.submit(p, "username", "jane", "password", "guess")
			}
			return w.signIn(p, "jane")
		}},
		{"sign-in", "hinted-person", "sam signs in where jane was asked for", toClient, 303, func(w *world) reply {
			_, id := w.tokens("openid")
			w.reset()
			return w.signIn(w.authorize("id_token_hint", id), "sam")
		}},
	}...)
}

func consentCases() []ruleCase {
	shown := func(w *world) reply { return w.signIn(w.authorize(), "jane") }
	return append(formCases("consent", authURL+"/consent", shown), []ruleCase{
		{"consent", "form-fresh", "the form is sent a second time", page, 400, func(w *world) reply {
			p := shown(w)
			w.submit(p, "decision", "approve")
			return w.submit(p, "decision", "approve")
		}},
		{"consent", "signed-in", "consent before signing in", page, 403, func(w *world) reply {
			p := w.authorize()
			_, fields := readForm(w.t, p.body)
			fields.Set("decision", "approve")
			return w.post(authURL+"/consent", fields.Encode())
		}},
		{"consent", "decision-known", "neither yes nor no", page, 400, func(w *world) reply { return w.submit(shown(w), "decision", "perhaps") }},
		{"consent", "consent-given", "no", toClient, 303, func(w *world) reply { return w.submit(shown(w), "decision", "refuse") }},
	}...)
}
