//go:build !race

package mockidp_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// loggedIn is what one login came to: the authorization response, the token
// response, and what UserInfo said.
type loggedIn struct {
	w        *world
	answer   url.Values
	response map[string]any
	header   map[string]any
	claims   map[string]any
	userInfo string
}

func (w *world) login(params ...string) loggedIn {
	w.t.Helper()
	l := loggedIn{w: w, answer: w.walk(params...).location().Query()}
	res := w.post(tokenURL, redeeming(l.answer.Get("code")).Encode())
	_ = json.Unmarshal([]byte(res.body), &l.response) // a refusal is JSON as well
	if parts := strings.Split(l.text("id_token"), "."); len(parts) == 3 {
		_ = json.Unmarshal(decoded(w.t, parts[0]), &l.header) // what is no JSON has no claims
		_ = json.Unmarshal(decoded(w.t, parts[1]), &l.claims)
	}
	l.userInfo = w.userInfo(l.text("access_token")).body
	return l
}

func (l loggedIn) text(name string) string { s, _ := l.response[name].(string); return s }

// wrongs says of each kind how a login shows it.
func wrongs() map[mockidp.FaultKind]func(l, before loggedIn) bool {
	return map[mockidp.FaultKind]func(l, before loggedIn) bool{
		mockidp.FaultWrongIssuer: func(l, _ loggedIn) bool { return l.claims["iss"] != realmURL },
		mockidp.FaultFuture:      func(l, _ loggedIn) bool { return l.claims["nbf"] != nil },
		mockidp.FaultFurtherAud:  func(l, _ loggedIn) bool { a, _ := l.claims["aud"].([]any); return len(a) == 2 },
		mockidp.FaultNoNonce:     func(l, _ loggedIn) bool { return l.claims["nonce"] == nil && l.claims["sub"] == "user-jane" },
		mockidp.FaultWrongAtHash: func(l, _ loggedIn) bool { return l.claims["at_hash"] != halfHash(l.text("access_token")) },
		mockidp.FaultOwnKey:      func(l, _ loggedIn) bool { return l.header["jwk"] != nil && l.header["kid"] == nil },
		mockidp.FaultHMAC:        func(l, _ loggedIn) bool { return l.header["alg"] == "HS256" && l.header["kid"] != nil },
		mockidp.FaultForeignKey: func(l, before loggedIn) bool {
			return l.header["kid"] == before.header["kid"] && !isGenuine(l.w, l.text("id_token"))
		},
		mockidp.FaultNoIDToken: func(l, _ loggedIn) bool { return l.response["id_token"] == nil && l.text("access_token") != "" },
		mockidp.FaultTokenType: func(l, _ loggedIn) bool { return l.text("token_type") == "unheard-of" },
		mockidp.FaultOtherAccess: func(l, _ loggedIn) bool {
			return l.claims["sub"] == "user-jane" && !strings.Contains(l.userInfo, "user-jane")
		},
		mockidp.FaultOtherUserInfo: func(l, _ loggedIn) bool {
			return strings.Contains(l.userInfo, `"sub":"user-`) && !strings.Contains(l.userInfo, "user-jane")
		},
		mockidp.FaultWrongState:     func(l, _ loggedIn) bool { return l.answer.Get("state") == "state-of-another-login" },
		mockidp.FaultNoState:        func(l, _ loggedIn) bool { return !l.answer.Has("state") },
		mockidp.FaultWrongAnswerIss: func(l, _ loggedIn) bool { return l.answer.Get("iss") == realmURL+"-of-somebody-else" },
		mockidp.FaultNoAnswerIss:    func(l, _ loggedIn) bool { return !l.answer.Has("iss") },
		mockidp.FaultOtherCode:      func(l, _ loggedIn) bool { return l.answer.Has("code") && l.response["error"] == "invalid_grant" },
	}
}

