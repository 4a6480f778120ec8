package present

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
)

// giving is a talk that is being given: where it is, and what is open. Stage and
// speaker's window show it, and neither is needed for it to go on.
type giving struct {
	show     *talk.Show
	timer    *talk.Timer
	at       int
	views    []sheet.View // of each slide
	cover    cover
	overview screenName // where the scenes are shown all at once
	mark     int        // which of them is marked there
	notes    bool       // on the stage, where there is one screen
	goTo     string     // what was typed after G, with a # before it; "" nothing is asked
	zoom     int        // steps of magnification
	spot     bool
	leaving  bool   // Esc was pressed once
	travels  int    // counts what has to travel on the stage
	changed  func() // somebody has to look again
	end      func()
	begin    func() (opened bool) // puts the stage on its screen, and opens it where it was closed
}

// cover is what hides the stage.
type cover int

const (
	uncovered cover = iota
	black
	white
)

func (c cover) String() string { return [...]string{"", "black", "white"}[c] }

// screenName is one of the two windows.
type screenName int

const (
	nowhere screenName = iota
	onStage
	onSpeaker
)

func newGiving(show *talk.Show, now func() time.Time) *giving {
	g := &giving{
		show: show, timer: talk.NewTimer(show.Plan(), now), views: make([]sheet.View, len(show.Slides)),
		changed: func() {}, end: func() {}, begin: func() bool { return false },
	}
	for i := range g.views {
		g.views[i] = sheet.View{At: i, Of: len(show.Slides)}
		if ask := show.Slides[i].Ask; ask != nil {
			g.views[i].Hands = make([]int, len(ask.Choices))
		}
	}
	return g
}

func (g *giving) slide() *talk.Slide { return &g.show.Slides[g.at] }
func (g *giving) view() *sheet.View  { return &g.views[g.at] }

// next is the slide that comes, nil behind the last.
func (g *giving) next() *talk.Slide {
	if g.at+1 < len(g.show.Slides) {
		return &g.show.Slides[g.at+1]
	}
	return nil
}

// typed deals with a key; from says in which window it was typed. It reports whether the key means something.
func (g *giving) typed(k fyne.KeyName, from screenName) bool {
	if g.goTo != "" && g.number(k) || g.overview != nowhere && g.point(k) {
		g.changed()
		return true
	}
	a := actionOf(k)
	if n, err := strconv.Atoi(string(k)); err == nil && g.hand(n) {
		a = nothing
	} else if a == nothing {
		return false
	}
	leaving := g.leaving
	g.leaving = false
	if g.cover != uncovered && a != blacken && a != whiten && a != leave { // the first key only brings the stage back
		g.cover = uncovered
		a = nothing
	}
	g.do(a, from, leaving)
	g.changed()
	return true
}

func (g *giving) do(a action, from screenName, leaving bool) {
	switch a {
	case forward:
		g.forward()
	case back:
		g.move(g.at - 1)
	case first:
		g.move(0)
	case last:
		g.move(len(g.show.Slides) - 1)
	case blacken:
		g.cover = toggled(g.cover, black)
	case whiten:
		g.cover = toggled(g.cover, white)
	case listAll:
		g.overview, g.mark = from, g.at
	case askWhere:
		g.goTo = "#"
	case openToken:
		g.view().Opened = !g.view().Opened && g.slide().Token != nil
	case letPass:
		g.view().Later = !g.view().Later && g.slide().Later != nil
		g.travels++
	case magnify:
		g.zoom = min(g.zoom+1, mostZoom)
	case reduce:
		g.zoom = max(g.zoom-1, 0)
	case spotlight:
		g.spot = !g.spot
	case showNotes:
		g.notes = !g.notes
	case begin:
		if opened := g.begin(); !opened || !g.timer.Began() { // to bring a stage back takes no time away
			g.timer.Start(g.at)
		}
	case takeBack:
		g.lower()
	case leave:
		g.leave(leaving)
	case nothing:
	}
}

