package player

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestTheKeyWTellsWhoSeesWhatMattersAtAStep(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, tutorials.ProtocolLens, usual())
	press(s, fyne.KeyW)
	if s.Tab() == seenTab {
		t.Error("before the first step there is nothing to see")
	}
	s.Seek(s.player.Find("callback"))
	press(s, fyne.KeyW)
	if s.Tab() != seenTab || s.player.Followed() != s.player.Plan().Latest("code") {
		t.Errorf("the tab is %s, followed is %q", s.Tab(), s.player.Followed())
	}
	w := watched(s.player, s.told())
	if w.Name != "code" || len(w.Sights) != 7 || w.Sights[3].Whose != "of the travel app" {
		t.Errorf("%+v", w)
	}
	for _, sight := range w.Sights {
		if sight.Name == "" || sight.Why == "" {
			t.Errorf("%+v has no words", sight)
		}
	}
	s.player.Follow("")
	s.Seek(s.player.Len() - 1) // where a person looks at a page
	press(s, fyne.KeyW)
	if s.player.Followed() == "" {
		t.Error("at the end nothing is followed")
	}
	s.link("step:1")
	if s.player.Cursor() != 0 {
		t.Errorf("the link led to %d", s.player.Cursor())
	}
	press(s, fyne.KeyEscape)
	if s.Tab() == seenTab {
		t.Error("the eyes stay though nothing is followed")
	}
}

func TestOnlyWhatHasCrossedIsSeen(t *testing.T) {
	p := classroom(t)
	must(t, p.Seek(p.Find("callback")))
	p.Follow(p.Plan().Latest("code"))
	before := len(watched(p, narrator(t, tutorials.Developer, tutorials.ProtocolLens)).Travels)
	must(t, p.Seek(p.Len()-1))
	if after := len(watched(p, narrator(t, tutorials.Developer, tutorials.ProtocolLens)).Travels); before != 2 || after != 3 {
		t.Errorf("%d travels before the token request, %d after", before, after)
	}
}

// Whoever looked who sees a value, and stops following it, reads on where they were.
func TestTheTabBeforeComesBackWhereAValueIsFollowedNoMore(t *testing.T) {
	for voice, tab := range map[tutorials.Voice]string{tutorials.Everyone: "words", tutorials.Developer: "checks"} {
		s, _ := open(t, look.Light, voice, tutorials.ProtocolLens, usual())
		s.Seek(s.player.Find("token"))
		s.ShowTab(tab)
		press(s, fyne.KeyW, fyne.KeyEscape)
		if s.Tab() != tab {
			t.Errorf("%s: after %s and who sees it the tab is %s", voice, tab, s.Tab())
		}
	}
	s, _ := open(t, look.Light, tutorials.Everyone, "hotel", usual())
	s.Seek(s.player.Len() - 1)
	press(s, fyne.KeyW, fyne.KeyEscape)
	if s.Tab() != "words" {
		t.Errorf("at the end who stops following reads the tab %s", s.Tab())
	}
}
