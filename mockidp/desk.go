package mockidp

import (
	"crypto/hmac"
	"crypto/sha256"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// desk makes the forms that people answer, and knows its own when they come
// back.
type desk struct {
	draw   *source
	secret []byte // keys the CSRF tokens
}

// newForm starts a form for the browser of r, not yet stored. A browser that
// has no cookie yet gets one by [formView.withCookie].
func (d *desk) newForm(r *request, req *approved) (*formView, error) {
	id, err := d.draw.random(16)
	if err != nil {
		return nil, err
	}
	browser := r.tenant.cookieValue(r, browserCookie)
	if browser == "" {
		if browser, err = d.draw.random(16); err != nil {
			return nil, err
		}
	}
	return &formView{form: form{id: id, browser: browser, network: network(r.RemoteAddr), request: req}, csrf: d.csrfToken(browser, id)}, nil
}

// csrfToken binds a form to a browser without being remembered.
func (d *desk) csrfToken(browser, form string) string {
	mac := hmac.New(sha256.New, d.secret)
	mac.Write([]byte(browser + "\x00" + form))
	return wire.Base64URL(mac.Sum(nil))
}

// newFormPost reads a form. One that was made for another kind of page is none
// here.
func (d *desk) newFormPost(t *tenant, r *request, kind func(*form) bool) *formPost {
	in := &formPost{t: t, r: r, browser: t.cookieValue(r, browserCookie)}
	id := r.Form.Get("form")
	want := d.csrfToken(in.browser, id)
	in.genuine = in.browser != "" && keys.Same(want, r.Form.Get("csrf_token"))
	in.form, in.fresh = t.forms.get(id, r.Now)
	in.fresh = in.fresh && in.form.browser == in.browser && kind(&in.form)
	in.session = t.sessions.get(t.cookieValue(r, sessionCookie), r.Now)
	return in
}

// view returns the same form again, for a page that asks once more.
func (d *desk) view(in *formPost) *formView {
	return &formView{form: in.form, csrf: d.csrfToken(in.browser, in.form.id)}
}

// formView is a form as a page needs it.
type formView struct {
	form
	csrf string
}

func (f *formView) withCookie(t *tenant, a wire.Answer) wire.Answer {
	a.Set("Set-Cookie", t.cookie(browserCookie, f.browser))
	return a
}
