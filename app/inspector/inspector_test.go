package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAPressOnAParameterOnlyOpensItAndTheButtonFollowsIt(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var followed []string
	v.OnFollow = func(value string) { followed = append(followed, value) }
	tapText(t, v, "code_verifier")
	if len(followed) != 0 || !shows(v, "Follow it") {
		t.Fatalf("a press followed %q; shows %q", followed, textsOf(v))
	}
	tapText(t, v, "Follow it")
	tapText(t, v, "Stop following")
	if strings.Join(followed, "|") != verifier+"|" {
		t.Errorf("followed %q", followed)
	}
	tapText(t, v, "code_verifier")
	if len(followed) != 2 || shows(v, "Follow it") {
		t.Errorf("closing followed %q; shows %q", followed, textsOf(v))
	}
}

func TestTheDetailsOfAParameterSayMeaningProtectionAndSection(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	var links []string
	v.OnLink = func(link string) { links = append(links, link) }
	tapText(t, v, "code_verifier")
	for _, text := range []string{"The secret that the app made up", "What it protects from: a stolen code"} {
		if !shows(v, text) {
			t.Errorf("does not show %q", text)
		}
	}
	tapText(t, v, "RFC 7636")
	if strings.Join(links, "|") != "spec:RFC 7636 §4.5" {
		t.Errorf("links: %q", links)
	}
}

func TestTheDetailsStayWhenTheOwnerShowsTheSameMessageAgain(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	v.OnFollow = func(value string) {
		c := tokenStep()
		c.Followed, c.Title = value, "In other words"
		v.SetContent(c)
	}
	tapText(t, v, "code_verifier")
	tapText(t, v, "Follow it")
	if !shows(v, "The secret that the app") || !shows(v, "In other words") {
		t.Errorf("shows %q", textsOf(v))
	}
	other := authorizeRequest()
	v.SetContent(step(other, other, nil))
	if shows(v, "The secret that the app") {
		t.Error("the details of another message stayed")
	}
}

func TestEveryValueCanBeCopied(t *testing.T) {
	v := paneFor(t, wide())
	copied := map[string]string{}
	v.OnCopy = func(text, what string) { copied[what] = text }
	v.OnCurl = func() string { return "curl https://idp.example" }
	v.SetContent(tokenStep())
	v.SelectTab("request")
	tapText(t, v, "code_verifier")
	tapText(t, v, "Copy value")
	tapText(t, v, "Copy as curl")
	tapText(t, v, "Raw")
	tapText(t, v, "Copy all")
	v.SetContent(tokensStep())
	v.SelectTab("tokens")
	v.Resize(fyne.NewSize(620, 4000))
	tapText(t, v, "Copy token")
	v.SetContent(step(pkceNote(), nil, nil))
	v.SelectTab("calculation")
	tapText(t, v, "Copy command")
	want := map[string]string{
		"code_verifier": verifier, "curl command": "curl https://idp.example", "ID token": idToken(), "command": pkceNote().Calc.Command,
	}
	for what, text := range want {
		if copied[what] != text {
			t.Errorf("%s: copied %q", what, copied[what])
		}
	}
	if !strings.HasPrefix(copied["message"], "POST /realms/demo/protocol/openid-connect/token HTTP/1.1\r\n") {
		t.Errorf("message: copied %q", copied["message"])
	}
}

func TestWithoutACurlMakerThereIsNoSuchButton(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	if shows(v, "Copy as curl") {
		t.Error("there is a button that does nothing")
	}
}

func TestTheChosenTabComesBackAfterAMessageWithoutIt(t *testing.T) {
	v := paneOn(t, "checks", tokenStep())
	v.SetContent(step(pkceNote(), nil, nil))
	if v.Tab() != "calculation" {
		t.Errorf("a note shows %s", v.Tab())
	}
	v.SetContent(tokenStep())
	if v.Tab() != "checks" {
		t.Errorf("back at a request shows %s", v.Tab())
	}
}

func TestChoosingATabIsReported(t *testing.T) {
	v := paneFor(t, wide())
	v.SetContent(tokenStep())
	var tabs []string
	v.OnTab = func(id string) { tabs = append(tabs, id) }
	tapText(t, v, "Response")
	if strings.Join(tabs, " ") != "response" || v.Tab() != "response" {
		t.Errorf("reported %q, shows %s", tabs, v.Tab())
	}
	if !shows(v, "No answer yet: press Next.") {
		t.Errorf("shows %q", textsOf(v))
	}
}

