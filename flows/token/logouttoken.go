package token

import (
	"cmp"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// LogoutTokenExpectations is what a client knows before it looks at a logout token.
type LogoutTokenExpectations struct {
	By        trace.Role // who verifies; usually trace.Client
	Issuer    string
	ClientID  string
	Algorithm string // registered as id_token_signed_response_alg
	Keys      *jose.JSONWebKeySet
	Now       time.Time
	Heard     func(jti string) bool // whether such a token came before
}

// VerifyLogoutToken runs the rules of OpenID Connect Back-Channel Logout 1.0 section 2.6.
func VerifyLogoutToken(raw string, e LogoutTokenExpectations) []trace.Check {
	s := subject{
		raw: raw, keys: e.Keys, now: e.Now, issuer: e.Issuer, receiver: e.ClientID, algorithm: e.Algorithm, heard: e.Heard,
	}
	return rule.InOrder(e.By, logoutTokenRows(), s.read())
}

// logoutEvent is what the claim events of a logout token names (section 2.4).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

func logoutTokenRows() []rule.Row[subject] {
	row := func(id, text, section string, check func(*subject) rule.Finding) rule.Row[subject] {
		spec := trace.Spec{Doc: "OpenID Connect Back-Channel Logout 1.0", Section: section}
		return rule.Row[subject]{ID: id, Rule: text, Spec: spec, Error: "invalid_request", Check: check}
	}
	return []rule.Row[subject]{
		row("logout-token-is-jwt", "the logout token is a signed JWT", "2.6", checkParses),
		row("logout-token-typ", "typ says that it is a logout token", "2.4", checkLogoutType),
		row("logout-token-alg", "alg is the algorithm that was registered", "2.6", checkRegisteredAlgorithm),
		row("logout-token-key", "kid names a key that the provider publishes", "2.6", checkKey),
		row("logout-token-signature", "the signature is the provider's", "2.6", checkSignature),
		row("logout-token-iss", "iss is the provider that this client trusts", "2.6", checkIssuer),
		row("logout-token-aud", "aud names this client and nobody else", "2.6", checkOnlyAudience),
		row("logout-token-iat", "iat is not in the future", "2.6", checkIssued),
		row("logout-token-exp", "exp is in the future", "2.6", checkExpiry),
		row("logout-token-subject", "it says who signed out, or of which session", "2.6", checkSignedOut),
		row("logout-token-event", "events says that it is about a logout", "2.6", checkLogoutEvent),
		row("logout-token-no-nonce", "it has no nonce", "2.6", checkNoNonce),
		row("logout-token-new", "no token with this jti came before", "2.6", checkUnheard),
	}
}

func checkLogoutType(s *subject) rule.Finding {
	const want = "logout+jwt"
	got := strings.TrimPrefix(strings.ToLower(header(s.raw, "typ")), "application/")
	return rule.Verdict(got == want, want, cmp.Or(got, "nothing"), "another kind of token was sent, perhaps an ID token")
}

func checkSignedOut(s *subject) rule.Finding {
	return rule.Verdict(s.claims.Subject+s.claims.Session != "", "sub or sid", cmp.Or(s.claims.Session, s.claims.Subject, "neither"),
		"nobody can tell whose session is meant")
}

func checkLogoutEvent(s *subject) rule.Finding {
	_, ok := s.claims.Events[logoutEvent]
	got := "nothing of that"
	if ok {
		got = logoutEvent
	}
	return rule.Verdict(ok, logoutEvent, got, "the token is about something else")
}

func checkNoNonce(s *subject) rule.Finding {
	return rule.Verdict(s.claims.Nonce == "", "no nonce", cmp.Or(s.claims.Nonce, "no nonce"),
		"with a nonce it could pass for an ID token")
}

func checkUnheard(s *subject) rule.Finding {
	got := "a new one"
	if s.heard != nil && s.heard(s.claims.ID) {
		got = "one that came before"
	}
	return rule.Verdict(got == "a new one", "a new one", got, "somebody sends it again")
}

// SignInExpectations is how long ago a client wants the person to have signed in.
type SignInExpectations struct {
	By     trace.Role
	MaxAge time.Duration // that it asked for as max_age
	Now    time.Time
}

// VerifySignIn runs the rule that a client adds to those of [VerifyIDToken] where
// it asked for a recent sign-in (OpenID Connect Core 1.0 section 3.1.3.7).
func VerifySignIn(raw string, e SignInExpectations) []trace.Check {
	s := subject{raw: raw, now: e.Now, maxAge: e.MaxAge}
	return rule.InOrder(e.By, signInRows(), s.read())
}

func signInRows() []rule.Row[subject] {
	return []rule.Row[subject]{{
		ID: "id-token-auth-time", Rule: "auth_time is as recent as was asked", Spec: rule.OIDC("3.1.3.7"), Error: InvalidToken,
		Check: func(s *subject) rule.Finding {
			want := "within " + s.maxAge.String()
			if s.claims.AuthTime == 0 {
				return rule.Fail(want, "nothing", "the token does not say when the person signed in")
			}
			ago := s.now.Sub(seconds(s.claims.AuthTime)).Round(time.Second)
			return rule.Verdict(ago <= s.maxAge+Leeway, want, ago.String()+" ago", "the person signed in too long ago for this app")
		},
	}}
}
