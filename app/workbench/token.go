package workbench

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Offered is a token of the run that can be put on the bench.
type Offered struct{ Label, Raw string }

// TokenBench is where a token is read, checked and made, each by itself.
type TokenBench struct {
	// Offered lists the tokens of the run; Check runs a receiver's rules; Slot
	// is the number of the step that a token of a kind can be put into, 0 for none; Put does that.
	Offered func() []Offered
	Check   func(token.Kind, string) []trace.Check
	Slot    func(token.Kind) int
	Put     func(token.Kind, string) error

	desk  *Desk
	draft token.Draft
	kind  token.Kind
	has   bool // a token lies on the bench
	part  int  // of the switch: read, check or make

	scroll  *container.Scroll // of the part that shows; nil where it has none
	head    *fyne.Container
	body    *fyne.Container
	whole   *fyne.Container
	entry   *field
	parts   *page.Switch
	problem *fyne.Container

	header, payload *field
	outcome         *fyne.Container
	typing          [2]string
}

// The parts of the token bench.
const (
	PartRead = iota
	PartCheck
	PartMake
)

func partNames() []string { return []string{"Read", "Check", "Make"} }

// NewTokenBench returns an empty bench.
func NewTokenBench(d *Desk) *TokenBench {
	b := &TokenBench{desk: d, head: container.NewVBox(), problem: container.NewVBox()}
	b.body = container.NewStack()
	b.entry = newField(d, nil)
	b.entry.PlaceHolder = "Paste a token of your own here. Nothing leaves this machine."
	b.entry.paste = func(text string) bool { b.Paste(text); return true }
	b.entry.OnSubmitted = b.Paste
	b.parts = page.NewSwitch(partNames(), func(i int) { b.Show(i) })
	b.parts.OnKey = d.Key
	b.whole = container.NewBorder(b.head, nil, nil, nil, b.body)
	return b
}

// Content is the bench as it lies; see [TokenBench.Update].
func (b *TokenBench) Content() fyne.CanvasObject { return b.whole }

// First is where the keyboard begins.
func (b *TokenBench) First() fyne.Focusable { return b.parts }

// Lay puts a token on the bench. What is no token leaves the bench as it was.
func (b *TokenBench) Lay(raw string) error {
	draft, err := token.NewDraft(raw)
	if err != nil {
		return err
	}
	b.draft, b.kind, b.has = draft, token.KindOf(raw), true
	b.typing = [2]string{draft.Header, draft.Payload}
	b.problem.RemoveAll()
	b.Update()
	return nil
}

// Paste lays what somebody brought, or says what is wrong with it and keeps what was there.
func (b *TokenBench) Paste(text string) {
	raw, err := token.Pasted(text)
	if err == nil {
		err = b.Lay(raw)
	}
	if err != nil {
		b.complain(err)
		return
	}
	b.entry.SetText("")
}

// complain says what is wrong with what was brought.
func (b *TokenBench) complain(err error) {
	b.problem.RemoveAll()
	b.problem.Add(card(signed(look.IconCross, look.Fail, label(b.words(err), false)), look.FailGround))
	b.whole.Refresh()
	b.desk.Changed()
}

// words says a problem in the voice; a developer reads the exact one too.
func (b *TokenBench) words(err error) string {
	var p *token.Problem
	if !errors.As(err, &p) {
		return err.Error()
	}
	words := markup.Plain(b.desk.Say("token/problem/" + p.ID))
	if b.desk.Developer() {
		words += "\n" + p.Detail
	}
	return words
}

// Turn scrolls with the keys for that; it reports whether it did.
func (b *TokenBench) Turn(k *fyne.KeyEvent) bool { return turn(b.scroll, k) }

// scrolled lets a part be longer than the bench.
func (b *TokenBench) scrolled(list fyne.CanvasObject) fyne.CanvasObject {
	b.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 12), list))
	return b.scroll
}

// Complaint reports whether the bench says that something is wrong with what was brought.
func (b *TokenBench) Complaint() bool { return len(b.problem.Objects) > 0 }

