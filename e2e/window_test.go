//go:build e2e

// Package e2e_test drives the built program in a real window, by keyboard and
// mouse, on a display of its own, and reads back what the window says it shows.
package e2e_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// deadline is for one act of the window on a slow machine; nothing is measured.
const deadline = 90 * time.Second

// pace is how often it is looked whether that was done.
const pace = 5 * time.Millisecond

// binaryUnderTest returns the program with its window, built if nobody named one.
func binaryUnderTest(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("GRANTWALK_BINARY"); built != "" {
		return built
	}
	file := filepath.Join(t.TempDir(), "grantwalk")
	build := exec.CommandContext(t.Context(), "go", "build", "-tags", "x11,no_emoji,no_animations", "-o", file, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}

// stage is a display and a home folder that nobody else uses.
type stage struct {
	t       *testing.T
	binary  string
	display string
	home    string

	again bool // the same way is gone elsewhere, where the toolkit looks who calls it; here that would only take time
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := newHome(t)
	s.startServer("Xvfb", "-displayfd", "3", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset", "-r")
	return s
}

// newHome is a stage without a display.
func newHome(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, binary: binaryUnderTest(t), home: t.TempDir()}
	for _, dir := range []string{".cache", ".config"} {
		if err := os.Mkdir(filepath.Join(s.home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// startServer takes the first display that is free; the server names it when it is ready. With -r a key that is
// held long, because the machine is busy, is one press.
func (s *stage) startServer(name string, args ...string) {
	s.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	// Not of the test's context, which ends before the programs that draw here are stopped.
	server := exec.CommandContext(context.WithoutCancel(s.t.Context()), name, args...)
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	_ = write.Close()
	number, err := io.ReadAll(read)
	if err != nil || len(bytes.TrimSpace(number)) == 0 {
		s.t.Fatalf("%s did not start: %v", name, err)
	}
	s.display = ":" + string(bytes.TrimSpace(number))
}

func (s *stage) env() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.home, "XDG_CONFIG_HOME=" + s.home + "/.config", "XDG_CACHE_HOME=" + s.home + "/.cache",
		"DISPLAY=" + s.display, "LANG=C.UTF-8", "FYNE_SCALE=1", "FYNE_PLATFORM=x11",
		"LIBGL_ALWAYS_SOFTWARE=1", "LP_NUM_THREADS=0", // a window draws in one thread: two are tested beside each other
		// Compiling the shaders is half of a start: what one window compiled serves the next.
		"MESA_SHADER_CACHE_DIR=" + cmp.Or(os.Getenv("GRANTWALK_TEST_HOME"), s.home) + "/.cache",
	}
}

// state is what the window writes down of itself; see app/state.go.
type state struct {
	Step     string  `json:"step"`
	Room     string  `json:"room"`
	Address  string  `json:"address"`
	Beside   string  `json:"beside"`
	Cursor   int     `json:"cursor"`
	Steps    int     `json:"steps"`
	Crossed  int     `json:"crossed"`
	Outcome  string  `json:"outcome"`
	Rule     string  `json:"rule"`
	Voice    string  `json:"voice"`
	Lens     string  `json:"lens"`
	Theme    string  `json:"theme"`
	Zoom     float64 `json:"zoom"`
	Tab      string  `json:"tab"`
	Followed string  `json:"followed"`
	Bench    string  `json:"bench"`
	Verdict  string  `json:"verdict"`
	Tamper   bool    `json:"tamper"`
	Playing  bool    `json:"playing"`

	Focus    string   `json:"focus"`
	Person   string   `json:"person"`
	Withheld []string `json:"withheld"`
	Jumped   string   `json:"jumped"`
	Expired  []string `json:"expired"`

	// Of a lesson; see app/learn.
	Question string `json:"question"`
	Chosen   int    `json:"chosen"` // from 1
	Answer   int    `json:"answer"`

	Said    string   `json:"said"`
	Targets []target `json:"targets"`

	// Of an app that is connected; see app/connect.
	On     bool     `json:"on"`
	Issuer []string `json:"issuer"`
	Runs   []string `json:"runs"`
	Run    int      `json:"run"` // that shows
	Causes []string `json:"causes"`
	Words  string   `json:"words"`
	Paused bool     `json:"paused"`
	Marks  []string `json:"marks"` // of what was done to the server, on the diagram

	// Of a talk that is being given; see app/present.
	At      int     `json:"at"` // the scene, from 1
	Of      int     `json:"of"`
	Seconds float64 `json:"seconds"`
	Stage   bool    `json:"stage"`
	Speaker bool    `json:"speaker"`
	Full    bool    `json:"full"`
	Screens int     `json:"screens"`
	Cover   string  `json:"cover"`
	Notes   bool    `json:"notes"`
	All     bool    `json:"all"`
}

// program is the program under test, running.
type program struct {
	*stage
	t      *testing.T
	cmd    *exec.Cmd
	log    bytes.Buffer
	ended  chan error
	file   string // of the state
	text   []byte // of it, as it was read last
	read   state
	screen *xclient
	window uint32 // its id
}

// start returns when the window shows a flow and has the keyboard.
func (s *stage) start(t *testing.T, args ...string) *program {
	t.Helper()
	p := s.run(t, args...)
	p.until("something is open", func(now state) bool {
		return now.Steps > 0 || now.Room != "" && now.Room != "walk" && now.Address != ""
	})
	p.window = p.found(mainWindow, "seen", func(place) bool { return true })
	p.screen.focus(p.window)
	return p
}

// run starts the program and returns at once.
func (s *stage) run(t *testing.T, args ...string) *program {
	t.Helper()
	p := &program{stage: s, t: t, screen: dial(t, s.display), ended: make(chan error, 1), file: filepath.Join(t.TempDir(), "state.json")}
	args = append([]string{"--state", p.file, fmt.Sprintf("--check-calls=%v", !s.again)}, args...)
	p.cmd = exec.CommandContext(context.WithoutCancel(t.Context()), s.binary, args...)
	p.cmd.Env = s.env()
	p.cmd.Stdout, p.cmd.Stderr = &p.log, &p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill() // when the test ended early; otherwise it is gone
	})
	return p
}

// found waits until a window is as it should be, and returns its id.
func (p *program) found(title, what string, right func(place) bool) uint32 {
	p.t.Helper()
	limit, again := time.After(deadline), time.NewTicker(pace)
	defer again.Stop()
	for {
		at, seen := p.screen.find(title)
		if seen && right(at) {
			return at.window
		}
		select {
		case <-again.C:
		case <-limit:
			p.t.Fatalf("the window %q (there is one: %v) is %s, and should be %s%s\n%s", title, seen, at, what, p.picture(), p.log.String())
		}
	}
}

func (p *program) press(keys ...string) {
	p.t.Helper()
	p.screen.press(keys...)
}

// tabTo goes by Tab to the row of the rail with that label.
func (p *program) tabTo(label string) {
	p.t.Helper()
	for range 80 {
		before := p.now().Focus
		p.press("Tab")
		if now := p.until("Tab goes on from "+before, func(now state) bool { return now.Focus != before }); now.Focus == label {
			return
		}
	}
	p.t.Fatalf("Tab does not come to %q", label)
}

// click presses the mouse at a place of the window.
func (p *program) click(x, y int) {
	p.t.Helper()
	p.screen.point(p.window, x, y)
	p.screen.turn(1, 1)
}

// now reads the state; before there is one it is empty.
func (p *program) now() (now state) {
	p.t.Helper()
	text, err := os.ReadFile(p.file)
	if err != nil {
		return state{}
	}
	if bytes.Equal(text, p.text) {
		return p.read
	}
	if err := json.Unmarshal(text, &now); err != nil {
		p.t.Fatal(err)
	}
	p.text, p.read = text, now
	return now
}

// until waits for the window to come to that.
func (p *program) until(what string, reached func(state) bool) state {
	p.t.Helper()
	limit, again := time.After(deadline), time.NewTicker(pace)
	defer again.Stop()
	for {
		now := p.now()
		if reached(now) {
			return now
		}
		select {
		case <-again.C:
		case err := <-p.ended:
			p.t.Fatalf("the program ended (%v) before %s:\n%s", err, what, p.log.String())
		case <-limit:
			p.t.Fatalf("it did not come to this: %s; the window stands at %+v%s\n%s", what, now, p.picture(), p.log.String())
		}
	}
}

// picture keeps what the display shows and says where.
func (p *program) picture() string {
	dir := os.Getenv("GRANTWALK_E2E_PICTURES")
	if dir == "" {
		return " (for a picture, set GRANTWALK_E2E_PICTURES to a folder)"
	}
	file := filepath.Join(dir, strings.ReplaceAll(p.t.Name(), "/", "-")+".png")
	cmd := exec.CommandContext(p.t.Context(), "import", "-window", "root", file) //nolint:gosec // whoever runs the test names the folder
	cmd.Env = p.env()
	if err := cmd.Run(); err != nil {
		return fmt.Sprintf(" (no picture: %v)", err)
	}
	return " (see " + file + ")"
}

// comes presses a key and waits for the step that it leads to.
func (p *program) comes(key, step string, cursor int) state {
	p.t.Helper()
	p.press(key)
	return p.until(key+" leads to "+step, func(now state) bool { return now.Step == step && now.Cursor == cursor })
}

func (p *program) size() string {
	p.t.Helper()
	at, _ := p.screen.lies(p.window)
	return fmt.Sprintf("%dx%d", at.wide, at.high)
}

// end waits for the program to end by itself and looks into its log.
func (p *program) end() {
	p.t.Helper()
	select {
	case err := <-p.ended:
		if err != nil {
			p.t.Errorf("the program ended with %v:\n%s", err, p.log.String())
		}
	case <-time.After(deadline):
		picture := p.picture()
		p.t.Fatalf("the program did not end%s\n%s", picture, p.whereItStands())
	}
	for _, wrong := range []string{"*** Error in Fyne call thread", "panic:", "goroutine "} {
		if strings.Contains(p.log.String(), wrong) {
			p.t.Errorf("the log holds %q:\n%s", wrong, p.log.String())
		}
	}
}

// whereItStands ends a program that hangs and returns its log, with what each
// goroutine was waiting for.
func (p *program) whereItStands() string {
	_ = p.cmd.Process.Signal(syscall.SIGQUIT)
	select {
	case err := <-p.ended:
		p.t.Logf("it ends with %v", err)
		return p.log.String()
	case <-time.After(deadline):
		return "it does not say where it stands"
	}
}

// close presses the cross in the title bar.
func (p *program) close() {
	p.t.Helper()
	p.screen.closes(p.window)
	p.end()
}
