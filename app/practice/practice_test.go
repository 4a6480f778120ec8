package practice

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestWhoeverDecidesAsTheProviderIsTold(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/be-the-provider/one-slash-too-many")
	because := d.room.decider.all[d.room.decider.at].Because[tutorials.Everyone]
	if strings.Contains(d.room.sheet.words(), because) {
		t.Fatal("the reason is on the page before anybody decided")
	}
	d.pointAt("redirect_uri")
	d.press(fyne.KeyR)
	d.says("Refused, as the real provider just did")
	d.says(because)
	if id := "be-the-provider/one-slash-too-many"; d.room.record.Standing(id) != "known" {
		t.Errorf("the record says %q", d.room.record.Standing(id))
	}
	d.press(fyne.KeyA) // too late
	if !d.room.decider.right() {
		t.Error("the first decision counts, and it was changed")
	}
}

// A wrong guess is met with what would have to be different.
func TestAWrongGuessIsMetWithWhatWouldHaveToBeDifferent(t *testing.T) {
	for name, c := range map[string]struct {
		at    string
		guess func(d *desk)
		told  string
	}{
		"yes to what is refused": {"one-slash-too-many", func(d *desk) { d.press(fyne.KeyA) }, "The real provider just said no"},
		"another line":           {"one-slash-too-many", func(d *desk) { d.pointAt("code"); d.press(fyne.KeyR) }, "because of another line"},
		"no to what is fine":     {"a-code-is-traded", func(d *desk) { d.pointAt("code"); d.press(fyne.KeyR) }, "The real provider just said yes"},
	} {
		t.Run(name, func(t *testing.T) {
			d := practising(t, look.Light, wide())
			d.open("check/be-the-provider/" + c.at)
			c.guess(d)
			d.says(c.told)
			d.says(d.room.decider.all[d.room.decider.at].Because[tutorials.Everyone])
			if id := d.room.decider.id(d.room.decider.at); d.room.record.Standing(id) != "again" {
				t.Errorf("what was missed is kept as %q", d.room.record.Standing(id))
			}
			if row := hereRow(d.room.Rail()); row.Note != "again" {
				t.Errorf("the rail marks it with %q", row.Note)
			}
			d.press(fyne.KeyN)
			if !d.room.decider.waits() {
				t.Error("N does not let one try again")
			}
		})
	}
}

// The list at the left says which kind is open, and which exercise of it, at one glance.
func TestTheRailMarksWhereOneIsInEveryKind(t *testing.T) {
	d := practising(t, look.Light, wide())
	for _, at := range append(Kinds(), PlaceSetup) {
		if at == PlaceSetup { // a place of its own
			d.open(at)
		} else {
			d.open("check/" + at)
		}
		here, holds := marked(d.room.Rail())
		title := d.room.titled(at)
		if len(here) != 1 || len(holds) > 1 || here[0] != title && !slices.Equal(holds, []string{title}) {
			t.Errorf("%s is open, and the rail marks %q, and as what holds it %q", title, here, holds)
		}
	}
}

// marked are the labels of the row that is looked at, and of the one that holds it.
func marked(rail []room.Section) (here, holds []string) {
	for _, s := range rail {
		for _, row := range s.Rows {
			if row.Here {
				here = append(here, row.Label)
			}
			if row.Holds {
				holds = append(holds, row.Label)
			}
		}
	}
	return here, holds
}

func hereRow(rail []room.Section) room.Row {
	for _, s := range rail {
		for _, r := range s.Rows {
			if r.Here {
				return r
			}
		}
	}
	return room.Row{}
}

// Where the window is low or enlarged, nobody has to look for what they were told, or for the line that they point at.
func TestWhatTheProviderSaidIsSeenInALowWindow(t *testing.T) {
	d := practising(t, look.Light, fyne.NewSize(600, 320))
	seen := func(what string) {
		t.Helper()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.room.sheet.news)
		if at.Y < 0 || at.Y > 300 {
			t.Errorf("%s: %s stands at %v in a window that is 320 high", d.room.Address(), what, at.Y)
		}
	}
	d.open("check/be-the-provider/one-slash-too-many")
	d.pointAt("redirect_uri")
	seen("the line that is pointed at")
	d.press(fyne.KeyR)
	seen("the verdict")
	d.open("check/order/openid-connect")
	d.press(fyne.KeyB)
	seen("the hint")
}

// Whoever looked at the walk comes back to the verdict, and to the form as it was filled in.
func TestWhoComesBackFromTheWalkFindsWhatTheyLeft(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/be-the-provider/one-slash-too-many")
	d.press(fyne.KeyA, fyne.KeyW)
	d.open(d.room.Address().String())
	d.says("The real provider just said no")
	d.open("setup/spa")
	d.press(fyne.KeyN) // as advised, as it is
	form, ok := d.room.kind().(*configurer)
	if !ok {
		t.Fatal("there is no form")
	}
	form.turn(&form.client.Confidential)
	d.press(fyne.KeyW)
	if d.open(d.room.Address().String()); !form.client.Confidential {
		t.Error("what was switched on is off again")
	}
	if d.open("check/be-the-provider/one-slash-too-many"); !d.room.decider.waits() {
		t.Error("an exercise that is opened by its name does not begin anew")
	}
}

