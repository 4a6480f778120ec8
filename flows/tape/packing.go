package tape

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// packing makes an exchange as small as it can be kept and told: what the glossary
// has is a number, the rest is put behind, texts first and then bodies, so that
// whoever opens it makes one text of them all and copies no body. Its numbers are
// left out, since the place says them.
type packing struct {
	glossary *glossary

	head   []byte // numbers (encoding/binary, varint), in the order of the fields
	texts  []byte
	bodies []byte
}

// What the first byte of an exchange says.
const (
	packedGuessed = 1 << iota
	packedEvent
	packedSeldom
)

// seldom is what hardly any exchange has.
type seldom struct {
	Act    *trace.Act       `json:"act,omitempty"`
	Calc   *trace.Calc      `json:"calc,omitempty"`
	Edited []trace.EditMark `json:"edited,omitempty"`
}

func seldomOf(m *trace.Message) seldom { return seldom{Act: m.Act, Calc: m.Calc, Edited: m.Edited} }

func (s *seldom) none() bool { return s.Act == nil && s.Calc == nil && len(s.Edited) == 0 }

// exchange packs one.
func (p *packing) exchange(e *Exchange) []byte {
	p.head, p.texts, p.bodies = p.head[:0], p.texts[:0], p.bodies[:0]
	asked, answered := seldomOf(&e.Request), seldomOf(&e.Answer)
	rare := !asked.none() || !answered.none()
	p.head = append(p.head, flag(packedGuessed, e.Guessed)|flag(packedEvent, e.Event != nil)|flag(packedSeldom, rare))
	p.int(int64(e.CutRequest))
	p.int(int64(e.CutAnswer))
	p.message(&e.Request)
	p.message(&e.Answer)
	if e.Event != nil {
		p.event(e.Event)
	}
	if rare {
		p.seldom([2]seldom{asked, answered})
	}
	return p.whole()
}

// whole puts the pieces together, in a piece of memory of their own.
func (p *packing) whole() []byte {
	all := make([]byte, 0, 2*binary.MaxVarintLen32+len(p.head)+len(p.texts)+len(p.bodies))
	all = binary.AppendUvarint(all, uint64(len(p.head)))
	all = binary.AppendUvarint(all, uint64(len(p.texts)))
	all = append(all, p.head...)
	all = append(all, p.texts...)
	return append(all, p.bodies...)
}

func flag(bit byte, set bool) byte {
	if set {
		return bit
	}
	return 0
}

func (p *packing) message(m *trace.Message) {
	p.shared(m.Step)
	p.shared(m.Chapter)
	p.shared(string(m.Kind))
	p.shared(string(m.From))
	p.shared(string(m.To))
	p.shared(string(m.Channel))
	p.int(int64(m.Depth))
	p.shared(m.Method)
	p.own(m.URL)
	p.int(int64(m.Status))
	p.count(len(m.Header))
	for i := range m.Header {
		p.shared(m.Header[i].Name)
		p.shared(m.Header[i].Value)
	}
	p.body(m.Body)
	p.own(m.Certificate)
	p.count(len(m.Checks))
	for i := range m.Checks {
		p.check(&m.Checks[i])
	}
	p.time(m.At)
	p.int(int64(m.Waited))
	p.int(int64(m.Took))
}

// check begins with the number of its rule and one, or with zero where that is said in full.
func (p *packing) check(c *trace.Check) {
	if number, known := p.glossary.rule(c); known {
		p.count(number + 1)
	} else {
		p.count(0)
		p.shared(string(c.By))
		p.shared(c.ID)
		p.shared(c.Rule)
		p.shared(c.Spec.Doc)
		p.shared(c.Spec.Section)
	}
	p.shared(c.Expected)
	p.shared(c.Got)
	p.shared(string(c.Result))
	p.shared(c.Reason)
	p.shared(c.Error)
}

func (p *packing) event(e *Event) {
	for _, text := range []string{e.Deed, e.Realm, e.Client, e.Person, e.Says} {
		p.own(text)
	}
}

// seldom leaves to encoding/json what is not worth its own words.
func (p *packing) seldom(of [2]seldom) {
	text, err := json.Marshal(of)
	if err != nil {
		panic(fmt.Sprintf("pack an exchange: %v", err)) // of texts and numbers alone
	}
	p.body(text)
}

func (p *packing) time(at time.Time) {
	_, offset := at.Zone()
	if at.Location() == time.UTC {
		offset = noZone
	}
	p.int(at.Unix())
	p.int(int64(at.Nanosecond()))
	p.int(int64(offset))
}

// noZone is the offset of a time in UTC, which is another zone than one that is not off.
const noZone = 1 << 20

// shared is a text that others may have, too: twice its number in the glossary, or own.
func (p *packing) shared(text string) {
	if number, known := p.glossary.text(text); known {
		p.count(2 * number)
		return
	}
	p.own(text)
}

// own is a text that no other exchange has: twice its length and one.
func (p *packing) own(text string) {
	p.count(2*len(text) + 1)
	p.texts = append(p.texts, text...)
}

func (p *packing) body(b []byte) {
	p.count(len(b))
	p.bodies = append(p.bodies, b...)
}

func (p *packing) count(n int) { p.head = binary.AppendUvarint(p.head, uint64(n)) } //nolint:gosec // none is below zero

func (p *packing) int(n int64) { p.head = binary.AppendVarint(p.head, n) }
