package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

// bench does the work of an easel when it is told to, as a goroutine would some time.
type bench struct{ work, then []func() }

func (b *bench) beside(work, then func()) {
	b.work, b.then = append(b.work, work), append(b.then, then)
}

// finish ends what was begun, and reports how much that was.
func (b *bench) finish() int {
	work, then := b.work, b.then
	b.work, b.then = nil, nil
	for i := range work {
		work[i]()
		then[i]()
	}
	return len(work)
}

func red(name string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">`+
		`<rect x="0" y="0" width="20" height="10" fill="#ff0000"/></svg>`))
}

// hung is a picture in a window, drawn on a bench.
func hung(t *testing.T) (*page.Picture, *bench) {
	t.Helper()
	looktest.App(t)
	b := &bench{}
	p := page.NewPicture().On(&page.Easel{Beside: b.beside}).Set(red("one"))
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 300))
	return p, b
}

func imageOf(p *page.Picture) *canvas.Image { return p.Objects()[0].(*canvas.Image) }

func TestAPictureIsDrawnBesideTheWindowAndShownWhenItIsThere(t *testing.T) {
	p, b := hung(t)
	if imageOf(p).Visible() {
		t.Error("before it is drawn something shows")
	}
	for b.finish() > 0 {
		continue
	}
	shown := imageOf(p)
	if !shown.Visible() || shown.Image == nil {
		t.Fatal("it was drawn, and does not show")
	}
	if size := shown.Size(); size != fyne.NewSize(200, 100) || shown.Position().Y != 100 {
		t.Errorf("it is %v at %v, and not as wide as there is room in the middle", size, shown.Position())
	}
	if r, _, _, a := shown.Image.At(100, 50).RGBA(); r != 0xffff || a != 0xffff {
		t.Errorf("in its middle it is %v", shown.Image.At(100, 50))
	}
	p.Set(red("two"))
	if imageOf(p).Visible() {
		t.Error("while another one is drawn, the one before shows")
	}
}

func TestAPictureThatWasForeseenShowsAtOnce(t *testing.T) {
	p, b := hung(t)
	for b.finish() > 0 {
		continue
	}
	p.Foresee(red("two"))
	if b.finish() != 1 {
		t.Fatal("a picture that is foreseen is not drawn")
	}
	if p.Set(red("two")); !imageOf(p).Visible() || b.finish() != 0 {
		t.Error("it is drawn once more when it shows")
	}
	if p.Set(red("one")); !imageOf(p).Visible() || b.finish() != 0 {
		t.Error("the one before was forgotten")
	}
}

func TestWhatShowsIsDrawnBeforeWhatMayShow(t *testing.T) {
	p, b := hung(t)
	p.Foresee(red("two")) // while the first is still being drawn
	p.Foresee(red("three"))
	p.Set(red("four"))
	b.finish() // the first
	b.finish()
	if !imageOf(p).Visible() {
		t.Error("the picture that is to be shown waits for one that may be")
	}
	if left := b.finish(); left != 1 {
		t.Errorf("%d pictures were foreseen at once, want the last one alone", left)
	}
}

func TestAPictureThatCannotBeReadIsEmpty(t *testing.T) {
	p, b := hung(t)
	p.Set(fyne.NewStaticResource("broken.svg", []byte("<svg")))
	for b.finish() > 0 {
		continue
	}
	if shown := imageOf(p); !shown.Visible() || shown.Image == nil {
		t.Error("nothing stands in its place")
	}
}