func TestWhoRefusesIsAskedWhichLineIsWrong(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/be-the-provider/no-fingerprint")
	d.press(fyne.KeyR)
	d.says("Now point at the line that is wrong")
	chosen := func() []string {
		var labels []string
		for _, o := range test.LaidOutObjects(d.room.Content()) {
			if b, ok := o.(*page.Button); ok && b.Chosen {
				labels = append(labels, b.Label)
			}
		}
		return labels
	}
	if got := chosen(); !slices.Equal(got, []string{"Refuse"}) {
		t.Errorf("while the line is asked for, %q are marked as chosen", got)
	}
	d.room.decider.point("missing") // as a press with the mouse does
	if got := chosen(); len(got) > 0 {
		t.Errorf("beside the verdict, %q are still marked as chosen", got)
	}
	d.says("Refused, as the real provider just did")
}

func TestTheMouseReachesEveryLineAndBothAnswers(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/be-the-provider/one-slash-too-many")
	var lines []*lineRow
	seen := map[fyne.Focusable]bool{}
	for {
		d.win.Canvas().FocusNext()
		at := d.win.Canvas().Focused()
		if at == nil || seen[at] {
			break
		}
		seen[at] = true
		if l, is := at.(*lineRow); is {
			lines = append(lines, l)
		}
	}
	names := d.room.decider.names()
	if len(lines) != len(names) || len(seen) < len(names)+4 { // yes, no, the walk, the next
		t.Fatalf("Tab reaches %d lines and %d controls in all; there are %d lines", len(lines), len(seen), len(names))
	}
	test.Tap(lines[slices.Index(names, "redirect_uri")])
	if at := d.room.decider.decision.pointed; at != "redirect_uri" {
		t.Errorf("a press on the line points at %q", at)
	}
	test.Tap(lines[slices.Index(names, "redirect_uri")])
	if at := d.room.decider.decision.pointed; at != "" {
		t.Errorf("a second press still points at %q", at)
	}
}

func TestADeveloperSeesTheRequestAsItIsOnTheWire(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/be-the-provider/one-slash-too-many")
	d.says("Answer goes to: https://travel.example/callback/")
	if strings.Contains(d.room.sheet.words(), "redirect_uri") {
		t.Error("everyone reads a name of the wire")
	}
	d.tell(tutorials.Developer)
	d.says("redirect_uri=https://travel.example/callback/")
	d.says("POST /realms/demo/protocol/openid-connect/token")
	d.press(fyne.KeyA)
	d.says("RFC 6749 §4.1.3")
	d.says("400 invalid_grant")
}

// Every exercise is drawn in every voice, and everyone reads plain words alone.
func TestEveryExerciseIsDrawnInEveryVoice(t *testing.T) {
	for _, size := range []fyne.Size{wide(), fyne.NewSize(560, 520)} {
		d := practising(t, look.Light, size)
		for i := range d.room.decider.all {
			d.room.decider.begin(i)
			d.room.show()
			d.press(fyne.KeyA)
			for _, voice := range tutorials.Voices() {
				d.tell(voice)
				d.isDrawn(voice, size.Width)
			}
		}
	}
}

// isDrawn reports a page without a sensible height, and one that shows everyone a name of the wire.
func (d *desk) isDrawn(voice tutorials.Voice, width float32) {
	d.t.Helper()
	if high := d.room.sheet.HeightFor(width); high < 300 || high > 1800 {
		d.t.Errorf("%s, %s: at a width of %v it is %v high", d.room.Address(), voice, width, high)
	}
	words := d.room.sheet.words()
	if name := wireName(words, d.room.decider.names()); name != "" && voice != tutorials.Developer {
		d.t.Errorf("%s, %s: %q is on the page:\n%s", d.room.Address(), voice, name, words)
	}
}

// wireName is a name of the protocol, or the id of a text, that stands on the page.
func wireName(words string, names []string) string {
	for _, name := range append(names, "urn:", "practice.", "Bearer", "Basic") {
		if strings.ContainsAny(name, "_:.B") && strings.Contains(words, name) {
			return name
		}
	}
	return ""
}

func TestAnAddressThatIsNoExerciseLeadsToTheNearestAndSaysSo(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/be-the-provider/7")
	if at := d.room.Address().String(); at != "check/be-the-provider/7" || len(d.said) != 0 {
		t.Errorf("the seventh is at %s, and the room says %q", at, d.said)
	}
	d.open("check/be-the-provider/a-tv-that-nobody-knows")
	d.open("check/be-the-provider/900")
	if len(d.said) != 2 {
		t.Errorf("two addresses do not exist, and the room says %q", d.said)
	}
	d.open("check/be-the-provider/3")
	d.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if at := d.room.Address().String(); at != "check/be-the-provider/4" {
		t.Errorf("twice on and once back from the third leads to %s", at)
	}
	d.went = nil
	d.press(fyne.KeyW)
	d.open("check/be-the-provider/one-slash-too-many")
	d.press(fyne.KeyW)
	d.open("check/be-the-provider/no-fingerprint")
	d.press(fyne.KeyW)
	want := []string{
		"walk/authorization-code-pkce/token",
		"walk/authorization-code-pkce/token?change=token%3Fredirect_uri%3Dhttps%253A%252F%252Ftravel.example%252Fcallback%252F",
		"walk/openid-connect/authorize?change=authorize%3Fcode_challenge%3D",
	}
	if !slices.Equal(d.went, want) {
		t.Errorf("W leads to %q", d.went)
	}
}
