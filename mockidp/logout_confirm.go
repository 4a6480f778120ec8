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
func (e *logoutEndpoint) serveLogoutForm(t *tenant, r *request) (wire.Answer, error) {
	in := e.desk.newFormPost(t, r, func(f *form) bool { return f.logout != nil })
	if broken := rule.Run(r.Context(), trace.AuthorizationServer, e.form, in); broken != nil {
		return e.pages.refuseForm(in, broken), nil
	}
	in.claim()
	a := e.pages.signedOutPage(t, signedOutData{Heading: e.pages.say("signed-out.still")})
	if r.Form.Get("decision") == decisionApprove {
		frames, err := e.herald.endVisit(t, in.session, r.Now)
		if err != nil {
			return wire.Answer{}, err
		}
		a = e.pages.finishLogout(t, in.form.logout, frames)
	}
	if c := in.form.logout.client; c != nil {
		a.Client = c.ClientID
	}
	return a, nil
}

// refuseForm says which rule a form broke.
func (p *printer) refuseForm(in *formPost, broken *rule.Refusal) wire.Answer {
	a := p.errorPage(broken.Status, in.t, broken.Check)
	if broken.Status == http.StatusMethodNotAllowed {
		a.Set("Allow", http.MethodPost)
	}
	return a
}
