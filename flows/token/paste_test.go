package token_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// ofTheRFC is RFC 7519 section 3.1; its JSON has line ends that are part of what was signed.
const ofTheRFC = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." +
	"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
	"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

func TestAPastedTokenIsFoundInWhatSurroundsIt(t *testing.T) {
	for name, text := range map[string]string{
		"as it is": ofTheRFC, "between spaces": "\n  " + ofTheRFC + "\t\n", "in several lines": ofTheRFC[:30] + "\n  " + ofTheRFC[30:],
		"as a header": "Authorization: Bearer " + ofTheRFC, "as a bearer": "bearer " + ofTheRFC, "from JSON": `"` + ofTheRFC + `",`,
	} {
		if got, err := token.Pasted(text); err != nil || got != ofTheRFC {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestWhatIsNoTokenSaysWhatIsWrong(t *testing.T) {
	enc := base64.RawURLEncoding.EncodeToString
	good := enc([]byte(`{"alg":"none"}`))
	for name, row := range map[string]struct{ text, id, detail string }{
		"nothing":              {" \n", token.Empty, "no text"},
		"one letter too many":  {strings.Repeat("a", token.MaxPasted+1), token.TooLong, "65537 bytes"},
		"a word":               {"hello", token.WrongParts, "has 1"},
		"a reference":          {"2YotnFZFEjr1zCsicMWpAA", token.WrongParts, "has 1"},
		"without a signature":  {good + "." + good, token.WrongParts, "has 2"},
		"encrypted":            {"a.b.c.d.e", token.Encrypted, "five parts"},
		"letters of base64":    {good + "+." + good + ".x", token.NotBase64URL, "the header"},
		"a payload of letters": {good + ".!!." + good, token.NotBase64URL, "the payload"},
		"a payload of text":    {good + "." + enc([]byte("hi")) + ".", token.NotJSON, "the payload"},
		"a payload of a list":  {good + "." + enc([]byte("[1]")) + ".", token.NotJSON, "another kind"},
		"more than one object": {good + "." + enc([]byte(`{}{}`)) + ".", token.NotJSON, "the payload"},
		"a broken signature":   {good + "." + good + ".%", token.NotBase64URL, "the signature"},
	} {
		_, err := token.Pasted(row.text)
		var p *token.Problem
		if !errors.As(err, &p) || p.ID != row.id || !strings.Contains(p.Error(), row.detail) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := token.Pasted(strings.Repeat(" ", token.MaxPasted-len(ofTheRFC)) + ofTheRFC); err != nil {
		t.Errorf("the longest text that is allowed: %v", err)
	}
}

func TestWithoutAnEditTheTokenStaysAsItWas(t *testing.T) {
	d, err := token.NewDraft(ofTheRFC)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(d.Payload, "\n  \"iss\": \"joe\"") {
		t.Errorf("the payload is shown as %q", d.Payload)
	}
	if got, err := d.Make(d.Header, d.Payload); err != nil || got != ofTheRFC || d.Raw() != ofTheRFC {
		t.Errorf("%q, %v", got, err)
	}
	// The header alone was edited: the payload keeps its bytes.
	got, err := d.Make(`{"alg":"none"}`, d.Payload)
	if err != nil || !strings.HasSuffix(got, ofTheRFC[strings.Index(ofTheRFC, "."):]) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestAnEditedClaimMakesTheSignatureFail(t *testing.T) {
	s := newSigner(t)
	raw := s.sign(jose.RS256, s.key, "k1", "JWT", map[string]any{
		"iss": issuer, "sub": "jane", "aud": client, "exp": today().Unix() + 300, "iat": today().Unix(),
	})
	d, err := token.NewDraft(raw)
	if err != nil {
		t.Fatal(err)
	}
	verdict := func(raw string) string {
		for _, c := range token.VerifyIDToken(raw, token.IDTokenExpectations{
			Issuer: issuer, ClientID: client, Algorithm: "RS256", Keys: s.keys, Now: today(),
		}) {
			if c.Result == trace.Fail {
				return c.ID
			}
		}
		return ""
	}
	if got := verdict(raw); got != "" {
		t.Fatalf("the token as it was fails %s", got)
	}
	edited, err := d.Make(d.Header, strings.Replace(d.Payload, "jane", "dana", 1))
	if err != nil {
		t.Fatal(err)
	}
	if got := verdict(edited); got != "id-token-signature" {
		t.Errorf("the edited token fails %q", got)
	}
	none, err := d.Make(strings.Replace(d.Header, "RS256", "none", 1), d.Payload)
	if err != nil {
		t.Fatal(err)
	}
	if got := verdict(none); got != "id-token-alg" {
		t.Errorf("alg none fails %q", got)
	}
}

func TestAnEditThatIsNoObjectNamesThePart(t *testing.T) {
	d, err := token.NewDraft(ofTheRFC)
	if err != nil {
		t.Fatal(err)
	}
	for part, edit := range map[string][2]string{
		"header": {`{"alg":`, d.Payload}, "payload": {d.Header, `["joe"]`},
	} {
		_, err := d.Make(edit[0], edit[1])
		var p *token.Problem
		if !errors.As(err, &p) || p.ID != token.BadEdit || !strings.Contains(p.Detail, "the "+part) {
			t.Errorf("%s: %v", part, err)
		}
	}
	if _, err := d.Make(d.Header, `{"x":"`+strings.Repeat("y", token.MaxPasted)+`"}`); err == nil {
		t.Error("a token may grow without end")
	}
	for _, raw := range []string{"", "a.b", "!.!.x"} {
		if _, err := token.NewDraft(raw); err == nil {
			t.Errorf("%q was taken apart", raw)
		}
	}
}

func TestATokenSaysWhatKindItIs(t *testing.T) {
	enc := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) + ".e30.x" }
	for text, want := range map[string]token.Kind{
		`{"typ":"at+jwt"}`: token.AccessToken, `{"typ":"application/AT+JWT"}`: token.AccessToken,
		`{"typ":"JWT"}`: token.IDToken, `{}`: token.IDToken,
	} {
		if got := token.KindOf(enc(text)); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}

func FuzzPastedTokensComeBackUnchanged(f *testing.F) {
	for _, s := range []string{ofTheRFC, "", "a.b.c", "Bearer e30.e30.", `"e30.e30.x"`, "e30.W10.x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		raw, err := token.Pasted(text)
		if err != nil {
			return
		}
		if again, err := token.Pasted(raw); err != nil || again != raw {
			t.Errorf("%q becomes %q: %v", raw, again, err)
		}
		d, err := token.NewDraft(raw)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		if made, err := d.Make(d.Header, d.Payload); err != nil || made != raw {
			t.Errorf("%q is made as %q: %v", raw, made, err)
		}
	})
}
