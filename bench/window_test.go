//go:build bench

package bench_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows"
)

const (
	windowRuns = 15 // of each program, in turn
	patience   = 30 * time.Second
)

// program is one that opens a window.
type program struct {
	path  string
	args  []string
	state string // the file that it writes when it is ready; "" when it has none

	window, ready []time.Duration // since the start of the process
	memory        []float64       // resident, MB
}

// measureWindows starts Grantwalk and the empty window in turn, so that both
// see the same machine. The first round fills caches and counts for neither.
func measureWindows(b *testing.B, t *table) {
	b.Helper()
	screen, state := openDisplay(b), filepath.Join(b.TempDir(), "state.json")
	ours := &program{path: named(b, "GRANTWALK_BINARY"), args: []string{"--state", state, "--flow", flows.Default().ID}, state: state}
	empty := &program{path: named(b, "GRANTWALK_EMPTY_WINDOW")}
	for b.Loop() {
		for range windowRuns + 1 {
			ours.run(b, screen)
			empty.run(b, screen)
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	start := against("start to first window", "ms", inMilliseconds(ours.window[1:]), inMilliseconds(empty.window[1:]), 1.3)
	memory := against("memory when settled", "MB", ours.memory[1:], empty.memory[1:], 1.5)
	t.put(start)
	t.put(row{what: "start to the flow on screen", unit: "ms", ours: milliseconds(median(ours.ready[1:]))})
	t.put(memory)
	b.ReportMetric(start.ours, "ms/window")
	b.ReportMetric(memory.ours, "MB")
}

func named(b *testing.B, variable string) string {
	b.Helper()
	path := os.Getenv(variable)
	if path == "" {
		b.Fatalf("%s does not name a program; run this through make bench", variable)
	}
	return path
}

// run starts the program, waits for its window, lets it settle and ends it.
func (p *program) run(b *testing.B, screen *display) {
	b.Helper()
	_ = os.Remove(p.state)
	home := os.Getenv("GRANTWALK_TEST_HOME")
	cmd := exec.Command(p.path, p.args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+filepath.Join(home, ".config"), "FYNE_SCALE=1")
	screen.forget()
	started := time.Now()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	select {
	case at := <-screen.mapped:
		p.window = append(p.window, at.Sub(started))
	case <-time.After(patience):
		b.Fatalf("%s opened no window", p.path)
	}
	if p.state != "" {
		p.awaitState(b)
		p.ready = append(p.ready, time.Since(started))
	}
	p.memory = append(p.memory, settled(b, cmd.Process.Pid))
}

func (p *program) awaitState(b *testing.B) {
	b.Helper()
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		if text, err := os.ReadFile(p.state); err == nil && strings.Contains(string(text), `"waiting":"click-login"`) {
			return
		}
	}
	b.Fatalf("%s did not open its flow", p.path)
}

// settled waits until a second has passed in which the resident memory of a
// process moved by less than 1 % and returns it in MB.
func settled(b *testing.B, pid int) float64 {
	b.Helper()
	from, since := resident(b, pid), time.Now()
	for until := time.Now().Add(patience); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		now := resident(b, pid)
		if now < from*0.99 || now > from*1.01 {
			from, since = now, time.Now()
		}
		if time.Since(since) > time.Second {
			return now
		}
	}
	b.Fatal("the memory does not settle")
	return 0
}

func resident(b *testing.B, pid int) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == "VmRSS:" {
			kilobytes, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kilobytes / 1024
		}
	}
	b.Fatal("no VmRSS in the status of the process: did it end?")
	return 0
}
