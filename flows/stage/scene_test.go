package stage_test

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// scene is one party on a stage with a [fake] provider.
type scene struct {
	*stage.Stage
	t    *testing.T
	fake *fake
	api  []trace.Check // of calls that the test made by itself

	certificate []byte // that those calls present

	answers func(http.ResponseWriter, *http.Request) // those calls; nil: the API of the stage
}

func newScene(t *testing.T, o stage.Options) *scene {
	t.Helper()
	return newSceneWith(&fake{t: t}, o)
}

// newSceneWith is for a fake that has to be ready before the curtain rises.
func newSceneWith(f *fake, o stage.Options) *scene {
	f.t.Helper()
	o.Provider = f.provider
	return &scene{Stage: set(f.t, o), t: f.t, fake: f}
}

// portal is a scene with the app that reads invoices.
func portal(t *testing.T) *scene {
	t.Helper()
	return newScene(t, stage.Options{Cast: stage.Cast{Client: stage.FinancePortal(), API: stage.Invoices()}})
}

// checks are all that anybody made in this scene.
func (s *scene) checks() []trace.Check {
	out := slices.Clone(s.api)
	for _, m := range s.Trace().Messages {
		out = append(out, m.Checks...)
	}
	return out
}

// broken are the ids of the rules that failed.
func (s *scene) broken() []string {
	var ids []string
	for _, c := range s.checks() {
		if c.Result == trace.Fail {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// logIn is a sign-in with an app that has pages, and the page at its end.
func (s *scene) logIn(o stage.WebAppOptions) (*stage.WebApp, *stage.Page) {
	s.t.Helper()
	app := s.WebApp(o)
	page, err := s.User.LogIn(app.URL("/login"))
	if err == nil {
		page, err = s.User.SignIn(page)
	}
	if err == nil {
		page, err = s.User.Consent(page)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return app, page
}

// call sends a request to the API as somebody with that Authorization header.
func (s *scene) call(method, target, authorization, body string) *httptest.ResponseRecorder {
	s.t.Helper()
	ctx := trace.WithRecorder(s.t.Context(), func(c trace.Check) { s.api = append(s.api, c) })
	req := httptest.NewRequestWithContext(ctx, method, s.API.Audience()+target, strings.NewReader(body))
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if s.certificate != nil {
		req.TLS = &tls.ConnectionState{PeerCertificates: []*x509.Certificate{{Raw: s.certificate}}}
	}
	w := httptest.NewRecorder()
	if s.answers == nil {
		s.answers = s.API.ServeHTTP
	}
	s.answers(w, req)
	return w
}

// sent are the steps of a kind that somebody took, by what they are: "POST /realms/demo/token".
func (s *scene) sent(from, to trace.Role) []string {
	var out []string
	for _, m := range s.Trace().Messages {
		if m.Kind == trace.Request && m.From == from && m.To == to {
			path := m.URL[strings.Index(m.URL, "://")+3:]
			path = path[strings.Index(path, "/"):]
			out = append(out, m.Method+" "+path)
		}
	}
	return out
}

// shown is what the person was shown last, and whether that is a success.
func (s *scene) shown() (object string, result bool) {
	s.t.Helper()
	messages := s.Trace().Messages
	last := messages[len(messages)-1]
	if last.Act == nil || last.To != trace.ResourceOwner {
		s.t.Fatalf("the run ends with %s, and the person is shown nothing", last.Step)
	}
	return last.Act.Object, last.Step == stage.StepSeeResult
}

func alert(page *stage.Page) string {
	for _, b := range page.Blocks {
		if b.Kind == stage.Alert {
			return b.Text
		}
	}
	return ""
}

func heading(page *stage.Page) string {
	for _, b := range page.Blocks {
		if b.Kind == stage.Heading {
			return b.Text
		}
	}
	return ""
}

// said answers with a status and a text.
func said(status int, text string) func(http.ResponseWriter) bool {
	return func(w http.ResponseWriter) bool {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(text))
		return true
	}
}
