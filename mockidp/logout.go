package mockidp

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// endSession is a request to sign a person out (OpenID Connect RP-Initiated
// Logout 1.0 section 2).
type endSession struct {
	p       *logoutEndpoint
	t       *tenant
	r       *request
	params  wire.Params
	hint    hint
	client  *Client  // that client_id or else the hint names; nil when neither does, or it is unknown
	session *session // nil when nobody is signed in
}

// logoutEndpoint is where people sign out, and the form that asks them whether
// they mean it.
type logoutEndpoint struct {
	mint   *mint
	desk   *desk
	pages  *printer
	herald *herald
	rows   []rule.Row[endSession]
	form   []rule.Row[formPost]
}

func (e *logoutEndpoint) newEndSession(t *tenant, r *request) *endSession {
	in := &endSession{p: e, t: t, r: r, params: r.Query.Join(r.Form)}
	in.hint = e.mint.readHint(t, in.params.Get("id_token_hint"))
	in.client = t.clients.get(cmp.Or(in.params.Get("client_id"), in.hint.client))
	in.session = t.sessions.get(t.cookieValue(r, sessionCookie), r.Now)
	return in
}

// logoutRows are the rules of the logout endpoint. Whoever breaks one sees a
// page: nobody is sent on, and nobody is signed out.
func logoutRows() []rule.Row[endSession] {
	return append(logoutShapeRows(), logoutTrustRows()...)
}

