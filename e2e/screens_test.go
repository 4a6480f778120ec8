//go:build e2e

package e2e_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The two screens: the laptop's, and the projector right of it.
const (
	laptop    = "DUMMY0" // 1024x768, as the display begins
	projector = "DUMMY1" // 800x600
)

// newScreens is a stage whose display has screens that come and go, and a window manager.
func newScreens(t *testing.T) *stage {
	t.Helper()
	s := newHome(t)
	// A driver that keeps its picture in memory stands in for two graphics outputs. Xorg writes its number as Xvfb does.
	s.startServer("Xorg", "-config", filepath.Join("testdata", "two-screens.conf"), "-configdir", s.home,
		"-logfile", filepath.Join(s.home, "x.log"),
		"-displayfd", "3", "-nolisten", "tcp", "-noreset", "-novtswitch", "-sharevts", "-r")
	s.xrandr("--addmode", projector, "800x600")
	s.manage()
	return s
}

// manage starts the window manager and returns when it manages.
func (s *stage) manage() {
	s.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = read.Close() }()
	manager := exec.CommandContext(context.WithoutCancel(s.t.Context()), "openbox", "--sm-disable", "--startup", "echo ready")
	manager.Env = s.env()
	var said bytes.Buffer
	manager.Stdout, manager.Stderr = write, &said
	if err := manager.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = manager.Process.Kill()
		_ = manager.Wait()
	})
	_ = write.Close()
	if err := read.SetReadDeadline(time.Now().Add(deadline)); err != nil {
		s.t.Fatal(err)
	}
	word := make([]byte, len("ready"))
	if _, err := io.ReadFull(read, word); err != nil {
		s.t.Fatalf("the window manager did not start: %v\n%s", err, said.String())
	}
}

func (s *stage) xrandr(args ...string) {
	s.t.Helper()
	cmd := exec.CommandContext(s.t.Context(), "xrandr", args...)
	cmd.Env = s.env()
	if out, err := cmd.CombinedOutput(); err != nil {
		s.t.Fatalf("xrandr %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// plugIn gives the display a second screen. The driver connects an output that shows something when it is asked next.
func (s *stage) plugIn() {
	s.xrandr("--output", projector, "--mode", "800x600", "--right-of", laptop)
	s.xrandr("--query")
}

func (s *stage) pullOut() { s.xrandr("--output", projector, "--off") }

// given is a talk that is being given, with a clock that the test turns.
type given struct {
	*program
	clock string
}

// The windows, by their titles.
const (
	mainWindow    = "Grantwalk"
	stageWindow   = "Grantwalk: stage"
	speakerWindow = "Grantwalk: speaker"
)

// give gives the talk of thirty minutes.
func (s *stage) give(t *testing.T) *given {
	t.Helper()
	g := &given{clock: filepath.Join(t.TempDir(), "ahead")}
	g.turn("0s")
	g.program = s.run(t, "--ahead", g.clock, "present/pkce-in-depth?minutes=30&start=yes")
	g.until("the talk is open", func(now state) bool { return now.At == 1 && now.Of == 17 && now.Stage })
	return g
}

// turn sets by how much the clock is ahead.
func (g *given) turn(by string) {
	next := g.clock + ".next" // so that nobody reads half of it
	if err := os.WriteFile(next, []byte(by), 0o600); err != nil {
		panic(err)
	}
	if err := os.Rename(next, g.clock); err != nil {
		panic(err)
	}
}

// front brings a window of the talk to the front, so that it has the keyboard.
func (g *given) front(title string) {
	g.t.Helper()
	g.window = g.found(title, "a window", func(place) bool { return true })
	g.screen.activate(g.window)
	g.found(title, "in front", func(at place) bool { return g.screen.active() == at.window })
}

// lies waits until a window of the talk lies there: "800x600 at 1024,0".
func (g *given) lies(title, want string) {
	g.t.Helper()
	g.found(title, want, func(at place) bool { return at.String() == want })
}

// key presses keys and waits for what they do.
func (g *given) key(keys, what string, done func(state) bool) state {
	g.t.Helper()
	g.press(strings.Fields(keys)...)
	return g.until(keys+": "+what, done)
}
