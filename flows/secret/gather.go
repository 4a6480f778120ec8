package secret

import (
	"cmp"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// name returns what stands for a secret.
func (m *Masker) name(kind, value string) string {
	if value == "" || isMask(value) {
		return value
	}
	if n, known := m.names[value]; known {
		return n
	}
	m.kinds[kind]++
	n := "masked-" + kind + "-" + strconv.Itoa(m.kinds[kind])
	m.names[value] = n
	m.order = append(m.order, value)
	return n
}

// isMask reports whether a value stands for a secret already, so that a run can be masked twice.
func isMask(value string) bool {
	rest, found := strings.CutPrefix(value, "masked-")
	at := strings.LastIndexByte(rest, '-')
	if !found || at <= 0 {
		return false
	}
	_, err := strconv.ParseUint(rest[at+1:], 10, 31)
	return err == nil && strings.Trim(rest[:at], "abcdefghijklmnopqrstuvwxyz-") == ""
}

func (m *Masker) collect(msg *trace.Message) {
	m.collectURL(msg.URL)
	for _, f := range msg.Header {
		m.Header(f)
	}
	m.collectFields(msg.Form())
	switch {
	case msg.IsJSON():
		for _, s := range InJSON(msg.Body) {
			m.name(memberKind(s.Name), s.Value)
		}
	case msg.IsHTML():
		m.collectFields(InPage(msg.Body))
	}
	if msg.Act != nil {
		m.collectFields(msg.Act.Fields)
	}
	if msg.Calc != nil {
		for _, f := range slices.Concat(msg.Calc.Inputs, msg.Calc.Outputs) {
			if !strings.HasPrefix(f.Name, "random bytes for ") { // one more way to write what stands there too
				m.collectFields([]trace.Field{f})
			}
		}
	}
	for _, e := range msg.Edited {
		m.edit(e)
	}
}

func (m *Masker) collectURL(raw string) {
	m.collectFields(trace.QueryOf(raw))
	m.collectFields(trace.FragmentOf(raw))
}

func (m *Masker) collectFields(fields []trace.Field) {
	for _, f := range fields {
		if kind := Kind(f.Name); kind != "" {
			m.name(kind, f.Value)
		}
	}
}

// prepare makes one replacer of all secrets, the longest first.
func (m *Masker) prepare() {
	long := slices.DeleteFunc(slices.Clone(m.order), func(v string) bool { return len(v) < leastSecret })
	type swap struct{ from, to string }
	var swaps []swap
	seen := map[string]bool{}
	for _, v := range long {
		for _, w := range writings(v) {
			if len(w) >= leastSecret && !seen[w] {
				seen[w] = true
				swaps = append(swaps, swap{w, m.names[v]})
			}
		}
	}
	slices.SortStableFunc(swaps, func(a, b swap) int { return cmp.Compare(len(b.from), len(a.from)) })
	pairs := make([]string, 0, 2*len(swaps))
	for _, s := range swaps {
		pairs = append(pairs, s.from, s.to)
	}
	m.secret = strings.NewReplacer(pairs...)
}

// writings are the ways in which a value may stand on the web and in our own calculations.
func writings(v string) []string {
	quoted, _ := json.Marshal(v) // a string always has a JSON form
	all := []string{
		v, url.QueryEscape(v), url.PathEscape(v), html.EscapeString(v), strings.Trim(string(quoted), `"`),
		base64.StdEncoding.EncodeToString([]byte(v)), base64.RawURLEncoding.EncodeToString([]byte(v)), hex.EncodeToString([]byte(v)),
	}
	if raw, err := base64.RawURLEncoding.DecodeString(v); err == nil && len(raw) >= leastSecret {
		all = append(all, hex.EncodeToString(raw), harmless.Octal(raw), base64.StdEncoding.EncodeToString(raw), everyOctal(raw))
	}
	return all
}

// everyOctal writes bytes as the commands of the calculations do.
func everyOctal(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		b.WriteString(`\` + strconv.FormatInt(int64(c)+0o1000, 8)[1:])
	}
	return b.String()
}
