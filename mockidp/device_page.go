package mockidp

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// deviceVisit is a person opening the page on which the code of a device is
// typed (RFC 8628 section 3.3).
type deviceVisit struct {
	t *tenant
	r *request
}

// devicePageRows are the rules of the page, before anything is typed.
func devicePageRows() []rule.Row[deviceVisit] {
	return []rule.Row[deviceVisit]{
		{
			ID: "method-get-or-post", Rule: "the request uses GET or POST",
			Spec: rule.RFC("8628", "3.3"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *deviceVisit) rule.Finding {
				return in.r.CheckMethod(http.MethodGet, http.MethodPost)
			},
		},
		{
			ID: "query-encoded", Rule: "the query is form-encoded UTF-8",
			Spec: rule.RFC("8628", "3.3.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *deviceVisit) rule.Finding { return in.r.Query.CheckEncoding() },
		},
		{
			ID: "query-once", Rule: "no parameter of the query is sent twice",
			Spec: rule.RFC("6749", "3.1"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *deviceVisit) rule.Finding { return in.r.Query.CheckOnce() },
		},
	}
}

// userCodeRows are the rules of the form with the code.
func userCodeRows() []rule.Row[formPost] {
	shape := slices.DeleteFunc(formShapeRows(), func(r rule.Row[formPost]) bool { return r.ID == "method-post" })
	return append(append(shape, genuineRows()...),
		rule.Row[formPost]{
			// Before the code is looked at, so that the answer to a guess too
			// many does not tell whether it was right (RFC 8628 section 5.1).
			ID: "code-attempts-left", Rule: "not too many wrong codes were typed in the last minute",
			Spec: rule.RFC("8628", "5.1"), Error: "access_denied", Status: http.StatusTooManyRequests,
			Check: func(in *formPost) rule.Finding {
				f := in.failures
				return rule.Verdict(!f.tooMany(), f.allowed("browser", "address"), f.counted("address"),
					"too many wrong codes were typed; please wait a minute")
			},
		},
		rule.Row[formPost]{
			ID: "user-code-known", Rule: "a device waits under this code",
			Spec: rule.RFC("8628", "3.3"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(in *formPost) rule.Finding {
				got := "no such code"
				if in.device.device != nil {
					got = "such a code"
				}
				return rule.Verdict(in.device.device != nil, "the code of a device that waits", got,
					"no device waits under this code; please compare it with the one on the device, which shows a new one when the old one has expired")
			},
		},
	)
}

// deviceEndpoint is the page where people type the code of a device.
type deviceEndpoint struct {
	desk  *desk
	pages *printer
	page  []rule.Row[deviceVisit]
	code  []rule.Row[formPost]
}

// serveDevice is the page on which a person types the code of a device.
func (e *deviceEndpoint) serveDevice(t *tenant, r *request) (wire.Answer, error) {
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.page, &deviceVisit{t: t, r: r}); broken != nil {
		a := e.pages.errorPage(broken.Status, t, broken.Check)
		if broken.Status == http.StatusMethodNotAllowed {
			a.Set("Allow", "GET, HEAD, POST")
		}
		return a, nil
	}
	if r.ReadMethod() == http.MethodPost {
		return e.takeUserCode(t, r)
	}
	f, err := e.desk.newForm(r, nil)
	if err != nil {
		return wire.Answer{}, err
	}
	f.userCode = true
	view, err := e.desk.view(t, r, f)
	if err != nil {
		return wire.Answer{}, err
	}
	return view.withCookie(t, e.pages.devicePage(t, view, deviceData{Code: printableCode(r.Query.Get("user_code"))})), nil
}

// takeUserCode goes on with the device whose code was typed: to the sign-in
// page or, where somebody is signed in, to the question whether to allow it.
// That is always asked, whatever was agreed to before: it is another device.
func (e *deviceEndpoint) takeUserCode(t *tenant, r *request) (wire.Answer, error) {
	in := e.desk.newFormPost(t, r, func(f *form) bool { return f.userCode })
	if in.genuine && in.fresh {
		in.device.device = t.devices.showing(r.Form.Get("user_code"), r.Now)
		in.failures = t.guesses.countAttempt(r,
			attempt{one: "device browser " + in.browser, all: "device address " + network(r.RemoteAddr), failed: in.device.device == nil})
	}
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.code, in); broken != nil {
		return e.refuseUserCode(in, broken), nil
	}
	d := in.device.device
	in.claim()
	req := &approved{issuer: d.issuer, client: d.client, scopes: d.scopes, details: d.details, askConsent: true, device: d}
	if in.session == nil {
		a, err := askToSignIn(e.desk, e.pages, t, r, req)
		a.Client = d.client.ClientID
		return a, err
	}
	a, err := askToConsent(e.desk, e.pages, t, r, req, in.session)
	a.Client = d.client.ClientID
	return a, err
}

