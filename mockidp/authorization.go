package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// authorization is an authorization request and what it refers to (RFC 6749
// section 4.1.1, OpenID Connect Core section 3.1.2.1). All lookups are made
// before the rules run, so that the rules only compare.
type authorization struct {
	p       *authorizationEndpoint
	t       *tenant
	r       *request
	sent    wire.Params    // all of it, as it came
	params  wire.Params    // what counts of it, see [authorization.effective]
	pushed  *pushed        // what request_uri refers to; nil when there is none
	refers  *reference     // what request_uri has us fetch; nil when there is nothing to fetch
	object  *requestObject // nil when none is sent
	client  *Client        // nil when unknown
	kind    responseType
	scopes  []string
	prompts []string
	session *session // nil when nobody is signed in
	hint    hint
	details detailsAsk
	claims  claimsRequest
	acr     acrWish
}

// authorizationEndpoint is the authorization endpoint (RFC 6749 section 3.1).
type authorizationEndpoint struct {
	auth      *authenticator
	mint      *mint
	desk      *desk
	pages     *printer
	answers   *answerer
	greeter   *greeter
	library   *library
	plainPKCE bool // Relaxed.PlainPKCE
	trust     []rule.Row[authorization]
	rows      []rule.Row[authorization]
}

// serveAuthorization is the authorization endpoint (RFC 6749 section 3.1).
func (e *authorizationEndpoint) serveAuthorization(t *tenant, r *request) (wire.Answer, error) {
	in := e.newAuthorization(t, r)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.trust, in); broken != nil {
		a := e.pages.errorPage(broken.Status, t, broken.Check)
		if broken.Status == http.StatusMethodNotAllowed {
			a.Set("Allow", "GET, HEAD, POST")
		}
		return in.named(a), nil
	}
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		return in.named(in.refuse(broken.Check)), nil
	}
	a, err := e.proceed(in)
	return in.named(a), err
}

func (e *authorizationEndpoint) newAuthorization(t *tenant, r *request) *authorization {
	in := &authorization{p: e, t: t, r: r, sent: r.Query.Join(r.Form)}
	in.client = t.clients.get(in.sent.Get("client_id"))
	in.pushed = t.pushed.find(in.sent.Get("request_uri"), r.Now)
	if in.pushed == nil {
		in.refers = e.library.find(r.Context(), t, in.client, in.sent)
		in.object = e.readRequestObject(in)
	}
	in.read()
	return in
}

// read finds out what the parameters refer to.
func (in *authorization) read() {
	p, t, r := in.p, in.t, in.r
	in.params = in.effective()
	in.kind, _ = readResponseType(in.params.Get("response_type"))
	in.scopes = wire.Words(in.params.Get("scope"))
	if !in.params.Has("scope") {
		in.scopes = t.defaultScopes(in.client, nil)
	}
	in.prompts = wire.Words(in.params.Get("prompt"))
	if in.kind.front() && !in.kind.code || in.prompted("none") {
		// There will be no refresh token to keep the access with, or nobody is
		// asked for the consent that it takes: the wish is passed over, not
		// refused (OpenID Connect Core section 11).
		in.scopes = wire.Without(in.scopes, []string{scopeOffline})
	}
	in.session = t.sessions.get(t.cookieValue(r, sessionCookie), r.Now)
	in.details = askDetails(t, in.client, in.params)
	in.hint = p.mint.readHint(t, in.params.Get("id_token_hint"))
	in.claims = readClaims(in.params.Get("claims"))
	in.acr = in.readACR()
}

func (in *authorization) named(a wire.Answer) wire.Answer {
	if in.client != nil {
		a.Client = in.client.ClientID
	}
	return a
}

// proceed answers a request that kept every rule: with a page for the person,
// or at once when the person is signed in and agreed before.
func (e *authorizationEndpoint) proceed(in *authorization) (wire.Answer, error) {
	if in.r.Method == http.MethodHead {
		return lookOnly(), nil
	}
	req := in.approve()
	if !in.signedIn() || in.prompted("login") || in.prompted("select_account") {
		person := in.waved()
		if person == nil {
			return askToSignIn(e.desk, e.pages, in.t, in.r, req)
		}
		return e.letIn(in, req, person)
	}
	return e.proceedSignedIn(in, req)
}

// letIn signs somebody in whom nobody asks for a password, see Realm.AutoSignIn.
func (e *authorizationEndpoint) letIn(in *authorization, req *approved, person *Person) (wire.Answer, error) {
	s, err := e.greeter.begin(in.t, person, in.session, in.r.Now)
	if err != nil {
		return wire.Answer{}, err
	}
	in.session, req.fresh = s, true
	a, err := e.proceedSignedIn(in, req)
	a.Set("Set-Cookie", in.t.cookie(sessionCookie, s.id))
	return a, err
}

