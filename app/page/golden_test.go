package page_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/page"
)

// drawn puts a part on a canvas of a width, as high as it has to be.
func drawn(t *testing.T, p page.Part, width float32) fyne.Canvas {
	t.Helper()
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, max(1, p.HeightFor(width))))
	return w.Canvas()
}

func light(t *testing.T) *page.Kit {
	t.Helper()
	looktest.App(t)
	return page.NewKit()
}

const words = "An **ID token** is a [signed](glossary:signature) note. Its `aud` names who it is for.\n\nNobody else should take it."

func text(k *page.Kit, paras ...page.Paragraph) *page.Text {
	t := page.NewText(k)
	t.Set(paras...)
	return t
}

func plain(words string) page.Paragraph {
	return page.Plain(words, page.Face{Size: look.Body}, look.Ink)
}

// button returns one that was changed before it is drawn.
func button(label string, change func(*page.Button)) *page.Button {
	b := page.NewButton(label, func() {})
	change(b)
	return b
}

func tick(k *page.Kit, on bool, turn func()) *page.TickBox {
	return page.NewTickBox(k).Set(on, turn, []page.Paragraph{plain("Read my mail")})
}

// square is a code of three by three modules.
func square() page.Modules {
	return page.Modules{{true, true, true}, {true, false, true}, {true, true, true}}
}

func signed(k *page.Kit) page.Part {
	s := page.NewSigned()
	s.Set("pass", look.Pass, text(k, plain("The signature fits.")))
	return s
}

func card(k *page.Kit) *page.Column {
	return page.NewColumn().Style(
		look.CardSoft, look.Line, 12, look.Radius,
	).Add(0, text(k, plain("First."))).Add(look.Gap, text(k, plain("Second.")))
}

func pair(k *page.Kit) page.Part {
	return page.NewPair().Set(text(k, page.Plain("iss", page.MonoFace(), look.WireName)), text(k, plain("Who issued the token.")))
}

func bar(k *page.Kit) page.Part {
	b := page.NewBar()
	b.Set([]*page.Button{page.NewSoftButton(k, "Structured", "", func() {}), page.NewSoftButton(k, "Raw", "", func() {})},
		[]*page.Button{page.NewSoftButton(k, "Copy all", "copy", func() {})})
	return b
}

func artefact(k *page.Kit, over bool) page.Part {
	b := page.NewArtefactBadge(k)
	b.Set(look.IDToken, "ID token", "", "signed, not encrypted")
	b.Over = over
	return b
}

func list(k *page.Kit, numbered bool) page.Part {
	return page.NewList(k, numbered).Set(text(k, plain("Sign in.")), text(k, plain("Agree to what the app may do.")))
}

func figure(k *page.Kit) page.Part {
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect width="200" height="100"/></svg>`)
	return page.NewFigure(k).Set(fyne.NewStaticResource("valet.svg", svg), "The **valet key** opens the door, and not the boot.")
}

func table(k *page.Kit) page.Part {
	prose := func(words string) page.Cell { return page.Prose(words, look.Body, look.Ink) }
	return page.NewTable(k).Set([]string{"Name", "Lives", "Who reads it"},
		[]page.Cell{prose("ID token"), prose("minutes"), prose("the [client app](glossary:client)")},
		[]page.Cell{prose("Access token"), prose("minutes"), prose("the API")},
		[]page.Cell{prose("Authorization code"), prose("one minute, and once")})
}
