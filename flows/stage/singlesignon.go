package stage

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of a person with two apps.
const (
	StepClickSecond = "click-second"
	StepClickLogOut = "click-log-out"
	StepOpenAgain   = "click-open"
	StepHourPasses  = "hour-passes"
)

// What ends when a person logs out of an app.
const (
	LogsOutEverywhere = "everywhere" // the app's session and the provider's (OpenID Connect RP-Initiated Logout 1.0)
	LogsOutHere       = "here"       // the app's alone
)

// at is the registration of an app that answers at a base URL.
func (r Registration) at(base string) Registration {
	if base != "" {
		r.PostLogoutRedirectURI, r.BackchannelLogoutURI = base+pathLoggedOut, base+pathBackchannelLogout
	}
	return r
}

const (
	pathOpen              = "/open"
	pathLogOut            = "/log-out"
	pathLoggedOut         = "/logged-out"
	pathBackchannelLogout = "/backchannel-logout"
)

// SecondApp brings the second app on stage.
func (s *Stage) SecondApp(o WebAppOptions) *WebApp {
	p := s.party()
	p.Registration, p.base, p.port = s.cast.Other, s.at.other, s.network.port(trace.OtherClient, trace.Back)
	p.random = stream(s.seed, "other client")
	return s.raiseApp(p, o, trace.OtherClient)
}

// MovesOn lets time pass while a person does something else.
func (a *WebApp) MovesOn(s *Stage, step string) error {
	s.clock.advance(a.MaxAge)
	return a.note(a.role, step, trace.Calc{Inputs: []trace.Field{{Name: "time that passes", Value: a.MaxAge.String()}}}, nil)
}

// OpenSecond opens another app, where the person never was in this browser.
func (u *User) OpenSecond(app *WebApp) (*Page, error) {
	return u.clicksTo(StepClickSecond, logInWith(u.stage.say), app.URL("/login"))
}

// LogOut presses the button of the page.
func (u *User) LogOut(page *Page) (*Page, error) {
	if err := u.acts(StepClickLogOut, trace.Act{Verb: "clicks", Object: u.stage.say.Text("stage.log-out")}); err != nil {
		return nil, err
	}
	return u.browser.Submit(page, nil, page.Submit())
}

// OpenAgain comes back to an app later, in the same browser.
func (u *User) OpenAgain(app *WebApp) (*Page, error) {
	return u.clicksTo(StepOpenAgain, app.Name, app.URL(pathOpen))
}

func (u *User) clicksTo(step, object, address string) (*Page, error) {
	if err := u.acts(step, trace.Act{Verb: "clicks", Object: object}); err != nil {
		return nil, err
	}
	return u.browser.Open(address)
}

// open greets who is signed in. Of anybody else it asks the provider without a
// page (prompt=none, OpenID Connect Core 1.0 section 3.1.2.1).
func (a *WebApp) open(w http.ResponseWriter, r *http.Request) {
	if v := a.sessions.visitor(a.session(r)); v != nil {
		a.pages.write(w, a.pages.welcome(found{subject: v.subject}))
		return
	}
	a.leaveFor(w, r, "none")
}

// logOut ends the app's session and, where it is that kind of app, has the
// browser ask the provider to end its own (OpenID Connect RP-Initiated Logout 1.0 section 2).
func (a *WebApp) logOut(w http.ResponseWriter, r *http.Request) {
	v := a.sessions.visitor(a.session(r))
	if v == nil {
		a.pages.write(w, a.pages.loggedOut())
		return
	}
	a.sessions.forget(v)
	if a.LogsOut == LogsOutHere {
		a.pages.write(w, a.pages.loggedOut())
		return
	}
	l := &login{state: a.secret(16)}
	a.leave(w, l)
	w.Header().Set("Location", v.provider.EndSession+"?"+trace.EncodePairs([]trace.Field{
		{Name: "id_token_hint", Value: v.tokens.IDToken},
		{Name: "post_logout_redirect_uri", Value: a.PostLogoutRedirectURI},
		{Name: "state", Value: l.state},
	}))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusFound)
}

