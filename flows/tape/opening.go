package tape

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// opening reads what [packing] writes. What it returns shares its bodies with it.
type opening struct {
	known []string // texts and rules of the glossary
	rules []ruling

	head   []byte // what is still to be read of each part
	texts  string
	bodies []byte
	odd    bool // something is not as packing writes it; nothing more is read then
}

var errPacked = errors.New("read an exchange: it is not packed as this version packs them")

// exchange opens one.
func (o *opening) exchange(packed []byte) (Exchange, error) {
	o.odd = false
	head, rest := o.length(packed)
	texts, rest := o.length(rest)
	if o.odd || head+texts > len(rest) {
		return Exchange{}, errPacked
	}
	o.head, o.texts, o.bodies = rest[:head], string(rest[head:head+texts]), rest[head+texts:]
	var e Exchange
	flags := o.byte()
	e.Guessed = flags&packedGuessed != 0
	e.CutRequest, e.CutAnswer = int(o.int()), int(o.int())
	o.message(&e.Request)
	o.message(&e.Answer)
	if flags&packedEvent != 0 {
		e.Event = &Event{Deed: o.text(), Realm: o.text(), Client: o.text(), Person: o.text(), Says: o.text()}
	}
	if flags&packedSeldom != 0 {
		o.seldom(&e)
	}
	if o.odd || len(o.head)+len(o.texts)+len(o.bodies) > 0 {
		return Exchange{}, errPacked
	}
	return e, nil
}

// length reads how long a part is.
func (o *opening) length(from []byte) (n int, rest []byte) {
	long, size := binary.Uvarint(from)
	if size <= 0 || long > uint64(len(from)) {
		o.odd = true
		return 0, nil
	}
	return int(long), from[size:] //nolint:gosec // no longer than what there is
}

func (o *opening) message(m *trace.Message) {
	m.Step, m.Chapter, m.Kind = o.text(), o.text(), trace.Kind(o.text())
	m.From, m.To, m.Channel = trace.Role(o.text()), trace.Role(o.text()), trace.Channel(o.text())
	m.Depth = int(o.int())
	m.Method, m.URL = o.text(), o.text()
	m.Status = int(o.int())
	if n := o.many(); n > 0 {
		m.Header = make([]trace.Field, n)
		for i := range m.Header {
			m.Header[i] = trace.Field{Name: o.text(), Value: o.text()}
		}
	}
	m.Body = o.body()
	m.Certificate = o.text()
	if n := o.many(); n > 0 {
		m.Checks = make([]trace.Check, n)
		for i := range m.Checks {
			o.check(&m.Checks[i])
		}
	}
	m.At = o.time()
	m.Waited, m.Took = time.Duration(o.int()), time.Duration(o.int())
}

func (o *opening) check(c *trace.Check) {
	if number := o.count(); number == 0 {
		c.By, c.ID, c.Rule = trace.Role(o.text()), o.text(), o.text()
		c.Spec = trace.Spec{Doc: o.text(), Section: o.text()}
	} else if number > len(o.rules) {
		o.fail()
		return
	} else {
		of := &o.rules[number-1]
		c.By, c.ID, c.Rule, c.Spec = of.by, of.id, of.rule, of.spec
	}
	c.Expected, c.Got, c.Result = o.text(), o.text(), trace.Result(o.text())
	c.Reason, c.Error = o.text(), o.text()
}

func (o *opening) seldom(e *Exchange) {
	var of [2]seldom
	if json.Unmarshal(o.body(), &of) != nil {
		o.fail()
	}
	for i, m := range []*trace.Message{&e.Request, &e.Answer} {
		m.Act, m.Calc, m.Edited = of[i].Act, of[i].Calc, of[i].Edited
	}
}

func (o *opening) time() time.Time {
	at := time.Unix(o.int(), o.int())
	offset := int(o.int())
	if offset == noZone {
		return at.UTC()
	}
	if _, here := at.Zone(); here != offset {
		return at.In(time.FixedZone("", offset))
	}
	return at
}

// text reads one, of the glossary or of its own.
func (o *opening) text() string {
	n := o.count()
	if n%2 == 0 {
		if n/2 >= len(o.known) {
			o.fail()
			return ""
		}
		return o.known[n/2]
	}
	if n/2 > len(o.texts) {
		o.fail()
		return ""
	}
	text := o.texts[:n/2]
	o.texts = o.texts[n/2:]
	return text
}

func (o *opening) body() []byte {
	n := o.count()
	if n > len(o.bodies) {
		o.fail()
	}
	if n == 0 || o.odd {
		return nil
	}
	body := o.bodies[:n:n]
	o.bodies = o.bodies[n:]
	return body
}

// many reads how many there are of something; each takes a byte at least.
func (o *opening) many() int {
	n := o.count()
	if n > len(o.head) {
		o.fail()
		return 0
	}
	return n
}

// count reads a number that is not below zero.
func (o *opening) count() int {
	if len(o.head) > 0 && o.head[0] < 1<<7 { // most are so small
		n := int(o.head[0])
		o.head = o.head[1:]
		return n
	}
	n, size := binary.Uvarint(o.head)
	if size <= 0 || n > 1<<40 {
		o.fail()
		return 0
	}
	o.head = o.head[size:]
	return int(n)
}

func (o *opening) int() int64 {
	n, size := binary.Varint(o.head)
	if size <= 0 {
		o.fail()
		return 0
	}
	o.head = o.head[size:]
	return n
}

func (o *opening) byte() byte {
	if len(o.head) == 0 {
		o.fail()
		return 0
	}
	b := o.head[0]
	o.head = o.head[1:]
	return b
}

func (o *opening) fail() { o.head, o.texts, o.bodies, o.odd = nil, "", nil, true }