// Show turns to a part: [PartRead], [PartCheck] or [PartMake].
func (b *TokenBench) Show(part int) {
	b.part = part
	b.parts.Choose(part)
	b.Update()
}

// Part returns "read", "check" or "make".
func (b *TokenBench) Part() string { return []string{"read", "check", "make"}[b.part] }

// Raw is the token that lies there, as it was edited; "" when none does.
func (b *TokenBench) Raw() string {
	if !b.has {
		return ""
	}
	raw, err := b.draft.Make(b.typing[0], b.typing[1])
	if err != nil {
		return ""
	}
	return raw
}

// Verdict is the id of the rule by which the token is refused, "" when it is accepted or none lies there.
func (b *TokenBench) Verdict() string {
	if raw := b.Raw(); raw != "" {
		if c := failed(b.Check(b.kind, raw)); c != nil {
			return c.ID
		}
	}
	return ""
}

// Update draws the bench anew, in the voice of now and with the tokens of the run of now.
func (b *TokenBench) Update() {
	b.head.RemoveAll()
	sources := row()
	for _, o := range b.Offered() {
		button := b.desk.button(o.Label, func() { _ = b.Lay(o.Raw) }) // a token of the run can be taken apart
		button.SetChosen(b.has && o.Raw == b.draft.Raw())
		sources.Add(button)
	}
	paste := b.desk.button("Paste", func() { b.Paste(b.desk.Pasted()) })
	paste.Icon = look.IconCopy
	if len(sources.Objects) > 0 {
		b.head.Add(sources)
	}
	b.head.Add(container.NewBorder(nil, nil, nil, paste, b.entry))
	b.head.Add(b.problem)
	b.head.Add(container.New(layout.NewCustomPaddedLayout(4, 0, 0, 0), container.NewHBox(b.parts)))
	b.head.Add(prose(b.desk.Say("token/"+b.Part()), true))
	b.body.Objects = []fyne.CanvasObject{container.NewThemeOverride(b.bodyOf(), look.Flat())}
	b.whole.Refresh()
	b.desk.Changed()
}

func (b *TokenBench) bodyOf() fyne.CanvasObject {
	b.scroll = nil
	if !b.has {
		return container.NewVBox(card(prose(b.desk.Say("token/none"), false), look.CardSoft))
	}
	switch b.part {
	case PartCheck:
		return b.checked()
	case PartMake:
		return b.making()
	}
	return b.read()
}

// inkOfPart is the colour of header, payload and signature.
func inkOfPart(i int) fyne.ThemeColorName {
	return []fyne.ThemeColorName{look.WireKeyword, look.WireName, look.Role(look.ResourceServer).Ink}[i]
}

// read shows the three parts, decoded.
func (b *TokenBench) read() fyne.CanvasObject {
	raw := b.Raw()
	if raw == "" {
		raw = b.draft.Raw()
	}
	jwt, err := trace.DecodeJWT(raw)
	if err != nil {
		return label(err.Error(), false)
	}
	list := container.NewVBox()
	for i, p := range []struct {
		name   string
		fields []trace.Field
	}{{"Header · how it was signed", jwt.Header}, {"Payload · what it says", jwt.Payload}} {
		list.Add(b.partCard(i, p.name, p.fields))
	}
	list.Add(b.partCard(2, "Signature · made over the two parts above", []trace.Field{{Name: "signature", Value: jwt.Signature}}))
	list.Add(row(b.desk.button("Copy token", func() { b.desk.Copy(raw, "token") })))
	return b.scrolled(list)
}

func (b *TokenBench) partCard(i int, title string, fields []trace.Field) fyne.CanvasObject {
	head := page.NewLine(title, look.Small, inkOfPart(i))
	head.Bold, head.Least = true, 60
	box := container.New(layout.NewCustomPaddedVBoxLayout(-6), container.New(layout.NewCustomPaddedLayout(4, 4, 8, 0), head))
	for _, f := range fields {
		box.Add(b.desk.fact(f.Name, f.Value, b.desk.Meaning(f.Name)))
	}
	return card(box, look.CardSoft)
}

