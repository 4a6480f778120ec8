//go:build !race

package app

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// named is what a window measures at a size and a zoom: at 200 % half of it.
type named struct {
	name string
	fyne.Size
}

func sizes() []named {
	return []named{
		{"1024x640", fyne.NewSize(1024, 640)},
		{"1440x900", fyne.NewSize(1440, 900)},
		{"1920x1080 at 150 %", fyne.NewSize(1280, 720)},
		{"1440x900 at 200 %", fyne.NewSize(720, 450)},
		{"1024x640 at 200 %", fyne.NewSize(512, 320)},
	}
}

// laid is a text as it is laid out: where it stands, and how much of it can be seen.
type laid struct {
	words string
	at    fyne.Position
	size  fyne.Size
	sheet fyne.CanvasObject // what scrolls it; nil for what stands in the window itself
}

// lay lists the texts that can be seen.
func lay(root fyne.CanvasObject) []laid {
	var all []laid
	layInto(&all, root, fyne.Position{}, nil)
	return all
}

func layInto(all *[]laid, o fyne.CanvasObject, at fyne.Position, sheet fyne.CanvasObject) {
	if !o.Visible() || o.Size().Width < 1 || o.Size().Height < 1 {
		return
	}
	at = at.Add(o.Position())
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Text:
		if _, _, _, a := o.Color.RGBA(); strings.TrimSpace(o.Text) != "" && a > 0 {
			*all = append(*all, laid{words: o.Text, at: at.Add(aligned(o)), size: o.MinSize(), sheet: sheet})
		}
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
		switch o.(type) {
		case *container.Scroll, *look.Scroll, *page.Scroll:
			sheet = o
		}
	}
	for _, child := range inside {
		layInto(all, child, at, sheet)
	}
}

// aligned is where in its room a text is drawn.
func aligned(o *canvas.Text) fyne.Position {
	spare := o.Size().Subtract(o.MinSize())
	x := float32(0)
	switch o.Alignment {
	case fyne.TextAlignCenter:
		x = spare.Width / 2
	case fyne.TextAlignTrailing:
		x = spare.Width
	}
	return fyne.NewPos(x, spare.Height/2)
}

// faults are what is wrong with texts in a window: off it, or over another one.
func faults(all []laid, window fyne.Size) (wrong []string) {
	const hair = 2
	for i, a := range all {
		off := a.at.X < -hair || a.at.Y < -hair || a.at.X+a.size.Width > window.Width+hair || a.at.Y+a.size.Height > window.Height+hair
		if a.sheet == nil && off {
			wrong = append(wrong, fmt.Sprintf("%q stands at %v and is %v", a.words, a.at, a.size))
		}
		for _, b := range all[:i] {
			wide := min(a.at.X+a.size.Width, b.at.X+b.size.Width) - max(a.at.X, b.at.X)
			high := min(a.at.Y+a.size.Height, b.at.Y+b.size.Height) - max(a.at.Y, b.at.Y)
			if a.sheet == b.sheet && wide > hair && high > 5 { // lines of text stand closer than their faces are high
				wrong = append(wrong, fmt.Sprintf("%q lies over %q", a.words, b.words))
			}
		}
	}
	return wrong
}

// cut are the texts that end before they are said. What an arrow says of a request
// is short in any case, and said whole beside it.
func cut(all []laid) (words []string) {
	request := regexp.MustCompile(`^(GET|POST|PUT|Bearer| /)`)
	for _, l := range all {
		if strings.HasSuffix(l.words, "…") && !strings.HasPrefix(l.words, "Log in with") && !request.MatchString(l.words) {
			words = append(words, l.words)
		}
	}
	return words
}

// holdLayout reports what is wrong with the window, and returns how many texts it shows.
func holdLayout(t *testing.T, w *window, where string) int {
	t.Helper()
	all := lay(w.frame.Content())
	held(t, where, all, w.win.Canvas().Size())
	for _, words := range cut(all) {
		t.Errorf("%s: %q is cut", where, words)
	}
	return len(all)
}

func held(t *testing.T, where string, all []laid, window fyne.Size) {
	t.Helper()
	for _, wrong := range faults(all, window) {
		t.Errorf("%s: %s", where, wrong)
	}
}

// Every walk in every voice through every lens: the size and the step go on from
// one to the next, so that each voice and lens is seen at each of them.
func TestNothingOfAWalkIsCutOrLiesOverAnythingInAnyVoiceThroughAnyLens(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	n, texts := 0, 0
	for _, f := range flows.All() {
		w.Go(address.At("walk", f.ID))
		steps := w.words.Flows().Steps(f.ID)
		for _, voice := range tutorials.Voices() {
			w.view.setVoice(voice)
			for _, lens := range w.words.Lenses() {
				w.view.setLens(lens.ID)
				size := sizes()[n%len(sizes())]
				w.win.Resize(size.Size)
				w.Go(address.At("walk", f.ID, steps[n*7%len(steps)]))
				texts += holdLayout(t, w, fmt.Sprintf("%s at %s, %s through %s, %s", f.ID, now(t, w).Step, voice, lens.ID, size.name))
				n++
			}
		}
	}
	if texts < 50*n {
		t.Errorf("only %d texts were seen on %d screens", texts, n)
	}
}

func TestNothingOfAPlaceIsCutOrLiesOverAnythingAtAnySize(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	n := 0
	for _, p := range w.rooms.places {
		for _, head := range append([]string{p.id}, p.heads...) {
			w.Go(address.At(head))
			for _, size := range sizes() {
				w.win.Resize(size.Size)
				w.view.setVoice(tutorials.Voices()[n%3])
				holdLayout(t, w, head+", "+string(w.settings.voice)+", "+size.name)
				n++
			}
		}
	}
}

// A sheet lies over the walk where there is no room beside it, so it is looked at by itself.
func TestNothingThatIsLookedUpOrFoundLiesOverAnythingAtAnySize(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	for _, size := range sizes() {
		w.win.Resize(size.Size)
		for _, page := range []string{"glossary/access-token", "dictionary/parameter/code_verifier", "standards/rfc7636/4.6"} {
			w.Read(addressIn(page))
			held(t, page+" beside a walk, "+size.name, lay(w.reader.sheet.Content()), size.Size)
			w.Go(addressIn(page))
			holdLayout(t, w, page+", "+size.name)
			w.act(idBack)
		}
		w.act("window.search")
		for _, r := range "state" {
			w.win.Canvas().Focused().TypedRune(r)
		}
		held(t, "search, "+size.name, lay(w.win.Canvas().Overlays().Top()), size.Size)
		w.dialogs.Dismiss()
	}
}

// Content that needs more room makes Fyne enlarge the window, beyond the screen
// and with the buttons that stand at its foot.
func TestASmallScreenHoldsEveryPlaceAt200Percent(t *testing.T) {
	const menu = 27
	for _, p := range places() {
		w := opening(t, looktest.Bare(t), Options{Address: p.id})
		if least := w.win.Content().MinSize(); least.Width > 1024/2 || least.Height > 640/2-menu {
			t.Errorf("%s needs %v", p.id, least)
		}
	}
}
