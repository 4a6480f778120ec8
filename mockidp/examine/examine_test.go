package examine_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/exam/drive"
	"github.com/grantwalk/grantwalk/mockidp/examine"
)

const config = `
[[realm]]
name = "demo"
signing_keys_file = "keys.pem"
[[realm.client]]
client_id = "web"
client_secret = "web-secret"
redirect_uris = ["http://127.0.0.1/callback"]
scope = "openid profile"
[[realm.client]]
client_id = "other"
client_secret = "other-secret"
redirect_uris = ["http://127.0.0.1/other"]
scope = "openid profile"
[[realm.person]]
username = "jane"
password = "password"
subject = "user-jane"
claims = { name = "Jane Roe" }
[[realm.person]]
username = "samuel"
password = "password"
subject = "user-samuel"
claims = { name = "Samuel Poe" }
`

// signingKey is that of every server here: to draw one takes longer than an exam.
//
//nolint:gochecknoglobals // see above
var signingKey = sync.OnceValues(func() ([]byte, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
})

// report is what the exam writes for programs.
type report struct {
	Passed    bool           `json:"passed"`
	Complete  bool           `json:"complete"`
	Still     bool           `json:"ordinary_login_at_last"`
	Counts    map[string]int `json:"counts"`
	Questions []struct {
		ID, Verdict, Sign, Level string
		Evidence                 []string
	} `json:"questions"`
}

// told hands the issuer to the app as soon as the exam says it.
type told struct {
	bytes.Buffer

	a      *app
	issuer chan string // is told too, where there is one
}

func (w *told) Write(p []byte) (int, error) {
	if found := regexp.MustCompile(`issuer (http\S+)`).FindSubmatch(p); found != nil {
		w.a.mu.Lock()
		w.a.issuer = string(found[1])
		w.a.mu.Unlock()
		if w.issuer != nil {
			w.issuer <- string(found[1])
		}
	}
	return w.Buffer.Write(p)
}

// examined puts an app through the exam, and reads what is written of it.
func examined(t *testing.T, a *app, args ...string) (report, string, error) {
	t.Helper()
	return examinedBy(t, &told{a: a}, append(args, "--drive", a.URL+"/login")...)
}

func examinedBy(t *testing.T, out *told, args ...string) (report, string, error) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "idp.toml")
	key, err := signingKey()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{file: []byte(config), filepath.Join(dir, "keys.pem"): key} {
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := examine.Command(usage.Say(nil), "test")
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	cmd.SetOut(out)
	cmd.SetArgs(append([]string{
		"--config", file, "--listen", "127.0.0.1:0", "--client", clientID,
		"--json", filepath.Join(dir, "exam.json"), "--html", filepath.Join(dir, "exam.html"), "--junit", filepath.Join(dir, "exam.xml"),
	}, args...))
	failed := cmd.ExecuteContext(t.Context())
	var r report
	text, err := os.ReadFile(filepath.Join(dir, "exam.json"))
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		t.Fatalf("there is no report: %v, %v\n%s", err, failed, out)
	}
	return r, out.String(), failed
}

func TestACarefulClientNoticesEveryQuestion(t *testing.T) {
	r, said, err := examined(t, newApp(t, careful), "--strict")
	if err != nil || !r.Passed || !r.Complete || !r.Still {
		t.Errorf("it did not pass: %v\n%s", err, said)
	}
	for _, q := range r.Questions {
		if q.Verdict != "noticed" {
			t.Errorf("%s is %s (%s), want noticed: %v", q.ID, q.Verdict, q.Sign, q.Evidence)
		}
	}
}

func TestEveryQuestionIsAskedOverTLSToo(t *testing.T) {
	a := newApp(t, careful)
	a.ca = filepath.Join(t.TempDir(), "ca.pem")
	r, said, err := examined(t, a, "--strict", "--tls", "--tls-ca-file", a.ca)
	if err != nil || !r.Passed || r.Counts["noticed"] != len(r.Questions) || !strings.HasPrefix(a.issuer, "https://") {
		t.Errorf("at %s it did not pass: %v, %v\n%s", a.issuer, err, r.Counts, said)
	}
	if !strings.Contains(said, "let your client trust the CA in "+a.ca) {
		t.Errorf("nobody is told whom to trust:\n%s", said)
	}
}

