package connect

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// entry is a client, a person or a scope while somebody fills it in.
type entry struct {
	list  string
	name  string // as it is served; "" for a new one
	all   bool   // every key shows, not only those that are often used or said
	boxes []*entryBox
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

// fill opens the form of an entry of a list, or with -1 of a new one.
func (r *Room) fill(list string, at int) {
	e := &entry{list: list}
	said := map[string]json.RawMessage{}
	if at >= 0 {
		e.name, said = r.setup.nameOf(list, at), r.setup.Lists[list][at]
	}
	usual := usualKeys(list)
	for _, k := range r.setup.Keys[list] {
		value, has := said[k.Name]
		b := &entryBox{setupKey: k, usual: has || slices.Contains(usual, k.Name)}
		if k.Kind == "truth" {
			b.on = string(value) == "true"
		} else {
			b.field = newField(func() { r.window.Focus(nil) })
			b.field.SetText(textOf(value, k.Kind))
			b.field.OnSubmitted = func(string) { r.saveEntry() }
			b.field.showWhole(k.Kind == "list")
		}
		e.boxes = append(e.boxes, b)
	}
	r.setup.entry, r.setup.wrong = e, ""
	r.sheet.scroll.Rewind()
	r.turn(pageSetup)
	if at < 0 {
		r.window.Focus(e.boxes[0].field.Field)
	}
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

// drawEntry shows the form.
func (r *Room) drawEntry() {
	s, say, e := r.sheet, r.say(), r.setup.entry
	s.column.Add(look.Gap, s.soft(say("who.form")))
	r.drawSetupWrong()
	card := s.card(r.entryTitle())
	rest := 0
	for _, b := range e.boxes {
		if !b.usual && !e.all {
			rest++
			continue
		}
		name := page.Paragraph{Runs: []page.Run{{Text: b.Name, Ink: look.Ink, Face: page.Face{Size: look.Small, Mono: true}}}}
		if b.field == nil {
			card.Add(look.Gutter, s.stock.TickBox(b.on, func() { b.on = !b.on; r.show(0) }, []page.Paragraph{name}))
		} else {
			card.Add(look.Gutter, s.text(name))
			card.Add(4, b.field.held)
		}
		card.Add(4, s.soft(b.Words))
	}
	s.column.Add(look.Gutter, card)
	buttons := []*page.Button{s.filled(say("who.save"), r.saveEntry)}
	if rest > 0 {
		buttons = append(buttons, s.button(r.manner.Words.Catalog().Count("connect.who.more", rest), func() { e.all = true; r.show(0) }))
	}
	if e.name != "" {
		buttons = append(buttons, s.button(say("who.remove", "name", e.name), r.removeEntry))
	}
	buttons = append(buttons, s.button(say("who.back"), func() { r.openSetupOf(r.setup.realm) }))
	s.column.Add(look.Gutter, s.bar(buttons...))
}

func (r *Room) entryTitle() string {
	e := r.setup.entry
	if e.name == "" {
		return r.say()("who." + e.list + ".add")
	}
	return r.say()("who."+e.list+".one", "name", e.name)
}

// saveEntry has what was typed served. A slip is said over the form.
func (r *Room) saveEntry() {
	e := r.setup.entry
	object := map[string]any{}
	for _, b := range e.boxes {
		value, valid := b.valueIn()
		if !valid {
			r.slip(r.say()("who.no-json", "key", b.Name, "example", exampleOf(b.Kind)))
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
		r.slip(r.say()("who.nameless", "key", e.boxes[0].Name))
		return
	}
	r.amend(http.MethodPut, name, object)
}

// exampleOf is what may be typed where a value has to be written out.
func exampleOf(kind string) string {
	if kind == "list" {
		return `["one", "two"]`
	}
	return `{"name": "Ann Lee", "email_verified": true}`
}

// removeEntry takes it out.
func (r *Room) removeEntry() { r.amend(http.MethodDelete, r.setup.entry.name, nil) }

// endedWith is what ended with what was taken out.
type endedWith struct {
	Sessions      int `json:"sessions"`
	Codes         int `json:"codes"`
	RefreshTokens int `json:"refresh_tokens"`
	Devices       int `json:"devices"`
}

// amend changes an entry, or with nil takes it out, and says what came of it.
func (r *Room) amend(method, name string, object any) {
	e, realm := r.setup.entry, r.setup.realm
	at := "/setup/" + url.PathEscape(realm) + "/" + e.list + "/" + url.PathEscape(name)
	var ended endedWith
	r.ask(method, at, object, &ended, func(err error) {
		if err != nil {
			r.slip(err.Error())
			return
		}
		words := r.say()("who.done")
		if n := ended.Sessions + ended.Codes + ended.RefreshTokens + ended.Devices; n > 0 {
			words += " " + r.manner.Words.Catalog().Count("connect.who.ended", n)
		}
		r.window.Say(words)
		r.news()
		r.openSetupOf(realm)
	})
}

// slip says over the form what is wrong, and leads to the field that it names.
func (r *Room) slip(words string) {
	r.setup.wrong = words
	var at *entryBox
	for _, b := range r.setup.entry.boxes {
		if b.field != nil && strings.Contains(words, b.Name) && (at == nil || len(b.Name) > len(at.Name)) {
			at = b // redirect_uris, and not the uri in it
		}
	}
	if at != nil {
		at.usual = true
	}
	r.show(0)
	r.sheet.scroll.Rewind()
	if at != nil {
		r.window.Focus(at.field.Field)
	}
}
