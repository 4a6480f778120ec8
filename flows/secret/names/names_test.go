package names_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/secret/names"
)

func TestASecretIsKnownByTheNameOfTheStandard(t *testing.T) {
	for name, want := range map[string]string{
		"code": "code", " Code_Verifier ": "code-verifier", "id_token_hint": "id-token", "DPoP": "proof",
		"client_id": "", "redirect_uri": "", "scope": "", "": "",
	} {
		if got := names.Kind(name); got != want {
			t.Errorf("%q is of the kind %q, want %q", name, got, want)
		}
	}
}