func (e *deviceEndpoint) refuseUserCode(in *formPost, broken *rule.Refusal) wire.Answer {
	if broken.Check.ID != "user-code-known" && broken.Check.ID != "code-attempts-left" {
		return e.pages.refuseForm(in, broken)
	}
	a := e.pages.devicePage(in.t, e.desk.again(in), deviceData{
		Code: printableCode(in.r.Form.Get("user_code")), Alert: e.pages.alert(broken.Check, in.failures),
	})
	a.Status = broken.Status
	if broken.Status == http.StatusTooManyRequests {
		a.Set("Retry-After", strconv.Itoa(int(failureWindow.Seconds())))
	}
	return a
}

// forDevice reports whether a consent form speaks of a device.
func forDevice(in *formPost) bool { return in.fresh && in.form.request.device != nil }

// deviceConsentRows are about the device that a consent form speaks of.
func deviceConsentRows() []rule.Row[formPost] {
	return []rule.Row[formPost]{{
		ID: "device-waiting", Rule: "the device still waits for an answer",
		Spec: rule.RFC("8628", "3.3"), Error: "expired_token", Status: http.StatusBadRequest,
		Check: func(in *formPost) rule.Finding {
			got := "answered already"
			switch {
			case in.device.held:
				got = "it waits"
			case in.device.expired:
				got = "its code has expired"
			}
			return rule.Verdict(in.device.held, "a device that waits", got,
				"the device does not wait for this any more; please start again on the device")
		},
	}}
}

// allowDevice lets the device in, for the scopes that the person left. The consent is not remembered: the next
// device is another one.
func (e *consentEndpoint) allowDevice(in *formPost, scopes []string) wire.Answer {
	req := in.form.request
	in.t.devices.settle(&in.device, in.t.consentTo(scopes, in.session), false)
	return e.pages.show(http.StatusOK, "device-done.html", e.pages.say("device.connected"), in.t, deviceDone{
		Heading: e.pages.say("device.connected"),
		Text:    e.pages.say("device.connected-text", "client", req.client.title()),
	}, nil)
}

// consentTo is what a person who agrees gives to a device. The device's tokens
// end when the person signs out, unless offline_access was agreed to.
func (t *tenant) consentTo(scopes []string, s *session) *deviceConsent {
	l := t.tokens.begin(s.visit, nil)
	if slices.Contains(scopes, scopeOffline) {
		l.visit = nil
	}
	return &deviceConsent{scopes: scopes, person: s.person, authTime: s.authTime, visit: s.visit, license: l}
}

// refuseDevice answers a consent form that did not lead to a consent.
func (e *consentEndpoint) refuseDevice(in *formPost, broken *rule.Refusal) wire.Answer {
	if refusedConsent(broken) {
		in.t.devices.settle(&in.device, nil, true)
		return e.pages.show(http.StatusOK, "device-done.html", e.pages.say("device.refused"), in.t, deviceDone{
			Heading: e.pages.say("device.refused"),
			Text:    e.pages.say("device.refused-text", "client", in.form.request.client.title()),
		}, nil)
	}
	in.t.devices.settle(&in.device, nil, false)
	if in.genuine && in.fresh && broken.Check.ID != "device-waiting" {
		in.t.answered.reopen(in.form.id)
	}
	return e.pages.refuseForm(in, broken)
}

type deviceData struct {
	Action string
	Form   string
	CSRF   string
	Code   string // typed, or given by verification_uri_complete
	Alert  string
}

type deviceDone struct{ Heading, Text string }

// devicePage asks for the code. A code that came with the address is filled in
// and still has to be confirmed (RFC 8628 section 3.3.1).
func (p *printer) devicePage(t *tenant, f *formView, data deviceData) wire.Answer {
	data.Action, data.Form, data.CSRF = t.path+pathDevice, f.sealed, f.csrf
	return p.show(http.StatusOK, "device.html", p.say("device.heading"), t, data, []string{"'self'"})
}

// printableCode keeps what is far from a user code out of the field.
func printableCode(typed string) string {
	if len(typed) > 2*userCodeLength || !wire.IsVisibleASCII(typed) {
		return ""
	}
	return typed
}
