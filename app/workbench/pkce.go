package workbench

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/pkce"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// PKCEBench is where a code verifier is typed or rolled, and all that follows from it is shown.
type PKCEBench struct {
	*bench
	worked pkce.Worked
	plain  bool // the method is plain
	ofRun  func() string

	entry  *page.Field
	input  *page.Holder // the entry with its name
	method *page.Segments
	thief  *page.Holder // the switch with its heading
	bytes  [2]*octets   // of the verifier and of its hash
}

// maxVerifier bounds what is typed: far over what is allowed, so that the rule can be seen to break.
const maxVerifier = 512

// NewPKCEBench returns a bench with the example of RFC 7636 on it. ofRun is the
// verifier of the run that is walked, "" when there is none.
func NewPKCEBench(d *Desk, ofRun func() string) *PKCEBench {
	b := &PKCEBench{bench: newBench(d), ofRun: ofRun}
	b.bytes = [2]*octets{newOctets(b.kit), newOctets(b.kit)}
	b.entry = d.field(b.typed, func(text string) bool {
		b.Set(strings.TrimSpace(text[:min(len(text), maxVerifier)]))
		return true
	})
	name := page.NewLine("code_verifier", look.Mono, look.WireName)
	name.Mono = true
	b.input = page.NewHolder(container.NewBorder(nil, nil, container.NewHBox(name), nil, b.entry), nil)
	b.method = page.NewSegments([]string{"S256", "plain"}, func(i int) {
		b.plain = i == 1
		b.Update()
	})
	b.method.Kit = b.kit
	heading := page.NewLine(d.Words.Text("benches.verifier.thief"), look.Body, look.Ink)
	heading.Bold, heading.Least = true, 60
	b.thief = page.NewHolder(container.NewBorder(nil, nil, nil, b.method, heading), nil)
	b.Set(pkce.Example())
	return b
}

// typed is what a person typed, as far as it is not too much.
func (b *PKCEBench) typed(text string) {
	if len(text) > maxVerifier {
		b.entry.SetText(text[:maxVerifier])
		return
	}
	b.work(strings.TrimSpace(text))
}

// First is where the keyboard begins.
func (b *PKCEBench) First() fyne.Focusable { return b.entry }

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
	b.Update()
}

// Update draws the bench anew, in the voice of now.
func (b *PKCEBench) Update() {
	b.clear()
	b.whole.Add(0, b.soft(b.desk.Say("pkce/intro"))).Add(8, b.input).Add(8, b.sources()).AddRest(8, b.scroll)
	for _, c := range b.worked.Checks {
		b.list.Add(6, b.rule(c))
	}
	w := b.worked
	b.step(1, b.desk.Words.Text("benches.verifier.bytes"), "pkce/bytes", b.bytes[0].set(w.Bytes), "")
	b.step(2, "SHA-256", "pkce/hash", b.bytes[1].set(w.Hash[:]), hex.EncodeToString(w.Hash[:]))
	b.step(3, b.desk.Words.Text("benches.verifier.challenge"), "pkce/challenge", b.mono(w.Challenge), w.Challenge)
	b.drawThief()
	b.shown()
}

// sources are where a verifier can come from.
func (b *PKCEBench) sources() *page.Bar {
	from := []*page.Button{
		b.button(b.desk.Words.Text("benches.verifier.roll"), "restart", func() {
			if v, err := pkce.Roll(rand.Reader); err == nil {
				b.Set(v)
			}
		}),
		b.button(b.desk.Words.Text("benches.verifier.example"), "", func() { b.Set(pkce.Example()) }),
	}
	if v := b.ofRun(); v != "" {
		from = append(from, b.button(b.desk.Words.Text("benches.verifier.of-run"), "", func() { b.Set(v) }))
	}
	return b.Bar(from, nil)
}

func (b *PKCEBench) rule(c trace.Check) *page.Signed {
	words := page.Unlinked(page.Prose(b.desk.Say("pkce/"+c.ID), look.Body, look.Ink), look.Ink)
	var more string
	if c.Result == trace.Fail {
		more += " " + b.desk.Words.Text("benches.verifier.here", "got", c.Got)
		if b.desk.Developer() {
			more += " " + b.desk.Words.Sentence(c.Reason)
		}
	}
	if b.desk.Developer() {
		more += " (" + c.Spec.String() + ")"
	}
	if len(words) > 0 {
		last := &words[len(words)-1]
		last.Spans = append(last.Spans, page.Span{Text: more, Ink: look.Ink, Face: page.Face{Size: look.Body}})
	}
	sign, ink := signOf(c.Result)
	return b.Signed(sign, ink, b.Text(words...))
}

// step adds one step of the calculation, with what it makes.
func (b *PKCEBench) step(n int, title, says string, made page.Part, copied string) {
	card := b.card(look.CardSoft)
	card.Add(0, b.Heading(fmt.Sprintf("%d  %s", n, title))).Add(2, b.soft(b.desk.Say(says))).Add(6, made)
	if copied != "" {
		take := b.Button(b.desk.Words.Text("benches.verifier.copy"), "copy", func() { b.desk.Copy(copied, title) })
		card.Add(8, b.Bar([]*page.Button{take}, nil))
	}
	b.list.Add(10, card)
}

// drawThief shows what somebody who reads the authorization request has, with either method.
func (b *PKCEBench) drawThief() {
	challenge, method, says, sign, ink, ground := b.worked.Challenge, "S256", "pkce/s256", "pass", look.Pass, look.PassGround
	known := b.desk.Words.Text("benches.verifier.unseen")
	if len(b.worked.Verifier) < pkce.Shortest {
		says, sign, ink, ground = "pkce/short", "fail", look.Caution, look.CautionGround
	}
	if b.plain {
		challenge, method, says, sign, ink, ground = b.worked.Verifier, "plain", "pkce/plain", "fail", look.Fail, look.FailGround
		known = b.desk.Words.Text("benches.verifier.same", "verifier", b.worked.Verifier)
	}
	b.list.Add(16, b.thief)
	b.list.Add(8, b.card(look.CardSoft).
		Add(0, b.fact("challenge", challenge, "")).Add(4, b.fact("method", method, "")).Add(4, b.fact("verifier", known, "")))
	b.list.Add(8, b.banner(sign, ink, ground, b.prose(b.desk.Say(says))))
}