func (e *authorizationEndpoint) proceedSignedIn(in *authorization, req *approved) (wire.Answer, error) {
	if in.t.mustAsk(in.session, req) {
		return askToConsent(e.desk, e.pages, in.t, in.r, req, in.session)
	}
	return e.answers.answerClient(in.t, in.r, req, in.session)
}

// lookOnly answers a HEAD, which only looks (RFC 9110 section 9.2.1): it opens
// no form, gives out no code and uses no pushed request up, so that a program
// that tries links out takes nothing away from the person.
func lookOnly() wire.Answer {
	a := wire.Uncached(wire.Answer{Status: http.StatusOK})
	a.Set("Content-Type", "text/html; charset=utf-8")
	return a
}

func (in *authorization) approve() *approved {
	return &approved{
		returnAddress: in.returnAddress(), issuer: in.t.issuer, client: in.client, kind: in.kind, redirectSent: in.params.Has("redirect_uri"),
		scopes: in.scopes, nonce: in.params.Get("nonce"),
		challenge: in.params.Get("code_challenge"), method: in.challengeMethod(),
		loginHint: in.params.Get("login_hint"), subject: in.hint.subject, dpopKey: in.params.Get("dpop_jkt"),
		askConsent: in.prompted("consent") || in.needsConsent(), details: in.details.list, pushed: in.pushed,
		claims: in.claims, acr: in.acr, resources: in.params.All("resource"),
	}
}

// redirectURI returns where the answer goes. A client with a single one may
// leave it out in plain OAuth (RFC 6749 section 3.1.2.3).
func (in *authorization) redirectURI() string {
	if uri := in.params.Get("redirect_uri"); uri != "" || len(in.client.RedirectURIs) != 1 {
		return uri
	}
	return in.client.RedirectURIs[0]
}

// state returns what is given back to the client as it came. Of two states
// neither is, and none that would make the redirect longer than a URL may be.
func (in *authorization) state() string {
	if s := in.params.Get("state"); in.params.Count("state") == 1 && len(s) <= wire.MaxParameter {
		return s
	}
	return ""
}

// challengeMethod is plain when it is not sent (RFC 7636 section 4.3).
func (in *authorization) challengeMethod() string {
	return cmp.Or(in.params.Get("code_challenge_method"), "plain")
}

// needsConsent reports whether the person must be asked whatever was agreed
// before: about access while away (OpenID Connect Core section 11), and about
// authorization details, of which no two are the same (RFC 9396 section 3.1 has them shown).
func (in *authorization) needsConsent() bool {
	return slices.Contains(in.scopes, scopeOffline) || in.details.isMade()
}

func (in *authorization) prompted(prompt string) bool { return slices.Contains(in.prompts, prompt) }

// signedIn reports whether the session serves this request: somebody is
// signed in, recently enough, and it is the person who is asked for.
func (in *authorization) signedIn() bool {
	if in.session == nil {
		return false
	}
	if age, ok := in.maxAge(); ok && in.r.Now.Sub(in.session.authTime) >= age {
		return false
	}
	if in.r.Now.Sub(in.session.authTime) >= in.t.lifetimesOf(in.client).Session {
		return false
	}
	if in.acr.needsSignIn(in.prompted("none")) {
		return false
	}
	who := in.session.person
	return (in.hint.subject == "" || in.hint.subject == who.Subject) && in.claims.servesSubject(in.t.subjectFor(in.client, who))
}

// maxAge returns max_age, or what the client is registered with. An age of
// zero is over at once, like prompt=login.
func (in *authorization) maxAge() (time.Duration, bool) {
	sent := in.params.Get("max_age")
	switch {
	case sent == "" && in.client.DefaultMaxAge != nil:
		return *in.client.DefaultMaxAge, true
	case sent == "":
		return 0, false
	}
	n, err := strconv.ParseUint(sent, 10, 31)
	return time.Duration(n) * time.Second, err == nil
}

// waved returns the person who is signed in without a page, or nil. It is
// nobody but whom the request asks for, if it asks for somebody.
func (in *authorization) waved() *Person {
	person := in.t.people[*in.t.door.username.Load()]
	if hinted := in.t.people[in.params.Get("login_hint")]; hinted != nil && in.t.door.byHint {
		person = hinted
	}
	if person == nil || in.hint.subject != "" && in.hint.subject != person.Subject ||
		!in.claims.servesSubject(in.t.subjectFor(in.client, person)) {
		return nil
	}
	return person
}
