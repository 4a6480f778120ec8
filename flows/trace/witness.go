package trace

import "slices"

// Witness is somebody or something that may come to know a value beside the parties that need it.
type Witness string

// The witnesses.
const (
	ThePerson  Witness = "person"  // who sits at the browser
	History    Witness = "history" // of the browser
	Referrer   Witness = "referrer"
	ServerLogs Witness = "logs"
	OtherApps  Witness = "apps"    // on the same phone or computer
	Scripts    Witness = "scripts" // of the page, and extensions of the browser
	Wire       Witness = "network"
)

// Witnesses lists them in the order in which they are shown.
func Witnesses() []Witness {
	return []Witness{ThePerson, History, Referrer, ServerLogs, OtherApps, Scripts, Wire}
}

// Sight says whether a witness sees a value, and why.
type Sight struct {
	Who     Witness
	Seen    bool
	Because string // id of the reason; words for learners are filed under Who + "/" + Because
	At      []int  // the messages that show it, in order; none where the value has not occurred
	By      []Role // of [ServerLogs]: whose they are
}

// Sightings lists every pair of witness and reason that [Trace.Sights] can
// return, for each witness the most telling reason first.
func Sightings() []Sight {
	var out []Sight
	for _, row := range []struct {
		who      Witness
		seen, no []string
	}{
		{ThePerson, []string{"gesture", "page", "address-bar", "tools"}, nil},
		{History, []string{"address", "fragment"}, []string{"pending", "redirected", "fetched", "not-address"}},
		{
			Referrer,
			[]string{"sent", "open-policy", "no-policy", "own-site"},
			[]string{"pending", "policy", "redirected", "fragment", "fetched", "not-address"},
		},
		{ServerLogs, []string{"query", "referer"}, []string{"fragment", "body", "header"}},
		{OtherApps, []string{"custom-scheme", "loopback"}, []string{"https", "not-address"}},
		{Scripts, []string{"address", "form", "page", "fetched", "typed", "cookie", "http-only"}, nil},
		{Wire, []string{"plain"}, []string{"tls", "loopback", "inside"}},
	} {
		for _, because := range row.seen {
			out = append(out, Sight{Who: row.who, Seen: true, Because: because})
		}
		for _, because := range append(row.no, unseen(row.who)...) {
			out = append(out, Sight{Who: row.who, Because: because})
		}
	}
	return out
}

// unseen are the reasons why nobody who is no party of a message sees it.
func unseen(who Witness) []string {
	if who == Wire || who == ServerLogs {
		return []string{"local", "nowhere"} // it makes no difference to them whether a browser is at the end
	}
	return []string{"back", "local", "nowhere"}
}

// Sights derives from how a value travelled who can see it, as far as the
// trace goes: one entry for each of [Witnesses], in that order. Somebody who
// sees it once sees it; the reason is the most telling one.
//
// It does NOT ask whether the value is a secret, nor what a party that needs
// it does with it afterwards.
func (t *Trace) Sights(value string) []Sight {
	found := t.look(value)
	out := make([]Sight, 0, len(Witnesses()))
	for _, row := range Sightings() {
		if n := len(out); n > 0 && out[n-1].Who == row.Who {
			continue // a more telling reason was found
		}
		s := found[sighting{row.Who, row.Because}]
		if s == nil && row.Because != "nowhere" {
			continue
		}
		if s != nil {
			row.At = s.At
			if row.Seen {
				row.By = s.By
			}
		}
		out = append(out, row)
	}
	return out
}

// look collects, by witness and reason, which messages show the value.
func (t *Trace) look(value string) map[sighting]*Sight {
	found := map[sighting]*Sight{}
	open := map[string]bool{} // cookies that scripts may read or may not, as far as they were looked up
	for _, travel := range t.Travels(value) {
		for _, who := range Witnesses() {
			key := sighting{who, t.because(who, travel)}
			if key.because == "cookie" && t.httpOnly(travel.Name, open) {
				key.because = "http-only"
			}
			if found[key] == nil {
				found[key] = &Sight{}
			}
			found[key].add(travel.Message, t.Messages[travel.Message].To)
		}
	}
	for key, s := range found {
		if key.who != ServerLogs {
			s.By = nil
		}
	}
	return found
}

// add notes a message once, and whose logs it is in.
func (s *Sight) add(message int, by Role) {
	if n := len(s.At); n == 0 || s.At[n-1] != message {
		s.At = append(s.At, message)
	}
	if !slices.Contains(s.By, by) {
		s.By = append(s.By, by)
	}
}

// sighting is the key of a reason.
type sighting struct {
	who     Witness
	because string
}