func TestACarelessClientSwallowsEveryQuestion(t *testing.T) {
	r, said, err := examined(t, newApp(t, careless))
	if !errors.Is(err, usage.ErrRefused) || r.Passed || !r.Still {
		t.Errorf("it passed: %v\n%s", err, said)
	}
	for _, q := range r.Questions {
		if q.Verdict != "swallowed" {
			t.Errorf("%s is %s (%s), want swallowed: %v", q.ID, q.Verdict, q.Sign, q.Evidence)
		}
	}
	if !strings.Contains(said, "✗ Another issuer in the ID token") {
		t.Errorf("the terminal does not say what was swallowed:\n%s", said)
	}
}

// visitor is a person with a browser, who logs in to an app as often as it takes.
func visitor(t *testing.T, a *app, out *told) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		issuer := <-out.issuer
		d := drive.Driver{Start: a.URL + "/login", Provider: issuer}
		for ctx.Err() == nil {
			if _, err := d.Login(ctx); err != nil {
				return // the exam is over
			}
		}
	})
	return func() { cancel(); done.Wait() }
}

func TestWhereNobodySeesTheAppTheExchangesTell(t *testing.T) {
	for sentence, c := range map[string]struct {
		callback func(*app, *http.Request, login) (string, error)
		want     map[string]string
	}{
		"a careless client uses what it got": {careless, map[string]string{
			"issuer": "swallowed", "algorithm-none": "swallowed", "state": "swallowed", "mix-up": "swallowed", "userinfo-subject": "unknown",
			"replayed-code": "unknown", "refused": "unknown",
		}},
		"a careful client stops": {careful, map[string]string{
			"issuer": "noticed", "algorithm-none": "noticed", "state": "noticed", "mix-up": "noticed", "userinfo-subject": "unknown",
			"replayed-code": "unknown", "refused": "unknown",
		}},
	} {
		a := newApp(t, c.callback)
		out := &told{a: a, issuer: make(chan string, 1)}
		stop := visitor(t, a, out)
		r, said, err := examinedBy(t, out, "--person", "jane")
		stop()
		for _, q := range r.Questions {
			if want := c.want[q.ID]; want != "" && q.Verdict != want {
				t.Errorf("%s: %s is %s (%s), want %s: %v", sentence, q.ID, q.Verdict, q.Sign, want, q.Evidence)
			}
		}
		if !r.Complete {
			t.Errorf("%s: the exam was not finished: %v\n%s", sentence, err, said)
		}
	}
}

func TestAClientThatCannotLogInIsToldWhy(t *testing.T) {
	a := newApp(t, func(*app, *http.Request, login) (string, error) { return "", errors.New("out of order") })
	r, said, err := examined(t, a)
	if !errors.Is(err, usage.ErrRefused) || r.Counts["unasked"] != len(r.Questions) || !strings.Contains(said, "did not get through an ordinary login") {
		t.Errorf("the exam goes on: %v, %v\n%s", err, r.Counts, said)
	}
	if !strings.Contains(said, "This is why") {
		t.Errorf("there is no diagnosis:\n%s", said)
	}
}

func TestAnExamThatWasNotFinishedIsNotPassed(t *testing.T) {
	a := newApp(t, careful)
	begun := 0
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if begun++; begun <= 3 {
			http.Redirect(w, r, a.URL+"/login", http.StatusFound)
			return
		}
		p, err := a.provider(r.Context())
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		http.Redirect(w, r, p.Endpoint().AuthURL+"?client_id=nobody", http.StatusFound)
	}))
	t.Cleanup(door.Close)
	r, said, err := examinedBy(t, &told{a: a}, "--drive", door.URL+"/login")
	if !errors.Is(err, usage.ErrRefused) || r.Passed || r.Complete || r.Counts["noticed"] == 0 || r.Counts["swallowed"] > 0 {
		t.Errorf("%v, %+v\n%s", err, r.Counts, said)
	}
}

func TestAnAddressThatLeadsNowhereIsASlip(t *testing.T) {
	a := newApp(t, careful)
	out := &told{a: a}
	_, said, err := examinedBy(t, out, "--drive", a.URL+"/nowhere")
	if err == nil || !strings.Contains(err.Error(), "did not lead to the provider") {
		t.Errorf("%v\n%s", err, said)
	}
}
