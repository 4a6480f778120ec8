package practice

import (
	"io"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// missed answers three exercises wrongly, one of them in a lesson.
func missed(d *desk) {
	d.open("check/be-the-provider/one-slash-too-many")
	d.press(fyne.KeyA)
	d.open("check/which-token/authorization-code-pkce/3")
	d.press(d.key("id-token"))
	d.room.record.Answer("question/photo-id-at-the-door", false)
	d.room.record.Answer("question/one-that-is-gone", false)
}

func TestWhatWasMissedComesBackTheNextDayAndLeadsThere(t *testing.T) {
	d := practising(t, look.Light, wide())
	missed(d)
	d.open("check/again")
	d.says("There is something again on Tuesday, 2026-03-03.")
	d.now = d.now.AddDate(0, 0, 1)
	d.open("check/again")
	d.says("Two addresses")
	d.says("Log in with …, the safe way")
	d.says("A question of a lesson")
	var leads []string
	for _, one := range (&again{room: d.room}).due() {
		leads = append(leads, one.to.String())
	}
	want := "check/be-the-provider/one-slash-too-many check/which-token/authorization-code-pkce/mail lesson/tokens/three-passes"
	if got := strings.Join(leads, " "); got != want {
		t.Errorf("what is due leads to\n%s\nwant\n%s", got, want)
	}
	if Due(d.store, d.room.options.Now) != 4 { // one of them is gone from the words
		t.Errorf("%d are due", Due(d.store, d.room.options.Now))
	}
	d.press(fyne.KeySpace)
	if len(d.went) != 1 || d.went[0] != leads[0] {
		t.Errorf("Space leads to %q", d.went)
	}
	d.open(leads[1])
	if at := d.room.Address().String(); at != "check/which-token/authorization-code-pkce/3" {
		t.Errorf("the question is opened at %s", at)
	}
}

// clerk is a window that keeps the dialogs that it shows and the file that is saved.
type clerk struct {
	desk
	shown []room.Dialog
	file  strings.Builder
}

func (c *clerk) Show(d room.Dialog)                      { c.shown = append(c.shown, d) }
func (c *clerk) Dismiss()                                {}
func (c *clerk) Focus(fyne.Focusable)                    {}
func (c *clerk) Files() room.Files                       { return c }
func (c *clerk) Launch(fyne.URI) error                   { return nil }
func (c *clerk) Fetch(fyne.URI, func(string, io.Reader)) {}
func (c *clerk) Open(string, func(string, io.Reader))    {}
func (c *clerk) Save(name string, write func(io.Writer) error, saved func(fyne.URI)) {
	if err := write(&c.file); err != nil {
		c.t.Error(err)
	}
	saved(storage.NewFileURI("/tmp/" + name))
}

func TestTheRecordIsAPageWithTheNameThatSomebodyTyped(t *testing.T) {
	d := practising(t, look.Light, wide())
	missed(d)
	d.open("check/be-the-provider/a-code-is-traded")
	d.press(fyne.KeyA)
	c := &clerk{desk: *d}
	d.room.window = c
	d.room.options.Lessons = func(*tutorials.Library) []string { return []string{"Tokens"} }
	d.open("check/record")
	report, ok := d.room.kind().(*report)
	if !ok {
		t.Fatalf("%s shows no record", d.room.Address())
	}
	report.name.SetText("Ada L.")
	d.press(fyne.KeyS)
	page := c.file.String()
	for _, want := range []string{"Ada L.", "Monday, 2026-03-02", "<td>Be the provider</td><td>1</td><td>1</td>", "Be the provider: Two addresses", "Tokens"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if len(c.said) == 0 || !strings.Contains(c.said[len(c.said)-1], "grantwalk-record.html") {
		t.Errorf("nobody says where it was saved: %q", c.said)
	}
}

func TestNothingIsForgottenWithoutAskingOnceMore(t *testing.T) {
	d := practising(t, look.Light, wide())
	missed(d)
	c := &clerk{desk: *d}
	d.room.window = c
	d.open("check/record")
	forget, _ := room.Find(d.room.Commands(), "check.forget")
	forget.Do()
	if len(c.shown) != 1 || d.room.record.Standing("be-the-provider/one-slash-too-many") != exercise.Again {
		t.Fatalf("%d questions were asked; the record says %q", len(c.shown), d.room.record.Standing("be-the-provider/one-slash-too-many"))
	}
	report, _ := d.room.kind().(*report)
	report.forget()
	if d.room.record.Standing("be-the-provider/one-slash-too-many") != exercise.Unseen {
		t.Error("it was not forgotten")
	}
}

// A lesson that names something to try names something that exists.
func TestEveryLessonLeadsToAnExerciseThatExists(t *testing.T) {
	d := practising(t, look.Light, wide())
	lessons, err := wordstest.English(t).Lessons().All()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lessons {
		d.said = nil
		d.open(lessons[i].Try)
		if at := d.room.Address().String(); !strings.HasPrefix(at, lessons[i].Try) || len(d.said) > 0 {
			t.Errorf("the lesson %s leads to %q, which opens %s and says %q", lessons[i].ID, lessons[i].Try, at, d.said)
		}
	}
}
