package workbench

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
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

	*bench
	draft  token.Draft
	kind   token.Kind
	has    bool // a token lies on the bench
	part   int  // of the switch: read, check or make
	typing [2]string
	wrong  error // what is wrong with what was brought

	entry           *page.Field
	input           *page.Holder // the entry, with a button that pastes
	parts, as       *page.Segments
	header, payload *page.Field
	editors         *page.Holder
}

// The parts of the token bench.
const (
	PartRead = iota
	PartCheck
	PartMake
)

func partNames(say *catalog.Catalog) []string {
	return []string{say.Text("benches.token.read"), say.Text("benches.token.check"), say.Text("benches.token.make")}
}

// NewTokenBench returns an empty bench.
func NewTokenBench(d *Desk) *TokenBench {
	b := &TokenBench{bench: newBench(d)}
	b.entry = d.field(nil, func(text string) bool { b.Paste(text); return true })
	b.entry.PlaceHolder = d.Words.Text("benches.token.paste-hint")
	b.entry.OnSubmitted = b.Paste
	paste := page.NewButton(d.Words.Text("benches.token.paste"), func() { b.Paste(b.desk.Pasted()) })
	paste.Icon, paste.Kit = look.IconCopy, b.kit
	b.input = page.NewHolder(container.NewBorder(nil, nil, nil, paste, b.entry), nil)
	b.parts = page.NewSegments(partNames(d.Words), func(i int) { b.Show(i) })
	b.as = page.NewSegments([]string{d.Words.Text("benches.token.as-id"), d.Words.Text("benches.token.as-access")}, func(i int) {
		b.kind = []token.Kind{token.IDToken, token.AccessToken}[i]
		b.Update()
	})
	b.parts.Kit, b.as.Kit = b.kit, b.kit
	b.header, b.payload = b.editor(0), b.editor(1)
	columns := container.NewGridWithColumns(2,
		titled(d.Words.Text("benches.token.header"), 0, b.header), titled(d.Words.Text("benches.token.payload"), 1, b.payload))
	b.editors = page.NewHolder(columns, nil)
	return b
}

// First is where the keyboard begins.
func (b *TokenBench) First() fyne.Focusable { return b.entry }

// Lay puts a token on the bench. What is no token leaves the bench as it was.
func (b *TokenBench) Lay(raw string) error {
	draft, err := token.NewDraft(raw)
	if err != nil {
		return err
	}
	b.draft, b.kind, b.has, b.wrong = draft, token.KindOf(raw), true, nil
	b.typing = [2]string{draft.Header, draft.Payload}
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
	b.wrong = err
	b.Update()
}

// problem lends what says a problem in the voice; a developer reads the exact one too.
func (b *TokenBench) problem(err error) *page.Text {
	body := page.Face{Size: look.Body}
	var p *token.Problem
	if !errors.As(err, &p) {
		return b.Text(page.Plain(err.Error(), body, look.Ink))
	}
	words := page.Unlinked(page.Prose(b.desk.Say("token/problem/"+p.ID), look.Body, look.Ink), look.Ink)
	if b.desk.Developer() {
		words = append(words, page.Plain(p.Detail, body, look.Ink))
	}
	return b.Text(words...)
}

// Complaint reports whether the bench says that something is wrong with what was brought.
func (b *TokenBench) Complaint() bool { return b.wrong != nil }

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
	b.clear()
	if from := b.sources(); len(from) > 0 {
		b.whole.Add(0, b.Bar(from, nil)).Add(8, b.input)
	} else {
		b.whole.Add(0, b.input)
	}
	if b.wrong != nil {
		b.whole.Add(8, b.banner("fail", look.Fail, look.FailGround, b.problem(b.wrong)))
	}
	b.whole.Add(12, b.parts).Add(8, b.soft(b.desk.Say("token/"+b.Part())))
	switch {
	case !b.has:
		b.list.Add(0, b.card(look.CardSoft).Add(0, b.prose(b.desk.Say("token/none"))))
		b.whole.AddRest(8, b.scroll)
	case b.part == PartCheck:
		b.check()
	case b.part == PartMake:
		b.make()
	default:
		b.read()
	}
	b.shown()
}

