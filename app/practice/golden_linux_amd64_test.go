package practice

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestBeTheProviderLooksAsAgreed(t *testing.T) {
	d := practising(t, look.Light, wide())
	d.tell(tutorials.Developer)
	d.open("check/be-the-provider/one-slash-too-many")
	d.pointAt("redirect_uri")
	d.press(fyne.KeyR)
	test.AssertRendersToImage(t, "practice/refused-light.png", d.win.Canvas())
	narrow := practising(t, look.Dark, fyne.NewSize(700, 560))
	narrow.open("check/be-the-provider/one-slash-too-many")
	narrow.pointAt("code")
	test.AssertRendersToImage(t, "practice/narrow-dark.png", narrow.win.Canvas())
}

func TestTheFormOfAClientLooksAsAgreed(t *testing.T) {
	d := practising(t, look.Light, fyne.NewSize(960, 560))
	d.open("setup/spa")
	form, ok := d.room.kind().(*configurer)
	if !ok {
		t.Fatal("there is no form")
	}
	form.turn(&form.client.Confidential)
	test.AssertRendersToImage(t, "practice/setup-light.png", d.win.Canvas())
}
