package practice

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/exercise"
)

// A developer reads a request as it is on the wire. Everybody else reads the
// same lines in plain words, with values as short as they can be told apart.

const (
	mostExact = 72 // letters of a value for a developer
	mostPlain = 14 // of one that means nothing to people
)

// called is what a line is called.
func (r *Room) called(name string) string {
	if r.exact() {
		return name
	}
	called := r.manner.Words.Catalog().Called("practice.line", name)
	return strings.ReplaceAll(called, "_", " ") // of one that has no plain name yet
}

// lineWords are the words of a line; asks is what its first line means.
func (r *Room) lineWords(l exercise.Line, asks string) []page.Paragraph {
	soft := page.Face{Size: look.Small}
	if r.exact() {
		words := []page.Paragraph{{Spans: wire(l)}}
		if l.Basic {
			words = append(words, page.Plain(l.Value, page.Face{Size: look.Small, Mono: true}, look.InkSoft))
		}
		for _, f := range l.Inside {
			words = append(words, page.Paragraph{Indent: look.Gap, Spans: []page.Span{
				{Text: f.Name + " ", Ink: look.WireName, Face: page.Face{Size: look.Small, Mono: true}},
				{Text: page.Elide(f.Value, mostExact), Ink: look.InkSoft, Face: page.Face{Size: look.Small, Mono: true}},
			}})
		}
		return words
	}
	say := r.manner.Words.Catalog()
	name, value := r.called(l.Name), r.shown(l.Value)
	if l.Name == exercise.LineAddress {
		value = asks
	}
	if l.Basic {
		client, secret, _ := strings.Cut(l.Value, ":")
		value = say.Text("practice.basic", "client", client, "secret", secret)
	}
	if l.Address {
		value = say.Text("practice.in-address", "value", value)
	}
	words := []page.Paragraph{{Spans: []page.Span{
		{Text: name + ": ", Ink: look.InkSoft, Face: page.Face{Size: look.Body}},
		{Text: value, Ink: look.Ink, Face: page.Face{Size: look.Body}},
	}}}
	for _, f := range l.Inside {
		words = append(words, page.Paragraph{Indent: look.Gap, Spans: []page.Span{
			{Text: say.Called("practice.inside", f.Name) + ": " + r.shown(f.Value), Ink: look.InkSoft, Face: soft},
		}})
	}
	return words
}

// wire is a line as it is sent, its name apart from its value.
func wire(l exercise.Line) []page.Span {
	face := page.MonoFace()
	if l.Name == exercise.LineAddress {
		method, path, _ := strings.Cut(l.Wire, " ")
		return []page.Span{{Text: method, Ink: look.WireKeyword, Face: face}, {Text: " " + path, Ink: look.WireValue, Face: face}}
	}
	at := strings.Index(l.Wire, l.Name) + len(l.Name)
	if at < len(l.Name) { // a body that is nothing but text
		return []page.Span{{Text: page.Elide(l.Wire, mostExact), Ink: look.WireValue, Face: face}}
	}
	return []page.Span{
		{Text: l.Wire[:at], Ink: look.WireName, Face: face},
		{Text: page.Elide(l.Wire[at:], mostExact), Ink: look.WireValue, Face: face},
	}
}

// shown is a value as the voice reads it. An address is never shortened: one
// letter of it may be what is wrong.
func (r *Room) shown(value string) string {
	if strings.Contains(value, "://") {
		return value
	}
	if r.exact() {
		return elided(value, mostExact)
	}
	say := r.manner.Words.Catalog()
	if words := say.Called("practice.value", value); words != value {
		return words
	}
	if urn := strings.Split(value, ":"); urn[0] == "urn" {
		return strings.ReplaceAll(urn[len(urn)-1], "-", " ")
	}
	if token, ok := strings.CutPrefix(value, "Bearer "); ok {
		value = token
	}
	if len(value) <= 2*mostPlain {
		return value
	}
	return elided(value, mostPlain)
}

// elided shortens what means nothing to people; words stay as they are.
func elided(value string, most int) string {
	if strings.Contains(value, " ") {
		return value
	}
	return page.Elide(value, most)
}

// nameFace is how names and values of the wire are written.
func (r *Room) nameFace() page.Face {
	if r.exact() {
		return page.MonoFace()
	}
	return page.Face{Size: look.Body}
}

func (r *Room) nameInk() fyne.ThemeColorName {
	if r.exact() {
		return look.WireName
	}
	return look.InkSoft
}
