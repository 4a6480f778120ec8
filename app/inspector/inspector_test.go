package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
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

func TestAClickSaysThatNothingCrossedTheNetwork(t *testing.T) {
	v := paneOn(t, "response", step(clickGesture(), nil, nil))
	if !shows(v, "This arrow is a click. Nothing crossed the network.") {
		t.Errorf("shows %q", textsOf(v))
	}
}

func TestAFailedCheckIsOpenInEveryVoice(t *testing.T) {
	for _, developer := range []bool{true, false} {
		v := paneFor(t, wide())
		c := failingStep()
		c.Developer = developer
		v.SetContent(c)
		v.SelectTab("checks")
		for _, text := range []string{"The hash of this code_verifier is not", challenge, "2XsXkKFx0zGPDMzFvSVdK4c4uC9bAYyU1fJ3aEvNl0w"} {
			if !shows(v, text) {
				t.Errorf("developer %v: does not show %q", developer, text)
			}
		}
	}
}

func TestAFailedCheckFarDownIsInView(t *testing.T) {
	v := paneFor(t, fyne.NewSize(380, 420))
	v.SelectTab("checks")
	c := failingStep()
	first := c.Message.Checks[0]
	for range 20 {
		c.Message.Checks = append([]trace.Check{first}, c.Message.Checks...)
	}
	v.SetContent(c)
	if at := firstVisible(v, "invalid_grant"); at < 100 || at > 420 {
		t.Errorf("the end of the failed check stands at %v", at)
	}
}

func TestADeveloperOpensAndClosesChecks(t *testing.T) {
	v := paneOn(t, "checks", tokenStep())
	if !shows(v, challenge) {
		t.Error("the telling check is not open")
	}
	tapText(t, v, "the code is unused")
	if !shows(v, "at most 60 s") {
		t.Error("the check did not open")
	}
	tapText(t, v, "the code is unused")
	if shows(v, "at most 60 s") {
		t.Error("the check did not close")
	}
}

func TestOthersOpenACheckToSeeItsSectionAndWhatItCompared(t *testing.T) {
	v := paneFor(t, wide())
	c := tokenStep()
	c.Developer = false
	c.Rule = func(k trace.Check) string { return "plain " + k.ID }
	v.SetContent(c)
	v.SelectTab("checks")
	more := map[string][]string{"plain code-fresh": {"RFC 6749 §4.1.2", "at most 60 s"}, "plain client-authentication": {"RFC 6749 §3.2.1", "it has no secret"}}
	for rule, texts := range more {
		for _, open := range []bool{false, true, false} {
			for _, text := range texts {
				if shows(v, text) != open {
					t.Errorf("%s, open %v: shows %q", rule, open, textsOf(v))
				}
			}
			tapText(t, v, rule)
		}
		tapText(t, v, rule)
	}
}

