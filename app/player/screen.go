package player

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/grantwalk/grantwalk/app/diagram"
	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Screen draws a [Player]: diagram, inspector, transport bar, and the pane for
// changing a request. Everything it does is also a method, and
// a row of its [Screen.Commands].
type Screen struct {
	widget.BaseWidget
	stepping
	tampering
	hints

	OnChange   func()                    // after anything changed that a menu or a rail shows
	OnError    func(error)               // our program is broken
	OnCopy     func(text, what string)   // to the clipboard
	OnLink     func(link string)         // "glossary:term", "spec:RFC 7636 §4.6"
	OnMistakes func()                    // asks for the list of classic mistakes
	OnExport   func()                    // asks for the ways to take the run along
	OnFlow     func(id string)           // asks for another flow
	OnBench    func(id, value string)    // asks for a workbench, "token" or "pkce", with a value on it
	OnKey      func(*fyne.KeyEvent) bool // gets every key that a part has no use for; true: it was dealt with
	OnFocus    func(fyne.Focusable)      // the keyboard belongs there now
	OnUnfocus  func()                    // gives the keyboard back to the walk

	unwatch  func() // ends being told of what the player does; nil without one
	narrator tutorials.Narrator

	diagram   *diagram.Diagram
	inspector *inspector.Inspector
	transport *transport
	shown     int    // cursor that was drawn last
	pointed   string // value under the pointer
	following *followBar
	panes     *panes
	auto      *autoplay
	clock     clock
}

// NewScreen returns a screen without a run; see [Screen.Open].
func NewScreen(n tutorials.Narrator) *Screen {
	s := &Screen{narrator: n, diagram: diagram.New(), inspector: inspector.New(n.Say())}
	s.tampering, s.hints = tampering{screen: s}, newHints()
	s.auto, s.clock = &autoplay{screen: s, speed: 1}, clock{s}
	s.stepping = stepping{narrating: s.told, failed: s.do, settle: s.closeTamper, rest: s.auto.stop}
	s.diagram.OnSelected = s.Seek
	s.diagram.OnKey = s.key
	s.diagram.OnHover = func(_ int, words string) { s.hint(words) }
	s.inspector.OnPoint = s.point
	s.inspector.OnFollow = func(v string) { s.player.Follow(v) }
	s.inspector.OnCopy = s.copying().put
	s.inspector.OnLink = s.link
	s.inspector.OnPage = func(name, value string, fields map[string]string) {
		s.release()
		s.do(s.player.Press(name, value, fields))
	}
	s.inspector.OnCurl = s.copying().curl
	s.inspector.OnBench = func(id, value string) {
		if s.OnBench != nil {
			s.OnBench(id, value)
		}
	}
	s.inspector.OnAction, s.inspector.OnStep = s.act, s.copying().putStep
	s.inspector.OnTab = func(string) {
		s.lead()
		s.changed()
	}
	s.inspector.OnKey = func(k *fyne.KeyEvent) { s.key(k) }
	s.transport = newTransport(s)
	s.following, s.toast = newFollowBar(s), newToast(s)
	s.build()
	s.ExtendBaseWidget(s)
	return s
}

func (s *Screen) build() {
	s.following.over = container.NewBorder(nil, s.following.bar, nil, nil, s.diagram)
	s.panes = newPanes(page.NewCard(s.following.over, 1), page.NewCard(s.inspector, 1))
	s.body = container.NewWithoutLayout(s.panes.split, s.transport.card, s.status, s.toast.card, s.tip.All)
	s.body.Layout = (*screenLayout)(s)
}

// CreateRenderer is called by Fyne.
func (s *Screen) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.body) }

// Parts are what the screen is made of.
func (s *Screen) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{s.body} }

// Open shows a player at wherever it is.
func (s *Screen) Open(p *Player) {
	if s.unwatch != nil {
		s.unwatch()
	}
	s.player, s.unwatch = p, p.Watch(s.refresh)
	s.narrator.Flow, s.narrator.App, s.narrator.Real = p.Flow().ID, p.Flow().Cast.Client.Name, p.client
	s.refresh()
	s.release()
}

// Beside puts something in the inspector's place; nil puts that back.
func (s *Screen) Beside(o fyne.CanvasObject) {
	if o == nil {
		o = page.NewCard(s.inspector, 1)
	}
	s.panes.showRight(o)
}

