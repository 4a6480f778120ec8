package workbench

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/pkce"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// PKCEBench is where a code verifier is typed or rolled, and all that follows from it is shown.
type PKCEBench struct {
	desk   *Desk
	worked pkce.Worked
	plain  bool // the method is plain
	ofRun  func() string

	entry  *field
	method *page.Switch
	rules  *fyne.Container
	steps  *fyne.Container
	thief  *fyne.Container
	scroll *container.Scroll
	head   *fyne.Container
	whole  *fyne.Container
}

// maxVerifier bounds what is typed: far over what is allowed, so that the rule can be seen to break.
const maxVerifier = 512

// NewPKCEBench returns a bench with the example of RFC 7636 on it. ofRun is the
// verifier of the run that is walked, "" when there is none.
func NewPKCEBench(d *Desk, ofRun func() string) *PKCEBench {
	b := &PKCEBench{desk: d, ofRun: ofRun, rules: container.NewVBox(), steps: container.NewVBox(), thief: container.NewVBox(), head: container.NewVBox()}
	b.entry = newField(d, func(text string) {
		if len(text) > maxVerifier {
			b.entry.SetText(text[:maxVerifier])
			return
		}
		b.work(strings.TrimSpace(text))
	})
	b.entry.paste = func(text string) bool {
		if len(text) > maxVerifier {
			text = text[:maxVerifier]
		}
		b.Set(strings.TrimSpace(text))
		return true
	}
	b.method = page.NewSwitch([]string{"S256", "plain"}, func(i int) {
		b.plain = i == 1
		b.draw()
	})
	b.method.OnKey = d.Key
	list := container.NewVBox(b.rules, b.steps, b.thief)
	b.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 12), list))
	b.whole = container.NewBorder(b.head, nil, nil, nil, container.NewThemeOverride(b.scroll, look.Flat()))
	b.Set(pkce.Example())
	return b
}

// Content is the bench as it lies; see [PKCEBench.Update].
func (b *PKCEBench) Content() fyne.CanvasObject { return b.whole }

// First is where the keyboard begins.
func (b *PKCEBench) First() fyne.Focusable { return b.entry }

// Turn scrolls with the keys for that; it reports whether it did.
func (b *PKCEBench) Turn(k *fyne.KeyEvent) bool { return turn(b.scroll, k) }

// Set puts a verifier on the bench.
func (b *PKCEBench) Set(verifier string) {
	b.entry.SetText(verifier)
	b.work(verifier)
}

// Worked is what lies on the bench.
func (b *PKCEBench) Worked() pkce.Worked { return b.worked }

// Verdict is the id of the rule that the verifier breaks, or "".
func (b *PKCEBench) Verdict() string {
	if c := failed(b.worked.Checks); c != nil {
		return c.ID
	}
	return ""
}

func (b *PKCEBench) work(verifier string) {
	b.worked = pkce.Work(verifier)
	b.draw()
}

// Update draws the bench anew, in the voice of now.
func (b *PKCEBench) Update() {
	b.head.RemoveAll()
	b.head.Add(prose(b.desk.Say("pkce/intro"), true))
	roll := b.desk.button("Roll a new one", func() {
		if v, err := pkce.Roll(rand.Reader); err == nil {
			b.Set(v)
		}
	})
	roll.Icon = "restart"
	buttons := row(roll, b.desk.button("The example of RFC 7636", func() { b.Set(pkce.Example()) }))
	if v := b.ofRun(); v != "" {
		buttons.Add(b.desk.button("The one of this run", func() { b.Set(v) }))
	}
	b.head.Add(container.NewBorder(nil, nil, container.NewCenter(b.label("code_verifier")), nil, b.entry))
	b.head.Add(buttons)
	b.draw()
}

func (b *PKCEBench) label(name string) fyne.CanvasObject {
	t := page.NewLine(name, look.Mono, look.WireName)
	t.Mono = true
	return container.New(layout.NewCustomPaddedLayout(0, 0, 8, 8), t)
}

