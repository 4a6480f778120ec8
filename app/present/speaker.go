package present

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
)

// speaker is what the presenter sees: this scene and the next, what to say, and
// how the time is going.
type speaker struct {
	page.Base
	giving *giving
	words  *words
	kit    *page.Kit
	stock  *page.Stock // of what changes with the scene
	times  *page.Stock // of what changes with the clock

	ground   *canvas.Rectangle
	card     *canvas.Rectangle // below the notes, which turn in it
	title    *page.Column
	preview  *preview
	gallery  *gallery
	scenes   *page.Column
	list     *page.Scroll
	here     *page.Button // of the list, for the scene of now
	clock    *page.Column
	watch    *watch
	next     *page.Column
	notes    *page.Column
	scroll   *page.Scroll
	buttons  *page.Bar
	on, back *page.Button
	black    *page.Button
	all      *page.Button
	shown    int // the scene whose notes are shown, from 1
	onStage  func() bool
}

func newSpeaker(g *giving, w *words, colours func() sheet.Look, onStage func() bool) *speaker {
	s := &speaker{giving: g, words: w, kit: page.NewKit(), ground: &canvas.Rectangle{}, card: &canvas.Rectangle{}, onStage: onStage}
	s.stock, s.times = page.NewStock(s.kit), page.NewStock(s.kit)
	s.kit.Key = func(k *fyne.KeyEvent) { g.typed(k.Name, onSpeaker) }
	s.title, s.clock, s.next = page.NewColumn(), page.NewColumn(), page.NewColumn()
	s.notes, s.scenes, s.watch = page.NewColumn(), page.NewColumn(), newWatch()
	s.scroll, s.list = page.NewScroll(s.notes), page.NewScroll(s.scenes)
	s.preview, s.gallery = newPreview(g, w, colours), newGallery(g, w, colours)
	button := func(id, icon string, k fyne.KeyName) *page.Button {
		b := page.NewButton(w.text("button."+id), func() { g.typed(k, onSpeaker) })
		b.Kit = s.kit
		b.Icon = icon
		return b
	}
	s.back, s.on = button("back", "back", fyne.KeyPageUp), button("next", "next", fyne.KeyPageDown)
	s.black, s.all = button("black", "", fyne.KeyB), button("all", "", fyne.KeyO)
	s.on.Primary, s.on.IconLast = true, true
	s.buttons = page.NewBar()
	s.buttons.Set([]*page.Button{s.back, s.black, s.all}, []*page.Button{s.on})
	s.Extend(s)
	s.tell()
	return s
}

// HeightFor is part of [page.Part].
func (s *speaker) HeightFor(width float32) float32 { return width * 0.6 }

// LeastSize is that of the smallest window: it fills one, and no height follows from the width.
func (s *speaker) LeastSize() fyne.Size { return fyne.NewSize(640, 400) }

const (
	speakerEdge float32 = 20
	rightShare  float32 = 0.335
	rightLeast  float32 = 384
)

// Arrange is part of [page.Part].
func (s *speaker) Arrange(size fyne.Size) {
	page.Fill(s.ground, look.Ground, "", 0)
	page.Put(s.ground, 0, 0, size.Width, size.Height)
	s.Shown = append(s.Shown[:0], s.ground)
	put := func(p page.Part, x, y, w, h float32) {
		page.Place(p, x, y, max(1, w), max(1, h))
		s.Shown = append(s.Shown, p)
	}
	right := max(rightLeast, size.Width*rightShare)
	left := size.Width - right - 3*speakerEdge
	bottom := size.Height - speakerEdge
	head := s.title.HeightFor(left)
	put(s.title, speakerEdge, speakerEdge, left, head)
	top := speakerEdge + head + look.Gap
	high := min(left*9/16, (bottom-top)*0.74)
	if s.giving.overview == onSpeaker {
		put(s.gallery, speakerEdge, top, left, bottom-top)
	} else {
		put(s.preview, speakerEdge, top, left, high)
		row := s.here.HeightFor(left)
		rows := float32(int((bottom - top - high - look.Gutter) / row)) // none is drawn in half
		put(s.list, speakerEdge, top+high+look.Gutter, left, rows*row)
		s.list.Reveal(s.here)
	}
	x, y := size.Width-right-speakerEdge, speakerEdge
	for _, card := range []*page.Column{s.clock, s.next} {
		h := card.HeightFor(right)
		put(card, x, y, right, h)
		y += h + look.Gutter
	}
	bar := s.buttons.HeightFor(right)
	foot := bottom - bar - look.Gutter
	page.Fill(s.card, look.Card, look.Line, 1)
	s.card.CornerRadius = look.Radius
	page.Put(s.card, x, y, right, foot-y)
	s.Shown = append(s.Shown, s.card)
	put(s.scroll, x+1, y+1, right-2, foot-y-2)
	put(s.buttons, x, bottom-bar, right, bar)
}

