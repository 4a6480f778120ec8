package mockidp

import (
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// String says what the fault makes the provider do, as the end of the sentence
// "This provider is made to …".
func (f Fault) String() string { return f.in(pages.Words{}) }

// in says it in a language.
func (f Fault) in(words pages.Words) string {
	tokens := map[string]string{tokenAccess: "access-tokens", tokenID: "id-tokens", "": "both-tokens"}[f.Token]
	said := words.Text("trouble."+string(f.Kind), "tokens", words.Text("trouble."+tokens),
		"error", f.Error, "endpoint", string(f.Endpoint), "by", f.By.String())
	if f.Endpoint != "" && !slices.Contains(spoils(), f.Kind) && f.Kind != FaultError {
		said = words.Text("trouble.at", "deed", said, "endpoint", string(f.Endpoint))
	}
	if f.Client != "" {
		said = words.Text("trouble.for", "deed", said, "client", f.Client)
	}
	if f.OneLogin {
		said = words.Text("trouble.one-login", "deed", said)
	}
	switch f.Times {
	case 0:
	case 1:
		said = words.Text("trouble.once", "deed", said)
	default:
		said = words.Text("trouble.times", "deed", said, "times", strconv.Itoa(f.Times))
	}
	return said
}
