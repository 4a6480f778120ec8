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

// small is a window that is large enough for an exercise.
func small() fyne.Size { return fyne.NewSize(900, 560) }

func TestEachKindOfExerciseLooksAsAgreed(t *testing.T) {
	order := practising(t, look.Light, small())
	order.open("check/order/client-credentials")
	order.press(order.key("write-invoice"))
	test.AssertRendersToImage(t, "practice/order-light.png", order.win.Canvas())

	sees := practising(t, look.Dark, small())
	sees.open("check/sees/implicit")
	sees.press(fyne.KeyA, fyne.KeyC, fyne.KeyReturn)
	test.AssertRendersToImage(t, "practice/sees-dark.png", sees.win.Canvas())

	token := practising(t, look.HighContrast, small())
	token.open("check/which-token/openid-connect")
	test.AssertRendersToImage(t, "practice/which-token-contrast.png", token.win.Canvas())

	difference := practising(t, look.Light, small())
	difference.open("check/difference/authorization-code")
	test.AssertRendersToImage(t, "practice/difference-light.png", difference.win.Canvas())
}

func TestTheRecordLooksAsAgreed(t *testing.T) {
	d := practising(t, look.Light, small())
	missed(d)
	d.open("check/record")
	test.AssertRendersToImage(t, "practice/record-light.png", d.win.Canvas())
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
