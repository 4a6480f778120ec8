package connect

import (
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
)

// Title is what the header says.
func (r *Room) Title() room.Title {
	say := r.words.say
	t := room.Title{Name: say("title"), Short: say("title"), Rail: say("rail"), Strip: say("strip")}
	switch {
	case r.server == nil:
	case r.server.saved != "":
		t.Badge, t.Note = say("saved-badge"), r.server.saved
	case r.book.paused:
		t.Badge, t.Caution = say("paused"), true
	default:
		t.Badge = say("on")
	}
	if r.login.number > 0 {
		t.Aside = r.login.aside()
	}
	return t
}

// State is what a test can read.
func (r *Room) State() any {
	state := struct {
		On     bool     `json:"on"`
		Issuer []string `json:"issuer"`
		Runs   []string `json:"runs"`
		Run    int      `json:"run"`
		Causes []string `json:"causes"`
		Words  string   `json:"words"`
		Paused bool     `json:"paused"`
		Marks  []string `json:"marks"` // of what was done to the server, on the diagram
		Seen   int      `json:"seen"`  // exchanges
		Lost   int      `json:"lost"`  // exchanges that nobody told of in time
	}{On: r.server != nil, Run: r.login.number, Words: r.sheet.words(), Paused: r.book.paused}
	if r.server == nil {
		return state
	}
	state.Seen, state.Lost = r.server.log.Seen(), r.server.log.Lost()
	for _, realm := range r.server.Realms {
		state.Issuer = append(state.Issuer, realm.Issuer)
	}
	if r.shows(r.book) {
		state.Words = r.book.count.Words
	}
	for _, run := range r.server.log.Runs() {
		state.Runs = append(state.Runs, run.Client+" "+string(run.State)+" "+string(run.At))
	}
	if r.login.number > 0 {
		for _, c := range r.server.log.Diagnose(r.login.number).Causes {
			state.Causes = append(state.Causes, c.ID)
		}
		state.Words, state.Marks = r.login.finding.sheet.words(), marks(r.login.screen.Player())
	}
	return state
}

// marks are what was done to the server, as a diagram has them.
func marks(p *player.Player) (deeds []string) {
	if p == nil {
		return nil
	}
	for i := range p.Plan().Messages {
		if what, ok := p.Plan().Messages[i].DeedOf(); ok {
			deeds = append(deeds, what)
		}
	}
	return deeds
}
