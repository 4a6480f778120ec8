package mockidp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// SignInAs does what a person with a fresh browser does at an authorization
// request: it opens the address, signs in with the person's password, agrees to
// what is asked, and returns where the browser is sent then, without going
// there. So a test gets a code without a browser of its own:
//
//	callback, err := provider.SignInAs(ctx, client.AuthCodeURL(state, …), "jane")
//	code := callback.Query().Get("code")
//
// Options make the person do something else: refuse, leave a scope out, or
// type another password. No rule is passed over: the requests are those of a
// browser, and each is served as if it had come over the network. It returns an
// error where the provider shows a page instead, with the rule that was broken,
// and for response_mode=form_post, which sends the browser nowhere. An error
// that is the answer to the client (RFC 6749 section 4.1.2.1) is in the query.
func (p *Provider) SignInAs(ctx context.Context, address, username string, options ...SignInOption) (*url.URL, error) {
	visitor, err := p.newVisitor(address, username)
	if err != nil {
		return nil, err
	}
	for _, option := range options {
		option(visitor)
	}
	callback, err := visitor.finish(ctx)
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", username, err)
	}
	return callback, nil
}

// SignInOption is what a person of [Provider.SignInAs] does otherwise.
type SignInOption func(*visitor)

// RefuseConsent has the person say no on the consent page, so that the client
// is answered with access_denied (RFC 6749 section 4.1.2.1).
func RefuseConsent() SignInOption {
	return func(v *visitor) { v.refuses = true }
}

// LeaveOut has the person untick scopes on the consent page, so that the client
// gets less than it asked for (RFC 6749 section 3.3). A scope that has no box
// there is an error of SignInAs.
func LeaveOut(scopes ...string) SignInOption {
	return func(v *visitor) { v.leavesOut = append(v.leavesOut, scopes...) }
}

// TypePassword has the person type another password than their own. A wrong one
// is an error of SignInAs that names the rule.
func TypePassword(password string) SignInOption {
	return func(v *visitor) { v.password = password }
}

// maxPages is more than there are between a person and a client.
const maxPages = 8

// visitor is a person with a browser.
type visitor struct {
	p      *Provider
	person *Person
	client *http.Client
	at     *url.URL
	broken *trace.Check // the rule that the last request broke

	password  string // that is typed
	refuses   bool
	leavesOut []string
}

func (p *Provider) newVisitor(address, username string) (*visitor, error) {
	at, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", username, err)
	}
	t, _, _ := p.route(at.Path)
	if t == nil || !p.at.owns(at.Scheme+"://"+at.Host) {
		return nil, fmt.Errorf("sign in as %s: %s is not an address of this provider, which is at %s", username, at.Redacted(), p.cfg.BaseURL)
	}
	person, err := t.person(username)
	if err != nil {
		return nil, fmt.Errorf("sign in as %s: %w", username, err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	v := &visitor{p: p, person: person, at: at, password: person.Password}
	v.client = &http.Client{
		Transport: inProcess{p}, Jar: jar,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return v, nil
}

// finish answers every page until the provider sends the browser to somebody else.
func (v *visitor) finish(ctx context.Context) (*url.URL, error) {
	var fields url.Values // nil: open the address
	for range maxPages {
		page, to, err := v.ask(ctx, fields)
		switch {
		case err != nil:
			return nil, err
		case to != nil && v.foreign(to):
			return to, nil
		case to != nil:
			v.at, fields = to, nil
		default:
			if fields, err = v.fill(page); err != nil {
				return nil, err
			}
		}
	}
	return nil, errors.New("the provider asks for ever")
}

// foreign reports whether an address is not one of the provider's own.
func (v *visitor) foreign(to *url.URL) bool {
	t, _, _ := v.p.route(to.Path)
	return t == nil || !v.p.at.owns(to.Scheme+"://"+to.Host)
}

// ask opens the address, or posts a form to it, and returns the page or where
// the answer leads.
func (v *visitor) ask(outer context.Context, fields url.Values) (page string, to *url.URL, err error) {
	v.broken = nil
	ctx := trace.WithRecorder(outer, func(c trace.Check) {
		if c.Result == trace.Fail {
			v.broken = &c
		}
		trace.Record(outer, c)
	})
	method, body := http.MethodGet, ""
	if fields != nil {
		method, body = http.MethodPost, fields.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, v.at.String(), strings.NewReader(body))
	if err != nil {
		return "", nil, err
	}
	if fields != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Origin", v.at.Scheme+"://"+v.at.Host)
	}
	res, err := v.client.Do(req)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = res.Body.Close() }()
	if location := res.Header.Get("Location"); location != "" {
		to, err = v.at.Parse(location)
		return "", to, err
	}
	text, err := io.ReadAll(res.Body)
	return string(text), nil, err
}

// fill answers the form of a page.
func (v *visitor) fill(page string) (url.Values, error) {
	form, found := readForm(page)
	switch {
	case v.broken != nil:
		return nil, fmt.Errorf("%s (%s): %s", v.broken.Rule, v.broken.Spec, v.broken.Reason)
	case !found:
		return nil, errors.New("the provider shows a page without a form")
	}
	to, err := v.at.Parse(form.action)
	switch {
	case err != nil:
		return nil, err
	case v.foreign(to):
		return nil, errors.New("the answer is a form for the client (response_mode=form_post), which only a browser can post")
	}
	v.at = to
	if form.fields.Has("password") {
		form.fields.Set("username", v.person.Username)
		form.fields.Set("password", v.password)
		form.fields.Set("action", "sign-in")
		return form.fields, nil
	}
	return v.decide(form.fields)
}

// decide answers the consent page. Its boxes are ticked at first.
func (v *visitor) decide(fields url.Values) (url.Values, error) {
	fields.Set("decision", decisionApprove)
	if v.refuses {
		fields.Set("decision", decisionRefuse)
	}
	for _, scope := range v.leavesOut {
		if !fields.Has(boxPrefix + scope) {
			return nil, fmt.Errorf("the consent page has no box for %s", scope)
		}
		fields.Del(boxPrefix + scope)
	}
	return fields, nil
}

// inProcess is an [http.RoundTripper] that has the provider answer.
type inProcess struct{ p *Provider }

func (t inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err //nolint:wrapcheck // http.Client wraps it
	}
	r = r.Clone(r.Context())
	r.Host, r.RequestURI, r.RemoteAddr = r.URL.Host, r.URL.RequestURI(), "127.0.0.1:0"
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := &kept{header: http.Header{}, status: http.StatusOK}
	t.p.ServeHTTP(w, r)
	return &http.Response{
		StatusCode: w.status, Status: http.StatusText(w.status), Header: w.header, Request: r,
		Proto: r.Proto, ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()),
	}, nil
}

// kept is an answer in memory.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }

// SignInAutomatically signs the person with this username in, from now on,
// wherever a sign-in page would be shown; an empty username ends that. It is
// Realm.AutoSignIn while the provider runs. It fails for a realm or a person
// that there is not.
func (p *Provider) SignInAutomatically(realm, username string) error {
	t := p.tenants["/realms/"+realm]
	if t == nil {
		return fmt.Errorf("there is no realm %q; the realms are %s", realm, p.realmsInWords())
	}
	if username != "" {
		if _, err := t.person(username); err != nil {
			return err
		}
	}
	t.door.username.Store(&username)
	return nil
}
