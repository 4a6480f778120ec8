package diagnosis

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// audiences reads aud, which is a text or a list of them (RFC 7519 section 4.1.3).
func audiences(jwt trace.JWT) []string {
	raw := jwt.Claim("aud")
	var many []string
	if json.Unmarshal([]byte(raw), &many) == nil {
		return many
	}
	if raw == "" {
		return nil
	}
	return []string{raw}
}

// audience sees a refusal for aud, and whether it is the app that aud names.
func audience(isClient bool) look {
	return func(c *Case) *sighting {
		e := c.refusedByAPI("token-aud", "token-audience")
		if e == nil {
			return nil
		}
		jwt, ok := e.JWT()
		if !ok {
			return nil
		}
		var names []string
		for _, claim := range []string{"azp", "client_id", "appid", "cid"} {
			names = append(names, jwt.Claim(claim))
		}
		names = append(names, c.Login.Client)
		aud := audiences(jwt)
		own := len(aud) > 0 && !slices.ContainsFunc(aud, func(a string) bool {
			return a == "" || !slices.Contains(names, a)
		})
		if own != isClient {
			return nil
		}
		shown := append([]Evidence{quote(e, "aud", strings.Join(aud, " "))}, refusal(e)...)
		switch {
		case e.Broken() != nil:
			return certain(e, append(shown, ruled(e, e.Broken())...)...)
		case contains(c.said(e).words, "aud"):
			return likely(e, shown...)
		case isClient && !slices.Contains(aud, "account"): // which Keycloak puts into every token
			return possible(e, shown...)
		}
		return nil
	}
}

// tokenOfGraph sees a token for Microsoft Graph at another API: its audience says so, and so does a nonce in its
// header, by which nobody but Graph can verify it.
func tokenOfGraph(c *Case) *sighting {
	e := c.refusedByAPI("token-aud", "token-audience", "token-signature", "token-iss", "token-issuer")
	if e == nil || strings.HasSuffix(hostname(e), "graph.microsoft.com") {
		return nil
	}
	jwt, _ := e.JWT()
	aud := strings.Join(audiences(jwt), " ")
	if aud != "00000003-0000-0000-c000-000000000000" && !contains(aud, "graph.microsoft.com") {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "aud", aud), quote(e, "which is", "Microsoft Graph")}, refusal(e)...)...)
}