// Player returns what is shown, or nil.
func (s *Screen) Player() *Player { return s.player }

// Narrator returns the voice and lens of now.
func (s *Screen) Narrator() tutorials.Narrator { return s.narrator }

// Tell changes voice and lens in place. A pane in which a request is being
// changed keeps its words until it is closed, and with them what was typed.
func (s *Screen) Tell(n tutorials.Narrator) {
	n.Flow, n.App, n.Real = s.narrator.Flow, s.narrator.App, s.narrator.Real
	s.narrator = n
	if s.player != nil {
		s.refresh()
	}
}

// told is the narrator with the person of this run.
func (s *Screen) told() tutorials.Narrator {
	n := s.narrator
	c := s.player.Choices()
	n.Person, n.Switches, n.Withheld, n.Mistaken = s.player.FirstName(), c.Switches, len(c.Withhold) > 0, s.player.Mistake()
	return n
}

// refresh draws what changed: it is the one path from the player to the screen.
func (s *Screen) refresh() {
	n := s.told()
	s.pointed = ""
	if at := s.player.Cursor(); at != s.shown {
		s.shown = at
		s.hint("") // it spoke of another step
		s.returnToWords()
	}
	s.diagram.SetLanes(lanes(s.player, n)) // a choice may bring somebody on stage
	s.diagram.SetLegend(legend(s.player, n))
	s.diagram.SetArrows(arrows(s.player, n, s.lit()))
	s.diagram.SetCurrent(s.player.Cursor())
	s.inspector.SetContent(content(s.player, n))
	if next := s.player.At(s.player.Cursor() + 1); next != nil {
		s.inspector.Foresee(picture(n.Step(next.Step).Picture))
	}
	if s.player.AtEnd() {
		s.auto.stop()
	}
	s.auto.tell()
	s.lead()
	s.following.update()
	s.changed()
}

// returnToWords keeps a tab that was looked at once from taking the story away:
// but for developers each step begins with its words. Who sees a value is told
// while it is followed from step to step, and gives way at the end and at a refusal.
func (s *Screen) returnToWords() {
	if s.narrator.Voice == tutorials.Developer {
		return
	}
	m := s.player.Current()
	told := s.player.AtEnd() || m != nil && m.Failed()
	if s.Tab() != seenTab || s.player.Followed() == "" || told {
		s.inspector.Return()
	}
}

func (s *Screen) changed() {
	if s.OnChange != nil {
		s.OnChange()
	}
}

func (s *Screen) do(err error) {
	if errors.Is(err, ErrSaved) {
		s.Done(s.narrator.Say().Capital(err.Error()), "", nil)
		return
	}
	if err != nil && s.OnError != nil {
		s.OnError(err)
	}
}

// ReduceMotion turns the travelling artefacts off.
func (s *Screen) ReduceMotion(yes bool) { s.diagram.ReduceMotion = yes }

// Easel is what draws the pictures of the screen.
func (s *Screen) Easel() *page.Easel { return s.inspector.Easel() }

// Offset is where the split between diagram and inspector stands.
func (s *Screen) Offset() float64 { return s.panes.offset() }

// SetOffset moves it.
func (s *Screen) SetOffset(offset float64) { s.panes.setOffset(offset) }

// Narrow reports whether only one pane fits, and whether it is the details.
func (s *Screen) Narrow() (narrow, details bool) { return s.panes.narrow, s.panes.details }

// TogglePane shows the other pane in a window that is too narrow for both.
func (s *Screen) TogglePane() {
	s.ShowDetails(!s.panes.details)
	s.changed()
}

// ShowDetails says which pane shows in a window that is too narrow for both.
func (s *Screen) ShowDetails(yes bool) {
	s.panes.details = yes
	s.body.Refresh()
}

func (s *Screen) copying() copying { return copying{s} }

func (s *Screen) hoverStep(i int) {
	if m := s.player.At(i); m != nil {
		s.hint(fmt.Sprintf("%d. %s", i+1, s.told().Step(m.Step).Title))
		return
	}
	s.hint("")
}

// release gives the keyboard back to the walk.
func (s *Screen) release() {
	if s.OnUnfocus != nil {
		s.OnUnfocus()
	}
}
