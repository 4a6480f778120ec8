package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/app/workbench"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// benches are the workbenches. What lies on one stays there while it is closed.
type benches struct {
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

const benchWide, benchHigh float32 = 1080, 760

// desk is what the benches need of the window.
func (w *window) desk() *workbench.Desk {
	return &workbench.Desk{
		Say:       func(id string) string { return w.screen.Narrator().Bench(id) },
		Rule:      func(c trace.Check) string { return w.screen.Narrator().Rule(c.ID, c.Rule) },
		Meaning:   w.meaning,
		Developer: func() bool { return w.screen.Narrator().Voice == tutorials.Developer },
		Copy:      w.copy,
		Pasted:    func() string { return w.app.Clipboard().Content() },
		Key:       w.typed,
		Leave:     func() { w.win.Canvas().Unfocus() },
		Changed:   w.writeState,
	}
}

// meaning says what a claim means, in the voice.
func (w *window) meaning(claim string) string {
	e, ok := w.words.Entry("claim", claim)
	switch {
	case !ok:
		return ""
	case w.screen.Narrator().Voice == tutorials.Developer:
		return e.Exact
	}
	return e.Plain
}

// bench opens a workbench with a value on it.
func (w *window) bench(id, value string) {
	switch id {
	case benchToken:
		w.tokenBench().Show(workbench.PartRead)
		if err := w.tokenBench().Lay(value); err != nil {
			w.fail(err) // the tab shows only what can be taken apart
			return
		}
		w.showTokenBench()
	case benchPKCE:
		w.pkceBench().Set(value)
		w.showPKCEBench()
	}
}

func (w *window) tokenBench() *workbench.TokenBench {
	if w.benches.token == nil {
		b := workbench.NewTokenBench(w.desk())
		b.Offered = w.offered
		b.Check = func(kind token.Kind, raw string) []trace.Check {
			if p := w.screen.Player(); p != nil {
				return p.Check(kind, raw)
			}
			return nil
		}
		b.Slot = func(kind token.Kind) int {
			if p := w.screen.Player(); p != nil {
				return p.Slot(kind)
			}
			return 0
		}
		b.Put = w.putToken
		w.benches.token = b
	}
	return w.benches.token
}

// offered are the tokens that have crossed in the run.
func (w *window) offered() []workbench.Offered {
	p := w.screen.Player()
	if p == nil {
		return nil
	}
	var out []workbench.Offered
	for _, t := range p.Carried(w.screen.Narrator()) {
		out = append(out, workbench.Offered{Label: fmt.Sprintf("%s · step %d", t.Name, t.Step), Raw: t.Raw})
	}
	return out
}

// putToken sends a token in the request that would have brought another one, and shows what comes of it.
func (w *window) putToken(kind token.Kind, raw string) error {
	if err := w.screen.Player().Put(kind, raw); err != nil {
		return err
	}
	w.dialogs.Dismiss()
	w.screen.ShowTab("checks")
	w.changed()
	return nil
}

func (w *window) showTokenBench() {
	b := w.tokenBench()
	if offered := w.offered(); b.Raw() == "" && len(offered) > 0 {
		_ = b.Lay(offered[len(offered)-1].Raw) // tokens of the run can be taken apart
	}
	b.Update()
	w.openBench(benchToken, "Token workbench", b.Content(), b.First())
}

func (w *window) openBench(id, title string, content fyne.CanvasObject, first fyne.Focusable) {
	w.dialogs.Dismiss() // another bench, perhaps
	w.benches.open = id
	w.dialogs.Show(room.Dialog{
		Title: title, Content: content, Size: fyne.NewSize(benchWide, benchHigh), First: first,
		Key: w.benches.turn, Closed: func() { w.benches.open = "" },
	})
}

func (w *window) pkceBench() *workbench.PKCEBench {
	if w.benches.pkce == nil {
		w.benches.pkce = workbench.NewPKCEBench(w.desk(), func() string {
			if p := w.screen.Player(); p != nil {
				return p.Plan().Upto(p.Crossed()).Latest("code_verifier")
			}
			return ""
		})
	}
	return w.benches.pkce
}

func (w *window) showPKCEBench() {
	b := w.pkceBench()
	b.Update()
	w.openBench(benchPKCE, "PKCE workbench", b.Content(), b.First())
}