// sources are the tokens of the run.
func (b *TokenBench) sources() []*page.Button {
	var from []*page.Button
	for _, o := range b.Offered() {
		button := b.button(o.Label, "", func() { _ = b.Lay(o.Raw) }) // a token of the run can be taken apart
		button.Chosen = b.has && o.Raw == b.draft.Raw()
		from = append(from, button)
	}
	return from
}

// lying is the token as it lies there, or as it was where an edit spoiled it.
func (b *TokenBench) lying() string {
	if raw := b.Raw(); raw != "" {
		return raw
	}
	return b.draft.Raw()
}

// read shows the three parts, decoded.
func (b *TokenBench) read() {
	b.whole.AddRest(8, b.scroll)
	raw := b.lying()
	jwt, err := trace.DecodeJWT(raw)
	if err != nil {
		b.list.Add(0, b.problem(err))
		return
	}
	b.list.Add(0, b.partCard(0, b.desk.Words.Text("benches.token.header-says"), jwt.Header))
	b.list.Add(8, b.partCard(1, b.desk.Words.Text("benches.token.payload-says"), jwt.Payload))
	signature := []trace.Field{{Name: "signature", Value: jwt.Signature}}
	b.list.Add(8, b.partCard(2, b.desk.Words.Text("benches.token.signature-says"), signature))
	b.list.Add(10, b.Bar([]*page.Button{b.copyToken(raw)}, nil))
}

// copyToken lends the button that does that.
func (b *TokenBench) copyToken(raw string) *page.Button {
	say := b.desk.Words
	return b.button(say.Text("benches.token.copy"), "", func() { b.desk.Copy(raw, say.Text("benches.token.what")) })
}

// inkOfPart is the colour of header, payload and signature.
func inkOfPart(i int) fyne.ThemeColorName {
	return []fyne.ThemeColorName{look.WireKeyword, look.WireName, look.Role(look.ResourceServer).Ink}[i]
}

func (b *TokenBench) partCard(i int, title string, fields []trace.Field) *page.Column {
	card := b.card(look.CardSoft)
	card.Add(0, b.Text(page.Plain(title, page.Face{Size: look.Small, Bold: true}, inkOfPart(i))))
	for _, f := range fields {
		card.Add(6, b.fact(f.Name, b.value(f), b.meaning(f)))
	}
	return card
}

// value is what a member holds. Developers read it as it stands.
func (b *TokenBench) value(f trace.Field) string {
	if value, _ := b.desk.Plainly(f); !b.desk.Developer() {
		return value
	}
	return f.Value
}

// meaning is what a member means, and of a time which one it is.
func (b *TokenBench) meaning(f trace.Field) string {
	meaning, date := b.desk.Meaning(f.Name), ""
	if _, date = b.desk.Plainly(f); date != "" && meaning != "" {
		return "**" + date + "** · " + meaning
	}
	return meaning + date
}

// check shows every rule with what came of it.
func (b *TokenBench) check() {
	checks := b.Check(b.kind, b.lying())
	b.as.Choose(0)
	if b.kind == token.AccessToken {
		b.as.Choose(1)
	}
	b.whole.Add(8, b.as).Add(8, b.summary(failed(checks))).AddRest(8, b.scroll)
	for i := range checks {
		b.list.Add(8, b.verdict(&checks[i]))
	}
}

// summary says in one line what a receiver does with the token.
func (b *TokenBench) summary(broken *trace.Check) *page.Column {
	if broken == nil {
		return b.banner("pass", look.Pass, look.PassGround, b.prose(b.desk.Say("token/accepted")))
	}
	why := b.desk.Rule(*broken)
	if broken.Reason != "" && b.desk.Developer() {
		why += " · " + broken.Reason
	}
	words := append(page.Prose(b.desk.Say("token/refused"), look.Body, look.Ink), page.Plain(why, page.Face{Size: look.Body}, look.Ink))
	return b.banner("fail", look.Fail, look.FailGround, b.Text(page.Unlinked(words, look.Ink)...))
}
