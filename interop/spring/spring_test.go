//go:build interop

// Package spring_test has Spring Security judge the provider: as the web app
// that people log in to, and as the API that takes its access tokens.
package spring_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/interop/court"
)

func TestSpringBootLogsInAndIsAnAPI(t *testing.T) {
	versions, err := os.ReadFile("versions.txt")
	if err != nil {
		t.Fatal(err)
	}
	for version := range strings.FieldsSeq(string(versions)) {
		t.Run(version, func(t *testing.T) {
			address := court.FreeAddress(t)
			served := court.Serve(t, court.Demo(t, "idp.toml", map[string]string{"APP": address}))
			j := judge{served: served, apps: start(t, version, served, address)}
			j.verdict = court.Client("Spring Boot "+version[:1], j.apps["version"])
			j.theSettingsOfTheSource(t)
			j.logout(t)
			j.apis(t)
			j.verdict.Hold(t)
		})
	}
}

// judge is one version of Spring Boot with its apps running.
type judge struct {
	served  court.Served
	apps    map[string]string
	verdict *court.Verdict
}

// start compiles the apps with a version of Spring Boot and runs them.
func start(t *testing.T, version string, served court.Served, address string) map[string]string {
	t.Helper()
	folder := t.TempDir()
	court.Run(t, court.Command(t, "mvn", "-q", "-B", "-Dspring-boot.version="+version,
		"dependency:build-classpath", "-Dmdep.outputFile="+filepath.Join(folder, "classpath")))
	libraries, err := os.ReadFile(filepath.Join(folder, "classpath"))
	if err != nil {
		t.Fatal(err)
	}
	sources, err := filepath.Glob("src/*.java")
	if err != nil {
		t.Fatal(err)
	}
	classes := filepath.Join(folder, "classes")
	court.Run(t, court.Command(t, "javac",
		append([]string{"-parameters", "-d", classes, "-cp", string(libraries)}, sources...)...))
	_, port, _ := strings.Cut(address, ":")
	cmd := court.Command(t, "java", "-XX:TieredStopAtLevel=1",
		"-cp", classes+string(os.PathListSeparator)+string(libraries), "judge.Judge", port)
	// The address of old versions, as the settings that this was written from have it.
	cmd.Env = append(os.Environ(), "ISSUER="+served.Address+"/auth/realms/demo")
	return running(t, cmd)
}

// running starts the apps and reads where they are.
func running(t *testing.T, cmd *exec.Cmd) map[string]string {
	t.Helper()
	var errs strings.Builder
	cmd.Stderr = &errs
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	var log strings.Builder
	lines := bufio.NewScanner(out)
	for said["ready"] == "" && lines.Scan() {
		words := strings.Fields(strings.TrimPrefix(lines.Text(), "app ") + " yes")
		said[words[0]] = words[1]
		log.WriteString(lines.Text() + "\n")
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = io.Copy(&log, out) // it ends with the process
	}()
	t.Cleanup(func() {
		_ = stdin.Close()
		<-done
		_ = cmd.Wait() // what it proved is in the answers
		if t.Failed() {
			t.Logf("Spring said:\n%s%s", log.String(), errs.String())
		}
	})
	if said["ready"] == "" {
		t.Fatal("Spring did not start")
	}
	return said
}

// person has a browser that finds the web app at the address that its settings name.
func (j judge) person(t *testing.T) *court.Person {
	t.Helper()
	return court.NewPerson(t, court.Browser{Hosts: map[string]string{"localhost:8080": j.apps["WebApp"]}})
}

// logIn has a person log in to the web app by one of its registrations.
func logIn(t *testing.T, jane *court.Person, registration string) {
	t.Helper()
	if home := jane.Visit("http://localhost:8080/oauth2/authorization/" + registration); home.Address.Path != "/" {
		t.Fatalf("the login by %s ends at %s with %d\n%s", registration, home.Address, home.Status, home.Body)
	}
	if me := jane.Visit("http://localhost:8080/me"); me.Body != "signed in: user-jane jane@example.com" {
		t.Fatalf("after the login by %s, /me says %d %q", registration, me.Status, me.Body)
	}
}

func (j judge) theSettingsOfTheSource(t *testing.T) {
	t.Helper()
	jane := j.person(t)
	logIn(t, jane, "keycloak")
	j.verdict.Proved("web app: logs in with an issuer, an id and a secret alone, no scope written; e-mail from UserInfo")
	logIn(t, jane, "office")
	j.verdict.Proved("web app: a second client logs in without a second password")
}

