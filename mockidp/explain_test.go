package mockidp_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// failedTest is a test of somebody else that has failed.
type failedTest struct {
	failed  bool
	log     []string
	cleanup []func()
}

func (f *failedTest) Helper()           {}
func (f *failedTest) Cleanup(do func()) { f.cleanup = append(f.cleanup, do) }
func (f *failedTest) Failed() bool      { return f.failed }
func (f *failedTest) Log(args ...any)   { f.log = append(f.log, fmt.Sprint(args...)) }

func (f *failedTest) end() string {
	for _, do := range f.cleanup {
		do()
	}
	return strings.Join(f.log, "\n")
}

func post(t *testing.T, address string, form url.Values) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
}

func TestAFailedTestIsToldWhyTheLoginFailed(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{})
	other := &failedTest{}
	p.Explain(other)
	post(t, p.Realm("demo").TokenURL(), url.Values{
		"grant_type": {"authorisation_code"}, "client_id": {"react-client"}, "code": {"a-code-that-is-a-secret"},
	})
	other.failed = true
	said := other.end()
	for _, want := range []string{
		"why the login failed", "grant-type-mistyped", "certain", "it is called: authorization_code", "react-client",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the log lacks %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "a-code-that-is-a-secret") {
		t.Errorf("the log shows a secret:\n%s", said)
	}
}

func TestATestThatPassesIsToldNothing(t *testing.T) {
	p := mockidp.Start(t, mockidp.Config{})
	other := &failedTest{}
	p.Explain(other)
	post(t, p.Realm("demo").TokenURL(), url.Values{"grant_type": {"nothing"}})
	if said := other.end(); said != "" {
		t.Errorf("it was told\n%s", said)
	}
}

func TestOfAProviderThatNobodyStartedNothingIsExplained(t *testing.T) {
	p, err := mockidp.New(mockidp.Config{BaseURL: "https://idp.example"})
	if err != nil {
		t.Fatal(err)
	}
	other := &failedTest{failed: true}
	p.Explain(other)
	if said := other.end(); !strings.Contains(said, "mockidp.Start does") || len(other.log) != 1 {
		t.Errorf("it was told %q", other.log)
	}
}
