package keys

import (
	"bytes"
	"strings"
	"testing"
)

func TestWhatIsSealedIsOpenedUnchangedAndForItsPurposeOnly(t *testing.T) {
	secret, text := []byte("0123456789abcdef0123456789abcdef"), []byte("a text that somebody else keeps")
	sealed, err := Seal(secret, "forms of a realm", text)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Open(secret, "forms of a realm", sealed); err != nil || !bytes.Equal(got, text) {
		t.Errorf("opened is %q, %v", got, err)
	}
	if again, err := Seal(secret, "forms of a realm", text); err != nil || again != sealed {
		t.Errorf("the same text is sealed as %q and %q, %v", sealed, again, err)
	}
	for i := range sealed {
		other := "A"
		if sealed[i] == 'A' {
			other = "B"
		}
		if got, err := Open(secret, "forms of a realm", sealed[:i]+other+sealed[i+1:]); err == nil {
			t.Errorf("with another character at %d it opens as %q", i, got)
		}
	}
	for what, wrong := range map[string]struct{ secret, purpose, sealed string }{
		"another purpose": {string(secret), "forms of another realm", sealed},
		"another secret":  {"another", "forms of a realm", sealed},
		"nothing":         {string(secret), "forms of a realm", ""},
		"a part":          {string(secret), "forms of a realm", sealed[:10]},
		"no base64url":    {string(secret), "forms of a realm", strings.Repeat("!", 80)},
	} {
		if got, err := Open([]byte(wrong.secret), wrong.purpose, wrong.sealed); err == nil {
			t.Errorf("%s opens as %q", what, got)
		}
	}
}

func TestNoTwoSealedTextsShareANonce(t *testing.T) {
	secret := []byte("0123456789abcdef0123456789abcdef")
	nonces := map[string]string{}
	for _, text := range []string{"one", "two", ""} {
		for _, purpose := range []string{"here", "there"} {
			sealed, err := Seal(secret, purpose, []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			nonce := sealed[:16] // 12 bytes
			if before, taken := nonces[nonce]; taken {
				t.Errorf("%s/%s and %s share a nonce", purpose, text, before)
			}
			nonces[nonce] = purpose + "/" + text
		}
	}
}