func logoutShapeRows() []rule.Row[endSession] {
	return []rule.Row[endSession]{
		{
			// Not HEAD: what ends a session is no mere look.
			ID: "method-get-or-post", Rule: "the request uses GET or POST",
			Spec: rpLogout("2"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *endSession) rule.Finding {
				if in.r.Method == http.MethodHead {
					return rule.Fail("GET or POST", "HEAD", "this endpoint does not answer HEAD; send GET or POST")
				}
				return in.r.CheckMethod(http.MethodGet, http.MethodPost)
			},
		},
		{
			ID: "body-is-form", Rule: "the body is form-encoded",
			Spec: rpLogout("2"), Error: "invalid_request", Status: http.StatusUnsupportedMediaType,
			Check: func(in *endSession) rule.Finding {
				if in.r.ReadMethod() != http.MethodPost {
					return rule.Skip("a GET request has no body")
				}
				return in.r.CheckFormBody()
			},
		},
		{
			ID: "parameters-encoded", Rule: "the parameters are form-encoded UTF-8",
			Spec: rule.RFC("6749", "B"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding { return in.params.CheckEncoding() },
		},
		{
			ID: "parameters-once", Rule: "no parameter is sent twice",
			Spec: rule.RFC("6749", "3.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding { return in.params.CheckOnce() },
		},
		{
			ID: "parameters-short", Rule: "no parameter is longer than 4 KiB",
			Spec: rpLogout("4"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding { return in.params.CheckShort() },
		},
	}
}

// logoutTrustRows decide who asks, and where the person may be sent.
func logoutTrustRows() []rule.Row[endSession] {
	return []rule.Row[endSession]{
		{
			ID: "id-token-hint-genuine", Rule: "id_token_hint is an ID token of this provider",
			Spec: rpLogout("2"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding {
				return checkHint(in.hint, in.params.Has("id_token_hint"))
			},
		},
		{
			ID: "client-known", Rule: "client_id belongs to a registered client",
			Spec: rpLogout("4"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding {
				named := cmp.Or(in.params.Get("client_id"), in.hint.client)
				if named == "" {
					return rule.Skip("neither client_id nor id_token_hint names a client")
				}
				return rule.Verdict(in.client != nil, "a registered client", wire.Shown(named),
					"no client "+wire.Shown(named)+" is registered in realm "+in.t.name)
			},
		},
		{
			ID: "client-matches-hint", Rule: "client_id is the client that the ID token was issued to",
			Spec: rpLogout("2"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding {
				sent := in.params.Get("client_id")
				if sent == "" || in.hint.client == "" {
					return rule.Skip("client_id and id_token_hint are not both sent")
				}
				return rule.Verdict(sent == in.hint.client, wire.Shown(in.hint.client), wire.Shown(sent),
					"the ID token was issued to "+wire.Shown(in.hint.client)+", not to "+wire.Shown(sent))
			},
		},
		{
			ID: "post-logout-client-named", Rule: "who wants to be sent on says which client it is",
			Spec: rpLogout("3"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *endSession) rule.Finding {
				if !in.params.Has("post_logout_redirect_uri") {
					return rule.Skip(staysHere)
				}
				got := "neither"
				if in.client != nil {
					got = in.client.ClientID
				}
				return rule.Verdict(in.client != nil, "an id_token_hint or a client_id", got,
					"post_logout_redirect_uri is sent, but nothing says whose address that is; send id_token_hint")
			},
		},
		{
			ID: "post-logout-uri-registered", Rule: "post_logout_redirect_uri equals a registered one",
			Spec: rpLogout("3"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: checkPostLogout,
		},
	}
}

const staysHere = "no post_logout_redirect_uri is sent, so the person stays here"

// checkPostLogout compares exact strings, with no freedom for loopback ports:
// the standard gives none.
func checkPostLogout(in *endSession) rule.Finding {
	sent := in.params.Get("post_logout_redirect_uri")
	if sent == "" {
		return rule.Skip(staysHere)
	}
	registered := cmp.Or(strings.Join(in.client.PostLogoutRedirectURIs, " or "), "none")
	return rule.Verdict(slices.Contains(in.client.PostLogoutRedirectURIs, sent), registered, wire.Shown(sent),
		"post_logout_redirect_uri "+wire.Shown(sent)+" is not registered for "+in.client.ClientID+"; registered: "+registered)
}

func rpLogout(section string) trace.Spec {
	return trace.Spec{Doc: "OpenID Connect RP-Initiated Logout 1.0", Section: section}
}

// serveLogout is the logout endpoint.
func (e *logoutEndpoint) serveLogout(t *tenant, r *request) (wire.Answer, error) {
	in := e.newEndSession(t, r)
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		a := e.pages.errorPage(broken.Status, t, broken.Check)
		if broken.Status == http.StatusMethodNotAllowed {
			a.Set("Allow", "GET, POST")
		}
		return a, nil
	}
	a, err := e.proceedLogout(in)
	if in.client != nil {
		a.Client = in.client.ClientID
	}
	return a, err
}

// proceedLogout answers a request that kept every rule. Only an ID token of
// the very session that this browser has ends it unasked; with anything else
// the request may come from anybody, so the person is asked (OpenID Connect
// RP-Initiated Logout 1.0 section 2).
func (e *logoutEndpoint) proceedLogout(in *endSession) (wire.Answer, error) {
	wish := &signOut{client: in.client, redirectURI: in.params.Get("post_logout_redirect_uri"), state: in.params.Get("state")}
	switch {
	case in.session == nil && in.r.ReadMethod() == http.MethodPost:
		// A form that another site posts comes without our cookies
		// (SameSite=Lax); the GET that follows has them.
		return wire.Redirect(wire.AppendParams(in.t.issuer+pathLogout, in.known())), nil
	case in.session == nil && in.hint.subject == "":
		// Nobody is there to be asked whether the address is meant.
		return e.pages.signedOutPage(in.t, signedOutData{Heading: e.pages.say("signed-out.heading")}), nil
	case in.session == nil:
		return e.pages.finishLogout(in.t, wish, nil), nil
	case in.t.sessions.named(in.session, in.hint.sid, in.hint.subject, in.hint.authTime):
		frames, err := e.herald.endVisit(in.t, in.session, in.r.Now)
		return e.pages.finishLogout(in.t, wish, frames), err
	}
	f, err := e.desk.newForm(in.r, nil)
	if err != nil {
		return wire.Answer{}, err
	}
	f.logout, f.session = wish, in.session.name()
	view, err := e.desk.view(in.t, in.r, f)
	if err != nil {
		return wire.Answer{}, err
	}
	return view.withCookie(in.t, e.pages.logoutPage(in.t, view, in.session.person)), nil
}

// known lists the parameters that this endpoint reads.
func (in *endSession) known() []trace.Field {
	var fields []trace.Field
	for _, name := range []string{"id_token_hint", "client_id", "post_logout_redirect_uri", "state"} {
		fields = append(fields, trace.Field{Name: name, Value: in.params.Get(name)})
	}
	return fields
}