// checked shows every rule with what came of it.
func (b *TokenBench) checked() fyne.CanvasObject {
	raw := b.Raw()
	if raw == "" {
		raw = b.draft.Raw()
	}
	checks := b.Check(b.kind, raw)
	list := container.New(layout.NewCustomPaddedVBoxLayout(-2))
	for _, c := range checks {
		list.Add(b.desk.verdictOf(c))
	}
	kinds := []token.Kind{token.IDToken, token.AccessToken}
	as := page.NewSwitch([]string{"as an ID token", "as an access token"}, func(i int) {
		b.kind = kinds[i]
		b.Update()
	})
	as.OnKey = b.desk.Key
	if b.kind == token.AccessToken {
		as.Choose(1)
	}
	top := container.NewVBox(container.NewHBox(as), b.summary(failed(checks)))
	return container.NewBorder(top, nil, nil, nil, b.scrolled(list))
}

// summary says in one line what a receiver does with the token.
func (b *TokenBench) summary(broken *trace.Check) fyne.CanvasObject {
	if broken == nil {
		return card(signed(look.IconCheck, look.Pass, prose(b.desk.Say("token/accepted"), false)), look.PassGround)
	}
	words := markup.Plain(b.desk.Say("token/refused")) + "\n" + markup.Plain(b.desk.Rule(*broken))
	if broken.Reason != "" && b.desk.Developer() {
		words += " · " + broken.Reason
	}
	return card(signed(look.IconCross, look.Fail, label(words, false)), look.FailGround)
}

// making offers header and payload as text, and says what came of the change.
func (b *TokenBench) making() fyne.CanvasObject {
	b.header = b.editor(0)
	b.payload = b.editor(1)
	b.outcome = container.NewVBox()
	column := func(title string, i int, f *field) fyne.CanvasObject {
		head := page.NewLine(title, look.Small, inkOfPart(i))
		head.Bold, head.Least = true, 60
		return container.NewBorder(head, nil, nil, nil, f)
	}
	editors := container.NewGridWithColumns(2, column("Header", 0, b.header), column("Payload", 1, b.payload))
	b.tell()
	return container.NewBorder(nil, b.outcome, nil, nil, editors)
}

func (b *TokenBench) editor(i int) *field {
	f := newField(b.desk, nil)
	f.MultiLine = true
	f.SetText(b.typing[i])
	f.paste = func(text string) bool { return len(text) > token.MaxPasted } // it could not be put together anyway
	f.OnChanged = func(text string) {
		b.typing[i] = text
		b.tell()
		b.desk.Changed()
	}
	return f
}

// tell says what came of the change.
func (b *TokenBench) tell() {
	b.outcome.RemoveAll()
	raw, err := b.draft.Make(b.typing[0], b.typing[1])
	if err != nil {
		b.outcome.Add(card(signed(look.IconPencil, look.Caution, label(b.words(err), false)), look.CautionGround))
		b.outcome.Add(row(b.backButton()))
		return
	}
	broken := failed(b.Check(b.kind, raw))
	switch {
	case raw == b.draft.Raw() && broken == nil:
		b.outcome.Add(card(signed(look.IconCheck, look.Pass, prose(b.desk.Say("token/same"), false)), look.PassGround))
	default:
		b.outcome.Add(b.summary(broken))
	}
	buttons := row()
	if step := b.Slot(b.kind); step > 0 {
		put := b.desk.button(fmt.Sprintf("Send it in step %d", step), func() {
			if err := b.Put(b.kind, raw); err != nil {
				b.complain(err)
			}
		})
		put.Primary = true
		buttons.Add(put)
	}
	buttons.Add(b.desk.button("Copy token", func() { b.desk.Copy(raw, "token") }))
	buttons.Add(b.backButton())
	b.outcome.Add(buttons)
}

func (b *TokenBench) backButton() *page.Button {
	back := b.desk.button("Take the change back", func() {
		b.typing = [2]string{b.draft.Header, b.draft.Payload}
		b.Update()
	})
	if b.typing == [2]string{b.draft.Header, b.draft.Payload} {
		back.Disable()
	}
	return back
}