const mostZoom = 4

func toggled(now, to cover) cover {
	if now == to {
		return uncovered
	}
	return to
}

// forward goes on: a question is answered first.
func (g *giving) forward() {
	if g.slide().Ask != nil && !g.view().Answered {
		g.view().Answered = true
		g.started()
		return
	}
	g.move(g.at + 1)
}

// started begins the time with the first step, if F5 has not.
func (g *giving) started() {
	if !g.timer.Began() {
		g.timer.Start(g.at)
	}
}

// move goes to a scene. What was open there is shut, so that it begins as it should.
func (g *giving) move(to int) {
	if to < 0 || to >= len(g.show.Slides) || to == g.at {
		return
	}
	g.started()
	g.timer.Move(to)
	g.at, g.zoom = to, 0
	g.view().Opened, g.view().Later = false, false
	g.travels++
}

// fromTheBeginning is what Shift+F5 does.
func (g *giving) fromTheBeginning() {
	g.at = 0
	g.do(begin, onStage, false)
	g.changed()
}

// hand counts one for a choice of the question that is open.
func (g *giving) hand(n int) bool {
	if g.slide().Ask == nil || g.view().Answered || n < 1 || n > len(g.view().Hands) {
		return false
	}
	g.view().Hands[n-1]++
	g.started()
	return true
}

// lower takes the hands of a question back; elsewhere the key goes back a scene.
func (g *giving) lower() {
	if g.slide().Ask == nil || g.view().Answered {
		g.move(g.at - 1)
		return
	}
	clear(g.view().Hands)
}

// number takes what is typed after G.
func (g *giving) number(k fyne.KeyName) bool {
	switch {
	case len(k) == 1 && k[0] >= '0' && k[0] <= '9' && len(g.goTo) < 4:
		g.goTo += string(k)
	case k == fyne.KeyReturn || k == fyne.KeyEnter:
		if n, err := strconv.Atoi(g.goTo[1:]); err == nil {
			g.move(n - 1)
		}
		g.goTo = ""
	case k == fyne.KeyBackspace && len(g.goTo) > 1:
		g.goTo = g.goTo[:len(g.goTo)-1]
	default:
		g.goTo = ""
	}
	return true
}

// point moves the mark in the overview.
func (g *giving) point(k fyne.KeyName) bool {
	columns := columnsOf(len(g.show.Slides))
	step, known := map[fyne.KeyName]int{
		fyne.KeyRight: 1, fyne.KeyLeft: -1, fyne.KeyDown: columns, fyne.KeyUp: -columns,
		fyne.KeyPageDown: 1, fyne.KeyPageUp: -1,
	}[k]
	switch {
	case known:
		if to := g.mark + step; to >= 0 && to < len(g.show.Slides) {
			g.mark = to
		}
	case k == fyne.KeyHome:
		g.mark = 0
	case k == fyne.KeyEnd:
		g.mark = len(g.show.Slides) - 1
	case k == fyne.KeyReturn || k == fyne.KeyEnter || k == fyne.KeySpace:
		g.pick(g.mark)
	case k == fyne.KeyO || k == fyne.KeyEscape:
		g.overview = nowhere
	default:
		return false
	}
	return true
}

// pick goes to a scene of the overview.
func (g *giving) pick(i int) {
	g.overview = nowhere
	g.move(i)
}

// leave closes the topmost thing; over a bare stage it has to be pressed twice, so that no slip ends a talk.
func (g *giving) leave(again bool) {
	switch v := g.view(); {
	case g.cover != uncovered:
		g.cover = uncovered
	case g.spot:
		g.spot = false
	case v.Opened || v.Later:
		v.Opened, v.Later = false, false
	case g.notes:
		g.notes = false
	case g.zoom > 0:
		g.zoom = 0
	case again:
		g.timer.End()
		g.end()
	default:
		g.leaving = true
	}
}
