package export_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func curl(t *testing.T, m *trace.Message, o export.CurlOptions) string {
	t.Helper()
	command, err := export.Curl(m, o)
	if err != nil {
		t.Fatal(err)
	}
	return command
}

func TestCurlWritesOneReadableCommand(t *testing.T) {
	token := happy().Messages[8]
	want := `curl --include \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --data-raw 'grant_type=authorization_code&code=SplxlOBeZQQYbYS6WxSbIA&redirect_uri=` +
		`https%3A%2F%2Ftravel.example%2Fcallback&client_id=mobile-pkce-client&code_verifier=` + verifier + `' \
  https://idp.example/realms/demo/protocol/openid-connect/token`
	if got := curl(t, &token, export.CurlOptions{}); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	login := happy().Messages[1]
	want = "curl --include \\\n  --insecure \\\n  --connect-to travel.example:443:127.0.0.1:8180 \\\n  --header 'Accept: text/html' \\\n  " +
		"https://travel.example/login"
	if got := curl(t, &login, export.CurlOptions{ConnectTo: "travel.example:443:127.0.0.1:8180", Insecure: true}); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestCurlRefusesWhatCouldNotBeSent(t *testing.T) {
	good := trace.Message{Kind: trace.Request, Method: "GET", URL: "https://idp.example/"}
	for name, change := range map[string]func(m *trace.Message){
		"a response":                     func(m *trace.Message) { m.Kind = trace.Response },
		"a gesture":                      func(m *trace.Message) { m.Kind = trace.Gesture },
		"a method with an option in it":  func(m *trace.Message) { m.Method = "GET --output x" },
		"no method":                      func(m *trace.Message) { m.Method = "" },
		"a file":                         func(m *trace.Message) { m.URL = "file:///etc/passwd" },
		"an app's own scheme":            func(m *trace.Message) { m.URL = "com.myapp:/callback" },
		"an option for an address":       func(m *trace.Message) { m.URL = "--output=x" },
		"a path without a host":          func(m *trace.Message) { m.URL = "/login" },
		"a header that is two":           func(m *trace.Message) { m.Header = []trace.Field{{Name: "X", Value: "a\r\nY: b"}} },
		"a header that reads a file":     func(m *trace.Message) { m.Header = []trace.Field{{Name: "@file", Value: ""}} },
		"a header that moves the cursor": func(m *trace.Message) { m.Header = []trace.Field{{Name: "X", Value: "\x1b[2J"}} },
	} {
		m := good
		change(&m)
		if got, err := export.Curl(&m, export.CurlOptions{}); !errors.Is(err, export.ErrNotCurl) || got != "" {
			t.Errorf("%s: got %q and error %v", name, got, err)
		}
	}
}

// nasty are values that a careless quoting would lose or run.
func nasty() []string {
	return []string{
		"plain", "a b", "'", "it's; touch owned #", `"`, `\`, `\'`, "$(touch owned)", "`touch owned`", "$HOME ${IFS}", "!!",
		"line one\nline two\n", "\n", "tab\there", "*?[a-z]{1,2}~", "&& touch owned", "| > owned", "-d", "--output", "@/etc/passwd", "%s %n %d",
		"Grüße, 日本 👩", "\x00\x01 zero", "\x1b[31m", "\xff\xfe", "\r\n", "\u202e", "%", `\101`, "8\x018",
	}
}

// shellArguments runs a command with a curl of our own in front of the path,
// which writes down its arguments and its standard input.
func shellArguments(t *testing.T, command string) (args []string, stdin string) {
	t.Helper()
	dir := t.TempDir()
	fake := "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\0' \"$a\"; done > args\ncat > stdin\n"
	if err := os.WriteFile(filepath.Join(dir, "curl"), []byte(fake), 0o700); err != nil {
		t.Fatal(err)
	}
	run := exec.Command("/bin/sh", "-c", command)
	run.Dir, run.Env = dir, []string{"PATH=" + dir + ":/usr/bin:/bin"}
	if out, err := run.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%s\nsays %q, %v", command, out, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "owned")); err == nil {
		t.Fatalf("the shell ran a value of %s", command)
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	return strings.Split(strings.TrimSuffix(read("args"), "\x00"), "\x00"), read("stdin")
}

func TestTheShellHandsCurlWhatTheMessageHolds(t *testing.T) {
	t.Parallel()
	for _, value := range nasty() {
		header := value // neither a URL nor a header may hold a control character
		if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0xfffd || r == '\u202e' }) {
			header = "plain"
		}
		m := trace.Message{
			Kind: trace.Request, Method: "PUT", URL: "https://idp.example/a?x=" + strings.NewReplacer("#", "", "\t", "").Replace(header),
			Body: []byte(value),
			Header: []trace.Field{
				{Name: "Host", Value: "idp.example"},
				{Name: "X-Empty", Value: ""},
				{Name: "Content-Type", Value: "text/plain"},
				{Name: "X-Value", Value: header},
			},
		}
		command := curl(t, &m, export.CurlOptions{})
		readsWell(t, command)
		args, stdin := shellArguments(t, command)
		want := []string{"--request", "PUT", "--header", "X-Empty;", "--header", "Content-Type: text/plain", "--header", "X-Value: " + header}
		at := slices.Index(args, "--request")
		if at < 0 || len(args) < at+len(want)+2 || !slices.Equal(args[at:at+len(want)], want) {
			t.Errorf("%q: arguments are %q", value, args)
			continue
		}
		data := args[at+len(want):]
		asArgument := data[0] == "--data-raw" && data[1] == value && stdin == ""
		asInput := data[0] == "--data-binary" && data[1] == "@-" && stdin == value
		if !asArgument && !asInput {
			t.Errorf("%q: the body went as %q with %q on standard input", value, data, stdin)
		}
	}
}

