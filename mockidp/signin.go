package mockidp

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// askToSignIn shows the sign-in page for an authorization request.
func askToSignIn(desk *desk, pages *printer, t *tenant, r *request, req *approved) (wire.Answer, error) {
	f, err := desk.newForm(r, req)
	if err != nil {
		return wire.Answer{}, err
	}
	view, err := desk.view(t, r, f)
	if err != nil {
		return wire.Answer{}, err
	}
	return view.withCookie(t, pages.signInPage(t, view, signInData{Username: req.loginHint})), nil
}

// signInRows are the rules of the sign-in form.
func signInRows() []rule.Row[formPost] {
	return slices.Concat(formRows(), pushedFormRows(), personRows(), claimedRows())
}

// personRows are about who signs in.
func personRows() []rule.Row[formPost] {
	return []rule.Row[formPost]{
		{
			ID: "attempts-left", Rule: "not too many sign-ins failed in the last minute",
			Spec: rule.RFC("6749", "10.10"), Error: "access_denied", Status: http.StatusTooManyRequests,
			Check: func(in *formPost) rule.Finding {
				if in.filling() {
					return rule.Skip(onlyFilled)
				}
				return checkAttempts(in.failures, "person in this browser", "person")
			},
		},
		{
			// One rule, not two: telling which half was wrong would tell
			// strangers who has an account.
			ID: "name-and-password-match", Rule: "user name and password belong together",
			Spec: rule.OIDC("3.1.2.3"), Error: "access_denied", Status: http.StatusForbidden,
			Check: func(in *formPost) rule.Finding {
				if in.filling() {
					return rule.Skip(onlyFilled)
				}
				return checkPerson(in.person)
			},
		},
		{
			ID: "hinted-person", Rule: "the person is the one in id_token_hint",
			Spec: rule.OIDC("3.1.2.2"), Error: "login_required",
			Check: func(in *formPost) rule.Finding {
				want := in.form.request.subject
				switch {
				case in.filling():
					return rule.Skip(onlyFilled)
				case want == "":
					return rule.Skip("the client named nobody")
				}
				return rule.Verdict(in.person.Subject == want, "the person with sub "+want, "sub "+in.person.Subject,
					"another person signed in than the client asked for")
			},
		},
	}
}

// claimedRows are about a request that asks for certain people by the claims
// parameter.
func claimedRows() []rule.Row[formPost] {
	return rule.OnlyWhen(func(in *formPost) bool { return !in.filling() && in.form.request.claims.namesSubject() }, []rule.Row[formPost]{{
		ID: "claimed-person", Rule: "the person is one whose sub the client asks for",
		Spec: rule.OIDC("5.5.1"), Error: "login_required",
		Check: func(in *formPost) rule.Finding {
			who := in.t.subjectFor(in.form.request.client, in.person)
			return rule.Verdict(in.form.request.claims.servesSubject(who), "the person whose sub is in claims", "sub "+who,
				"another person signed in than the client asked for")
		},
	}})
}

const onlyFilled = "the form is only being filled in"

// filling reports whether a button was pressed that fills the form in, which
// a teaching provider offers so that nobody has to know a password, or that
// finds people to fill it in with.
func (in *formPost) filling() bool { return in.r.Form.Has("fill") || in.r.Form.Has("search") }

// signInEndpoint takes the sign-in form.
type signInEndpoint struct {
	desk    *desk
	pages   *printer
	answers *answerer
	greeter *greeter
	rows    []rule.Row[formPost]
}

// serveSignIn takes the sign-in form.
func (e *signInEndpoint) serveSignIn(t *tenant, r *request) (wire.Answer, error) {
	in := e.desk.newFormPost(t, r, forLogin)
	if in.genuine && in.fresh && !in.filling() {
		in.person = t.authenticate(r.Form.Get("username"), r.Form.Get("password"))
		username := r.Form.Get("username")
		in.failures = t.guesses.countAttempt(r, attempt{
			one: "browser " + browserKey(in.browser, username), all: "person " + keys.Digest(username), signIn: true,
			failed: in.person == nil, familiar: t.browsers.know(in.browser, username, r.Now),
		})
	}
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		return in.named(e.refuseSignIn(in, broken)), nil
	}
	if in.filling() {
		return in.named(e.fillIn(in)), nil
	}
	a, err := e.signIn(in)
	return in.named(a), err
}

func (e *signInEndpoint) refuseSignIn(in *formPost, broken *rule.Refusal) wire.Answer {
	switch broken.Check.ID {
	case "name-and-password-match", "attempts-left":
		a := e.pages.signInPage(in.t, e.desk.again(in), signInData{
			Username: in.r.Form.Get("username"),
			Alert:    e.pages.alert(broken.Check, in.failures),
		})
		a.Status = broken.Status
		if broken.Status == http.StatusTooManyRequests {
			a.Set("Retry-After", strconv.Itoa(int(failureWindow.Seconds())))
		}
		return a
	case "hinted-person", "claimed-person":
		return e.pages.refuseBack(in.t, in.form.request.client, in.form.request.returnAddress, broken.Check)
	}
	return e.pages.refuseForm(in, broken)
}

func (e *signInEndpoint) fillIn(in *formPost) wire.Answer {
	data := signInData{Search: beginningOf(in.r.Form.Get("search"), maxSearch)}
	if person := in.t.people[in.r.Form.Get("fill")]; person != nil {
		data.Username, data.Password = person.Username, person.Password
	}
	return e.pages.signInPage(in.t, e.desk.again(in), data)
}

// maxSearch is how much of a name somebody types, in characters.
const maxSearch = 64

// beginningOf returns the first characters of a text.
func beginningOf(text string, most int) string {
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i]
		}
	}
	return text
}

// signIn begins a session and goes on to the consent page or, where the same
// person agreed before, back to the client.
func (e *signInEndpoint) signIn(in *formPost) (wire.Answer, error) {
	t := in.t
	s, err := e.greeter.begin(t, in.person, in.session, in.r.Now)
	if err != nil {
		return wire.Answer{}, err
	}
	t.browsers.remember(in.browser, in.person.Username, in.r.Now)
	fresh := *in.form.request // a copy: others may be reading it
	fresh.fresh = true
	in.form.request = &fresh
	req := &fresh
	var a wire.Answer
	if t.mustAsk(s, req) {
		in.form.session, in.form.made = s.name(), in.r.Now
		view, err := e.desk.view(t, in.r, in.form)
		if err != nil {
			return wire.Answer{}, err
		}
		a = e.pages.consentPage(t, view, s.person)
	} else {
		in.claim()
		if a, err = e.answers.answerClient(t, in.r, req, s); err != nil {
			return wire.Answer{}, err
		}
	}
	a.Set("Set-Cookie", t.cookie(sessionCookie, s.id))
	return a, nil
}