func TestTheCommandIsForDevelopers(t *testing.T) {
	v := paneFor(t, wide())
	c := step(pkceNote(), nil, nil)
	c.Developer = false
	v.SetContent(c)
	v.SelectTab("calculation")
	for _, open := range []bool{false, true, false} {
		if shows(v, "Copy command") != open {
			t.Errorf("open %v: shows %q", open, textsOf(v))
		}
		tapText(t, v, "For developers")
	}
}

func TestARequestSentAgainSaysSoOnce(t *testing.T) {
	c := tokenStep()
	c.Message.Edited = []trace.EditMark{{What: trace.SentAgain, Before: "sent once", After: "sent again"}}
	v := paneOn(t, "request", c)
	if all := strings.Join(textsOf(v), " "); !strings.Contains(all, "Sent a second time") || strings.Contains(all, "sent again") ||
		strings.Contains(all, "You changed") {
		t.Errorf("shows %q", all)
	}
}

func TestAnEditedParameterShowsWhatItWas(t *testing.T) {
	v := paneOn(t, "request", failingStep())
	for _, text := range []string{"You changed this before it was sent", "before: " + verifier[:20]} {
		if !shows(v, text) {
			t.Errorf("does not show %q: %q", text, textsOf(v))
		}
	}
}

func TestTheScrollPositionStaysInOtherWordsAndNotAtAnotherMessage(t *testing.T) {
	v := paneFor(t, fyne.NewSize(380, 420))
	v.SetContent(tokensStep())
	v.SelectTab("tokens")
	c := canvasOf(v)
	test.Scroll(c, fyne.NewPos(190, 300), 0, -400)
	if shows := firstVisible(v, "ID token"); shows >= 0 {
		t.Fatalf("did not scroll: the name stands at %v", shows)
	}
	other := tokensStep()
	other.Followed = idToken()
	v.SetContent(other)
	if at := firstVisible(v, "ID token"); at >= 0 {
		t.Errorf("the same message began at the top again: %v", at)
	}
	next := tokensStep()
	next.Message.Exchange = 77
	v.SetContent(next)
	if at := firstVisible(v, "ID token"); at < 0 {
		t.Errorf("another message did not begin at the top: %v", at)
	}
}

// firstVisible tells how high the first text with those words stands.
func firstVisible(v *inspector.Inspector, words string) float32 {
	for _, s := range everything(v, fyne.Position{}) {
		if text := textsOf(s.object); len(text) == 1 && text[0] == words {
			return s.at.Y
		}
	}
	return -1
}

func TestNarrowPanesCutNoTabOff(t *testing.T) {
	for _, width := range []float32{300, 340, 380, 500, 700} {
		v := paneFor(t, fyne.NewSize(width, 700))
		c := tokensStep()
		c.Page = pageStep().Page
		c.Message.Checks = tokenChecks()
		v.SetContent(c)
		for _, s := range everything(v, fyne.Position{}) {
			for _, tab := range []string{"Tokens", "Checks", "Response", "Page"} {
				if text := textsOf(s.object); len(text) == 1 && text[0] == tab && s.at.X+s.object.MinSize().Width > width {
					t.Errorf("at %v %s ends at %v", width, tab, s.at.X+s.object.MinSize().Width)
				}
			}
		}
	}
}

func TestATokenAndAVerifierCanBePutOnTheirWorkbench(t *testing.T) {
	v := paneFor(t, fyne.NewSize(620, 4000))
	var asked []string
	v.SetContent(tokensStep())
	v.SelectTab("tokens")
	if shows(v, "Open in the workbench") {
		t.Error("there is a button that does nothing")
	}
	v.OnBench = func(id, value string) { asked = append(asked, id+" "+value) }
	v.SetContent(tokensStep())
	tapText(t, v, "Open in the workbench")
	v.SetContent(step(pkceNote(), nil, nil))
	v.SelectTab("calculation")
	tapText(t, v, "Open in the PKCE workbench")
	if len(asked) != 2 || asked[0] != "token "+idToken() && asked[0] != "token "+accessToken() || asked[1] != "pkce "+verifier {
		t.Errorf("asked for %q", asked)
	}
}
