package tape

import "encoding/binary"

// parcels tell a tape to another one as it is kept, so that telling is hardly more
// than copying. Each is a letter, its length (encoding/binary, uvarint) and what is in
// it. What an exchange takes out of the glossary was told before it.
type parcels struct {
	tape *Tape
	kept []entry
	told count // of the glossary
	text []byte
}

// The letters.
const (
	parcelText     = 't' // the next text of the glossary
	parcelRule     = 'r' // the next rule of it: five texts, each with its length before it
	parcelExchange = 'x' // its number and the exchange as [packing] has it
	parcelGone     = 'g' // how many exchanges gave way before they could be told
	parcelQuiet    = 'q' // nothing, but somebody is there
)

// packedAtOnce is how many exchanges are taken in one go, and muchPacked after how
// many bytes it is enough.
const (
	packedAtOnce = 256
	muchPacked   = 256 << 10
)

func (p *parcels) kind() string { return asPacked }

func (p *parcels) quiet() []byte { return []byte{parcelQuiet, 0} }

func (p *parcels) tell(after int) (text []byte, last int, more bool, err error) {
	of := p.tape.takePacked(p.kept, after, packedAtOnce)
	p.kept = of.kept
	if cap(p.text) > mostHeld {
		p.text = nil
	}
	p.text = p.text[:0]
	p.glossary(&of)
	if of.gone > 0 {
		p.letter(parcelGone, lengthOf(of.gone))
		p.count(of.gone)
	}
	n := 0
	for ; n < len(of.kept) && len(p.text) < muchPacked; n++ {
		number, packed := of.first+n, of.kept[n].packed
		p.letter(parcelExchange, lengthOf(number)+len(packed))
		p.count(number)
		p.text = append(p.text, packed...)
	}
	clear(p.kept) // what gives way on the tape is not held here
	return p.text, of.first + n - 1, of.left > 0 || n < len(of.kept), nil
}

func (p *parcels) count(n int) { p.text = binary.AppendUvarint(p.text, uint64(n)) } //nolint:gosec // none is below zero

// letter begins a parcel of some bytes.
func (p *parcels) letter(letter byte, long int) {
	p.text = append(p.text, letter)
	p.count(long)
}

// glossary tells what was added to it.
func (p *parcels) glossary(of *stretch) {
	for ; p.told.texts < of.knows.texts; p.told.texts++ {
		p.parcel(parcelText, of.glossary.texts[p.told.texts])
	}
	for ; p.told.rules < of.knows.rules; p.told.rules++ {
		rule := &of.glossary.rules[p.told.rules]
		p.parcel(parcelRule, string(rule.by), rule.id, rule.rule, rule.spec.Doc, rule.spec.Section)
	}
}

// parcel writes one of texts.
func (p *parcels) parcel(letter byte, texts ...string) {
	long := 0
	for _, text := range texts {
		long += lengthOf(len(text)) + len(text)
	}
	p.letter(letter, long)
	for _, text := range texts {
		p.count(len(text))
		p.text = append(p.text, text...)
	}
}

// lengthOf is how many bytes a number takes.
func lengthOf(n int) int {
	long := 1
	for ; n >= 1<<7; n >>= 7 {
		long++
	}
	return long
}

// takePacked is [Tape.take] with all of it packed.
func (t *Tape) takePacked(room []entry, after, most int) stretch {
	t.mu.Lock()
	defer t.mu.Unlock()
	of := t.stretch(room, after, most)
	for i := range of.kept {
		if of.kept[i].packed == nil {
			of.kept[i].packed = t.pack(of.kept[i].open)
		}
	}
	if of.glossary = t.packs.glossary; of.glossary != nil {
		of.knows = of.glossary.told
	}
	return of
}