func (j judge) logout(t *testing.T) {
	t.Helper()
	desk, sofa := j.person(t), j.person(t)
	for _, jane := range []*court.Person{desk, sofa} {
		logIn(t, jane, "office")
	}
	home := desk.Press(desk.Visit("http://localhost:8080/logout"))
	if home.Address.String() != "http://localhost:8080/" || home.Body != "anybody" {
		t.Fatalf("logout leads to %s %d\n%s", home.Address, home.Status, home.Body)
	}
	if asked := desk.VisitOnly("http://localhost:8080/oauth2/authorization/office"); !strings.Contains(asked.Body, `type="password"`) {
		t.Fatal("the provider's session lives on")
	}
	j.verdict.Proved("web app: RP-initiated logout ends both sessions and comes back")
	if me := sofa.Visit("http://localhost:8080/me"); !strings.HasPrefix(me.Body, "signed in") {
		t.Fatalf("a logout on one device ended the session on another: %s", me.Body)
	}
	j.backChannel(t, sofa)
}

// backChannel ends a session at the provider alone, of which the app hears over the back channel.
func (j judge) backChannel(t *testing.T, jane *court.Person) {
	t.Helper()
	jane.Visit(j.served.Address + "/auth/realms/demo/protocol/openid-connect/logout")
	// The provider answers the person first and tells the app then, a few milliseconds later.
	for range 1000 {
		if me := jane.VisitOnly("http://localhost:8080/me"); !strings.HasPrefix(me.Body, "signed in") {
			j.verdict.Proved("web app: back-channel logout ends the app's session when the person signs out at the provider")
			return
		}
	}
	t.Fatal("the app did not hear of the logout")
}

func (j judge) apis(t *testing.T) {
	t.Helper()
	issuer, introspection := "http://"+j.apps["ApiByIssuer"], "http://"+j.apps["ApiByIntrospection"]
	strict := j.token(t, "my-service-client", "my-service-secret", "read:invoices")
	wanted(t, issuer+"/invoices", strict, http.StatusUnauthorized)
	j.verdict.Proved("API by issuer-uri: refuses the type at+jwt (RFC 9068), so that access_token_type = \"JWT\" is needed")
	read := j.token(t, "nightly-report", "nightly-report-secret", "read:invoices")
	wanted(t, issuer+"/invoices", read, http.StatusOK)
	wanted(t, issuer+"/invoices", j.token(t, "nightly-report", "nightly-report-secret", "write:invoices"), http.StatusForbidden)
	wanted(t, issuer+"/invoices", read[:len(read)-4]+"AAAA", http.StatusUnauthorized)
	wanted(t, issuer+"/invoices", "", http.StatusUnauthorized)
	j.verdict.Proved("API by issuer-uri: takes a service's token of type JWT, asks for its scope, refuses a changed one")
	wanted(t, introspection+"/invoices", strict, http.StatusOK)
	wanted(t, introspection+"/invoices", read, http.StatusOK)
	wanted(t, introspection+"/invoices", "nothing-that-was-issued", http.StatusUnauthorized)
	j.verdict.Proved("API by introspection: takes tokens of either type, refuses one that was never issued")

	jane := j.person(t)
	logIn(t, jane, "office")
	// The web app shows the token of its registration "office".
	hers := jane.Visit("http://localhost:8080/token").Body
	wanted(t, issuer+"/me", hers, http.StatusOK)
	wanted(t, introspection+"/invoices", hers, http.StatusOK)
	j.verdict.Proved("both: take the token of a person who logged in to the web app")
}

// token gets an access token for a service.
func (j judge) token(t *testing.T, id, secret, scope string) string {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "scope": {scope}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost,
		j.served.Address+"/auth/realms/demo/protocol/openid-connect/token", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.SetBasicAuth(id, secret)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var tokens struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&tokens); err != nil || tokens.AccessToken == "" {
		t.Fatalf("%s gets no token: %d %v", id, response.StatusCode, err)
	}
	return tokens.AccessToken
}

func wanted(t *testing.T, address, token string, status int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != status {
		t.Errorf("%s answers %d instead of %d: %s", address, response.StatusCode, status, response.Header.Get("WWW-Authenticate"))
	}
}
