//go:build interop

// Package python_test has Python's clients judge the provider: Authlib in a web
// app, and MSAL over TLS. A parser for JUnit reads why logins failed.
package python_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/interop/court"
)

// python runs a judge with the packages of requirements.txt.
func python(t *testing.T, served court.Served, script ...string) *exec.Cmd {
	t.Helper()
	program := filepath.Join(cmp.Or(os.Getenv("GRANTWALK_VENV"), "../../build/venv"), "bin", "python")
	cmd := court.Command(t, program, append([]string{"-u"}, script...)...)
	cmd.Env = append(os.Environ(), "ISSUER="+served.Issuer)
	if served.CA != "" {
		cmd.Env = append(cmd.Env, "REQUESTS_CA_BUNDLE="+served.CA)
	}
	cmd.Stderr = os.Stderr
	return cmd
}

func TestAuthlibLogsInRenewsAndIsAService(t *testing.T) {
	served := court.Serve(t, "")
	app := python(t, served, "authlib_app.py")
	out, err := app.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = app.Process.Kill()
		_ = app.Wait() // it was ended
	})
	said := map[string]string{}
	for lines := bufio.NewScanner(out); said["listening"] == "" && lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		said[name] = value
	}
	verdict := court.Client("Authlib", said["version"])
	base := "http://127.0.0.1:" + said["listening"]
	jane := court.NewPerson(t, court.Browser{})
	if me := answer(t, jane, base+"/login"); me["sub"] != "user-jane" || me["email"] != "jane@example.com" {
		t.Fatalf("somebody else is signed in: %v", me)
	}
	verdict.Proved("signs in with PKCE by the discovery address alone; ID token, nonce and UserInfo checked")
	if renewed := answer(t, jane, base+"/renew"); renewed["other"] != true || renewed["active"] != true || renewed["after_revocation"] != false {
		t.Fatalf("renewal, introspection and revocation end with %v", renewed)
	}
	verdict.Proved("renews with a refresh token, introspects, revokes")
	for _, method := range []string{"client_secret_basic", "client_secret_post"} {
		if token := answer(t, jane, base+"/service/"+method); token["scope"] != "read:invoices" || token["access_token"] == nil {
			t.Fatalf("the service gets %v", token)
		}
	}
	verdict.Proved("gets tokens for a service, its secret in the header and in the body")
	verdict.Hold(t)
}

func answer(t *testing.T, jane *court.Person, address string) map[string]any {
	t.Helper()
	page := jane.Visit(address)
	var said map[string]any
	if err := json.Unmarshal([]byte(page.Body), &said); err != nil {
		t.Fatalf("%s answers %d and no JSON: %s", page.Address, page.Status, page.Body)
	}
	return said
}

func TestAuthlibSitsTheExam(t *testing.T) {
	version := strings.TrimSpace(string(court.Run(t, python(t, court.Served{}, "-c", "import authlib; print(authlib.__version__)"))))
	verdict := court.Examine(t, "Authlib", version, nil, func(issuer, _, port string) *exec.Cmd {
		app := python(t, court.Served{Issuer: issuer}, "exam_app.py")
		app.Env = append(app.Env, "PORT="+port)
		app.Stderr = nil // Flask writes down each refusal whole
		return app
	})
	verdict.Hold(t)
}

func TestMSALSignsInOverTLS(t *testing.T) {
	served := court.ServeTLS(t, "")
	judge := python(t, served, "msal_client.py")
	in, err := judge.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := judge.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := judge.Start(); err != nil {
		t.Fatal(err)
	}
	jane := court.NewPerson(t, court.Browser{CA: served.CA})
	var printed strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		printed.WriteString(lines.Text() + "\n")
		if address, ok := strings.CutPrefix(lines.Text(), "visit "); ok {
			if _, err := io.WriteString(in, jane.Leave(address).String()+"\n"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := judge.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, printed.String())
	}
	for _, verdict := range court.Verdicts([]byte(printed.String())) {
		verdict.Hold(t)
	}
}

func TestJunitparserReadsWhyALoginFailed(t *testing.T) {
	served := court.Serve(t, "", "--control")
	judge := python(t, served, "junit_reader.py")
	judge.Env = append(judge.Env, "CONTROL="+served.Control, "KEY="+served.Key)
	t.Logf("%s", court.Run(t, judge))
}
