//go:build !race

package connect

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/tutorials"
)

// nobody looks at nothing, and writes down what it is to look at.
type nobody struct {
	begun []*tape.Server
	files []string
}

func (n *nobody) looking() bool { return len(n.begun) > 0 }

func (n *nobody) begin(s *tape.Server, _ bool) *server {
	n.begun = append(n.begun, s)
	return &server{Server: s, stop: func() {}}
}

func (n *nobody) openFile(name string, _ *tape.Tape) { n.files = append(n.files, name) }
func (n *nobody) leave() *server                     { return nil }

// starting is the page with which one connects, alone, and what was asked to serve.
func starting(t *testing.T) (s *start, n *nobody, wishes *[]tape.Wish, later func()) {
	t.Helper()
	_, parts, shown := alone(t)
	var work []func()
	parts.errands.away = func(do func() error, then func(error)) { work = append(work, func() { then(do()) }) }
	n, wishes = &nobody{}, new([]tape.Wish)
	s = newStart(parts, func(_ context.Context, w tape.Wish) (*tape.Server, error) {
		*wishes = append(*wishes, w)
		return &tape.Server{Tape: tape.New(tape.Bounds{})}, nil
	}, n)
	shown.at = s
	return s, n, wishes, func() {
		for _, do := range work {
			do()
		}
		work = nil
	}
}

func TestWhileAServerBeginsNothingElseDoes(t *testing.T) {
	s, n, wishes, later := starting(t)
	s.realms.SetText("demo, shop lab")
	s.serve()
	if !strings.Contains(s.sheet.words(), "something is starting or ending") {
		t.Errorf("the page says\n%s", s.sheet.words())
	}
	s.serve()
	s.control.SetText("127.0.0.1:9999")
	s.key.SetText("key")
	s.attach()
	s.read("saved.json", strings.NewReader("{}"))
	later()
	if len(*wishes) != 1 || len(n.begun) != 1 || len(n.files) != 0 {
		t.Fatalf("%d were served, %d are looked at, %q was opened", len(*wishes), len(n.begun), n.files)
	}
	if got := (*wishes)[0]; strings.Join(got.Realms, "|") != "demo|shop|lab" || got.Listen != "127.0.0.1:8180" {
		t.Errorf("it wishes for %+v", got)
	}
}

func TestAfterSomethingThatCannotBeReadAnotherCanBegin(t *testing.T) {
	s, _, wishes, later := starting(t)
	s.read("note.txt", strings.NewReader("hello world"))
	later()
	if strings.Contains(s.sheet.words(), "something is starting or ending") {
		t.Errorf("nothing is, and the page says\n%s", s.sheet.words())
	}
	s.serve()
	later()
	if len(*wishes) != 1 {
		t.Error("nothing can be served any more")
	}
}

func TestAPortThatIsNoneIsNotTried(t *testing.T) {
	for _, port := range []string{"-1", "65536", "80a"} {
		s, _, wishes, later := starting(t)
		s.port.SetText(port)
		s.serve()
		later()
		if len(*wishes) != 0 || !strings.Contains(s.sheet.words(), "is no port") {
			t.Errorf("%q is tried, or the page does not say why not:\n%s", port, s.sheet.words())
		}
	}
}

func TestWhatCannotBeServedSaysWhyAndLosesNothing(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	d.room.start.port.SetText("eighty")
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "“eighty” is no port")
	d.room.start.port.SetText(" ")
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "Write a port: a number from 1 to 65535")
	d.room.start.port.SetText("8181")
	d.refuse = errors.New("another program has the port")
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "another program has the port")
	d.refuse = fmt.Errorf("%w: --listen", tape.ErrPortUsed)
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "Another program uses port 8181. End it")
	d.refuse = tape.ErrPortDenied
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "You may not use port 8181")
	d.refuse = fmt.Errorf("--config mine.toml: %w", fs.ErrPermission)
	d.press(fyne.KeyS)
	d.says(d.room.sheet, "--config mine.toml: permission denied")
	if d.room.start.port.Text != "8181" || d.room.server != nil {
		t.Error("what was typed is gone")
	}
	d.room.start.attach()
	d.says(d.room.sheet, "Write the address and the key")
}

func TestAServerElsewhereThatIsNotThereIsSaid(t *testing.T) {
	d := connecting(t, tutorials.Everyone)
	elsewhere := &tape.Server{Tape: tape.New(tape.Bounds{})}
	s := d.room.begin(elsewhere, false)
	d.says(d.room.sheet, "at the server that you look on at")
	d.room.start.detached(s, errors.New("connection refused"))
	d.says(d.room.sheet, "The server cannot be reached. connection refused")
	s = d.room.begin(elsewhere, false)
	d.room.start.detached(s, &tape.RefusedError{Status: http.StatusUnauthorized})
	d.says(d.room.sheet, "does not let you look on: the key is not the one that the server printed when it started.")
	if d.shown != d.room.start.key.Field {
		t.Error("the keyboard is not where the key is written")
	}
}
