package stage_test

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func servedBroken(sentence, rule string, token func(*fake) string) wrong {
	return wrong{sentence, trace.ResourceServer, rule, func(s *scene) {
		s.call(http.MethodGet, "/api/invoices", "Bearer "+token(s.fake), "")
	}}
}

func introspectionsBroken() []wrong {
	said := func(sentence, rule string, change func(answer map[string]any)) wrong {
		return servedBroken(sentence, rule, func(f *fake) string {
			f.introspection = change
			return f.access(nil)
		})
	}
	return []wrong{
		said("a token that was revoked", "token-active", func(answer map[string]any) { clear(answer) }),
		said("what was asked about is for another API", "token-aud", func(answer map[string]any) { answer["aud"] = "https://mailbox.example" }),
		said("what was asked about is bound to a key", "token-unbound", func(answer map[string]any) { answer["cnf"] = map[string]string{"jkt": "x"} }),
		said("what was asked about is bound to a certificate", "token-certificate-matches", func(answer map[string]any) {
			answer["cnf"] = map[string]string{"x5t#S256": "x"}
		}),
		said("what was asked about is for something else", "token-scope", func(answer map[string]any) { answer["scope"] = "openid" }),
		servedBroken("a provider that cannot be asked", "token-told", func(f *fake) string {
			f.metadata = func(document map[string]any) { delete(document, "introspection_endpoint") }
			return f.access(nil)
		}),
	}
}