// loggedOut is where the provider sends a person who signed out.
func (a *WebApp) loggedOut(w http.ResponseWriter, r *http.Request) {
	came := loggedOut{said: r.URL.Query().Get("state")}
	if l := a.sessions.back(a.session(r)); l != nil {
		came.sent = l.state
	}
	if refused := rule.Run(r.Context(), a.role, loggedOutRows(), &came); refused != nil {
		p := a.pages.fail(http.StatusBadRequest, a.say.Text("stage.fail.not-asked"), refused.Check.Reason)
		a.pages.write(w, p)
		return
	}
	a.pages.write(w, a.pages.loggedOut())
}

// loggedOut is an answer to a request to sign out.
type loggedOut struct{ sent, said string }

func loggedOutRows() []rule.Row[loggedOut] {
	return []rule.Row[loggedOut]{{
		ID: "logout-state-matches", Rule: "state is the one that was sent",
		Spec: trace.Spec{Doc: "OpenID Connect RP-Initiated Logout 1.0", Section: "2"},
		Check: func(l *loggedOut) rule.Finding {
			return rule.Verdict(l.sent != "" && l.said == l.sent, orNothing(l.sent), orNothing(l.said),
				"this browser was sent here by somebody else")
		},
	}}
}

// backchannelLogout is told that a person signed out (OpenID Connect
// Back-Channel Logout 1.0 section 2.5). No browser takes part, so it is the
// token alone that says who speaks.
func (a *WebApp) backchannelLogout(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store") // section 2.8
	r.Body = http.MaxBytesReader(w, r.Body, maxDocument)
	raw := r.PostFormValue("logout_token")
	keys, err := a.keySet(r)
	if err != nil {
		declineLogout(w, err.Error())
		return
	}
	checks := token.VerifyLogoutToken(raw, token.LogoutTokenExpectations{
		By: a.role, Issuer: a.issuer, ClientID: a.ID, Algorithm: string(jose.RS256), Keys: keys, Now: a.now(), Heard: a.sessions.hasHeard,
	})
	for _, c := range checks {
		trace.Record(r.Context(), c)
	}
	if broken := firstBroken(checks); broken != nil {
		declineLogout(w, broken.Rule)
		return
	}
	jwt, _ := trace.DecodeJWT(raw) // it was read before
	a.sessions.hear(jwt)
	w.WriteHeader(http.StatusOK)
}

// keySet reads the provider's keys again: in a run the app did so when the
// person signed in, so that it leaves no arrow.
func (a *WebApp) keySet(r *http.Request) (*jose.JSONWebKeySet, error) {
	provider, err := a.discover(r.Context())
	if err != nil {
		return nil, err
	}
	var keys jose.JSONWebKeySet
	_, err = getJSON(r.Context(), a.quiet, provider.Keys, "", &keys)
	return &keys, err
}

// declineLogout answers as section 2.8 says.
func declineLogout(w http.ResponseWriter, why string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusBadRequest)
	writeJSON(w, struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}{"invalid_request", plain(why)})
}

// signInChecks hold the ID token to how recent a sign-in was asked for.
func (a *WebApp) signInChecks(idToken string) []trace.Check {
	if a.MaxAge == 0 {
		return nil
	}
	return token.VerifySignIn(idToken, token.SignInExpectations{By: a.role, MaxAge: a.MaxAge, Now: a.now()})
}

// wishes are what a sign-in asks besides: no page at all, or not too old a sign-in.
func (a *WebApp) wishes(l *login) []trace.Field {
	var fields []trace.Field
	if l.prompt != "" {
		fields = append(fields, trace.Field{Name: "prompt", Value: l.prompt})
	}
	if a.MaxAge > 0 {
		fields = append(fields, trace.Field{Name: "max_age", Value: strconv.Itoa(int(a.MaxAge.Seconds()))})
	}
	return fields
}

// staysOut reports whether an answer says that a person would have to sign in,
// to an app that asked for no page: that is an answer like another.
func staysOut(l *login, said string) bool {
	return l != nil && l.prompt == "none" && said == "login_required"
}

// Shows reports whether a page is one of the app's.
func (a *WebApp) Shows(page *Page) bool { return strings.HasPrefix(page.URL, a.base+"/") }

// ofAnApp reports whether an address is one of the apps'.
func (s *Stage) ofAnApp(address string) bool {
	return strings.HasPrefix(address, s.at.client) || s.at.other != "" && strings.HasPrefix(address, s.at.other)
}
