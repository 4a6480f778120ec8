package lookup

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/address"
)

func TestASectionSaysWhereItCanBeReadWhole(t *testing.T) {
	for spec, want := range map[string]string{
		"RFC 7636 §4.6":                               "https://www.rfc-editor.org/rfc/rfc7636#section-4.6",
		"RFC 6749 Appendix A.5":                       "https://www.rfc-editor.org/rfc/rfc6749#appendix-A.5",
		"RFC 6750":                                    "https://www.rfc-editor.org/rfc/rfc6750",
		"OpenID Connect Core 1.0 §3.1.3.7":            "https://openid.net/specs/openid-connect-core-1_0.html",
		"OpenID Connect Back-Channel Logout 1.0 §2.4": "https://openid.net/specs/openid-connect-backchannel-1_0.html",
		"OpenID Connect RP-Initiated Logout 1.0 §2":   "https://openid.net/specs/openid-connect-rpinitiated-1_0.html",
		"OAuth 2.0 Multiple Response Types 1.0 §3":    "https://openid.net/specs/oauth-v2-multiple-response-types-1_0.html",
		"NIST SP 800-207 §2":                          "",
	} {
		if got := outside(address.OfSection(spec)); got != want {
			t.Errorf("%s is read at %q, want %q", spec, got, want)
		}
	}
	if got := outside(address.At("glossary", "pkce")); got != "" {
		t.Errorf("a word of the glossary is read at %q", got)
	}
}
