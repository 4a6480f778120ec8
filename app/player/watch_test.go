package player

import (
	"slices"
	"testing"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

func TestEverybodyWhoWatchesIsToldInTheOrderOfComing(t *testing.T) {
	p := classroom(t)
	var told []string
	p.Watch(func() { told = append(told, "stage") })
	stop := p.Watch(func() { told = append(told, "speaker") })
	must(t, p.Forward())
	if want := []string{"stage", "speaker"}; !slices.Equal(told, want) {
		t.Errorf("a step was told to %q, want %q", told, want)
	}
	stop()
	stop() // twice does no harm
	p.Back()
	if want := []string{"stage", "speaker", "stage"}; !slices.Equal(told, want) {
		t.Errorf("after the speaker stopped watching, %q were told, want %q", told, want)
	}
}

func TestWhoStopsWhileOthersAreToldHearsNothingMore(t *testing.T) {
	p := classroom(t)
	stop := func() {}
	late := 0
	p.Watch(func() {
		stop()
		p.Watch(func() { late++ })
	})
	stop = p.Watch(func() { t.Error("it was told after it had stopped watching") })
	must(t, p.Forward())
	if late != 0 {
		t.Errorf("who came while the change was told was told of it %d times", late)
	}
	must(t, p.Forward())
	if late != 1 {
		t.Errorf("who came during the first change heard %d times of the second", late)
	}
}

func TestAScreenThatShowsAnotherPlayerNoLongerFollowsTheFirst(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	first := s.Player()
	s.Open(classroom(t))
	changes := 0
	s.OnChange = func() { changes++ }
	must(t, first.Forward())
	if changes != 0 || len(first.all) != 0 {
		t.Errorf("the screen drew %d changes of a player that it no longer shows", changes)
	}
}

func TestARunThatIsOverOffersNoChangeOfARequest(t *testing.T) {
	s, _ := open(t, look.Light, tutorials.Everyone, "protocol", usual())
	if !s.transport.tamper.Visible() {
		t.Error("a request of a walk cannot be changed")
	}
	run := &trace.Trace{Flow: "authorization-code-pkce", Messages: []trace.Message{
		{From: trace.Client, To: trace.AuthorizationServer, Step: "token"},
	}}
	p, err := Named(run, "my-app")
	must(t, err)
	must(t, p.Forward())
	s.Open(p)
	if s.transport.tamper.Visible() || s.transport.next.Label != "See it again" {
		t.Errorf("a request can be changed: %t; at the end the button says %q", s.transport.tamper.Visible(), s.transport.next.Label)
	}
	s.Open(classroom(t))
	if !s.transport.tamper.Visible() {
		t.Error("after a run that was over no request of a walk can be changed")
	}
}

// Of somebody's own app nobody knows what it will do: who did nothing in its
// login has no lane. A saved run of the story has its whole cast.
func TestOfSomebodysOwnAppOnlyThoseWhoDidSomethingHaveALane(t *testing.T) {
	run := &trace.Trace{Flow: "authorization-code-pkce", Messages: []trace.Message{
		{From: trace.Client, To: trace.AuthorizationServer, Step: "token"},
	}}
	for client, want := range map[string]int{"my-app": 2, "": 5} {
		p, err := Named(run, client)
		if err != nil {
			t.Fatal(err)
		}
		if got := lanes(p, narrator(t, tutorials.Developer, tutorials.ProtocolLens)); len(got) != want {
			t.Errorf("the client %q: %d lanes, not %d: %v", client, len(got), want, got)
		}
	}
}