func TestTheCheckThatMattersStandsAboveTheList(t *testing.T) {
	for _, c := range []inspector.Content{tokenStep(), failingStep()} {
		v := paneOn(t, "checks", c)
		all := strings.Join(textsOf(v), " ")
		card, list := strings.Index(all, "The one that matters"), strings.Index(all, "checked, in order")
		if between := all[max(card, 0):max(list, 0)]; !strings.Contains(between, "7 of 7") || !strings.Contains(between, challenge[:20]) {
			t.Errorf("shows %q", all)
		}
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

func TestTimesOfATokenAreSaidAsDatesAndFromNow(t *testing.T) {
	v := paneFor(t, fyne.NewSize(620, 3000))
	v.SetContent(tokensStep())
	v.SelectTab("tokens")
	for _, text := range []string{"15 Jan 2026, 09:35:10 UTC · in 4 min 58 s", "Nobody has checked this token yet", "skipped: there is one audience and no azp"} {
		if !shows(v, text) {
			t.Errorf("does not show %q", text)
		}
	}
}

func TestAnOpaqueTokenSaysSo(t *testing.T) {
	v := paneFor(t, wide())
	c := tokensStep()
	c.Tokens = []inspector.Token{{Name: "Access token", Artefact: "access-token", Raw: "2YotnFZFEjr1zCsicMWpAA", Opaque: true}}
	v.SetContent(c)
	v.SelectTab("tokens")
	if !shows(v, "There is nothing to read in it") || !shows(v, "2YotnFZFEjr1zCsicMWpAA") {
		t.Errorf("shows %q", textsOf(v))
	}
}

func TestTheRefusalStandsFirst(t *testing.T) {
	v := paneFor(t, wide())
	v.SetContent(failingStep())
	all := strings.Join(textsOf(v), " ")
	if why, likeness := strings.Index(all, "Why it stopped here"), strings.Index(all, "Think of it like this."); why < 0 || why > likeness {
		t.Errorf("shows %q", all)
	}
}

func TestARefusalShowsTheValuesAndWhatToDoNext(t *testing.T) {
	c := failingStep()
	c.Words.RefusedExpected, c.Words.RefusedGot = challenge, "something else"
	c.Actions = []inspector.Action{{ID: "again", Label: "Run it again"}, {ID: "undo", Label: "Undo the change"}}
	v := paneOn(t, "words", c)
	var did []string
	v.OnAction = func(id string) { did = append(did, id) }
	tapText(t, v, "Undo the change")
	if strings.Join(did, " ") != "undo" {
		t.Errorf("did %q", did)
	}
	all := strings.Join(textsOf(v), " ")
	last := -1
	for _, text := range []string{"Why it stopped here", "expected", challenge, "got", "something else", "Run it again", "Think of it", "Remember"} {
		at := strings.Index(all, text)
		if at <= last {
			t.Errorf("%q does not stand in its place: %q", text, all)
		}
		last = at
	}
}

func TestARequestSentAgainSaysSoOnce(t *testing.T) {
	c := tokenStep()
	c.Message.Edited = []trace.EditMark{{What: trace.SentAgain, Before: "sent once", After: "sent again"}}
	v := paneOn(t, "request", c)
	if all := strings.Join(textsOf(v), " "); !strings.Contains(all, "Sent a second time") || strings.Contains(all, "sent again") || strings.Contains(all, "You changed") {
		t.Errorf("shows %q", all)
	}
}

func TestNoSpaceIsDrawnBehindAnArrow(t *testing.T) {
	c := tokenStep()
	c.Words.Why = "One → two → three."
	c.Message.Edited = []trace.EditMark{{What: "method", Before: "GET", After: "POST"}}
	for _, tab := range []string{"words", "request"} {
		arrows := 0
		for _, text := range textsOf(paneOn(t, tab, c)) {
			arrows += strings.Count(text, "→")
			if strings.Contains(text, "→ ") {
				t.Errorf("%s draws %q", tab, text)
			}
		}
		if arrows == 0 {
			t.Errorf("%s has no arrow", tab)
		}
	}
}

func TestATokenAlsoHasItsNameInTheStandards(t *testing.T) {
	c := tokensStep()
	c.Tokens[0].Name, c.Tokens[0].Also = "Photo ID", "ID token"
	v := paneOn(t, "tokens", c)
	if !shows(v, "Photo ID · ID token") {
		t.Errorf("shows %q", textsOf(v))
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

func TestThePictureFollowsTheHeightOfThePane(t *testing.T) {
	c := tokenStep()
	c.Words.Picture = fyne.NewStaticResource("p.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 100"/>`))
	v := paneOn(t, "words", c)
	for _, tall := range []float32{900, 300, 220, 420, 2000} {
		v.Resize(fyne.NewSize(400, tall))
		first, picture, high := firstVisible(v, "Think of it like this."), float32(-1), float32(0)
		for _, s := range everything(v, fyne.Position{}) {
			if i, ok := s.object.(*canvas.Image); ok {
				picture, high = s.at.Y, i.Size().Height
			}
		}
		switch {
		case tall < 260 && picture >= 0, tall >= 260 && picture < 0:
			t.Errorf("at %v the picture stands at %v", tall, picture)
		case tall >= 260 && (picture < first) != (tall >= 380):
			t.Errorf("at %v the picture stands at %v, the words at %v", tall, picture, first)
		case high > min(150, 0.28*tall)+0.01:
			t.Errorf("at %v the picture is %v high", tall, high)
		}
	}
}
