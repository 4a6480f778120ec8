package stage

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// StepClickDisconnect is a person taking back what an app may do.
const StepClickDisconnect = "click-disconnect"

// Disconnect presses the button of an app that gives back what it was given. A
// person who is not signed in sees no such button.
func (u *User) Disconnect(page *Page) (*Page, error) {
	if err := u.acts(StepClickDisconnect, trace.Act{Verb: "clicks", Object: u.stage.say.Text("stage.disconnect")}); err != nil {
		return nil, err
	}
	return u.browser.Submit(page, nil, page.Submit())
}

// disconnect gives the refresh token back (RFC 7009 section 2.1), with which goes
// all that came of the same yes, and forgets whose it was. The cookie by which it
// knows the person is SameSite, so no page of somebody else's can press this button.
func (a *WebApp) disconnect(w http.ResponseWriter, r *http.Request) {
	v := a.sessions.visitor(a.session(r))
	if v == nil {
		a.pages.write(w, a.pages.fail(http.StatusUnauthorized, a.say.Text("stage.fail.log-in-again"), a.say.Text("stage.fail.no-session")))
		return
	}
	form := append([]trace.Field{
		{Name: "token", Value: v.tokens.RefreshToken}, {Name: "token_type_hint", Value: "refresh_token"},
	}, a.credentials()...)
	if err := a.postForm(r.Context(), a.http, v.provider.Revocation, form, nil); err != nil {
		a.pages.write(w, a.pages.failed(a.say.Text("stage.fail.still-connected"), err))
		return
	}
	a.sessions.forget(v)
	a.pages.write(w, a.pages.disconnected())
}

// Helper is the part of an app that works while nobody looks, with copies of the
// tokens: what is thrown away elsewhere it goes on using.
type Helper struct {
	app *WebApp
	has visitor
}

// Helper is set to work by an app that somebody signed in to; nil where nobody did.
func (a *WebApp) Helper() *Helper {
	v := a.sessions.only()
	if v == nil {
		return nil
	}
	return &Helper{app: a, has: *v}
}

// Looks asks the API whether there is something new. A token that is not taken is
// renewed, as in every app, and it asks once more. It reports whether it was answered.
func (h *Helper) Looks(ctx context.Context) (answered bool, err error) {
	var refused *statusError
	_, err = h.app.readAs(ctx, &h.has, "new")
	if errors.As(err, &refused) && refused.status == http.StatusUnauthorized {
		if err = h.app.renew(ctx, &h.has, ""); err == nil {
			_, err = h.app.readAs(ctx, &h.has, "new")
		}
	}
	if errors.As(err, &refused) {
		return false, nil // a refusal is an outcome
	}
	return err == nil, err
}

// Waits lets time pass while the helper holds its token.
func (h *Helper) Waits(s *Stage, step string, pass time.Duration) error {
	return h.app.lets(s, step, &h.has, pass)
}
