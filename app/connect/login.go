package connect

import (
	"io"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// login is the one that shows: its diagram, and beside it what came of it, or its
// messages.
type login struct {
	tools

	server   *server
	number   int  // of the login; 0: none shows
	drawn    int  // how much of it, see size
	led      lead // where a narrow window was led
	messages bool // show instead of the finding
	screen   *player.Screen
	finding  *finding
}

// lead is what a narrow window was led by: to the finding of a login that
// stopped, as soon as it did, and to the diagram of any other.
type lead struct {
	number  int
	stopped bool
}

func newLogin(t tools) *login {
	l := &login{tools: t}
	beside := t
	beside.sheet = newSheet(t.window, 0)
	l.finding = &finding{tools: beside, messages: l.toggle, keeping: l.keeping}
	l.furnish()
	return l
}

// furnish makes the screen, in the language of now.
func (l *login) furnish() {
	s := player.NewScreen(l.words.narrator())
	s.OnChange, s.OnError = l.window.Changed, l.window.Fail
	s.OnCopy = func(text, _ string) { l.window.Copy(text) }
	s.OnLink = func(link string) { l.window.Read(address.OfLink(link)) }
	s.OnFlow = func(id string) { l.window.Go(address.At("walk", id)) }
	s.OnExport = l.save
	s.OnKey, s.OnFocus = l.window.Typed, l.window.Focus
	s.OnUnfocus = func() { l.window.Focus(nil) }
	s.Hide()
	l.screen = s
}

// show turns to a login; to none where there is none with that number.
func (l *login) show(number int) {
	if number > 0 && (l.server == nil || l.server.log.Login(number) == nil) {
		number = 0
	}
	if number != l.number {
		l.messages = false
	}
	l.number = number
}

// holds is part of leaf: that a login shows is no reason to stay.
func (l *login) holds() bool { return false }

// draw is part of leaf.
func (l *login) draw() fyne.CanvasObject {
	shown, t := l.server.log.Login(l.number), l.server.log.Trace(l.number)
	l.drawn = l.size()
	p, err := player.Named(t, shown.Client)
	if err != nil {
		l.window.Fail(err)
		return nil
	}
	l.finding.tell(l.server.log, l.number)
	if err := p.Seek(l.cursor(t)); err != nil {
		l.window.Fail(err)
		return nil
	}
	l.screen.Tell(l.words.narrator())
	l.screen.Open(p)
	if l.messages {
		l.screen.Beside(nil)
	} else {
		l.screen.Beside(page.NewCard(l.finding.sheet, 1))
	}
	if to := (lead{l.number, shown.State() == logins.Stopped}); to != l.led { // who turned away since stays there
		l.led = to
		l.screen.ShowDetails(to.stopped)
	}
	return l.screen
}

// cursor is the message to look at: where somebody reads messages the same as
// before, else the one at which the login stopped, or the last.
func (l *login) cursor(t *trace.Trace) int {
	last := len(t.Messages) - 1
	if old := l.screen.Player(); l.messages && old != nil && old.Cursor() >= 0 {
		return min(old.Cursor(), last)
	}
	if stop := t.Failed(); stop >= 0 {
		return max(stop, t.Response(stop))
	}
	return last
}

// size is how many exchanges the login has, and marks of what was done to the server; 0 where it is gone.
func (l *login) size() int {
	known := l.server.log.Login(l.number)
	if known == nil {
		return 0
	}
	return len(known.Exchanges) + len(l.server.log.EventsOf(l.number))
}

// stale reports whether more of the login is known than was drawn.
func (l *login) stale() bool { return l.size() != l.drawn || l.drawn == 0 }

// toggle turns from the finding to the messages and back.
func (l *login) toggle() {
	if l.number > 0 {
		l.messages = !l.messages
		l.leaves.redraw()
	}
}

// kept reports whether the login stays when the list is cleared.
func (l *login) kept() bool { return l.number > 0 && l.server.log.IsKept(l.number) }

// keep keeps the login, or lets it go.
func (l *login) keep() {
	if l.server.log.Keep(l.number) {
		l.window.Say(l.words.say("kept"))
		l.finding.tell(l.server.log, l.number)
		l.window.Changed()
		return
	}
	l.window.Say(l.words.say("kept-not"))
	l.leaves.redraw() // without it, where it is gone now
}

// save writes the login as a saved run, which the window and diagnose open again.
func (l *login) save() {
	if l.number == 0 {
		return
	}
	t := l.server.log.Trace(l.number)
	if t == nil {
		return
	}
	l.window.Files().Save("login-"+strconv.Itoa(l.number)+".json", func(w io.Writer) error { return export.JSON(w, t) }, func(at fyne.URI) {
		l.window.Say(l.words.say("saved", "file", at.Name()))
	})
}

// keeping is how the login stays.
func (l *login) keeping() []room.Command {
	say, none := l.words.say, l.number == 0
	return []room.Command{
		{ID: "live.keep", Menu: room.MenuRun, Words: say("keep"), Off: none, On: l.kept(), Keys: room.Keys(fyne.KeyK), Do: l.keep},
		{ID: "live.save", Menu: room.MenuRun, Words: say("save"), Opens: true, Off: none, Do: l.save},
	}
}

// commands are those of its messages, which move only where they show.
func (l *login) commands() []room.Command {
	table := l.screen.Commands()
	for i := range table {
		if !l.messages && len(table[i].Keys) > 0 {
			table[i].Off = table[i].Off || table[i].Menu == room.MenuGo
		}
	}
	return table
}

// aside turns to the part that a narrow window has no room for.
func (l *login) aside() room.Command {
	narrow, details := l.screen.Narrow()
	if !narrow {
		return room.Command{}
	}
	pane := room.Command{ID: "live.pane", Words: l.words.say("pane.told"), On: details, Do: l.screen.TogglePane}
	if details {
		pane.Words = l.words.Words.Catalog().Text("player.aside.diagram")
	}
	return pane
}
