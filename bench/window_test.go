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
	windowRuns = 11 // of each program, in turn
	patience   = 30 * time.Second
)

// program is one that opens a window.
type program struct {
	path  string
	args  []string
	state string // the file that it writes when it is ready; "" when it has none
	open  string // what stands in that file when the place that was asked for is open

	window, ready []time.Duration // since the start of the process
	memory        []float64       // resident, MB
}

// measureWindows starts Grantwalk at home, Grantwalk in a flow, and the empty
// window in turn, so that all see the same machine. The first round fills
// caches and counts for none.
func measureWindows(b *testing.B, t *table) {
	b.Helper()
	screen, state, binary := openDisplay(b), filepath.Join(b.TempDir(), "state.json"), named(b, "GRANTWALK_BINARY")
	home := &program{path: binary, args: []string{"home", "--state", state}, state: state, open: `"room":"home"`}
	flow := &program{path: binary, args: []string{"--state", state, "--flow", flows.Default().ID}, state: state, open: `"waiting":"click-login"`}
	empty := &program{path: named(b, "GRANTWALK_EMPTY_WINDOW")}
	for b.Loop() {
		for range windowRuns + 1 {
			for _, p := range []*program{home, flow, empty} {
				p.run(b, screen)
			}
		}
	}
	b.ReportMetric(0, "ns/op") // says nothing here
	window, memory := inMilliseconds(empty.window[1:]), empty.memory[1:]
	t.put(against("start to the window of home", "ms", inMilliseconds(home.window[1:]), window, 1.25))
	t.put(row{what: "start to home on screen", unit: "ms", ours: milliseconds(median(home.ready[1:]))})
	t.put(against("memory when home has settled", "MB", home.memory[1:], memory, 1.4))
	t.put(against("start straight into a flow", "ms", inMilliseconds(flow.window[1:]), window, 1.3))
	t.put(row{what: "start to the flow on screen", unit: "ms", ours: milliseconds(median(flow.ready[1:]))})
	t.put(against("memory when a flow has settled", "MB", flow.memory[1:], memory, 1.5))
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
		if text, err := os.ReadFile(p.state); err == nil && strings.Contains(string(text), p.open) {
			return
		}
	}
	b.Fatalf("%s did not open what it was asked for: %v", p.path, p.args)
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