// readsWell asks the shell whether a command is one, and that it can be pasted.
func readsWell(t *testing.T, command string) {
	t.Helper()
	if out, err := exec.Command("/bin/sh", "-n", "-c", command).CombinedOutput(); err != nil {
		t.Errorf("sh -n says %s of %s", out, command)
	}
	if strings.ContainsFunc(command, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' }) {
		t.Errorf("a control character is in %q", command)
	}
}

// TestCurlSendsTheRequestAsItWas drives the real curl where there is one; the
// test before this one holds the quoting to account everywhere.
func TestCurlSendsTheRequestAsItWas(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Log("no curl on this machine: only the quoting was tested")
		return
	}
	type arrival struct {
		*http.Request
		body string
	}
	arrivals := make(chan arrival, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		arrivals <- arrival{r, string(body)}
	}))
	defer server.Close()
	for _, value := range nasty() {
		m := trace.Message{
			Kind: trace.Request, Method: http.MethodPost,
			URL:    "http://idp.example/a/../b?list[]={1,2}&v=" + trace.EncodePairs([]trace.Field{{Name: value, Value: value}}) + "#fragment",
			Header: []trace.Field{{Name: "Host", Value: "idp.example"}, {Name: "X-Empty", Value: ""}, {Name: "Content-Length", Value: "1"}},
			Body:   []byte(value),
		}
		command := curl(t, &m, export.CurlOptions{ConnectTo: "::" + server.Listener.Addr().(*net.TCPAddr).String()})
		run := exec.Command("/bin/sh", "-c", command)
		run.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%s\nsays %s, %v", command, out, err)
		}
		got := <-arrivals
		want, _, _ := strings.Cut(strings.TrimPrefix(m.URL, "http://idp.example"), "#")
		if got.Method != http.MethodPost || got.RequestURI != want || got.Host != "idp.example" {
			t.Errorf("%q: sent %s %s to %s", value, got.Method, got.RequestURI, got.Host)
		}
		if got.body != value {
			t.Errorf("%q: the body was %q", value, got.body)
		}
		if typed, empty := got.Header["Content-Type"], got.Header["X-Empty"]; typed != nil || !slices.Equal(empty, []string{""}) {
			t.Errorf("%q: Content-Type is %q, the empty header %q", value, typed, empty)
		}
	}
}
