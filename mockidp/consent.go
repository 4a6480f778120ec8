package mockidp

import (
	"net/http"
	"slices"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// consentRows are the rules of the consent form (OpenID Connect Core section
// 3.1.2.4).
func consentRows() []row[formPost] {
	return slices.Concat(formRows(), []row[formPost]{
		signedInRow(oidc("3.1.2.4")),
		decisionRow(oidc("3.1.2.4")),
	}, pushedFormRows(), onlyWhen(forDevice, deviceConsentRows()), []row[formPost]{
		{
			id: "consent-given", rule: "the person agrees",
			spec: rfc("6749", "4.1.2.1"), err: "access_denied",
			check: func(in *formPost) finding {
				d := in.r.form.get("decision")
				return verdict(d == decisionApprove, decisionApprove, d, "the person refused the request")
			},
		},
	}, choiceRows())
}

// signedInRow ties a form to the session in which it was shown.
func signedInRow(spec trace.Spec) row[formPost] {
	return row[formPost]{
		id: "signed-in", rule: "the person who signed in for this form is still signed in",
		spec: spec, err: "login_required", status: http.StatusForbidden,
		check: func(in *formPost) finding {
			ok := in.session != nil && in.form.session == in.session.id
			got := "nobody, or another session"
			if ok {
				got = "the session of " + in.session.person.Username
			}
			return verdict(ok, "the session that this form was made in", got,
				"nobody is signed in for this form; please go back to the app and start again")
		},
	}
}

func decisionRow(spec trace.Spec) row[formPost] {
	return row[formPost]{
		id: "decision-known", rule: "the decision is approve or refuse",
		spec: spec, err: "invalid_request", status: http.StatusBadRequest,
		check: func(in *formPost) finding {
			d := in.r.form.get("decision")
			return verdict(d == decisionApprove || d == decisionRefuse, "approve or refuse", orElse(shown(d), "none"),
				"the form holds no decision")
		},
	}
}

const (
	decisionApprove = "approve"
	decisionRefuse  = "refuse"
)

// serveConsent takes the consent form. The form is taken from the shelf
// before the rules run, so of two submissions only one can give a code; it is
// put back when the decision is still open.
func (p *Provider) serveConsent(t *tenant, r *request) (answer, error) {
	in := p.newFormPost(t, r, forLogin)
	if in.genuine && in.fresh {
		in.fresh = t.takeForm(in.form.id, r.now)
	}
	if forDevice(in) {
		in.device = t.holdDevice(in.form.request.device, r.now)
	}
	if broken := run(r.Context(), p.tables.consent, in); broken != nil {
		return in.named(p.refuseConsent(in, broken)), nil
	}
	req := in.form.request.narrowed(t, in.granted())
	if req.device != nil {
		return in.named(p.allowDevice(in, req.scopes)), nil
	}
	t.decide(in.session, req.client.ClientID, in.asked(), in.granted())
	a, err := p.answerClient(t, r, req, in.session)
	return in.named(a), err
}

func (p *Provider) refuseConsent(in *formPost, broken *refusal) answer {
	if forDevice(in) {
		return p.refuseDevice(in, broken)
	}
	if refusedConsent(broken) {
		_ = p.usePushed(in.r, in.form.request) // to refuse is an answer as well
		return p.refuseBack(in.t, in.form.request.client, in.form.request.returnAddress, broken.check)
	}
	if in.genuine && in.fresh {
		in.t.putForm(in.form, in.r.now)
	}
	return p.refuseForm(in, broken)
}

// refusedConsent reports whether the form was in order and the answer a no.
func refusedConsent(broken *refusal) bool {
	return broken.check.ID == "consent-given" || broken.check.ID == "scope-left"
}

// sentence makes a reason into a sentence for people.
func sentence(reason string) string {
	if reason == "" {
		return ""
	}
	return sentenceCase(reason) + "."
}
