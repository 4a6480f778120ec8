package player

import (
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// seenTab is the tab that tells who can see a value.
const seenTab = "seen"

// watched is who can see the followed value as far as the run has come, in the words of the voice.
func watched(p *Player, n tutorials.Narrator) *inspector.Watched {
	value := p.Followed()
	if value == "" {
		return nil
	}
	crossed := p.Plan().Upto(p.Crossed())
	w := &inspector.Watched{Name: nameOf(n.Say(), p.Plan().Find(value)), Value: value}
	for _, s := range crossed.Sights(value) {
		who := string(s.Who)
		sight := inspector.Sight{Name: n.Witness(who), Seen: s.Seen, Why: n.Witness(who + "/" + s.Because), Whose: whose(n, s.By)}
		for _, at := range s.At {
			sight.Steps = append(sight.Steps, at+1)
		}
		w.Sights = append(w.Sights, sight)
	}
	for _, v := range crossed.Travels(value) {
		m := &crossed.Messages[v.Message]
		w.Travels = append(w.Travels, inspector.Travel{
			Step: v.Message + 1, Title: n.Step(m.Step).Title, How: n.Witness("how/" + string(v.How)), Channel: m.Channel,
		})
	}
	return w
}

// whose names the parties that keep something: "of the client app and the API".
func whose(n tutorials.Narrator, roles []trace.Role) string {
	names := make([]string, 0, len(roles))
	for _, r := range roles {
		names = append(names, party(n, r))
	}
	switch last := len(names) - 1; last {
	case -1:
		return ""
	case 0:
		return n.Say().Text("player.seen.of-one", "party", names[0])
	default:
		return n.Say().Text("player.seen.of-some", "parties", strings.Join(names[:last], ", "), "last", names[last])
	}
}

// ShowSeen tells who can see the value that is followed. While none is, it
// follows the one that matters most at this step, else at the nearest step before.
func (s *Screen) ShowSeen() {
	if s.player == nil {
		return
	}
	if s.player.Followed() == "" {
		value := ""
		for i := s.player.Cursor(); i >= 0 && value == ""; i-- {
			value = worthFollowing(s.player.At(i))
		}
		if value == "" {
			s.hint(s.narrator.Say().Text("player.seen.nothing"))
			return
		}
		s.player.Follow(value)
	}
	s.closeTamper()
	if s.panes.narrow && !s.panes.details {
		s.TogglePane()
	}
	s.ShowTab(seenTab)
	s.changed()
}

// worthFollowing is the value of a message whose way is worth to be known: what opens
// something, else what ties two messages together.
func worthFollowing(m *trace.Message) string {
	if m == nil {
		return ""
	}
	places := m.Places()
	for _, name := range []string{
		"code", "access_token", "refresh_token", "id_token", "device_code", "user_code", "password", "client_secret",
		"code_verifier", "state", "code_challenge", "nonce",
	} {
		for _, p := range places {
			if p.Name == name && p.Part != trace.InCheck && p.Part != trace.InToken {
				return p.Value
			}
		}
	}
	for _, p := range places {
		if telling.ArtefactIn(p) != "" {
			return p.Value
		}
	}
	return ""
}

// link goes to a step by itself and leaves every other link to the window.
func (s *Screen) link(link string) {
	if n, ok := strings.CutPrefix(link, "step:"); ok {
		if i, err := strconv.Atoi(n); err == nil {
			s.Seek(i - 1)
		}
		return
	}
	if s.OnLink != nil {
		s.OnLink(link)
	}
}
