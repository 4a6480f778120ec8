package connect

import (
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/tape"
)

// knownOf is what a server says of its clients, for a diagnosis.
func knownOf(s *tape.Server) diagnosis.Known {
	var k diagnosis.Known
	for _, realm := range s.Realms {
		for _, c := range realm.Clients {
			known := diagnosis.Client{ID: c.ID, Realm: realm.Name, RedirectURIs: c.RedirectURIs}
			if c.Secret != "" {
				known.Secrets = []string{c.Secret}
			}
			k.Clients = append(k.Clients, known)
		}
	}
	return k
}

// Title is what the header says.
func (r *Room) Title() room.Title {
	say := r.say()
	t := room.Title{Name: say("title"), Short: say("title"), Rail: say("rail"), Strip: say("strip")}
	switch {
	case r.server == nil:
	case r.saved != "":
		t.Badge, t.Note = say("saved-badge"), r.saved
	case r.paused:
		t.Badge, t.Caution = say("paused"), true
	default:
		t.Badge = say("on")
	}
	if r.at > 0 {
		if narrow, details := r.screen.Narrow(); narrow {
			t.Aside = room.Command{ID: "live.pane", Words: say("pane.told"), On: details, Do: r.screen.TogglePane}
		}
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
		Seen   int      `json:"seen"` // exchanges
		Lost   int      `json:"lost"` // exchanges that nobody told of in time
	}{On: r.server != nil, Run: r.at, Words: r.sheet.words()}
	if r.server == nil {
		return state
	}
	state.Seen, state.Lost = r.log.Seen(), r.log.Lost()
	for _, realm := range r.server.Realms {
		state.Issuer = append(state.Issuer, realm.Issuer)
	}
	if r.at == 0 && r.page == pageList {
		state.Words = r.book.count.Words
	}
	for _, run := range r.log.Runs() {
		state.Runs = append(state.Runs, run.Client+" "+string(run.State)+" "+string(run.At))
	}
	if r.at > 0 {
		for _, c := range r.log.Diagnose(r.at).Causes {
			state.Causes = append(state.Causes, c.ID)
		}
		state.Words = r.finding.words()
	}
	return state
}
