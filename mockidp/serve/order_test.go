package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/oauth2"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// printedConfig is what --print-config says, with more at its end, as a file.
func printedConfig(t *testing.T, more string) string {
	t.Helper()
	var out, errOut bytes.Buffer
	if status := run(t.Context(), []string{"serve", "--print-config"}, &out, &errOut); status != usage.StatusOK || errOut.Len() > 0 {
		t.Fatalf("exit status %d, %s", status, errOut.String())
	}
	return file(t, out.String()+more)
}

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "idp.toml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// Whoever adds a person and a client need not say more than who they are.
func TestAPersonAndAClientThatWereAddedToThePrintedConfigLogIn(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--config", printedConfig(t, `
[[realm.client]]
client_id = "own-app"
redirect_uris = ["http://localhost:5173/callback"]

[[realm.person]]
username = "ann"
password = "her-password"
claims.name = "Ann Lee"
claims.email = "ann@shop.example"
`))
	endpoint := s.issuer + "/protocol/openid-connect/"
	client := oauth2.Config{
		ClientID: "own-app", RedirectURL: "http://localhost:5173/callback", Scopes: []string{"openid", "profile", "email"},
		Endpoint: oauth2.Endpoint{AuthURL: endpoint + "auth", TokenURL: endpoint + "token", AuthStyle: oauth2.AuthStyleInParams},
	}
	browser := newBrowser(t)
	defer browser.close()
	verifier := oauth2.GenerateVerifier()
	browser.open(client.AuthCodeURL("s", oauth2.S256ChallengeOption(verifier)))
	browser.submit(url.Values{"username": {"ann"}, "password": {"her-password"}, "action": {"sign-in"}})
	browser.submit(url.Values{"decision": {"approve"}})
	back, err := url.Parse(browser.location)
	if err != nil || !strings.HasPrefix(browser.location, client.RedirectURL+"?") {
		t.Fatalf("the browser was sent to %q, %v", browser.location, err)
	}
	ctx := context.WithValue(t.Context(), oauth2.HTTPClient, browser.client)
	token, err := client.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Client(ctx, token).Get(endpoint + "userinfo") //nolint:noctx // it has the context of the client
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var who map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&who); err != nil || who["sub"] != "ann" || who["name"] != "Ann Lee" ||
		who["email"] != "ann@shop.example" {
		t.Errorf("UserInfo says %v, %v", who, err)
	}
	if strings.Contains(s.head, "her-password") || strings.Contains(s.head, "spring-client-secret") {
		t.Errorf("the start tells a secret of the file:\n%s", s.head)
	}
	if status, log := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d\n%s", status, log)
	}
}

func TestManyRealmsAreServedAndEachIsNamedAtTheStart(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--realm", "shop", "--realm", "bank")
	for _, realm := range []string{"shop", "bank"} {
		issuer := "http://" + s.host + "/realms/" + realm
		if !strings.Contains(s.head, "issuer     "+issuer+"\n") {
			t.Errorf("the start does not name %s:\n%s", issuer, s.head)
		}
		if status, body := get(t, issuer+"/.well-known/openid-configuration"); status != http.StatusOK ||
			!strings.Contains(body, `"`+issuer+`"`) {
			t.Errorf("%s answers %d %s", issuer, status, body)
		}
	}
	if status, _ := get(t, "http://"+s.host+"/realms/demo/.well-known/openid-configuration"); status != http.StatusNotFound {
		t.Errorf("a realm that was not asked for answers %d", status)
	}
	if status, log := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d\n%s", status, log)
	}
}

// In a network of containers clients have another name for the provider than it has for itself.
func TestTheConfigSaysUnderWhichNameClientsCome(t *testing.T) {
	s := startServe(t, "127.0.0.1:0", "--config", file(t, "base_url = \"https://idp.test\"\nhosts = [\"other.test:1\"]\n"))
	if s.issuer != "https://idp.test/realms/demo" {
		t.Errorf("the issuer is %s", s.issuer)
	}
	conn := dial(t, s.host)
	defer func() { _ = conn.Close() }()
	for host, want := range map[string]int{"idp.test": 200, "other.test:1": 200, "evil.test": 421} {
		if got := say(t, conn, "GET /realms/demo/.well-known/openid-configuration HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); got != want {
			t.Errorf("Host: %s is answered with %d, want %d", host, got, want)
		}
	}
	if status, log := s.stop(); status != usage.StatusOK {
		t.Errorf("exit status %d\n%s", status, log)
	}
}

func TestTheJSONLogIsAnObjectInEachLineThatNobodyCanForge(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := startServe(t, "127.0.0.1:0", "--access-log", "json", "--realm", "demo")
	requests := []string{
		"GET /realms/demo/.well-known/openid-configuration HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /realms/demo/protocol/openid-connect/auth?client_id=react-client&redirect_uri=http://localhost:3001/%0a%22}%e2%80%ae&code_challenge=SECRET HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"GET /a%0a{%22event%22:%22serving%22}%c2%9b%7f HTTP/1.1\r\nHost: HOST\r\n\r\n",
		"POST /realms/demo/protocol/openid-connect/token HTTP/1.1\r\nHost: HOST\r\nAuthorization: Basic " +
			"U0VDUkVUOlNFQ1JFVA==\r\nContent-Length: 0\r\n\r\n",
		"GET /realms/demo/protocol/openid-connect/userinfo HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer SECRET\r\n\r\n",
	}
	for _, request := range requests {
		conn := dial(t, s.host)
		say(t, conn, strings.ReplaceAll(request, "HOST", s.host))
		_ = conn.Close()
	}
	status, log := s.stop()
	if status != usage.StatusOK || strings.Contains(log, "SECRET") ||
		strings.IndexFunc(log, func(r rune) bool { return r > 0x7e || r < ' ' && r != '\n' }) >= 0 {
		t.Errorf("exit status %d, a secret or more than ASCII in\n%s", status, log)
	}
	lines := strings.Split(strings.TrimSuffix(log, "\n"), "\n")
	if len(lines) != len(requests)+1 {
		t.Fatalf("%d requests made %d lines:\n%s", len(requests), len(lines)-1, log)
	}
	seen := decoded(t, slices.Concat(strings.Split(strings.TrimSpace(s.head), "\n"), lines))
	for seen[0].Event == "notice" { // what is relaxed comes first
		seen = seen[1:]
	}
	if seen[0].Event != "serving" || seen[0].Issuer != s.issuer || seen[len(seen)-1].Message != "stopped" {
		t.Errorf("it begins with %+v and ends with %+v", seen[0], seen[len(seen)-1])
	}
	ok, refused := seen[1], seen[2]
	if ok.Event != "request" || ok.Method != http.MethodGet || ok.Status != 200 ||
		ok.Path != "/realms/demo/.well-known/openid-configuration" || ok.TookMS == nil || ok.Rule != "" {
		t.Errorf("a request that breaks no rule: %+v", ok)
	}
	if refused.Rule != "redirect-uri-registered" || refused.Spec == "" || refused.Error == "" || refused.Client != "react-client" ||
		!strings.Contains(refused.Reason, "not registered") {
		t.Errorf("a request that breaks one: %+v", refused)
	}
}

func decoded(t *testing.T, lines []string) []logged {
	t.Helper()
	var seen []logged
	for _, line := range lines {
		var o logged
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&o); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if _, err := time.Parse(time.RFC3339, o.Time); err != nil {
			t.Errorf("%v: %s", err, line)
		}
		seen = append(seen, o)
	}
	return seen
}

func TestAKeyFileIsLookedForBesideTheConfig(t *testing.T) {
	name := file(t, "[[realm]]\nname = 'a'\nsigning_keys_file = 'keys.pem'\n")
	var out, errOut bytes.Buffer
	status := run(t.Context(), []string{"serve", "--config", name, "--listen", "127.0.0.1:0"}, &out, &errOut)
	want := name + ": line 3: config: realm a: signing_keys_file: " + filepath.Join(filepath.Dir(name), "keys.pem") + ": no such file"
	if status != usage.StatusUsage || !strings.Contains(errOut.String(), want) {
		t.Errorf("%d %s\nwant %s", status, errOut.String(), want)
	}
}

func TestTheNamesOfTheConfigAreThoseOfTheCertificate(t *testing.T) {
	o := &order{}
	o.config.Hosts, o.config.BackChannelURL = []string{"idp.test:8180"}, "https://idp:8443/auth"
	if got := strings.Join(o.others(), " "); got != "idp.test:8180 idp:8443" {
		t.Errorf("they are %s", got)
	}
}

// A file with several realms that name no algorithm signs with ES256, and the
// lessons do not: the file that is printed of them has to say so.
func TestThePrintedConfigSignsAsTheLessonsDo(t *testing.T) {
	file, err := os.ReadFile(printedConfig(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(file), "\nsigning_alg = \"RS256\"\n"); n != 2 {
		t.Errorf("%d of the two realms of the lessons say that they sign with RS256", n)
	}
}

// Clients register themselves in the lessons' realm with a token that everybody knows: from this machine alone.
func TestNobodyRegistersInTheLessonsRealmWhereOtherMachinesAreLetIn(t *testing.T) {
	for _, more := range [][]string{nil, {"--allow-remote"}} {
		var out, errOut bytes.Buffer
		if status := run(t.Context(), append([]string{"serve", "--print-config"}, more...), &out, &errOut); status != usage.StatusOK {
			t.Fatalf("exit status %d, %s", status, errOut.String())
		}
		if open := strings.Contains(out.String(), "\ninitial_access_token = \"a-letter-of-introduction\"\n"); open != (more == nil) {
			t.Errorf("with %q clients may register themselves: %t", more, open)
		}
	}
}
