package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/page"
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
		if _, ok := s.object.(*page.Field); ok {
			t.Error("a field can still be typed into")
		}
	}
}

func TestTheAddressIsShortenedInItsMiddleAndOpensInFull(t *testing.T) {
	v := paneFor(t, fyne.NewSize(380, 900))
	c := pageStep()
	address := "https://idp.example/realms/demo/protocol/openid-connect/auth?response_type=code&client_id=mobile-pkce-client&state=the-end"
	c.Page.Address = address
	v.SetContent(c)
	v.SelectTab("page")
	pointAt(t, v, "https://idp.example")
	if !shows(v, address) {
		t.Errorf("pointed at, shows %q", textsOf(v))
	}
	pointAt(t, v, "The provider asks who you are")
	if all := strings.Join(textsOf(v), " "); !strings.Contains(all, "https://idp.example/") || !strings.Contains(all, "…") ||
		!strings.Contains(all, "-end") {
		t.Errorf("shows %q", all)
	}
	var copied string
	v.OnCopy = func(text, _ string) { copied = text }
	tapText(t, v, "https://idp.example")
	tapText(t, v, "Copy value")
	if copied != address {
		t.Errorf("copied %q", copied)
	}
}

// consentStep asks for two things, of which one can be left out.
func consentStep() inspector.Content {
	c := pageStep()
	c.Page.Blocks = []inspector.Block{
		{Heading: "Allow Travel app?"},
		{Items: []inspector.Item{{Text: "Know that it is you", Code: "openid"}}},
		{Box: &inspector.Box{Name: "allow_mail.read", Value: "yes", Item: inspector.Item{Text: "Read your mails", Code: "mail.read"}, On: true}},
		{Box: &inspector.Box{Name: "allow_email", Value: "yes", Item: inspector.Item{Text: "See your address", Code: "email"}}},
		{Buttons: []inspector.Button{{Name: "decision", Value: "approve", Label: "Go on", Primary: true}}},
	}
	return c
}

func TestABoxIsTurnedByMouseAndByKeyboard(t *testing.T) {
	v := paneOn(t, "page", consentStep())
	var fields map[string]string
	v.OnPage = func(_, _ string, f map[string]string) { fields = f }
	allow := func() string {
		tapText(t, v, "Go on")
		return fields["allow_mail.read"] + "," + fields["allow_email"]
	}
	if got := allow(); got != "yes," {
		t.Errorf("as it came it sends %q", got)
	}
	tapText(t, v, "Read your mails")
	tapText(t, v, "email")
	if got := allow(); got != ",yes" {
		t.Errorf("turned it sends %q", got)
	}
	c := consentStep()
	c.Title = "In other words"
	v.SetContent(c)
	if got := allow(); got != ",yes" {
		t.Errorf("in other words it sends %q", got)
	}
	c = consentStep()
	c.Message.Exchange = 99
	v.SetContent(c)
	if got := allow(); got != "yes," {
		t.Errorf("another page sends %q", got)
	}
	tab(v, 6) // past the tabs and the address
	press(t, v, fyne.KeySpace)
	if got := allow(); got != "," {
		t.Errorf("after Space it sends %q", got)
	}
	c.Page.Disabled = true
	v.SetContent(c)
	tapText(t, v, "Read your mails")
	fields = nil
	if got := allow(); got != "," {
		t.Errorf("a page of the past sent %q", got)
	}
}
