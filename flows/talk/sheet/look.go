package sheet

import (
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

// Look is the colours of a stage. They are stronger than those of the window:
// a projector in a lit room takes half of every contrast.
type Look struct {
	Ground, Card          uint32
	Ink, Soft             uint32 // words that matter, and those beside them
	Line, Arrow           uint32 // never words
	Past, Now, ToCome     uint32 // of the way through the talk; never words
	Pass, Fail            uint32
	roles, chips, spelled palette.Palette
	dark                  bool
}

// Dark is the look for a dark room.
func Dark() Look {
	base, strong := palette.Dark(), palette.HighContrast()
	return Look{
		Ground: base.Ground, Card: base.Card, Ink: base.Ink, Soft: base.InkSoft, Line: base.Lifeline, Arrow: base.Arrow,
		Past: base.Past, Now: base.Artefact(palette.Code).Ground, ToCome: base.Line, Pass: base.Pass, Fail: base.Fail,
		roles: strong, chips: strong, spelled: base, dark: true,
	}
}

// Light is the look for a lit room.
func Light() Look {
	base, strong := palette.Light(), palette.HighContrastLight()
	return Look{
		Ground: base.Ground, Card: base.Card, Ink: base.Ink, Soft: strong.InkFaint, Line: base.Lifeline, Arrow: base.Arrow,
		Past: base.Past, Now: base.Artefact(palette.AccessToken).Line, ToCome: base.Line, Pass: strong.Pass, Fail: strong.Fail,
		roles: strong, chips: strong, spelled: base,
	}
}

// Role is the tone of a party.
func (l Look) Role(id string) palette.Tone { return l.roles.Role(id) }

// Chip is the tone of what travels.
func (l Look) Chip(a telling.Artefact) palette.Tone { return l.chips.Artefact(string(a)) }

// word is the colour of a piece of the sentence.
func (l Look) word(w talk.Words) uint32 {
	switch tone := l.spelled.Artefact(string(w.Artefact)); {
	case w.Artefact == "":
		return l.Ink
	case l.dark:
		return tone.Ground
	default:
		return tone.Ink
	}
}

// fate is the colour of an arrow.
func (l Look) fate(a *talk.Arrow) uint32 {
	switch {
	case a.Fate == telling.Stopped:
		return l.Pass
	case !a.Fate.Good():
		return l.Fail
	case len(a.Chips) > 0:
		return l.spelled.Artefact(string(a.Chips[0].Artefact)).Line
	}
	return l.Arrow
}
