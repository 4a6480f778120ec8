package walk

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/workbench"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// benches are the workbenches. What lies on one stays there while it is closed.
type benches struct {
	window room.Window
	screen *player.Screen
	words  *tutorials.Library
	fail   func(error)

	open  string // "token" or "pkce"; "" when none is
	token *workbench.TokenBench
	pkce  *workbench.PKCEBench
}

// The workbenches, by id.
const (
	benchToken = "token"
	benchPKCE  = "pkce"
)

// state is which bench is open, and the rule that what lies on it breaks.
func (b *benches) state() (open, verdict string) {
	switch b.open {
	case benchToken:
		return b.open + "/" + b.token.Part(), b.token.Verdict()
	case benchPKCE:
		return b.open, b.pkce.Verdict()
	}
	return "", ""
}

// turn offers a key to the bench that is open, to scroll. Enter is for its fields.
func (b *benches) turn(k *fyne.KeyEvent) bool {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		return true
	}
	switch b.open {
	case benchToken:
		return b.token.Turn(k)
	case benchPKCE:
		return b.pkce.Turn(k)
	}
	return false
}

// commands open a bench each.
func (b *benches) commands() []room.Command {
	say := b.words.Catalog()
	told := say.Text("command.told.bench-token")
	return []room.Command{
		{
			ID: "bench.token", Menu: room.MenuTools, Words: say.Text("command.bench.token"), Opens: true, Told: told,
			Keys: room.And(room.Ctrl, fyne.KeyJ),
			Do:   b.showToken,
		},
		{
			ID: "bench.pkce", Menu: room.MenuTools, Words: say.Text("command.bench.pkce"), Opens: true, Told: told,
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyK),
			Do:   b.showPKCE,
		},
	}
}

// arrive opens the bench of an address, at the part of it that is named.
func (b *benches) arrive(to address.Address) (told []string) {
	id, ok := address.Nearest(to.Part(0), benchIDs())
	if !ok && to.Part(0) != "" {
		told = append(told, b.words.Catalog().Text("address.missing.bench", "typed", to.Part(0)))
	}
	if id == benchPKCE {
		b.showPKCE()
		return told
	}
	parts := []string{workbench.PartRead: "read", workbench.PartCheck: "check", workbench.PartMake: "make"}
	if part, ok := address.Nearest(to.Part(1), parts); ok {
		b.tokens().Show(slices.Index(parts, part))
	}
	b.showToken()
	return told
}

const benchWide, benchHigh float32 = 1080, 760

// desk is what the benches need of the room and the window.
func (b *benches) desk() *workbench.Desk {
	return &workbench.Desk{
		Words:     b.words.Catalog(),
		Say:       func(id string) string { return b.screen.Narrator().Bench(id) },
		Rule:      func(c trace.Check) string { return b.screen.Narrator().Rule(c.ID, c.Rule) },
		Meaning:   b.meaning,
		Plainly:   player.Member,
		Developer: func() bool { return b.screen.Narrator().Voice == tutorials.Developer },
		Copy:      func(text, _ string) { b.window.Copy(text) },
		Pasted:    b.window.Pasted,
		Key:       b.window.Typed,
		Leave:     func() { b.window.Focus(nil) },
		Close:     b.window.Dismiss,
		Changed:   b.window.Changed,
	}
}

// meaning says what a claim means, in the voice.
func (b *benches) meaning(claim string) string {
	e, ok := b.words.Dictionary().Entry("claim", claim)
	switch {
	case !ok:
		return ""
	case b.screen.Narrator().Voice == tutorials.Developer:
		return e.Exact
	}
	return e.Plain
}

// lay opens a workbench with a value on it.
func (b *benches) lay(id, value string) {
	switch id {
	case benchToken:
		b.tokens().Show(workbench.PartRead)
		if err := b.tokens().Lay(value); err != nil {
			b.fail(err) // the tab shows only what can be taken apart
			return
		}
		b.showToken()
	case benchPKCE:
		b.verifiers().Set(value)
		b.showPKCE()
	}
}

// tokens is the bench for tokens.
func (b *benches) tokens() *workbench.TokenBench {
	if b.token != nil {
		return b.token
	}
	b.token = workbench.NewTokenBench(b.desk())
	b.token.Offered, b.token.Put = b.offered, b.put
	b.token.Check = func(kind token.Kind, raw string) []trace.Check {
		if p := b.screen.Player(); p != nil {
			return p.Bench().Check(kind, raw)
		}
		return nil
	}
	b.token.Slot = func(kind token.Kind) int {
		if p := b.screen.Player(); p != nil {
			return p.Bench().Slot(kind)
		}
		return 0
	}
	return b.token
}

// offered are the tokens that have crossed in the run.
func (b *benches) offered() []workbench.Offered {
	p := b.screen.Player()
	if p == nil {
		return nil
	}
	var out []workbench.Offered
	for _, t := range p.Bench().Carried(b.screen.Narrator()) {
		out = append(out, workbench.Offered{Label: b.words.Catalog().Text("player.bench.offered", "token", t.Name, "n",
			strconv.Itoa(t.Step)), Raw: t.Raw})
	}
	return out
}

// put sends a token in the request that would have brought another one, and shows what comes of it.
func (b *benches) put(kind token.Kind, raw string) error {
	if err := b.screen.Player().Bench().Put(kind, raw); err != nil {
		return err
	}
	b.window.Dismiss()
	b.screen.ShowTab("checks")
	b.window.Changed()
	return nil
}

// sample is what lies on the bench at first: the latest token of the run, else
// the first one that it will give out; "" where it gives none.
func (b *benches) sample() string {
	if offered := b.offered(); len(offered) > 0 {
		return offered[len(offered)-1].Raw
	}
	if p := b.screen.Player(); p != nil {
		return p.Bench().Sample()
	}
	return ""
}

func (b *benches) showToken() {
	bench := b.tokens()
	if bench.Raw() == "" && !bench.Complaint() {
		_ = bench.Lay(b.sample()) // tokens of the run can be taken apart
	}
	bench.Update()
	b.show(benchToken, b.words.Catalog().Text("command.bench.token"), bench.Content(), bench.First())
}

// verifiers is the bench for PKCE.
func (b *benches) verifiers() *workbench.PKCEBench {
	if b.pkce == nil {
		b.pkce = workbench.NewPKCEBench(b.desk(), func() string {
			if p := b.screen.Player(); p != nil {
				return p.Plan().Upto(p.Crossed()).Latest("code_verifier")
			}
			return ""
		})
	}
	return b.pkce
}

func (b *benches) showPKCE() {
	bench := b.verifiers()
	bench.Update()
	b.show(benchPKCE, b.words.Catalog().Text("command.bench.pkce"), bench.Content(), bench.First())
}

func (b *benches) show(id, title string, content fyne.CanvasObject, first fyne.Focusable) {
	b.window.Dismiss() // another bench, perhaps
	b.open = id
	b.window.Show(room.Dialog{
		Title: title, Content: content, Size: fyne.NewSize(benchWide, benchHigh), First: first,
		Key: b.turn, Closed: func() { b.open = "" },
	})
}
