package export_test

import (
	"io"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// What a client showed in the TLS handshake stands in no header, and every view
// of the run tells it: whose certificate it was, and the thumbprint that its token is bound to.
func TestTheCertificateOfAClientIsToldInEveryViewOfTheRun(t *testing.T) {
	f, found := flows.Find("client-authentication")
	if !found {
		t.Fatal("there is no flow in which a client shows a certificate")
	}
	run := switched(t, f, "client-auth", "certificate")
	fields := telling.Presented(&run.Messages[1])
	if len(fields) != 3 || fields[0].Value != "CN=billing-job" || fields[2].Name != "x5t#S256" {
		t.Fatalf("the certificate is told as %q", fields)
	}
	thumbprint := fields[2].Value
	for _, name := range []string{"text", "markdown", "html", "page", "har"} {
		said := string(write(t, func(w io.Writer) error { return export.Write(w, name, run, developer(), export.Options{}) }))
		for _, want := range []string{"CN=billing-job", thumbprint, "notAfter"} {
			if !strings.Contains(said, want) {
				t.Errorf("as %s the run does not tell %s", name, want)
			}
		}
	}
	if !bindsATokenTo(run, thumbprint) {
		t.Errorf("no token of the run is bound to %s", thumbprint)
	}
	command, err := export.Curl(&run.Messages[1], export.CurlOptions{})
	if err != nil || !strings.Contains(command, "--cert client.pem") {
		t.Errorf("the command for curl shows no certificate (%v):\n%s", err, command)
	}
}

func bindsATokenTo(run *trace.Trace, thumbprint string) bool {
	for i := range run.Messages {
		for _, token := range telling.Tokens(&run.Messages[i]) {
			if strings.Contains(token.JWT.Claim("cnf"), thumbprint) {
				return true
			}
		}
	}
	return false
}
