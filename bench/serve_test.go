//go:build bench

package bench_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
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
	var starts, bareStarts, memory, bareMemory []float64
	for b.Loop() {
		for i := range rounds {
			start, rss := firstAnswer(b, ours, "/.well-known/openid-configuration")
			bareStart, bareRSS := firstAnswer(b, bare, "/")
			if i == 0 {
				continue // fills the caches of the system
			}
			starts, bareStarts = append(starts, milliseconds(start)), append(bareStarts, milliseconds(bareStart))
			memory, bareMemory = append(memory, rss), append(bareMemory, bareRSS)
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	t.put(against("serve: start to the first discovery answer", "ms", starts, bareStarts, 2))
	t.put(against("serve: memory when idle", "MB", memory, bareMemory, 2.5))
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
