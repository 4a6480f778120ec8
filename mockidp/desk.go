package mockidp

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/asn1"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// desk makes the forms that people answer, and knows its own when they come
// back.
type desk struct {
	draw   *source
	secret []byte // keys the CSRF tokens
}

// newForm starts a form about a request that a browser came with.
func (d *desk) newForm(r *request, req *approved) (form, error) {
	id, err := d.draw.random(16)
	return form{id: id, made: r.Now, request: req}, err
}

// view is a form as a page needs it.
func (d *desk) view(t *tenant, r *request, f form) (*formView, error) {
	browser := t.cookieValue(r, browserCookie)
	if browser == "" {
		var err error
		if browser, err = d.draw.random(16); err != nil {
			return nil, err
		}
	}
	sealed, err := d.seal(t, &f)
	if err != nil {
		return nil, err
	}
	return &formView{form: f, browser: browser, sealed: sealed, csrf: d.csrfToken(browser, f.id)}, nil
}

// again is a form that was sent, for a page that asks once more.
func (d *desk) again(in *formPost) *formView {
	return &formView{form: in.form, browser: in.browser, sealed: in.r.Form.Get("form"), csrf: in.r.Form.Get("csrf_token")}
}

// seal writes a form so that its page can carry it. The browser can't read it:
// what a client pushed (RFC 9126) is not for the browser's eyes.
func (d *desk) seal(t *tenant, f *form) (string, error) {
	text, err := asn1.Marshal(f.carried(t))
	if err != nil {
		return "", err
	}
	return keys.Seal(d.secret, formPurpose+t.issuer, text)
}

// formPurpose keeps a form to the issuer that made it.
const formPurpose = "form of "

// open reads a form that a page of this realm has carried, and reports whether it
// may still be answered.
func (d *desk) open(t *tenant, sealed string, now time.Time) (form, bool) {
	text, err := keys.Open(d.secret, formPurpose+t.issuer, sealed)
	if err != nil {
		return form{}, false
	}
	var c carriedForm
	if _, err := asn1.Unmarshal(text, &c); err != nil {
		return form{}, false
	}
	f, ok := t.restore(&c, now)
	return f, ok && now.Sub(f.made) < formLifetime && !t.answered.has(f.id, now)
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
	f, open := d.open(t, r.Form.Get("form"), r.Now)
	in.genuine = in.browser != "" && f.id != "" && keys.Same(d.csrfToken(in.browser, f.id), r.Form.Get("csrf_token"))
	if in.genuine {
		in.form, in.fresh = f, open && kind(&f)
	}
	in.session = t.sessions.get(t.cookieValue(r, sessionCookie), r.Now)
	return in
}

// claim uses a form up, and reports whether nobody did before.
func (in *formPost) claim() bool {
	return in.t.answered.claim(network(in.r.RemoteAddr), in.form.id, in.r.Now)
}

// formView is a form as a page needs it.
type formView struct {
	form
	browser string
	sealed  string
	csrf    string
}

func (f *formView) withCookie(t *tenant, a wire.Answer) wire.Answer {
	a.Set("Set-Cookie", t.cookie(browserCookie, f.browser))
	return a
}