// draw shows what follows from the verifier.
func (b *PKCEBench) draw() {
	b.rules.RemoveAll()
	box := container.New(layout.NewCustomPaddedVBoxLayout(-8))
	for _, c := range b.worked.Checks {
		box.Add(b.rule(c))
	}
	b.rules.Add(box)
	b.steps.RemoveAll()
	columns := columnsIn(b.desk.Width() - 40)
	w := b.worked
	b.step(1, "The bytes of the verifier", "pkce/bytes", octets(w.Bytes, columns), "")
	b.step(2, "SHA-256", "pkce/hash", octets(w.Hash[:], columns), hex.EncodeToString(w.Hash[:]))
	b.step(3, "base64url: the code_challenge", "pkce/challenge", w.Challenge, w.Challenge)
	b.drawThief()
	b.whole.Refresh()
	b.desk.Changed()
}

func (b *PKCEBench) rule(c trace.Check) fyne.CanvasObject {
	icon, ink := look.IconCheck, look.Pass
	words := markup.Plain(b.desk.Say("pkce/" + c.ID))
	if c.Result == trace.Fail {
		icon, ink = look.IconCross, look.Fail
		words += " Here: " + c.Got + "."
		if b.desk.Developer() {
			words += " " + strings.ToUpper(c.Reason[:1]) + c.Reason[1:] + "."
		}
	}
	if b.desk.Developer() {
		words += " (" + c.Spec.String() + ")"
	}
	return signed(icon, ink, label(words, false))
}

func (b *PKCEBench) step(n int, title, says, value, copied string) {
	head := heading(fmt.Sprintf("%d  %s", n, title))
	var button fyne.CanvasObject
	if copied != "" {
		c := b.desk.button("Copy", func() { b.desk.Copy(copied, title) })
		c.Icon = look.IconCopy
		button = c
	}
	top := container.NewBorder(nil, nil, nil, button, container.New(layout.NewCustomPaddedLayout(6, 6, 8, 0), head))
	b.steps.Add(card(container.New(tightLayout{}, top, prose(b.desk.Say(says), true), mono(value)), look.CardSoft))
}

// octets writes bytes in hexadecimal, in rows.
func octets(bytes []byte, columns int) string {
	if len(bytes) == 0 {
		return "none"
	}
	perRow := max(8, (columns+1)/3/8*8)
	var out strings.Builder
	for i, c := range bytes {
		switch {
		case i == 0:
		case i%perRow == 0:
			out.WriteByte('\n')
		default:
			out.WriteByte(' ')
		}
		fmt.Fprintf(&out, "%02x", c)
	}
	return out.String()
}

// drawThief shows what somebody who reads the authorization request has, with either method.
func (b *PKCEBench) drawThief() {
	b.thief.RemoveAll()
	b.thief.Add(container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), container.NewBorder(nil, nil, nil, container.NewHBox(b.method), heading("What a thief in the browser sees"))))
	challenge, method, says, icon, ink, ground := b.worked.Challenge, "S256", "pkce/s256", look.IconCheck, look.Pass, look.PassGround
	if len(b.worked.Verifier) < pkce.Shortest {
		says, icon, ink, ground = "pkce/short", look.IconCross, look.Caution, look.CautionGround
	}
	if b.plain {
		challenge, method, says, icon, ink, ground = b.worked.Verifier, "plain", "pkce/plain", look.IconCross, look.Fail, look.FailGround
	}
	columns := columnsIn(b.desk.Width() - factName - 80)
	b.thief.Add(card(container.New(tightLayout{},
		b.desk.fact("challenge", wrapped(challenge, columns), ""), b.desk.fact("method", method, ""),
		b.desk.fact("verifier", b.known(columns), "")), look.CardSoft))
	b.thief.Add(card(signed(icon, ink, prose(b.desk.Say(says), false)), ground))
}

// known is what the thief makes of it.
func (b *PKCEBench) known(columns int) string {
	if b.plain {
		return wrapped(b.worked.Verifier, columns) + "  (the same)"
	}
	return "?  not in sight"
}
