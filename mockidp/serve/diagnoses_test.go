package serve

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// controlled is a server with a control address, and the key for it.
type controlled struct {
	*served
	address, key string
}

func startControlled(t *testing.T, more ...string) controlled {
	t.Helper()
	s := startServe(t, "127.0.0.1:0", append([]string{"--control"}, more...)...)
	found := regexp.MustCompile(`control    (\S+)/trouble  key (\S+)`).FindStringSubmatch(s.head)
	if found == nil {
		t.Fatalf("no address and key in\n%s", s.head)
	}
	return controlled{s, found[1], found[2]}
}

// asks sends a request to the control server; a body is JSON.
func (c controlled) asks(t *testing.T, method, path, body string) (status int, media, said string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, c.address+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.key)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Content-Type"), string(text)
}

// toldLogins is what a test suite reads.
type toldLogins struct {
	Last   int
	Logins []struct {
		ID      int
		Client  string
		State   string
		Stopped struct{ Exchange int }
		Causes  []struct {
			ID       string
			Cure     string
			InStack  string `json:"cure_in_stack"`
			Evidence []struct{ Exchange int }
		}
	}
}

func (c controlled) logins(t *testing.T, path string) (told toldLogins) {
	t.Helper()
	status, media, text := c.asks(t, http.MethodGet, path, "")
	if status != http.StatusOK || media != "application/json" {
		t.Fatalf("%s is answered %d, %s: %s", path, status, media, text)
	}
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Fatal(err)
	}
	return told
}

// refusedAt asks for a login with a redirect URI that is not registered.
func (c controlled) refusedAt(t *testing.T, client string) {
	t.Helper()
	get(t, c.issuer+"/protocol/openid-connect/auth?"+url.Values{
		"client_id": {client}, "response_type": {"code"}, "scope": {"openid"}, "state": {"state-of-" + client},
		"redirect_uri": {"http://localhost:4711/elsewhere"},
	}.Encode())
}

func TestATestInAnyLanguageLearnsWhyItsLoginFailed(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startControlled(t)
	get(t, s.issuer+"/.well-known/openid-configuration")
	s.refusedAt(t, "react-client")
	before := s.logins(t, "/logins").Last
	s.refusedAt(t, "spring-client-app")
	told := s.logins(t, fmt.Sprintf("/logins?after=%d&stack=spring", before))
	if len(told.Logins) != 1 || told.Logins[0].Client != "spring-client-app" || len(told.Logins[0].Causes) == 0 {
		t.Fatalf("after exchange %d there is %+v", before, told)
	}
	one, first := told.Logins[0], told.Logins[0].Causes[0]
	if one.ID != before+1 || one.Stopped.Exchange != one.ID || first.Evidence[0].Exchange != one.ID {
		t.Errorf("the numbers are not those of the stream: %+v", one)
	}
	if !strings.HasPrefix(first.ID, "redirect-uri") || first.Cure == "" || first.InStack == "" {
		t.Errorf("the cause is %+v", first)
	}
	if again := s.logins(t, fmt.Sprintf("/logins/%d", one.ID)); len(again.Logins) != 1 || again.Logins[0].Causes[0].ID != first.ID {
		t.Errorf("asked for it alone it is %+v", again)
	}
	if other := s.logins(t, "/logins?client=react-client"); len(other.Logins) != 1 || other.Logins[0].Client != "react-client" {
		t.Errorf("of the client there is %+v", other)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

func TestTheReportIsReadByWhatReadsJUnit(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startControlled(t)
	s.refusedAt(t, "react-client")
	status, media, text := s.asks(t, http.MethodGet, "/report.xml", "")
	var suite struct {
		XMLName  xml.Name `xml:"testsuite"`
		Failures int      `xml:"failures,attr"`
		Cases    []struct {
			Failure struct {
				Type string `xml:"type,attr"`
			} `xml:"failure"`
		} `xml:"testcase"`
	}
	if err := xml.Unmarshal([]byte(text), &suite); err != nil || status != http.StatusOK || media != "application/xml" {
		t.Fatalf("%d, %s, %v", status, media, err)
	}
	if suite.Failures != 1 || !strings.HasPrefix(suite.Cases[0].Failure.Type, "redirect-uri") {
		t.Errorf("the report reads %+v", suite)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

func TestASlipInAQuestionIsAnsweredWithWhatThereIs(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startControlled(t)
	for path, want := range map[string]struct {
		status int
		words  string
	}{
		"/logins?stak=spring":     {http.StatusBadRequest, "after, client, ended, stack and voice"},
		"/logins?stack=cobol":     {http.StatusBadRequest, "spring"},
		"/logins?voice=pirate":    {http.StatusBadRequest, "developer"},
		"/logins?after=yesterday": {http.StatusBadRequest, "number of an exchange"},
		"/logins?ended=perhaps":   {http.StatusBadRequest, "true or false"},
		"/logins?after=1&after=2": {http.StatusBadRequest, "twice"},
		"/logins/first":           {http.StatusBadRequest, "GET /logins lists them"},
		"/logins/7":               {http.StatusNotFound, "GET /logins lists them"},
		"/report.xml?stack=":      {http.StatusBadRequest, "none of"},
	} {
		status, _, text := s.asks(t, http.MethodGet, path, "")
		var said struct{ Error string }
		if err := json.Unmarshal([]byte(text), &said); err != nil || status != want.status || !strings.Contains(said.Error, want.words) {
			t.Errorf("%s is answered %d %s, want %d and %q", path, status, text, want.status, want.words)
		}
	}
	s.key = "wrong"
	for _, path := range []string{"/logins", "/logins/1", "/report.xml", "/exchanges"} {
		if status, _, _ := s.asks(t, http.MethodGet, path, ""); status != http.StatusUnauthorized {
			t.Errorf("%s without the key is answered %d", path, status)
		}
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}
