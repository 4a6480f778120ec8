package serve

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// source reads a file of this repository.
func source(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// instruction is what stands behind a word of a Containerfile, as a list where it is one.
func instruction(t *testing.T, word string) (text string, list []string) {
	t.Helper()
	found := regexp.MustCompile(`(?m)^`+word+` (.*)$`).FindAllStringSubmatch(source(t, "container/Containerfile"), -1)
	if len(found) == 0 {
		t.Fatalf("the Containerfile has no %s", word)
	}
	text = found[len(found)-1][1]
	if i := strings.Index(text, "["); i >= 0 {
		if err := json.Unmarshal([]byte(text[i:]), &list); err != nil {
			t.Fatalf("%s %s: %v", word, text, err)
		}
	}
	return text, list
}

func isWell(t *testing.T, args []string) (status int, said string) {
	t.Helper()
	var out, errOut bytes.Buffer
	status = run(t.Context(), args, &out, &errOut)
	return status, out.String() + errOut.String()
}

func TestTheImageServesAndKnowsWhetherItIsWell(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	_, entry := instruction(t, "ENTRYPOINT")
	_, check := instruction(t, "HEALTHCHECK")
	if !slices.Equal(entry, []string{"/grantwalk", "serve"}) || check[0] != entry[0] {
		t.Fatalf("it runs %q, and %q says whether it is well", entry, check)
	}
	set, _ := instruction(t, "ENV")
	host := ""
	for _, pair := range strings.Fields(set) {
		name, value, _ := strings.Cut(pair, "=")
		t.Setenv(name, value)
		if name == "GRANTWALK_LISTEN" {
			host, _, _ = net.SplitHostPort(value)
		}
	}
	s := startServe(t, net.JoinHostPort(host, "0"), "--base-url", "http://localhost:8180")
	_, port, err := net.SplitHostPort(s.host)
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GRANTWALK_LISTEN", net.JoinHostPort(host, port))
	if status, said := isWell(t, check[1:]); status != usage.StatusOK || !strings.Contains(said, "UP") {
		t.Errorf("one that is well is said to be %d %s", status, said)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
	if status, said := isWell(t, check[1:]); status != usage.StatusBroken || strings.Count(said, "\n") != 1 {
		t.Errorf("one that is gone is said to be %d %s", status, said)
	}
}

func TestHealthIsAskedForOverTLS(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--tls")
	if status, said := isWell(t, []string{"serve", "--listen", s.host, "--tls", "--health"}); status != usage.StatusOK {
		t.Errorf("%d %s", status, said)
	}
	if status, said := isWell(t, []string{"serve", "--listen", "127.0.0.1:0", "--health"}); status != usage.StatusUsage ||
		!strings.Contains(said, "port 0") {
		t.Errorf("without a port: %d %s", status, said)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

func TestTheImageIsBuiltByACompilerThatTheProgramTakes(t *testing.T) {
	wants := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(source(t, "../../go.mod"))
	first := regexp.MustCompile(`(?m)^FROM \S+/golang:(\d+\.\d+)`).FindStringSubmatch(source(t, "container/Containerfile"))
	if wants == nil || first == nil || wants[1] != first[1] {
		t.Errorf("go.mod wants %q, and the image is built with %q", wants, first)
	}
	if user, _ := instruction(t, "USER"); !regexp.MustCompile(`^[1-9]\d*:[1-9]\d*$`).MatchString(user) {
		t.Errorf("it runs as %s, which has to be a number and not that of root", user)
	}
	for file, text := range map[string]string{"Containerfile": source(t, "container/Containerfile"), "action": source(t, "action/action.yml")} {
		if !strings.Contains(text, "CGO_ENABLED=0 go build -tags headless ") {
			t.Errorf("the %s builds something else than the program without a window", file)
		}
	}
}

// The browser and the containers call the provider by two names, and the app of
// compose.yaml is told the endpoints one by one.
func TestTheAppOfTheComposeFileFindsWhatItIsTold(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--config", "container/idp.toml", "--allow-remote")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.host+"/realms/demo/.well-known/openid-configuration", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "idp:8180"
	b := newBrowser(t)
	b.send(r)
	b.client.CloseIdleConnections()
	var metadata map[string]any
	if err := json.Unmarshal([]byte(b.page), &metadata); err != nil {
		t.Fatalf("%v: %s", err, b.page)
	}
	compose := source(t, "container/compose.yaml")
	for member, variable := range map[string]string{
		"issuer": "OIDC_ISSUER_URL", "authorization_endpoint": "LOGIN_URL", "token_endpoint": "REDEEM_URL", "jwks_uri": "OIDC_JWKS_URL",
	} {
		if line := "OAUTH2_PROXY_" + variable + ": " + metadata[member].(string) + "\n"; !strings.Contains(compose, line) {
			t.Errorf("the compose file does not say %q", line)
		}
	}
	redirect := regexp.MustCompile(`OAUTH2_PROXY_REDIRECT_URL: (\S+)`).FindStringSubmatch(compose)
	status, page := get(t, "http://"+s.host+"/realms/demo/protocol/openid-connect/auth?"+url.Values{
		"client_id": {"gate"}, "response_type": {"code"}, "scope": {"openid profile email"}, "redirect_uri": {redirect[1]}, "state": {"state-1"},
		"code_challenge": {strings.Repeat("a", 43)}, "code_challenge_method": {"S256"},
	}.Encode())
	if status != http.StatusOK || !strings.Contains(page, `name="password"`) {
		t.Errorf("the app is sent to %d %s", status, page)
	}
	if status, _ := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d", status)
	}
}

// fakeServe is a program that says what serve says at its start, and stays.
const fakeServe = `#!/usr/bin/env bash
echo "{\"event\":\"control\",\"url\":\"http://127.0.0.1:9/trouble\",\"control_key\":\"KEY\"}"
echo "{\"event\":\"serving\",\"realm\":\"a\",\"issuer\":\"http://127.0.0.1:8/realms/a\",\"listening\":\"$*\"}"
[ "${GRANTWALK_CONFIG-unset}" = unset ] && exec sleep 60
`

func TestTheActionStartsWithWhatItIsToldAndTellsTheStepsThatFollow(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Fatal("the action is for machines that have bash: ", err)
	}
	dir := t.TempDir()
	program, outputs := filepath.Join(dir, "grantwalk"), filepath.Join(dir, "outputs")
	if err := os.WriteFile(program, []byte(fakeServe), 0o700); err != nil {
		t.Fatal(err)
	}
	start := exec.CommandContext(t.Context(), bash, "action/start.sh", program)
	start.Env = append(os.Environ(), "RUNNER_TEMP="+dir, "GITHUB_OUTPUT="+outputs, "GRANTWALK_CONFIG=", "OPTIONS=--api --realm shop")
	if said, err := start.CombinedOutput(); err != nil || !strings.Contains(string(said), "::add-mask::KEY") {
		t.Fatalf("%v: %s", err, said)
	}
	told := source(t, outputs)
	pid := regexp.MustCompile(`(?m)^pid=(\d+)$`).FindStringSubmatch(told)
	if pid == nil {
		t.Fatalf("nobody knows its pid: %s", told)
	}
	if err := exec.CommandContext(t.Context(), "kill", pid[1]).Run(); err != nil {
		t.Error(err)
	}
	action := source(t, "action/action.yml")
	for _, line := range []string{"issuer=http://127.0.0.1:8/realms/a", "control=http://127.0.0.1:9", "control-key=KEY"} {
		name, _, _ := strings.Cut(line, "=")
		if !strings.Contains(told, line+"\n") || !strings.Contains(action, "steps.start.outputs."+name+" }}") {
			t.Errorf("the steps that follow do not learn %q:\n%s", line, told)
		}
	}
	if log := source(t, filepath.Join(dir, "grantwalk.log")); !strings.Contains(log, "serve --control --access-log json --api --realm shop") {
		t.Errorf("it was started so: %s", log)
	}
}
