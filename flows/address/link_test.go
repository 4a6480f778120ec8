package address_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/address"
)

func TestALinkOfTheWordsLeadsToAPageOrAnAddress(t *testing.T) {
	for link, want := range map[string]string{
		"glossary:token":                            "glossary/token",
		"at:walk/implicit/mail?voice=developer":     "walk/implicit/mail?voice=developer",
		address.LinkAt + ":check/be-the-provider/4": "check/be-the-provider/4",
	} {
		if got := address.OfLink(link).String(); got != want {
			t.Errorf("%s leads to %s, want %s", link, got, want)
		}
	}
}