func TestTroubleForOneLoginStrikesAllOfItAndNoOther(t *testing.T) {
	t.Parallel()
	ofBoth := []mockidp.FaultKind{
		mockidp.FaultWrongIssuer, mockidp.FaultFuture, mockidp.FaultFurtherAud, mockidp.FaultOwnKey, mockidp.FaultHMAC, mockidp.FaultForeignKey,
	}
	for kind, wrong := range wrongs() {
		w := newWorld(t)
		before := w.login("scope", "openid")
		f := mockidp.Fault{Kind: kind, Client: "mobile-pkce-client", OneLogin: true}
		if slices.Contains(ofBoth, kind) {
			f.Token = "id_token"
		}
		w.trouble(f)
		if l := w.login("scope", "openid"); !wrong(l, before) {
			t.Errorf("%s does not strike the login: %+v", kind, l)
		}
		if l := w.login("scope", "openid"); wrong(l, before) || l.text("id_token") == "" {
			t.Errorf("%s strikes another login: %+v", kind, l)
		}
	}
}

func halfHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
}

// isGenuine asks the provider itself, to which an ID token can be shown as a hint.
func isGenuine(w *world, id string) bool {
	return w.authorize("id_token_hint", id, "prompt", "none", "scope", "openid").location().Query().Get("code") != ""
}

func TestWhatCameOfAnEarlierLoginIsGivenOutAgain(t *testing.T) {
	w := newWorld(t)
	before := w.login("scope", "openid")
	w.trouble(mockidp.Fault{Kind: mockidp.FaultOldCode, OneLogin: true, Value: before.answer.Get("code")})
	if l := w.login("scope", "openid"); l.answer.Get("code") != before.answer.Get("code") || l.text("error") != "invalid_grant" {
		t.Errorf("the code is another: %v, %v", l.answer, l.response)
	}
	w.trouble(mockidp.Fault{Kind: mockidp.FaultOldIDToken, OneLogin: true, Value: before.text("id_token")})
	if l := w.login("scope", "openid"); l.text("id_token") != before.text("id_token") || l.text("access_token") == "" {
		t.Errorf("the ID token is another: %v", l.response)
	}
}

func TestAnErrorForOneLoginIsAnsweredAtItsEndpoint(t *testing.T) {
	w := newWorld(t)
	w.login("scope", "openid")
	w.trouble(mockidp.Fault{Kind: mockidp.FaultError, Endpoint: "authorization", Error: "access_denied", OneLogin: true})
	if l := w.login("scope", "openid"); l.answer.Get("error") != "access_denied" || l.answer.Get("state") == "" {
		t.Errorf("answered %v", l.answer)
	}
	w.trouble(mockidp.Fault{Kind: mockidp.FaultError, Endpoint: "token", Error: "invalid_grant", OneLogin: true})
	code := w.code("scope", "openid")
	others := w.code("scope", "openid")
	if res := w.post(tokenURL, redeeming(others).Encode()); res.StatusCode != http.StatusOK {
		t.Errorf("another login is refused: %s", res.body)
	}
	if res := w.post(tokenURL, redeeming(code).Encode()); res.StatusCode != http.StatusBadRequest || len(res.troubled()) != 1 {
		t.Errorf("the login is not refused: %d %s", res.StatusCode, res.body)
	}
	if res := w.userInfo(w.login("scope", "openid").text("access_token")); res.StatusCode != http.StatusOK {
		t.Errorf("the next login is refused: %d %s", res.StatusCode, res.body)
	}
}

func TestTroubleForOneLoginThatNoLoginHasIsRefused(t *testing.T) {
	w := newWorld(t)
	for want, f := range map[string]mockidp.Fault{
		"whole realm":           {Kind: mockidp.FaultForgetSessions, OneLogin: true},
		"authorization, token":  {Kind: mockidp.FaultDrop, Endpoint: "certs", OneLogin: true},
		"needs one":             {Kind: mockidp.FaultOldCode},
		"leave value out":       {Kind: mockidp.FaultNoState, Value: "x"},
		"claim of ID tokens":    {Kind: mockidp.FaultNoNonce, Token: "access_token"},
		"gives out no tokens":   {Kind: mockidp.FaultHMAC, Endpoint: "userinfo"},
		"spoils none":           {Kind: mockidp.FaultNoState, Token: "id_token"},
		"kind no-state answers": {Kind: mockidp.FaultNoState, Error: "access_denied"},
	} {
		if _, err := w.p.Trouble("demo", f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %q", f, err, want)
		}
	}
}
