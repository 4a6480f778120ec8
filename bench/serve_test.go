//go:build bench

package bench_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// measureServe starts "grantwalk serve" and, in turn, a program that serves one
// document, and asks each for its first answer.
func measureServe(b *testing.B, t *table) {
	b.Helper()
	const rounds = 21
	ours := []string{os.Getenv("GRANTWALK_HEADLESS"), "serve", "--listen", "127.0.0.1:0"}
	bare := []string{os.Getenv("GRANTWALK_BARE_SERVER")}
	realms := append(slices.Clone(ours), "--config", configFile(b, 1000, 1))
	company := append(slices.Clone(ours), "--config", configFile(b, 1, 10_000))
	var starts, bareStarts, memory, bareMemory, realmStarts, companyStarts []float64
	for b.Loop() {
		for i := range rounds {
			start, rss := firstAnswer(b, ours, "/.well-known/openid-configuration")
			bareStart, bareRSS := firstAnswer(b, bare, "/")
			realmStart, _ := firstAnswer(b, realms, "/.well-known/openid-configuration")
			companyStart, _ := firstAnswer(b, company, "/.well-known/openid-configuration")
			if i == 0 {
				continue // fills the caches of the system
			}
			starts, bareStarts = append(starts, milliseconds(start)), append(bareStarts, milliseconds(bareStart))
			realmStarts, companyStarts = append(realmStarts, milliseconds(realmStart)), append(companyStarts, milliseconds(companyStart))
			memory, bareMemory = append(memory, rss), append(bareMemory, bareRSS)
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(against("serve: start to the first discovery answer", "ms", starts, bareStarts, 3))
	t.put(against("serve: memory when idle", "MB", memory, bareMemory, 3.5))
	t.put(against("serve: start of 1000 realms, beside that of the lessons", "ms", realmStarts, starts, 25))
	t.put(against("serve: start of 10,000 clients and people, beside the same", "ms", companyStarts, starts, 90))
}

// configFile writes a config of realms with so many clients and people each.
func configFile(b *testing.B, realms, each int) string {
	b.Helper()
	var text strings.Builder
	for i := range realms {
		fmt.Fprintf(&text, "[[realm]]\nname = \"r%d\"\n[[realm.scope]]\nname = \"openid\"\ndescription = \"sign in\"\n", i)
		for j := range each {
			fmt.Fprintf(&text, "[[realm.client]]\nclient_id = \"c%d\"\nclient_secret = \"s%d\"\nredirect_uris = [\"https://a.example/%d\"]\n"+
				"scope = \"openid\"\n[[realm.person]]\nusername = \"p%d\"\npassword = \"p\"\n", j, j, j, j)
		}
	}
	file := filepath.Join(b.TempDir(), "idp.toml")
	if err := os.WriteFile(file, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	return file
}

// firstAnswer starts a program that prints its address, and asks there.
func firstAnswer(b *testing.B, args []string, below string) (start time.Duration, rss float64) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), args[0], args[1:]...) //nolint:gosec // programs that this run built
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	from := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // it was killed
	}()
	address := ""
	for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
		for _, word := range strings.Fields(lines.Text()) {
			if strings.HasPrefix(word, "http://127.0.0.1:") {
				address = strings.TrimSuffix(word, below)
			}
		}
	}
	res, err := http.Get(address + below) //nolint:bodyclose,noctx // readAll closes it; the server is killed in the end
	if err != nil {
		b.Fatal(err)
	}
	readAll(b, res.Body)
	start = time.Since(from)
	return start, residentMB(b, cmd.Process.Pid)
}

// residentMB reads how much of a process is in memory.
func residentMB(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kB, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kB / 1024
}

func readAll(b *testing.B, body io.ReadCloser) string {
	b.Helper()
	text, err := io.ReadAll(body)
	if err != nil {
		b.Fatal(err)
	}
	if err := body.Close(); err != nil {
		b.Fatal(err)
	}
	return string(text)
}
