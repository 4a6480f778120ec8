package mockidp

import (
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// logoutFormRows are the rules of the form that asks whether to sign out.
func logoutFormRows() []rule.Row[formPost] {
	return append(formRows(), signedInRow(rpLogout("2")), decisionRow(rpLogout("2")))
}

// serveLogoutForm takes the person's decision to sign out or to stay.
func (p *Provider) serveLogoutForm(t *tenant, r *request) (wire.Answer, error) {
	in := p.newFormPost(t, r, func(f *form) bool { return f.logout != nil })
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, p.tables.logoutForm, in); broken != nil {
		return p.refuseForm(in, broken), nil
	}
	t.forms.take(in.form.id, r.Now)
	a := p.signedOutPage(t, p.say("signed-out.still"))
	if r.Form.Get("decision") == decisionApprove {
		if err := p.endVisit(t, in.session, r.Now); err != nil {
			return wire.Answer{}, err
		}
		a = p.finishLogout(t, in.form.logout)
	}
	if c := in.form.logout.client; c != nil {
		a.Client = c.ClientID
	}
	return a, nil
}

// refuseForm says which rule a form broke.
func (p *Provider) refuseForm(in *formPost, broken *rule.Refusal) wire.Answer {
	a := p.errorPage(broken.Status, in.t, broken.Check)
	if broken.Status == http.StatusMethodNotAllowed {
		a.Set("Allow", http.MethodPost)
	}
	return a
}
