package token_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	issuer  = "https://idp.example/realms/demo"
	mailbox = "https://mailbox.example"
	client  = "mobile-pkce-client"
	access  = "an access token"
)

// today is when every token of these tests is looked at.
func today() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) }

// signer makes tokens as a provider would, and as it should not.
type signer struct {
	t    *testing.T
	key  *rsa.PrivateKey
	keys *jose.JSONWebKeySet
}

func newSigner(t *testing.T) signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return signer{t, key, &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: key.Public(), KeyID: "k1", Algorithm: "RS256", Use: "sig"}}}}
}

func (s signer) sign(alg jose.SignatureAlgorithm, key crypto.Signer, kid, typ string, claims map[string]any) string {
	s.t.Helper()
	return s.signWith(jose.SigningKey{Algorithm: alg, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, typ, claims)
}

func (s signer) signWith(key jose.SigningKey, typ string, claims map[string]any) string {
	s.t.Helper()
	j, err := jose.NewSigner(key, (&jose.SignerOptions{}).WithType(jose.ContentType(typ)))
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := json.Marshal(claims)
	if err != nil {
		s.t.Fatal(err)
	}
	signed, err := j.Sign(text)
	if err != nil {
		s.t.Fatal(err)
	}
	raw, err := signed.CompactSerialize()
	if err != nil {
		s.t.Fatal(err)
	}
	return raw
}

func with(claims map[string]any, name string, value any) map[string]any {
	out := maps.Clone(claims)
	if value == nil {
		delete(out, name)
	} else {
		out[name] = value
	}
	return out
}

func atHash() string {
	sum := sha256.Sum256([]byte(access))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// failed returns the rule that refused, "" when none did, and holds the rules after it to be skipped.
func failed(t *testing.T, checks []trace.Check) string {
	t.Helper()
	id := ""
	for _, c := range checks {
		switch {
		case id != "" && c.Result != trace.Skip:
			t.Errorf("%s ran although %s had refused", c.ID, id)
		case c.Result == trace.Fail:
			id = c.ID
		case c.Result == trace.Skip && c.Reason == "":
			t.Errorf("%s was skipped without a reason", c.ID)
		}
	}
	return id
}

func TestEveryRuleOfAnIDTokenCanFail(t *testing.T) {
	s := newSigner(t)
	good := map[string]any{
		"iss": issuer, "sub": "user-jane", "aud": client, "exp": today().Add(time.Minute).Unix(), "iat": today().Unix(),
		"nonce": "n", "at_hash": atHash(),
	}
	rs := func(claims map[string]any) string { return s.sign(jose.RS256, s.key, "k1", "JWT", claims) }
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ raw, rule string }{
		"a good token":                     {rs(good), ""},
		"for somebody else too":            {rs(with(with(good, "aud", []string{client, "x"}), "azp", client)), "id-token-aud"},
		"with an authorized party":         {rs(with(with(good, "aud", []string{client}), "azp", client)), ""},
		"without at_hash":                  {rs(with(good, "at_hash", nil)), ""},
		"a little early":                   {rs(with(good, "iat", today().Add(token.Leeway).Unix())), ""},
		"not a token":                      {"hello", "id-token-is-jwt"},
		"claims of the wrong type":         {rs(with(good, "iss", 7)), "id-token-is-jwt"},
		"alg none":                         {none(good), "id-token-alg"},
		"another algorithm":                {s.sign(jose.ES256, ec, "k1", "JWT", good), "id-token-alg"},
		"a symmetric algorithm":            {s.hmac(good), "id-token-alg"},
		"an unknown key":                   {s.sign(jose.RS256, s.key, "k9", "JWT", good), "id-token-key"},
		"somebody else's signature":        {s.sign(jose.RS256, other, "k1", "JWT", good), "id-token-signature"},
		"another issuer":                   {rs(with(good, "iss", "https://evil.example")), "id-token-iss"},
		"an issuer with a slash":           {rs(with(good, "iss", issuer+"/")), "id-token-iss"},
		"another audience":                 {rs(with(good, "aud", "another-client")), "id-token-aud"},
		"no audience":                      {rs(with(good, "aud", nil)), "id-token-aud"},
		"another authorized party":         {rs(with(good, "azp", "another-client")), "id-token-azp"},
		"expired":                          {rs(with(good, "exp", today().Add(-token.Leeway).Unix())), "id-token-exp"},
		"without expiry":                   {rs(with(good, "exp", nil)), "id-token-exp"},
		"issued in the future":             {rs(with(good, "iat", today().Add(time.Minute).Unix())), "id-token-iat"},
		"without a time of issue":          {rs(with(good, "iat", nil)), "id-token-iat"},
		"another nonce":                    {rs(with(good, "nonce", "m")), "id-token-nonce"},
		"without a nonce":                  {rs(with(good, "nonce", nil)), "id-token-nonce"},
		"the hash of another access token": {rs(with(good, "at_hash", "AAAA")), "id-token-at-hash"},
	}
	var all []trace.Check
	for name, tt := range tests {
		checks := token.VerifyIDToken(tt.raw, token.IDTokenExpectations{
			By: trace.Client, Issuer: issuer, ClientID: client, Nonce: "n", AccessToken: access, Algorithm: "RS256", Keys: s.keys, Now: today(),
		})
		if got := failed(t, checks); got != tt.rule {
			t.Errorf("%s: refused by %q, want %q", name, got, tt.rule)
		}
		all = append(all, checks...)
	}
	keptAndBroken(t, token.Rules(token.IDToken), all)
}

// keptAndBroken holds the rules of a table to what came of them in all cases together.
func keptAndBroken(t *testing.T, rules []rule.Listed, checks []trace.Check) {
	t.Helper()
	came := map[trace.Result]map[string]bool{trace.Pass: {}, trace.Fail: {}, trace.Skip: {}}
	for _, c := range checks {
		came[c.Result][c.ID] = true
	}
	for _, r := range rules {
		if !came[trace.Pass][r.ID] {
			t.Errorf("no case keeps the rule %s", r.ID)
		}
		if !came[trace.Fail][r.ID] {
			t.Errorf("no case breaks the rule %s", r.ID)
		}
	}
}

func TestEveryRuleOfAnAccessTokenCanFail(t *testing.T) {
	s := newSigner(t)
	good := map[string]any{
		"iss": issuer, "sub": "user-jane", "aud": []string{mailbox, issuer}, "exp": today().Add(time.Minute).Unix(), "scope": "openid mail.read",
	}
	at := func(claims map[string]any) string { return s.sign(jose.RS256, s.key, "k1", "at+jwt", claims) }
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ raw, rule, code string }{
		"a good token":              {at(good), "", ""},
		"the long form of typ":      {s.sign(jose.RS256, s.key, "k1", "application/at+jwt", good), "", ""},
		"not a token":               {"hello", "token-is-jwt", token.InvalidToken},
		"an ID token":               {s.sign(jose.RS256, s.key, "k1", "JWT", good), "token-typ", token.InvalidToken},
		"alg none":                  {noneTyped("at+jwt", good), "token-alg", token.InvalidToken},
		"an unknown key":            {s.sign(jose.RS256, s.key, "k9", "at+jwt", good), "token-key", token.InvalidToken},
		"somebody else's signature": {s.sign(jose.RS256, other, "k1", "at+jwt", good), "token-signature", token.InvalidToken},
		"another issuer":            {at(with(good, "iss", "https://evil.example")), "token-iss", token.InvalidToken},
		"another API's":             {at(with(good, "aud", "https://other.example")), "token-aud", token.InvalidToken},
		"expired":                   {at(with(good, "exp", today().Add(-time.Minute).Unix())), "token-exp", token.InvalidToken},
		"another scope":             {at(with(good, "scope", "openid mail.readonly")), "token-scope", token.InsufficientScope},
		"no scope":                  {at(with(good, "scope", nil)), "token-scope", token.InsufficientScope},
		"bound to a key":            {at(with(good, "cnf", map[string]string{"jkt": "x"})), "token-unbound", token.InvalidToken},
		"with its certificate":      {at(with(good, "cnf", map[string]string{"x5t#S256": "own"})), "", ""},
		"with another certificate": {
			at(with(good, "cnf", map[string]string{"x5t#S256": "other"})), "token-certificate-matches", token.InvalidToken,
		},
	}
	var all []trace.Check
	for name, tt := range tests {
		checks := token.VerifyAccessToken(tt.raw, token.AccessTokenExpectations{
			By: trace.ResourceServer, Issuer: issuer, Audience: mailbox, Scope: "mail.read", Keys: s.keys, Now: today(), Unbound: true,
			Certificate: "own",
		})
		if got := failed(t, checks); got != tt.rule {
			t.Errorf("%s: refused by %q, want %q", name, got, tt.rule)
		}
		for _, c := range checks {
			if c.Result == trace.Fail && c.Error != tt.code {
				t.Errorf("%s: the error is %q, want %q", name, c.Error, tt.code)
			}
		}
		all = append(all, checks...)
	}
	keptAndBroken(t, token.Rules(token.AccessToken), all)
}

