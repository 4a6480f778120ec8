package tape

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// words writes exchanges as encoding/json does when it escapes no HTML, into
// one buffer that is used again and again. What is told of an exchange is a few
// thousand bytes of short texts, for which reflection takes three times as long
// as the copying, and the garbage of it costs the server once more.
type words struct {
	text []byte
	rare error // of what is left to encoding/json
}

// exchange writes one.
func (w *words) exchange(e *Exchange) {
	w.put(`{"number":`)
	w.int(int64(e.Number))
	w.put(`,"request":`)
	w.message(&e.Request)
	w.put(`,"answer":`)
	w.message(&e.Answer)
	w.count(`,"cut_request":`, int64(e.CutRequest))
	w.count(`,"cut_answer":`, int64(e.CutAnswer))
	if e.Guessed {
		w.put(`,"guessed":true`)
	}
	if e.Event != nil {
		w.seldom(`,"event":`, e.Event)
	}
	w.put("}")
}

func (w *words) message(m *trace.Message) {
	w.member(`{"step":`, m.Step)
	w.member(`,"chapter":`, m.Chapter)
	w.member(`,"kind":`, string(m.Kind))
	w.member(`,"from":`, string(m.From))
	w.member(`,"to":`, string(m.To))
	w.member(`,"channel":`, string(m.Channel))
	w.put(`,"exchange":`)
	w.int(int64(m.Exchange))
	w.count(`,"depth":`, int64(m.Depth))
	w.some(`,"method":`, m.Method)
	w.some(`,"url":`, m.URL)
	w.count(`,"status":`, int64(m.Status))
	if len(m.Header) > 0 {
		w.put(`,"header":`)
		w.fields(m.Header)
	}
	if len(m.Body) > 0 {
		w.put(`,"body":"`)
		w.text = base64.StdEncoding.AppendEncode(w.text, m.Body)
		w.put(`"`)
	}
	w.some(`,"certificate":`, m.Certificate)
	if len(m.Checks) > 0 {
		w.put(`,"checks":`)
		w.checks(m.Checks)
	}
	if m.Act != nil {
		w.seldom(`,"act":`, m.Act)
	}
	if m.Calc != nil {
		w.seldom(`,"calc":`, m.Calc)
	}
	if len(m.Edited) > 0 {
		w.seldom(`,"edited":`, m.Edited)
	}
	w.put(`,"at":"`)
	w.text = m.At.AppendFormat(w.text, time.RFC3339Nano)
	w.put(`"`)
	w.count(`,"waited":`, int64(m.Waited))
	w.count(`,"took":`, int64(m.Took))
	w.put("}")
}

func (w *words) fields(all []trace.Field) {
	sep := "["
	for i := range all {
		w.put(sep)
		w.member(`{"name":`, all[i].Name)
		w.member(`,"value":`, all[i].Value)
		w.put("}")
		sep = ","
	}
	w.put("]")
}

func (w *words) checks(all []trace.Check) {
	sep := "["
	for i := range all {
		c := &all[i]
		w.put(sep)
		w.member(`{"by":`, string(c.By))
		w.member(`,"id":`, c.ID)
		w.member(`,"rule":`, c.Rule)
		w.member(`,"spec":{"doc":`, c.Spec.Doc)
		w.some(`,"section":`, c.Spec.Section)
		w.put("}")
		w.some(`,"expected":`, c.Expected)
		w.some(`,"got":`, c.Got)
		w.member(`,"result":`, string(c.Result))
		w.some(`,"reason":`, c.Reason)
		w.some(`,"error":`, c.Error)
		w.put("}")
		sep = ","
	}
	w.put("]")
}

// seldom leaves to encoding/json what hardly any exchange has.
func (w *words) seldom(name string, value any) {
	w.put(name)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil && w.rare == nil {
		w.rare = fmt.Errorf("write down an exchange: %w", err)
	}
	if last := len(w.text) - 1; w.text[last] == '\n' {
		w.text = w.text[:last]
	}
}

// Write implements io.Writer for [words.seldom].
func (w *words) Write(b []byte) (int, error) {
	w.text = append(w.text, b...)
	return len(b), nil
}

func (w *words) put(text string) { w.text = append(w.text, text...) }

func (w *words) int(n int64) { w.text = strconv.AppendInt(w.text, n, 10) }

// count writes a number that is left out where it is zero.
func (w *words) count(name string, n int64) {
	if n != 0 {
		w.put(name)
		w.int(n)
	}
}

// some writes a text that is left out where it is empty.
func (w *words) some(name, value string) {
	if value != "" {
		w.member(name, value)
	}
}

// member writes a text as a string of JSON (RFC 8259 section 7).
func (w *words) member(name, value string) {
	w.put(name)
	w.put(`"`)
	from := 0
	for i := plain(value); i < len(value); i += plain(value[i:]) {
		r, size := utf8.DecodeRuneInString(value[i:])
		if escape := escapeOf(r, size); escape != "" {
			w.put(value[from:i])
			w.put(escape)
			from = i + size
		}
		i += size
	}
	w.put(value[from:])
	w.put(`"`)
}

// plain is how many bytes stand for themselves before one that may not. Nearly
// all do, so eight are looked at in one go: of bytes below 128, which have no
// highest bit, it is set where less is taken from a byte than there is.
func plain(text string) int {
	const each, highest = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(text); i += 8 {
		t := text[i : i+8]
		eight := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		control, quote, escape := eight-each*' ', eight^each*'"'-each, eight^each*'\\'-each
		if (eight|control|quote|escape)&highest != 0 {
			break
		}
	}
	for ; i < len(text); i++ {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// escapeOf is how encoding/json writes what does not stand for itself; empty
// where it does. Size is how many bytes the character had.
func escapeOf(r rune, size int) string {
	const hex = "0123456789abcdef"
	switch {
	case r == '"', r == '\\':
		return `\` + string(r)
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r == '\b':
		return `\b`
	case r == '\f':
		return `\f`
	case r < ' ':
		return `\u00` + string(hex[r>>4]) + string(hex[r&15])
	case r == utf8.RuneError && size == 1: // bytes that are no UTF-8
		return `\ufffd`
	case r == '\u2028', r == '\u2029': // line breaks to JavaScript
		return `\u202` + string(hex[r&15])
	}
	return ""
}
