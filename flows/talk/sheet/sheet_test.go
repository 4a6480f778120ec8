package sheet_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// eye is a pen that sees what a room would: every line of words, and on which ground it stands.
type eye struct {
	fonts   *pen.Fonts
	grounds []pen.Shape
	words   []seen
}

type seen struct {
	pen.Text
	x1, x2 float64
	ground uint32
}

func (e *eye) Rect(s pen.Shape)                     { e.grounds = append(e.grounds, s) }
func (*eye) Disc(float64, float64, float64, uint32) {}
func (*eye) Line(pen.Stroke)                        {}
func (*eye) Polygon([]float64, uint32)              {}
func (*eye) Image(pen.Image)                        {}
func (*eye) Open(string)                            {}
func (*eye) Shut()                                  {}

func (e *eye) Text(t pen.Text) {
	wide := e.fonts.Width(t.Words, t.Size, t.Bold)
	s := seen{Text: t, x1: t.X - wide*float64(t.Anchor)/2}
	s.x2 = s.x1 + wide
	for _, g := range e.grounds {
		if g.X <= t.X+1 && t.X-1 <= g.X+g.W && g.Y <= t.Y && t.Y <= g.Y+g.H {
			s.ground = g.Fill
		}
	}
	e.words = append(e.words, s)
}

