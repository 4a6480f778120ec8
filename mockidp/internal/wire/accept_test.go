package wire

import "testing"

func TestATypeIsPreferredOnlyWhereItIsNamedAndNotAfterTheOther(t *testing.T) {
	for header, want := range map[string]bool{
		"":                                    false,
		"*/*":                                 false,
		"application/json":                    false,
		"application/x+jwt":                   true,
		"APPLICATION/X+JWT; q=0.5":            true,
		"application/x+jwt, application/json": true,
		"application/json, application/x+jwt;q=0.9": false,
		"application/x+jwt;q=0":                     false,
		"application/x+jwt;q=nought":                false,
		"text/html;q=x, ;;, application/x+jwt":      true,
	} {
		if got := Prefers([]string{header}, "application/x+jwt", "application/json"); got != want {
			t.Errorf("Accept: %s: %v", header, got)
		}
	}
}