func TestWhatAProviderSaysOfATokenIsHeldToTheSameRules(t *testing.T) {
	var all []trace.Check
	for answer, rule := range map[string]string{
		`{"active":true,"aud":"https://mailbox.example","scope":"mail.read"}`: "",
		`{"active":false}`: "token-active",
		`{"active":"yes","aud":"https://mailbox.example","scope":"mail.read"}`: "token-active",
		`not JSON`:                            "token-active",
		`{"active":true,"scope":"mail.read"}`: "token-aud",
		`{"active":true,"aud":"https://mailbox.example"}`:                                                "token-scope",
		`{"active":true,"aud":"https://mailbox.example","scope":"mail.read","cnf":{"jkt":"x"}}`:          "token-unbound",
		`{"active":true,"aud":"https://mailbox.example","scope":"mail.read","cnf":{"x5t#S256":"own"}}`:   "",
		`{"active":true,"aud":"https://mailbox.example","scope":"mail.read","cnf":{"x5t#S256":"other"}}`: "token-certificate-matches",
	} {
		checks := token.VerifyIntrospected([]byte(answer), token.AccessTokenExpectations{
			By: trace.ResourceServer, Audience: mailbox, Scope: "mail.read", Now: today(), Unbound: true, Certificate: "own",
		})
		if got := failed(t, checks); got != rule {
			t.Errorf("%s: refused by %q, want %q", answer, got, rule)
		}
		all = append(all, checks...)
	}
	keptAndBroken(t, token.Rules(token.Introspected), all)
}