// contrast is that of WCAG 2.2: from 1 to 21.
func contrast(a, b uint32) float64 {
	light := func(c uint32) float64 {
		sum := 0.0
		for shift, share := range map[int]float64{16: 0.2126, 8: 0.7152, 0: 0.0722} {
			v := float64(c>>shift&0xFF) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += share * v
		}
		return sum
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func said() sheet.Said {
	return sheet.Said{
		Hands:  func(n int) string { return fmt.Sprintf("%d hands", n) },
		Result: func(right, guessed, all int) string { return fmt.Sprintf("%d: %d of %d", right, guessed, all) },
	}
}

// views are all ways in which a slide can be looked at.
func views(s *talk.Slide, at, of int) []sheet.View {
	all := []sheet.View{{At: at, Of: of}}
	if s.Token != nil {
		all = append(all, sheet.View{At: at, Of: of, Opened: true})
	}
	if s.Later != nil {
		all = append(all, sheet.View{At: at, Of: of, Later: true})
	}
	if s.Ask != nil {
		all = append(all, sheet.View{At: at, Of: of, Hands: []int{12, 1, 3, 40}, Answered: true})
	}
	return all
}

// TestAnyoneCanReadTheStageAtTenMetres goes over every scene of every talk, in
// each look, on wide and narrow screens.
func TestAnyoneCanReadTheStageAtTenMetres(t *testing.T) {
	fonts, err := pen.NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	everySlide(t, func(name string, s *talk.Slide, at, of int) {
		for _, v := range views(s, at, of) {
			for look, colours := range map[string]sheet.Look{"dark": sheet.Dark(), "light": sheet.Light()} {
				for _, wide := range []float64{1280, 960} {
					stage := sheet.Stage{W: wide, H: 720, Measure: fonts, Look: colours, Words: said()}
					e := &eye{fonts: fonts}
					stage.Draw(e, e, s, v)
					e.judge(t, fmt.Sprintf("%s, %s, %.0f wide, %+v", name, look, wide, v), wide)
				}
			}
		}
	})
}

func (e *eye) judge(t *testing.T, where string, wide float64) {
	t.Helper()
	if len(e.words) < 2 {
		t.Errorf("%s: there is nothing to read", where)
	}
	for _, w := range e.words {
		if w.Size < sheet.Least*720-1e-6 {
			t.Errorf("%s: %q is %.2f %% of the height", where, w.Words, w.Size/7.2)
		}
		if c := contrast(w.Color, w.ground); c < 7 {
			t.Errorf("%s: %q, #%06x on #%06x has a contrast of %.2f", where, w.Words, w.Color, w.ground, c)
		}
		if w.x1 < 0 || w.x2 > wide || w.Y > 720 {
			t.Errorf("%s: %q reaches from %.0f to %.0f, at %.0f", where, w.Words, w.x1, w.x2, w.Y)
		}
	}
	e.apart(t, where)
}

// mostWords is how much a room reads while somebody speaks.
const mostWords = 40

// wordsIn counts words; a number is seen at a glance.
func wordsIn(text string) (n int) {
	for word := range strings.FieldsSeq(text) {
		if strings.ContainsFunc(word, unicode.IsLetter) {
			n++
		}
	}
	return n
}

// TestNoSceneHasMoreWordsThanARoomReads counts all that is drawn for the room:
// heading, sentence, choices, labels and those whose message it is. What stays
// soft does not ask to be read: where one is, and who has no part in it.
func TestNoSceneHasMoreWordsThanARoomReads(t *testing.T) {
	fonts, err := pen.NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	stage := sheet.Stage{W: 1280, H: 720, Measure: fonts, Look: sheet.Dark(), Words: said()}
	everySlide(t, func(name string, s *talk.Slide, at, of int) {
		for _, v := range views(s, at, of) {
			e := &eye{fonts: fonts}
			stage.Draw(e, e, s, v)
			words := 0
			for _, w := range e.words {
				if w.Color != stage.Look.Soft {
					words += wordsIn(w.Words)
				}
			}
			if words > mostWords {
				t.Errorf("%s, %+v: there are %d words to read, at most %d", name, v, words, mostWords)
			}
		}
	})
}

// apart reports words that run into others.
func (e *eye) apart(t *testing.T, where string) {
	t.Helper()
	for i, a := range e.words {
		for _, b := range e.words[i+1:] {
			if math.Abs(a.Y-b.Y) < min(a.Size, b.Size)*0.7 && a.x1 < b.x2-2 && b.x1 < a.x2-2 {
				t.Errorf("%s: %q runs into %q", where, a.Words, b.Words)
			}
		}
	}
}

// versions are those of a talk that show a scene which no longer one has.
func versions(t *testing.T, words *tutorials.Library, which tutorials.Talk, o talk.Options) (out []*talk.Show) {
	t.Helper()
	seen := map[string]bool{}
	for _, minutes := range slices.Backward(which.Lengths) {
		fresh := false
		for _, scene := range which.Cut(minutes) {
			fresh = fresh || !seen[scene.ID]
			seen[scene.ID] = true
		}
		if !fresh {
			continue
		}
		show, err := talk.Prepare(t.Context(), words, which, minutes, o)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, show)
	}
	return out
}

func everySlide(t *testing.T, each func(name string, s *talk.Slide, at, of int)) {
	t.Helper()
	words := wordstest.English(t)
	provider, err := onstage.Providers(true)
	if err != nil {
		t.Fatal(err)
	}
	talks, err := words.Talks().All()
	if err != nil {
		t.Fatal(err)
	}
	for _, which := range talks {
		for _, v := range versions(t, words, which, talk.Options{Provider: provider}) {
			for i := range v.Slides {
				each(which.ID+"/"+v.Slides[i].Scene.ID, &v.Slides[i], i, len(v.Slides))
			}
		}
	}
}

func TestWhatTravelsBeginsAtItsSender(t *testing.T) {
	fonts, err := pen.NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	stage := sheet.Stage{W: 1280, H: 720, Measure: fonts, Look: sheet.Dark(), Words: said()}
	everySlide(t, func(name string, s *talk.Slide, at, of int) {
		rests, travels := &eye{fonts: fonts}, &eye{fonts: fonts}
		travel := stage.Draw(rests, travels, s, sheet.View{At: at, Of: of})
		carries := s.Arrow != nil && len(s.Arrow.Chips) > 0 && !s.Arrow.Alone()
		if carries != (len(travels.words) > 0) || carries != (travel.DX != 0) {
			t.Errorf("%s: %d things travel, from %.0f beside their place", name, len(travels.words), travel.DX)
		}
	})
}

func TestNoLineOfASentenceHoldsAWordThatWasLeftOver(t *testing.T) {
	fonts, err := pen.NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	stage := sheet.Stage{W: 1280, H: 720, Measure: fonts, Look: sheet.Dark(), Words: said()}
	slide := talk.Slide{Heading: "Two seconds", Words: []talk.Words{
		{Text: "You press “Log in with …”, and two seconds "}, {Text: "later", Bold: true}, {Text: " you are in."},
	}}
	e := &eye{fonts: fonts}
	stage.Draw(e, e, &slide, sheet.View{})
	ends := map[float64]float64{}   // of lines, by where they stand
	for _, w := range e.words[1:] { // the first is the heading
		ends[w.Y] = max(ends[w.Y], w.x2)
	}
	lines := slices.Sorted(maps.Values(ends))
	if len(lines) != 2 || lines[0] < 1280/4 {
		t.Errorf("the lines of one sentence end at %.0f", lines)
	}
}

func TestEachSentenceThatStandsAloneBeginsALine(t *testing.T) {
	fonts, err := pen.NewFonts()
	if err != nil {
		t.Fatal(err)
	}
	stage := sheet.Stage{W: 1280, H: 720, Measure: fonts, Look: sheet.Dark(), Words: said()}
	e := &eye{fonts: fonts}
	slide := talk.Slide{Heading: "Three", Words: []talk.Words{
		{Text: "Which apps? Is it "}, {Text: "required", Bold: true}, {Text: "? It is RFC 7636."},
	}}
	stage.Draw(e, e, &slide, sheet.View{})
	var begin []string
	for _, w := range e.words[1:] { // the first is the heading
		if w.x1 < 50 {
			begin = append(begin, w.Words)
		}
	}
	if got := strings.Join(begin, "|"); got != "Which apps? |Is it |It is RFC 7636." {
		t.Errorf("lines begin with %q", got)
	}
}