// tell shows the scene of now.
func (s *speaker) tell() {
	g := s.giving
	s.stock.TakeBack()
	soft := page.Face{Size: look.Body}
	s.title.Clear().Add(0, s.stock.Text(page.Plain(g.show.Talk.Title, page.Face{Size: look.Heading, Bold: true}, look.Ink)))
	where := s.words.text("where", "n", strconv.Itoa(g.at+1), "all", strconv.Itoa(len(g.show.Slides)), "for", g.show.Talk.For)
	s.title.Add(2, s.stock.Text(page.Plain(where, soft, look.InkSoft)))
	s.tellNext()
	s.tellNotes()
	s.tellScenes()
	if s.shown != g.at+1 {
		s.shown = g.at + 1
		s.scroll.Rewind()
	}
	s.tick()
}

func (s *speaker) tellNext() {
	s.next.Clear().Style(look.Card, look.Line, 16, look.Radius)
	s.next.Add(0, s.label("next"))
	n := s.giving.next()
	if n == nil {
		s.next.Add(4, s.stock.Text(page.Plain(s.words.text("last"), page.Face{Size: 16, Bold: true}, look.Ink)))
		return
	}
	s.next.Add(4, s.stock.Text(page.Plain(n.Heading, page.Face{Size: 16, Bold: true}, look.Ink)))
	if hint := n.Plain(); hint != "" {
		s.next.Add(4, s.stock.Text(page.Plain(hint, page.Face{Size: look.Body}, look.InkSoft)))
	}
}

func (s *speaker) label(id string) *page.Text {
	return s.stock.Text(page.Plain(s.words.text("label."+id), page.Face{Size: look.Small, Bold: true}, look.InkSoft))
}

const notesSize float32 = 18

func (s *speaker) tellNotes() {
	scene := s.giving.slide().Scene
	c := s.notes.Clear().Style("", "", 16, 0)
	c.Add(0, s.label("say"))
	c.Add(6, s.stock.Text(page.Prose(scene.Say, notesSize, look.Ink)...))
	if ask := s.giving.slide().Ask; ask != nil {
		c.Add(8, s.stock.Text(page.Plain(s.words.count(ask), page.Face{Size: notesSize - 2}, look.OnBand)))
		c.Add(look.Gutter, s.label("answer"))
		c.Add(6, s.stock.Text(page.Plain(ask.Because[ask.Right], page.Face{Size: notesSize}, look.Ink)))
	}
	for i, r := range scene.Asked {
		if i == 0 {
			c.Add(look.Gutter+4, s.label("asked"))
		}
		c.Add(8, s.stock.Text(page.Plain(s.words.text("asks", "question", r.Question), page.Face{Size: notesSize - 2, Bold: true}, look.Ink)))
		c.Add(2, s.stock.Text(page.Prose(r.Answer, notesSize-2, look.Ink)...))
	}
	if scene.Show != "" {
		c.Add(look.Gutter+4, s.label("show"))
		c.Add(6, s.stock.Text(page.Prose(scene.Show, notesSize-2, look.OnBand)...))
	}
}

func (s *speaker) tellScenes() {
	g := s.giving
	s.scenes.Clear()
	for i := range g.show.Slides {
		label := strconv.Itoa(i+1) + "  " + g.show.Slides[i].Heading
		b := s.stock.Button(label, "", func() { g.pick(i); g.changed() })
		b.Soft, b.Small, b.Quiet, b.Leading, b.Chosen = false, false, true, true, i == g.at
		b.Refresh()
		s.scenes.Add(0, b)
		if b.Chosen {
			s.here = b
		}
	}
}

// preview is the stage, small, as the room sees it now.
type preview struct {
	page.Base
	giving         *giving
	words          *words
	look           func() sheet.Look
	rests, travels canvasPen
	edge           *canvas.Rectangle
}

func newPreview(g *giving, w *words, colours func() sheet.Look) *preview {
	p := &preview{giving: g, words: w, look: colours, edge: &canvas.Rectangle{}}
	p.Extend(p)
	return p
}

// HeightFor is part of [page.Part].
func (p *preview) HeightFor(width float32) float32 { return width * 9 / 16 }

// Arrange is part of [page.Part].
func (p *preview) Arrange(size fyne.Size) {
	drawSlide(&p.rests, &p.travels, frame{size: size, zoom: 1}, p.words, p.look(), p.giving.slide(), *p.giving.view())
	p.Shown = append(append(p.Shown[:0], p.rests.shown...), p.travels.shown...)
	page.Fill(p.edge, "", look.Line, 1)
	page.Put(p.edge, 0, 0, size.Width, size.Height)
	p.Shown = append(p.Shown, p.edge)
}
