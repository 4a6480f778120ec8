package workbench

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/token"
)

// editor returns the field for the header (0) or the payload (1).
func (b *TokenBench) editor(i int) *page.Field {
	tooLong := func(text string) bool { return len(text) > token.MaxPasted } // it could not be put together anyway
	f := b.desk.field(func(text string) {
		if b.typing[i] != text {
			b.typing[i] = text
			b.Update()
		}
	}, tooLong)
	f.MultiLine = true
	return f
}

// titled puts a title over a field.
func titled(title string, i int, f *page.Field) fyne.CanvasObject {
	head := page.NewLine(title, look.Small, inkOfPart(i))
	head.Bold, head.Least = true, 60
	return container.NewBorder(head, nil, nil, nil, f)
}

// make offers header and payload as text, and says what came of the change.
func (b *TokenBench) make() {
	for i, f := range []*page.Field{b.header, b.payload} {
		if f.Text != b.typing[i] {
			f.SetText(b.typing[i])
		}
	}
	b.whole.AddRest(8, b.editors)
	raw, err := b.draft.Make(b.typing[0], b.typing[1])
	if err != nil {
		b.whole.Add(8, b.banner("pencil", look.Caution, look.CautionGround, b.problem(err)))
		b.whole.Add(8, b.Bar([]*page.Button{b.back()}, nil))
		return
	}
	broken := failed(b.Check(b.kind, raw))
	if raw == b.draft.Raw() && broken == nil {
		b.whole.Add(8, b.banner("pass", look.Pass, look.PassGround, b.prose(b.desk.Say("token/same"))))
	} else {
		b.whole.Add(8, b.summary(broken))
	}
	var buttons []*page.Button
	if step := b.Slot(b.kind); step > 0 {
		put := b.button(b.desk.Words.Text("benches.token.send", "n", strconv.Itoa(step)), "", func() {
			if err := b.Put(b.kind, raw); err != nil {
				b.complain(err)
			}
		})
		put.Primary = true
		buttons = append(buttons, put)
	}
	buttons = append(buttons, b.copyToken(raw), b.back())
	b.whole.Add(8, b.Bar(buttons, nil))
}

// back lends the button that takes an edit back; without one it is disabled.
func (b *TokenBench) back() *page.Button {
	asItWas := [2]string{b.draft.Header, b.draft.Payload}
	if b.typing == asItWas {
		return b.button(b.desk.Words.Text("benches.token.back"), "", nil)
	}
	return b.button(b.desk.Words.Text("benches.token.back"), "", func() {
		b.typing = asItWas
		b.Update()
	})
}
