package mockidp

import "net/http"

// logoutFormRows are the rules of the form that asks whether to sign out.
func logoutFormRows() []row[formPost] {
	return append(formRows(), signedInRow(rpLogout("2")), decisionRow(rpLogout("2")))
}

// serveLogoutForm takes the person's decision to sign out or to stay.
func (p *Provider) serveLogoutForm(t *tenant, r *request) (answer, error) {
	in := p.newFormPost(t, r, func(f *form) bool { return f.logout != nil })
	if broken := run(r.Context(), p.tables.logoutForm, in); broken != nil {
		return p.refuseForm(in, broken), nil
	}
	t.takeForm(in.form.id, r.now)
	a := p.signedOutPage(t, "You are still signed in")
	if r.form.get("decision") == decisionApprove {
		if err := p.endVisit(t, in.session, r.now); err != nil {
			return answer{}, err
		}
		a = p.finishLogout(t, in.form.logout)
	}
	if c := in.form.logout.client; c != nil {
		a.client = c.ClientID
	}
	return a, nil
}

// refuseForm says which rule a form broke.
func (p *Provider) refuseForm(in *formPost, broken *refusal) answer {
	a := p.errorPage(broken.status, in.t, broken.check)
	if broken.status == http.StatusMethodNotAllowed {
		a.set("Allow", http.MethodPost)
	}
	return a
}
