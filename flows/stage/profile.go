package stage

import (
	"maps"
	"net/http"
	"strings"
)

// Profile is the API that tells people what is known of themselves: to apps
// that signed them in, as far as the scopes go.
func Profile() Guard {
	return Guard{Name: "Profile API", Realm: "profile", Routes: []Route{{
		Method: http.MethodGet, Path: "/user/profile", Scope: "openid",
		Answer: func(asked Asked, _ []any) any {
			known := map[string]any{}
			maps.Copy(known, asked.About)
			known["sub"], known["client_id"], known["scope"] = asked.Subject, asked.Client, strings.Join(asked.Scopes, " ")
			return known
		},
	}}}
}
