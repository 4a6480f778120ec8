package mockidp

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// consentRows are the rules of the consent form (OpenID Connect Core section
// 3.1.2.4).
func consentRows() []rule.Row[formPost] {
	return slices.Concat(formRows(), []rule.Row[formPost]{
		signedInRow(rule.OIDC("3.1.2.4")),
		decisionRow(rule.OIDC("3.1.2.4")),
	}, pushedFormRows(), rule.OnlyWhen(forDevice, deviceConsentRows()), []rule.Row[formPost]{
		{
			ID: "consent-given", Rule: "the person agrees",
			Spec: rule.RFC("6749", "4.1.2.1"), Error: "access_denied",
			Check: func(in *formPost) rule.Finding {
				d := in.r.Form.Get("decision")
				return rule.Verdict(d == decisionApprove, decisionApprove, d, "the person refused the request")
			},
		},
	}, choiceRows())
}

// signedInRow ties a form to the session in which it was shown.
func signedInRow(spec trace.Spec) rule.Row[formPost] {
	return rule.Row[formPost]{
		ID: "signed-in", Rule: "the person who signed in for this form is still signed in",
		Spec: spec, Error: "login_required", Status: http.StatusForbidden,
		Check: func(in *formPost) rule.Finding {
			ok := in.session != nil && in.form.session == in.session.name()
			got := "nobody, or another session"
			if ok {
				got = "the session of " + in.session.person.Username
			}
			return rule.Verdict(ok, "the session that this form was made in", got,
				"nobody is signed in for this form; please go back to the app and start again")
		},
	}
}

func decisionRow(spec trace.Spec) rule.Row[formPost] {
	return rule.Row[formPost]{
		ID: "decision-known", Rule: "the decision is approve or refuse",
		Spec: spec, Error: "invalid_request", Status: http.StatusBadRequest,
		Check: func(in *formPost) rule.Finding {
			d := in.r.Form.Get("decision")
			return rule.Verdict(d == decisionApprove || d == decisionRefuse, "approve or refuse", cmp.Or(wire.Shown(d), "none"),
				"the form holds no decision; send approve or refuse")
		},
	}
}

// consentEndpoint takes the consent form.
type consentEndpoint struct {
	desk    *desk
	pages   *printer
	answers *answerer
	rows    []rule.Row[formPost]
}

// askToConsent shows the consent page to somebody who is signed in.
func askToConsent(desk *desk, pages *printer, t *tenant, r *request, req *approved, s *session) (wire.Answer, error) {
	f, err := desk.newForm(r, req)
	if err != nil {
		return wire.Answer{}, err
	}
	f.session = s.name()
	view, err := desk.view(t, r, f)
	if err != nil {
		return wire.Answer{}, err
	}
	return view.withCookie(t, pages.consentPage(t, view, s.person)), nil
}

// serveConsent takes the consent form. The form is claimed before the rules run,
// so of two submissions only one can give a code; it is open again when there
// was no decision.
func (e *consentEndpoint) serveConsent(t *tenant, r *request) (wire.Answer, error) {
	in := e.desk.newFormPost(t, r, forLogin)
	if in.genuine && in.fresh {
		in.fresh = in.claim()
	}
	if forDevice(in) {
		in.device = t.devices.hold(in.form.request.device, r.Now)
	}
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.rows, in); broken != nil {
		return in.named(e.refuseConsent(in, broken)), nil
	}
	req := in.form.request.narrowed(t, in.granted())
	if req.device != nil {
		return in.named(e.allowDevice(in, req.scopes)), nil
	}
	t.sessions.decide(in.session, req.client.ClientID, in.asked(), in.granted())
	a, err := e.answers.answerClient(t, r, req, in.session)
	return in.named(a), err
}

func (e *consentEndpoint) refuseConsent(in *formPost, broken *rule.Refusal) wire.Answer {
	if forDevice(in) {
		return e.refuseDevice(in, broken)
	}
	if refusedConsent(broken) {
		_ = e.answers.usePushed(in.r, in.form.request) // to refuse is an answer as well
		return e.pages.refuseBack(in.t, in.form.request.client, in.form.request.returnAddress, broken.Check)
	}
	if in.genuine && in.fresh {
		in.t.answered.reopen(in.form.id)
	}
	return e.pages.refuseForm(in, broken)
}

// refusedConsent reports whether the form was in order and the answer a no.
func refusedConsent(broken *rule.Refusal) bool {
	return broken.Check.ID == "consent-given" || broken.Check.ID == "scope-left"
}
