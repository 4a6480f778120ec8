package configfile

import (
	"reflect"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp"
)

// Edit changes the text of a file so that [Read] reads want from it, which
// differs from what it says only in the [Lists] of its realms. Comments, order
// and all that is not changed stay as they are. A text in which that can't be
// done, because it is written in another way, is written anew by [Write]; kept
// is false then, and what somebody noted in it is lost.
func Edit(name, text string, want mockidp.Config) (out string, kept bool, err error) {
	f, err := Read(name, text)
	if err != nil {
		return "", false, err
	}
	src := strings.TrimPrefix(text, "\ufeff")
	e := &editor{scanner: scanner{src: src, line: 1}}
	e.document() // once more, for the headings
	for i := range want.Realms {
		e.realm(f, &want.Realms[i])
	}
	out = text[:len(text)-len(src)] + e.apply()
	if !e.lost && reads(name, out, want) {
		return out, true, nil
	}
	var anew strings.Builder
	err = Write(&anew, want)
	return anew.String(), false, err
}

// reads reports whether a text says a config.
func reads(name, text string, want mockidp.Config) bool {
	f, err := Read(name, text)
	return err == nil && reflect.DeepEqual(f.Config, want) //nolint:govet // what a file says holds no error
}

// edit puts a text in the place of what stands from one byte to another.
type edit struct {
	from, to int
	text     string
}

type editor struct {
	scanner

	edits []edit
	lost  bool // something is written in a way that can't be changed piece by piece
}

func (e *editor) put(from, to int, text string) { e.edits = append(e.edits, edit{from, to, text}) }

func (e *editor) apply() string {
	slices.SortStableFunc(e.edits, func(a, b edit) int { return a.from - b.from })
	var out strings.Builder
	at := 0
	for _, c := range e.edits {
		if c.from < at {
			e.lost = true
			return e.src
		}
		out.WriteString(e.src[at:c.from] + c.text)
		at = c.to
	}
	return out.String() + e.src[at:]
}

// realm changes the lists of a realm.
func (e *editor) realm(f *File, want *mockidp.Realm) {
	was := slices.IndexFunc(f.Config.Realms, func(r mockidp.Realm) bool { return r.Name == want.Name })
	n := f.root.named("realm", "name", want.Name)
	if was < 0 || n.span.to == 0 {
		e.lost = true
		return
	}
	for _, list := range Lists() {
		e.list(n, list, reflect.ValueOf(&f.Config.Realms[was]), reflect.ValueOf(want))
	}
}

func (e *editor) list(realm *node, list string, was, is reflect.Value) {
	t, old, all := listTable(list), fieldOfList(was, list), fieldOfList(is, list)
	var nodes []*node
	if tables := realm.keys[list]; tables != nil {
		nodes = tables.items
	}
	end := e.blockEnd(realm)
	for i, n := range nodes {
		if n.span.to == 0 {
			e.lost = e.lost || !reflect.DeepEqual(old.Interface(), all.Interface())
			return
		}
		end = e.blockEnd(n)
		if at := find(all, t, t.nameOf(old.Index(i))); at < 0 {
			e.put(e.lead(n.span.from), end, "")
		} else if !reflect.DeepEqual(old.Index(i).Interface(), all.Index(at).Interface()) {
			e.change(n, list, old.Index(i), all.Index(at))
		}
	}
	for i := range all.Len() {
		if find(old, t, t.nameOf(all.Index(i))) < 0 {
			e.put(end, end, e.apart(end, printed(list, all.Index(i))))
		}
	}
}

// apart is a text for a place in the file, with an empty line before and behind it.
func (e *editor) apart(at int, text string) string {
	before := e.src[:at]
	switch {
	case before == "", strings.HasSuffix(before, "\n\n"):
	case strings.HasSuffix(before, "\n"):
		text = "\n" + text
	default:
		text = "\n\n" + text
	}
	if at < len(e.src) {
		text += "\n"
	}
	return text
}

// change changes those keys of a table that differ.
func (e *editor) change(n *node, list string, was, is reflect.Value) {
	first, t, p := len(e.edits), listTable(list), &printer{}
	for _, k := range t.keys {
		old, now := was.FieldByName(k.field), is.FieldByName(k.field)
		if reflect.DeepEqual(old.Interface(), now.Interface()) {
			continue
		}
		leaf := n.keys[k.name]
		switch {
		case k.example == "", leaf != nil && leaf.span.value == 0: // a table with a heading of its own
			from, end := n.span.from, e.blockEnd(n)
			text := printed(list, is)
			if end < len(e.src) {
				text += "\n"
			}
			e.edits = append(e.edits[:first], edit{from, end, text})
			return
		case leaf == nil:
			at := e.lastKey(n)
			e.put(at, at, e.onItsOwn(at, k.name+" = "+p.field(now)+"\n"))
		case isUnset(now):
			e.put(e.lineStart(leaf.span.from), e.lineEnd(leaf.span.to), "")
		default:
			e.put(leaf.span.value, leaf.span.to, p.field(now))
		}
	}
	e.lost = e.lost || p.err != nil
}

// onItsOwn is a line for a place in the file, which may be the end of one that nothing ends.
func (e *editor) onItsOwn(at int, line string) string {
	if at > 0 && e.src[at-1] != '\n' {
		return "\n" + line
	}
	return line
}

// field writes a field as a value in one line.
func (p *printer) field(v reflect.Value) string {
	claims, ok := v.Interface().([]mockidp.Claim)
	if !ok {
		return p.value(v)
	}
	pairs := make([]string, 0, len(claims))
	for _, c := range claims {
		pairs = append(pairs, bareOrQuoted(c.Name)+" = "+p.plain(c.Value))
	}
	return "{ " + strings.Join(pairs, ", ") + " }"
}

// printed is a table of a list as Write writes it, without what it could say besides.
func printed(list string, v reflect.Value) string {
	p := &printer{explained: map[string]bool{}}
	for _, t := range tables() {
		p.explained[t.header] = true
	}
	t := listTable(list)
	p.line("%s", t.header)
	p.body(t, t.header, v)
	return p.text.String()
}

// lastKey is behind the line of the last plain key of a table.
func (e *editor) lastKey(n *node) int {
	at := n.span.to
	for _, leaf := range n.keys {
		if leaf.span.value > 0 {
			at = max(at, leaf.span.to)
		}
	}
	return e.lineEnd(at)
}

// blockEnd is where what belongs to a table ends: before the comment of the next one.
func (e *editor) blockEnd(n *node) int {
	i := slices.IndexFunc(e.headers, func(h heading) bool { return h.at == n.span.from })
	if i < 0 {
		e.lost = true
		return len(e.src)
	}
	own := e.headers[i].parts
	for _, next := range e.headers[i+1:] {
		if len(next.parts) <= len(own) || !slices.Equal(next.parts[:len(own)], own) {
			return e.lead(next.at)
		}
	}
	return len(e.src)
}

// lead is where the comment begins that stands right above a heading, or the line of the heading.
func (e *editor) lead(at int) int {
	at = e.lineStart(at)
	for at > 0 {
		above := e.lineStart(at - 1)
		if !strings.HasPrefix(strings.TrimLeft(e.src[above:at], " \t"), "#") {
			break
		}
		at = above
	}
	return at
}

func (e *editor) lineStart(at int) int { return strings.LastIndexByte(e.src[:at], '\n') + 1 }

func (e *editor) lineEnd(at int) int {
	if end := strings.IndexByte(e.src[at:], '\n'); end >= 0 {
		return at + end + 1
	}
	return len(e.src)
}
