package mockidp

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// The provider's two cookies. The browser cookie ties forms to the browser
// they were made for; the session cookie, new at each sign-in, says who is
// signed in there.
const (
	browserCookie = "mockidp_browser"
	sessionCookie = "mockidp_session"
)

// formPost is a submitted sign-in or consent form and what it refers to.
type formPost struct {
	t       *tenant
	r       *request
	browser string
	form    form
	fresh   bool // the form is there and not used up
	genuine bool
	session *session // nil when nobody is signed in

	person   *Person // whom name and password belong to, nil when they do not match
	failures failures
	device   devicePoll // for a form about a device: what the code stands for
}

// forLogin tells the forms behind the sign-in and consent pages.
func forLogin(f *form) bool { return f.request != nil }

func (in *formPost) named(a wire.Answer) wire.Answer {
	if in.fresh {
		a.Client = in.form.request.client.ClientID
	}
	return a
}

// formRows are the rules of every submitted form: it must come from a page
// that this provider made for this browser (RFC 6749 section 10.12).
func formRows() []rule.Row[formPost] {
	return append(formShapeRows(), genuineRows()...)
}

func formShapeRows() []rule.Row[formPost] {
	return []rule.Row[formPost]{
		{
			ID: "method-post", Rule: "the request uses POST",
			Spec: rule.RFC("9110", "9.2.1"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *formPost) rule.Finding { return in.r.CheckMethod(http.MethodPost) },
		},
		{
			ID: "body-is-form", Rule: "the body is form-encoded",
			Spec: rule.RFC("9110", "15.5.16"), Error: "invalid_request", Status: http.StatusUnsupportedMediaType,
			Check: func(in *formPost) rule.Finding { return in.r.CheckFormBody() },
		},
		{
			ID: "parameters-encoded", Rule: "the parameters are form-encoded UTF-8",
			Spec: rule.RFC("6749", "B"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *formPost) rule.Finding { return in.r.Form.CheckEncoding() },
		},
		{
			ID: "parameters-once", Rule: "no parameter is sent twice",
			Spec: rule.RFC("6749", "3.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *formPost) rule.Finding { return in.r.Form.CheckOnce() },
		},
	}
}

// genuineRows tie a form to the browser and keep it from being used twice.
func genuineRows() []rule.Row[formPost] {
	return []rule.Row[formPost]{
		{
			ID: "cookie-sent", Rule: "the browser sends the cookie that came with the form",
			Spec: rule.RFC("6749", "10.12"), Error: "invalid_request", Status: http.StatusForbidden,
			Check: func(in *formPost) rule.Finding {
				got := "no such cookie"
				if in.browser != "" {
					got = "a cookie"
				}
				return rule.Verdict(in.browser != "", "the cookie "+in.t.cookieName(browserCookie), got,
					"this browser sent no cookie back; signing in needs cookies, please allow them and start again")
			},
		},
		{
			ID: "form-genuine", Rule: "the form was made for this browser",
			Spec: rule.RFC("6749", "10.12"), Error: "invalid_request", Status: http.StatusForbidden,
			Check: func(in *formPost) rule.Finding {
				got := "another csrf_token"
				switch {
				case in.genuine:
					got = "that csrf_token"
				case !in.r.Form.Has("csrf_token"):
					got = "no csrf_token"
				}
				return rule.Verdict(in.genuine, "the csrf_token that this provider made for this browser and form", got,
					"the form does not come from a page that this provider showed in this browser; another site may have sent it")
			},
		},
		{
			ID: "form-fresh", Rule: "the form is still open",
			Spec: rule.RFC("6749", "10.12"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *formPost) rule.Finding {
				got := "a form that was used, or is older"
				if in.fresh {
					got = "an open form"
				}
				return rule.Verdict(in.fresh, "a form that was shown in the last 10 minutes and not used yet", got,
					"this form was already used or is too old; please go back to the app and start again")
			},
		},
	}
}
