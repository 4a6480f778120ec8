package stage

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// tokenResponse is the answer of RFC 6749 section 5.1.
type tokenResponse struct {
	AccessToken  string `json:"access_token"`
	TokenType    string `json:"token_type"`
	IDToken      string `json:"id_token"`
	RefreshToken string `json:"refresh_token"`
	Scope        string `json:"scope"`
}

// callback receives the authorization response (RFC 6749 section 4.1.2) and carries on without the browser.
func (a *WebApp) callback(w http.ResponseWriter, r *http.Request) {
	l := a.sessions.back(a.session(r))
	came := authResponse{asked: l != nil, said: r.URL.Query()}
	if l != nil {
		came.state, came.issuer = l.state, l.provider.Issuer
	}
	if refused := rule.Run(r.Context(), a.role, callbackRows(), &came); refused != nil {
		if refused.Check.ID == "no-error" && staysOut(l, came.said.Get("error")) {
			a.pages.write(w, a.pages.logIn())
			return
		}
		a.pages.write(w, a.pages.fail(http.StatusBadRequest, a.say.Text("stage.fail.not-signed-in"), refused.Check.Reason))
		return
	}
	a.pages.write(w, a.finish(r, l, r.URL.Query().Get("code")))
}

// finish trades the code for tokens, verifies them, and does with them what the app is for.
func (a *WebApp) finish(r *http.Request, l *login, code string) webPage {
	ctx := r.Context()
	tokens, err := a.redeem(ctx, l, code)
	if err != nil {
		return a.pages.failed(a.say.Text("stage.fail.no-tokens"), err)
	}
	var found found
	if a.identifies() {
		subject, broken, err := a.identify(ctx, l, tokens)
		if err != nil {
			return a.pages.failed(a.say.Text("stage.fail.id-token"), err)
		}
		if broken != nil {
			return a.pages.fail(http.StatusBadRequest, a.say.Text("stage.fail.not-signed-in"), brokenRule(a.say, broken))
		}
		found.subject = subject
		if a.FullProof {
			found.person = factsOf(tokens.IDToken)
		}
	}
	if a.AsksWho {
		if found.person, err = a.askWho(ctx, l, tokens, found.subject); err != nil {
			return a.pages.failed(a.say.Text("stage.fail.told-nothing"), err)
		}
	}
	if a.Reads != "" {
		body, err := getJSON(ctx, a.http, a.api+a.Reads, tokens.AccessToken, &json.RawMessage{})
		if err != nil {
			return a.pages.failed(a.guard.text(a.say, "signed-in-closed"), err)
		}
		found.owner, found.items = a.guard.Read(a.say, body)
	}
	a.keep(r, l, tokens, found.subject)
	return a.pages.welcome(found)
}

// found is what the app learned of the person.
type found struct {
	subject string        // from the ID token; empty without one
	person  []trace.Field // from UserInfo
	owner   string        // from the API
	items   []string
}

// redeem is the access token request of RFC 6749 section 4.1.3, for PKCE with the code_verifier of RFC 7636 section 4.5.
func (a *WebApp) redeem(ctx context.Context, l *login, code string) (tokenResponse, error) {
	form := append([]trace.Field{
		{Name: "grant_type", Value: "authorization_code"},
		{Name: "code", Value: code},
		{Name: "redirect_uri", Value: a.URL("/callback")},
	}, a.credentials()...)
	if l.verifier != "" {
		form = append(form, trace.Field{Name: "code_verifier", Value: l.verifier})
	}
	return a.tokenRequest(ctx, a.http, l.provider.Token, form)
}

// askWho reads UserInfo. What speaks of somebody else than the ID token must
// not be used (OpenID Connect Core 1.0 section 5.3.2).
func (a *WebApp) askWho(ctx context.Context, l *login, t tokenResponse, subject string) ([]trace.Field, error) {
	body, err := getJSON(ctx, a.http, l.provider.UserInfo, t.AccessToken, &json.RawMessage{})
	if err != nil {
		return nil, err
	}
	who := subjects{before: subject, now: trace.JSONMember(body, "sub")}
	calc := trace.Calc{Inputs: []trace.Field{
		{Name: "sub of the ID token", Value: who.before}, {Name: "sub of UserInfo", Value: orNothing(who.now)},
	}}
	checks := rule.Each(a.role, userInfoRows(), &who)
	if err := a.note(a.role, "compare-subject", calc, checks); err != nil {
		return nil, err
	}
	if broken := firstBroken(checks); broken != nil {
		return nil, errors.New(brokenRule(a.say, broken))
	}
	var claims []trace.Field
	for _, name := range []string{"name", "email", "locale"} {
		if v := trace.JSONMember(body, name); v != "" {
			claims = append(claims, trace.Field{Name: name, Value: v})
		}
	}
	return claims, nil
}

// factsOf are the facts about the person in an ID token that was verified.
func factsOf(idToken string) []trace.Field {
	jwt, _ := trace.DecodeJWT(idToken)
	var facts []trace.Field
	for _, name := range []string{"name", "email"} {
		if v := jwt.Claim(name); v != "" {
			facts = append(facts, trace.Field{Name: name, Value: v})
		}
	}
	return facts
}

// identify fetches the provider's keys and verifies the ID token. A rule that
// failed comes back as broken; an error means that there was nothing to verify.
func (a *WebApp) identify(ctx context.Context, l *login, t tokenResponse) (subject string, broken *trace.Check, err error) {
	var keys jose.JSONWebKeySet
	if _, err := getJSON(ctx, a.http, l.provider.Keys, "", &keys); err != nil {
		return "", nil, err
	}
	l.keys = &keys
	checks := append(rule.Each(a.role, tokenTypeRows(), &t.TokenType), token.VerifyIDToken(t.IDToken, token.IDTokenExpectations{
		By: a.role, Issuer: l.provider.Issuer, ClientID: a.ID, Nonce: l.nonce, AccessToken: t.AccessToken,
		Algorithm: string(jose.RS256), Keys: &keys, Now: a.now(),
	})...)
	checks = append(checks, a.signInChecks(t.IDToken)...)
	if err := a.note(a.role, "validate-id-token", a.validateIDToken(t, l), checks); err != nil {
		return "", nil, err
	}
	if broken := firstBroken(checks); broken != nil {
		return "", broken, nil
	}
	jwt, err := trace.DecodeJWT(t.IDToken)
	return jwt.Claim("sub"), nil, err
}

// brokenRule says to a person which rule was broken. The rule itself is in the words of its standard.
func brokenRule(say *catalog.Catalog, c *trace.Check) string {
	return say.Text("stage.fail.broken-rule", "rule", c.Rule, "expected", c.Expected, "got", c.Got)
}
