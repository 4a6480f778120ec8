package inspector_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestThePageCanBeUsed(t *testing.T) {
	v := paneOn(t, "page", pageStep())
	var name, value string
	var fields map[string]string
	v.OnPage = func(n, val string, f map[string]string) { name, value, fields = n, val, f }
	test.Type(entryOf(t, v, 1), "secret")
	tapText(t, v, "Cancel")
	if name != "action" || value != "cancel" || fields["username"] != "jane" || fields["password"] != "secret" {
		t.Errorf("%s=%s with %v", name, value, fields)
	}
	entryOf(t, v, 1).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if value != "sign-in" {
		t.Errorf("Enter pressed %q", value)
	}
}

func TestWhatWasTypedSurvivesAnotherVoiceButNotAnotherPage(t *testing.T) {
	v := paneOn(t, "page", pageStep())
	test.Type(entryOf(t, v, 1), "secret")
	c := pageStep()
	c.Title = "In other words"
	v.SetContent(c)
	if got := entryOf(t, v, 1).Text; got != "secret" {
		t.Errorf("in another voice the field holds %q", got)
	}
	other := pageStep()
	other.Message.Exchange = 99
	v.SetContent(other)
	if got := entryOf(t, v, 1).Text; got != "" {
		t.Errorf("on another page the field holds %q", got)
	}
}

func TestAPageWhoseMomentHasPassedCannotBeUsed(t *testing.T) {
	v := paneFor(t, wide())
	c := pageStep()
	c.Page.Disabled = true
	v.SetContent(c)
	v.SelectTab("page")
	v.OnPage = func(string, string, map[string]string) { t.Error("a button worked") }
	tapText(t, v, "Cancel")
	if !shows(v, "jane") || !shows(v, "The moment to use this page has passed") {
		t.Errorf("shows %q", textsOf(v))
	}
	for _, s := range everything(v, fyne.Position{}) {
		if _, ok := s.object.(*widget.Entry); ok {
			t.Error("a field can still be typed into")
		}
	}
}