func TestAnAPICanTakeTokensThatSayJWT(t *testing.T) {
	s := newSigner(t)
	raw := s.sign(jose.RS256, s.key, "k1", "JWT", map[string]any{
		"iss": issuer, "aud": mailbox, "exp": today().Add(time.Minute).Unix(), "scope": "mail.read",
	})
	for anyType, rule := range map[bool]string{false: "token-typ", true: ""} {
		checks := token.VerifyAccessToken(raw, token.AccessTokenExpectations{
			Issuer: issuer, Audience: mailbox, Scope: "mail.read", Keys: s.keys, Now: today(), AnyType: anyType,
		})
		if got := failed(t, checks); got != rule {
			t.Errorf("any type %t: refused by %q, want %q", anyType, got, rule)
		}
	}
}

func TestAChangedLetterNeverVerifies(t *testing.T) {
	s := newSigner(t)
	raw := s.sign(jose.RS256, s.key, "k1", "at+jwt", map[string]any{
		"iss": issuer, "aud": mailbox, "exp": today().Add(time.Minute).Unix(), "scope": "mail.read",
	})
	for i := range raw {
		changed := raw[:i] + next(raw[i]) + raw[i+1:]
		if same(raw, changed) {
			continue // the last letter of a part has bits that mean nothing
		}
		checks := token.VerifyAccessToken(changed, token.AccessTokenExpectations{
			By: trace.ResourceServer, Issuer: issuer, Audience: mailbox, Scope: "mail.read", Keys: s.keys, Now: today(),
		})
		if failed(t, checks) == "" {
			t.Errorf("letter %d of the token was changed and it verifies", i)
		}
	}
}

func next(b byte) string {
	if b == 'A' {
		return "B"
	}
	return "A"
}

// same reports whether both texts decode to the same bytes.
func same(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range x {
		if i >= len(y) {
			return false
		}
		p, err1 := base64.RawURLEncoding.DecodeString(x[i])
		q, err2 := base64.RawURLEncoding.DecodeString(y[i])
		if err1 != nil || err2 != nil || string(p) != string(q) {
			return false
		}
	}
	return true
}

func none(claims map[string]any) string { return noneTyped("JWT", claims) }

// noneTyped is an unsecured token (RFC 7515 appendix A.5): the attack of RFC 8725 section 2.1.
func noneTyped(typ string, claims map[string]any) string {
	text, _ := json.Marshal(claims)
	enc := base64.RawURLEncoding.EncodeToString
	return enc([]byte(`{"alg":"none","typ":"`+typ+`"}`)) + "." + enc(text) + "."
}

// hmac signs with the public key as a shared secret: the other attack of RFC 8725 section 2.1.
func (s signer) hmac(claims map[string]any) string {
	s.t.Helper()
	return s.signWith(jose.SigningKey{Algorithm: jose.HS256, Key: jose.JSONWebKey{Key: s.key.N.Bytes(), KeyID: "k1"}}, "JWT", claims)
}
