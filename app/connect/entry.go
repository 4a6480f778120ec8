package connect

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// entry is a client, a person or a scope while somebody fills it in.
type entry struct {
	tools

	list   string
	name   string // as it is served; "" for a new one
	all    bool   // every key shows, not only those that are often used or said
	boxes  []*entryBox
	wrong  string // why it is not served so
	redraw func()
	back   func() // to the lists
	news   func() // it was changed
	amend  func(method, name string, object, ended any, then func(error))
}

// entryBox is a key of it with what is to be said.
type entryBox struct {
	setupKey

	field *field
	on    bool // of a truth
	usual bool // shows from the beginning
}

// usualKeys are those that most entries of a list say.
func usualKeys(list string) []string {
	return map[string][]string{
		"client": {"client_id", "client_secret", "redirect_uris", "grant_types", "scope"},
		"person": {"username", "password", "about", "roles", "claims"},
		"scope":  {"name", "description", "audience", "claims"},
	}[list]
}

// newEntry is the form of an entry of a list, with what is said of it; of a new
// one nothing is.
func newEntry(t tools, list, name string, keys []setupKey, said map[string]json.RawMessage) *entry {
	e := &entry{tools: t, list: list, name: name}
	usual := usualKeys(list)
	for _, k := range keys {
		value, has := said[k.Name]
		b := &entryBox{setupKey: k, usual: has || slices.Contains(usual, k.Name)}
		if k.Kind == "truth" {
			b.on = string(value) == "true"
		} else {
			b.field = t.newField()
			b.field.SetText(textOf(value, k.Kind))
			b.field.OnSubmitted = func(string) { e.save() }
			b.field.showWhole(k.Kind == "list")
		}
		e.boxes = append(e.boxes, b)
	}
	return e
}

// textOf is a value as it is typed: of a list each in a row of its own, unless commas are in it.
func textOf(value json.RawMessage, kind string) string {
	var text string
	var texts []string
	switch {
	case kind == "text" && json.Unmarshal(value, &text) == nil:
		return text
	case kind == "list" && len(value) > 0 && json.Unmarshal(value, &texts) == nil:
		plain := func(s string) bool { return s != "" && strings.TrimSpace(s) == s && !strings.ContainsAny(s, ",[\n") }
		if len(texts) > 0 && !slices.ContainsFunc(texts, func(s string) bool { return !plain(s) }) {
			return strings.Join(texts, "\n")
		}
	}
	return string(value)
}

// valueIn is what was typed, as it goes into JSON; nil where nothing was. It is
// not valid where it is no JSON and has to be.
func (b *entryBox) valueIn() (value any, valid bool) {
	if b.field == nil {
		if b.on {
			return true, true
		}
		return nil, true
	}
	typed := strings.TrimSpace(b.field.Text)
	raw := json.RawMessage(typed)
	switch {
	case typed == "":
		return nil, true
	case b.Kind == "text", b.Kind == "number" && !json.Valid(raw):
		return typed, true
	case b.Kind == "list" && !strings.HasPrefix(typed, "["):
		var texts []string
		for part := range strings.FieldsFuncSeq(typed, func(c rune) bool { return c == ',' || c == '\n' }) {
			if part = strings.TrimSpace(part); part != "" {
				texts = append(texts, part)
			}
		}
		return texts, true
	}
	return raw, json.Valid(raw)
}

// draw shows the form.
func (e *entry) draw() {
	s, say := e.sheet, e.words.say
	s.column.Add(look.Gap, s.soft(say("who.form")))
	s.slip(e.wrong)
	card := s.card(e.title())
	rest := 0
	for _, b := range e.boxes {
		if !b.usual && !e.all {
			rest++
			continue
		}
		e.drawBox(card, b)
	}
	s.column.Add(look.Gutter, card)
	buttons := []*page.Button{s.filled(say("who.save"), e.save)}
	if rest > 0 {
		buttons = append(buttons, s.button(e.words.count("who.more", rest), func() { e.all = true; e.redraw() }))
	}
	if e.name != "" {
		buttons = append(buttons, s.button(say("who.remove", "name", e.name), e.remove))
	}
	buttons = append(buttons, s.button(say("who.back"), e.back))
	s.column.Add(look.Gutter, s.bar(buttons...))
}

// drawBox shows a key with what is said of it.
func (e *entry) drawBox(card *page.Column, b *entryBox) {
	s := e.sheet
	name := page.Plain(b.Name, page.Face{Size: look.Small, Mono: true}, look.Ink)
	if b.field == nil {
		card.Add(look.Gutter, s.stock.TickBox(b.on, func() { b.on = !b.on; e.redraw() }, []page.Paragraph{name}))
	} else {
		card.Add(look.Gutter, s.text(name))
		card.Add(4, b.field.held)
	}
	card.Add(4, s.soft(b.Words))
}

func (e *entry) title() string {
	if e.name == "" {
		return e.words.say("who." + e.list + ".add")
	}
	return e.words.say("who."+e.list+".one", "name", e.name)
}

// save has what was typed served. A slip is said over the form.
func (e *entry) save() {
	object := map[string]any{}
	for _, b := range e.boxes {
		value, valid := b.valueIn()
		if !valid {
			e.slip(e.words.say("who.no-json", "key", b.Name, "example", exampleOf(b.Kind)))
			return
		}
		if value != nil {
			object[b.Name] = value
		}
	}
	name := e.name
	if name == "" {
		name = strings.TrimSpace(e.boxes[0].field.Text)
	}
	if name == "" {
		e.slip(e.words.say("who.nameless", "key", e.boxes[0].Name))
		return
	}
	e.send(http.MethodPut, name, object)
}

// exampleOf is what may be typed where a value has to be written out.
func exampleOf(kind string) string {
	if kind == "list" {
		return `["one", "two"]`
	}
	return `{"name": "Ann Lee", "email_verified": true}`
}

// remove takes it out.
func (e *entry) remove() { e.send(http.MethodDelete, e.name, nil) }

// endedWith is what ended with what was taken out.
type endedWith struct {
	Sessions      int `json:"sessions"`
	Codes         int `json:"codes"`
	RefreshTokens int `json:"refresh_tokens"`
	Devices       int `json:"devices"`
}

// send has it changed, or with nil taken out, and says what came of it.
func (e *entry) send(method, name string, object any) {
	var ended endedWith
	e.amend(method, name, object, &ended, func(err error) {
		if err != nil {
			e.slip(err.Error())
			return
		}
		said := e.words.say("who.done")
		if n := ended.Sessions + ended.Codes + ended.RefreshTokens + ended.Devices; n > 0 {
			said += " " + e.words.count("who.ended", n)
		}
		e.window.Say(said)
		e.news()
		e.back()
	})
}

// slip says over the form what is wrong, and leads to the field that it names.
func (e *entry) slip(said string) {
	e.wrong = said
	var at *entryBox
	for _, b := range e.boxes {
		if b.field != nil && strings.Contains(said, b.Name) && (at == nil || len(b.Name) > len(at.Name)) {
			at = b // redirect_uris, and not the uri in it
		}
	}
	if at != nil {
		at.usual = true
	}
	e.redraw()
	e.sheet.scroll.Rewind()
	if at != nil {
		e.window.Focus(at.field.Field)
	}
}
