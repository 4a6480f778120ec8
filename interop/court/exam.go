package court

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// examined is the config of an exam: the app is client web at ${ADDRESS}.
//
//go:embed exam.toml
var examined string

// Examine puts an app through `grantwalk exam` and returns its verdict: what came
// of each question. The app listens at a port of 127.0.0.1 and logs in at /login; it
// is started as soon as the issuer is known. Over TLS ca is the file with the
// certificate of the CA, else it is empty.
func Examine(t *testing.T, client, version string, options []string, app func(issuer, ca, port string) *exec.Cmd) *Verdict {
	t.Helper()
	address, dir := FreeAddress(t), t.TempDir()
	ca, report, file := "", filepath.Join(dir, "questions.json"), filepath.Join(dir, "idp.toml")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(examined, "${ADDRESS}", address)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{
		"exam", "--config", file, "--listen", "127.0.0.1:0", "--client", "web", "--drive", "http://" + address + "/login", "--json", report,
	}, options...)
	if slices.Contains(options, "--tls") {
		ca = filepath.Join(dir, "ca.pem")
		args = append(args, "--tls-ca-file", ca)
	}
	cmd := Command(t, Program(t), args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if issuer := regexp.MustCompile(`^exam for web; issuer (http\S+)`).FindStringSubmatch(lines.Text()); issuer != nil {
			begin(t, app(issuer[1], ca, port))
		}
	}
	err = cmd.Wait()
	var refused *exec.ExitError
	if swallowed := errors.As(err, &refused) && refused.ExitCode() == 3; err != nil && !swallowed {
		t.Fatalf("%v\n%s", err, said.String())
	}
	v := &Verdict{name: client, version: version, kind: ".exam"}
	v.proved = questionsIn(t, report, said.String())
	return v
}

// begin starts an app that runs until the test ends.
func begin(t *testing.T, app *exec.Cmd) {
	t.Helper()
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = app.Process.Kill()
		_ = app.Wait() // it was ended
	})
}

// questionsIn reads what came of each question of an exam that was finished.
func questionsIn(t *testing.T, report, said string) (all []string) {
	t.Helper()
	var read struct {
		Complete  bool
		Still     bool `json:"ordinary_login_at_last"`
		Questions []struct{ ID, Verdict, Level string }
	}
	text, err := os.ReadFile(report)
	if err == nil {
		err = json.Unmarshal(text, &read)
	}
	if err != nil || !read.Complete || !read.Still {
		t.Fatalf("the exam was not finished: %v\n%s", err, said)
	}
	for _, q := range read.Questions {
		all = append(all, q.ID+" "+q.Level+" "+q.Verdict)
	}
	return all
}
