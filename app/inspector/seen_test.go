package inspector_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// watchedStep is a step whose code is followed.
func watchedStep() inspector.Content {
	c := tokenStep()
	c.Followed = code
	c.Watched = &inspector.Watched{
		Name: "code", Value: code,
		Sights: []inspector.Sight{
			{Name: "Browser history", Seen: true, Why: "It is part of the address of a page.", Steps: []int{14}},
			{Name: "Server logs", Seen: true, Why: "In the query of the request line.", Whose: "of the travel app", Steps: []int{14, 15}},
			{Name: "The network", Why: "Encrypted.", Steps: []int{14}},
		},
		Travels: []inspector.Travel{
			{Step: 14, Title: "The code arrives", How: "query of the URL", Channel: trace.Front},
			{Step: 15, Title: "Exchange the code", How: "form body", Channel: trace.Back},
		},
	}
	return c
}

func TestTheEyesSayWhoSeesAValueAndWhy(t *testing.T) {
	v := paneOn(t, "seen", watchedStep())
	for _, text := range []string{
		"Who can see code? 2 of 3.", code, "Browser history can see it", "It is part of the address of a page.",
		"Server logs can see it", "of the travel app",
		"Steps 14 · 15", "The network cannot see it", "How it travelled",
		"query of the URL, through the browser", "form body, behind the scenes",
	} {
		if !shows(v, text) {
			t.Errorf("does not show %q; shows %q", text, textsOf(v))
		}
	}
}

func TestAStepThatShowsTheValueCanBeGoneTo(t *testing.T) {
	v := paneOn(t, "seen", watchedStep())
	var links []string
	v.OnLink = func(link string) { links = append(links, link) }
	tapText(t, v, "15 · Exchange the code")
	if strings.Join(links, " ") != "step:15" {
		t.Errorf("links: %q", links)
	}
}

func TestWithoutAFollowedValueThereIsNoSuchTab(t *testing.T) {
	v := paneOn(t, "seen", tokenStep())
	if v.Tab() == "seen" || shows(v, "Who sees it") {
		t.Errorf("the tab %s shows %q", v.Tab(), textsOf(v))
	}
}

func TestTheDetailsOfAValueLeadToTheEyes(t *testing.T) {
	v := paneOn(t, "request", tokenStep())
	v.OnFollow = func(value string) {
		c := watchedStep()
		c.Followed = value
		v.SetContent(c)
	}
	told := ""
	v.OnTab = func(id string) { told = id }
	tapText(t, v, "code_verifier")
	tapText(t, v, "Who can see it?")
	if v.Tab() != "seen" || told != "seen" {
		t.Errorf("the tab is %s, told was %q", v.Tab(), told)
	}
}

func TestWhenNobodySeesItThePaneSaysSo(t *testing.T) {
	c := watchedStep()
	c.Watched.Sights = c.Watched.Sights[2:]
	c.Watched.Travels = nil
	v := paneOn(t, "seen", c)
	if !shows(v, "Nobody else.") || shows(v, "How it travelled") {
		t.Errorf("shows %q", textsOf(v))
	}
}

func TestTheEyesAreDrawnAsAgreed(t *testing.T) {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		test.AssertRendersToImage(t, "inspector/seen-"+string(mode)+".png", onACard(paneAt(t, mode, fyne.NewSize(400, 640), watchedStep(), "seen")))
	}
}
