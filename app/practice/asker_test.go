package practice

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/exercise"
	"github.com/grantwalk/grantwalk/tutorials"
)

func (d *desk) asker() *asker {
	d.t.Helper()
	k, ok := d.room.kind().(*asker)
	if !ok {
		d.t.Fatalf("%s shows no questions about a run", d.room.Address())
	}
	return k
}

// Every question of every flow is drawn in every voice, before and after its
// answer, and Space goes through all of them.
func TestEveryQuestionOfEveryFlowIsDrawnInEveryVoice(t *testing.T) {
	d := practising(t, look.Light, fyne.NewSize(900, 640))
	for _, sort := range exercise.Sorts() {
		d.open("check/" + string(sort) + "/" + flows.All()[0].ID)
		seen := map[int]bool{}
		for at := ""; at != d.room.Address().String(); d.press(fyne.KeySpace) {
			at = d.room.Address().String()
			k := d.asker()
			if err := k.failed(); err != nil {
				t.Fatalf("%s: %v", at, err)
			}
			seen[k.flow] = true
			d.drawnInEveryVoice(k)
			k.reply.over = true
			d.drawnInEveryVoice(k)
		}
		if len(seen) != len(flows.All()) {
			t.Errorf("%s goes through %d flows", sort, len(seen))
		}
	}
}

func (d *desk) drawnInEveryVoice(k *asker) {
	d.t.Helper()
	names := make([]string, 0, len(k.asks.Other))
	for _, l := range append(k.asks.Plain, k.asks.Other...) {
		names = append(names, l.Name)
	}
	for _, voice := range tutorials.Voices() {
		d.tell(voice)
		words := d.room.sheet.words()
		if name := wireName(words, names); name != "" && voice != tutorials.Developer {
			d.t.Errorf("%s, %s: %q is on the page:\n%s", d.room.Address(), voice, name, words)
		}
		if high := d.room.sheet.HeightFor(900); high < 200 || high > 1800 {
			d.t.Errorf("%s, %s: it is %v high", d.room.Address(), voice, high)
		}
	}
	d.tell(tutorials.Everyone)
}

// key is the key of the option with that id.
func (d *desk) key(id string) fyne.KeyName {
	d.t.Helper()
	i := slices.IndexFunc(d.asker().asks.Options, func(o exercise.Option) bool { return o.ID == id })
	if i < 0 {
		d.t.Fatalf("%s: no option is called %q", d.room.Address(), id)
	}
	return fyne.KeyName(letter(i))
}

func TestAStepThatIsTakenTooEarlyIsMetWithWhatComesBefore(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/order/client-credentials")
	d.press(d.key("write-invoice"))
	d.says("Not yet: ")
	d.says("Something else comes before it.")
	d.press(d.key("token"), d.key("token"), d.key("read-invoices"))
	if k := d.asker(); !k.reply.over || k.right() || k.reply.slips != 1 {
		t.Errorf("in the end it stands so: %+v", k.reply)
	}
	d.says("with 1 step too early")
	d.press(fyne.KeyN)
	d.press(d.key("token"), d.key("read-invoices"))
	if k := d.asker(); !k.reply.over || !k.right() {
		t.Errorf("in order at once, it stands so: %+v", k.reply)
	}
}

func TestWhoSeesSomethingIsTickedAndComparedWithTheRun(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/sees/implicit/2")
	d.press(d.key("history"), d.key("logs"), d.key("logs"), d.key("person"))
	if d.asker().reply.over {
		t.Fatal("the run answered before anybody asked it to")
	}
	d.press(fyne.KeyReturn)
	d.says("It was seen by more than you ticked: Browser add-ons.")
	d.says("the browser writes it into its list") // why the history does
	d.press(fyne.KeyN, d.key("history"), d.key("scripts"), d.key("person"), fyne.KeyReturn)
	d.says("The run says the same")
}

func TestARequestIsAskedWhatItBrings(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/which-token/authorization-code-pkce/3")
	d.press(d.key("id-token"))
	d.says("The run says something else")
	if id := "which-token/authorization-code-pkce/mail"; d.room.record.Standing(id) != exercise.Again {
		t.Errorf("the record says %q", d.room.record.Standing(id))
	}
	d.press(fyne.KeyW)
	if len(d.went) != 1 || d.went[0] != "walk/authorization-code-pkce/mail" {
		t.Errorf("W leads to %q", d.went)
	}
}

func TestADifferenceIsPointedAtByMouse(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/difference/authorization-code-pkce")
	k := d.asker()
	at := slices.IndexFunc(k.asks.Options, func(o exercise.Option) bool { return o.Right })
	var rows []*lineRow
	for {
		d.win.Canvas().FocusNext()
		row, is := d.win.Canvas().Focused().(*lineRow)
		if !is && len(rows) > 0 || is && slices.Contains(rows, row) {
			break
		}
		if is {
			rows = append(rows, row)
		}
	}
	if len(rows) != len(k.asks.Options) {
		t.Fatalf("%d lines can be pressed, and there are %d", len(rows), len(k.asks.Options))
	}
	test.Tap(rows[at])
	d.says("The run says the same")
	if words := d.room.sheet.words(); !strings.Contains(words, "The return address") && k.asks.Broken != nil {
		t.Errorf("the page does not say which rule noticed it:\n%s", words)
	}
}

func TestAnAddressThatIsNoQuestionLeadsToTheNearestAndSaysSo(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.open("check/orders/device")
	if at := d.room.Address().String(); at != "check/order/device-code/1" || len(d.said) != 2 {
		t.Errorf("it leads to %s and says %q", at, d.said)
	}
	d.open("check/sees/implicit/77")
	if at := d.room.Address().String(); at != "check/sees/implicit/2" {
		t.Errorf("a number that is too high leads to %s", at)
	}
}

// Each sort of question about each flow: the aim is 50 ms at most.
func BenchmarkOpeningAQuestion(b *testing.B) {
	for _, sort := range exercise.Sorts() {
		b.Run(string(sort), func(b *testing.B) {
			r := benched(b)
			worst := time.Duration(0)
			for b.Loop() {
				for _, f := range flows.All() {
					from := time.Now()
					r.Go(to(string(sort), f.ID))
					worst = max(worst, time.Since(from))
				}
			}
			b.ReportMetric(worst.Seconds()*1e3, "worst-ms")
		})
	}
}
