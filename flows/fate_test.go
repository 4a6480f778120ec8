//go:build !race

package flows_test

import (
	"net/http"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	teller "github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// harmful tells of a known run whether somebody means harm in it.
func harmful(tr *trace.Trace, n tutorials.Narrator) bool {
	for i := range tr.Messages {
		if tr.Messages[i].From == trace.Attacker {
			return true
		}
	}
	return n.Mistaken != "" && n.Attacks(n.Mistaken)
}

// TestAnAttackerWhoIsRefusedIsAGoodEnd walks every mistake of every flow, and
// every other known run: red is what got through, and an honest run that broke.
func TestAnAttackerWhoIsRefusedIsAGoodEnd(t *testing.T) {
	t.Parallel()
	holds(t)
	for _, f := range []teller.Fate{teller.Fine, teller.Stopped, teller.Broke, teller.Lost} {
		if !everyRunRead(t).fates[f] {
			t.Errorf("no known run ends as %s: this test sees nothing of it", f)
		}
	}
}

func endsWell(r *reading, fault faults) {
	got := r.told.Outcome()
	endsRightly(fault, r.name, got.Fate, harmful(r.tr, r.n), r.tr.Outcome.State == trace.Refused || fruitless(r.tr))
	for _, row := range chart.Rows(r.told) {
		if row.Fate == teller.Broke && got.Fate == teller.Stopped && r.tr.Failed() == row.Message {
			fault("%s: what stopped the attack in step %d is drawn red", r.name, row.Message+1)
		}
		if row.Refused && row.Fate == teller.Fine {
			fault("%s: the no of step %d is drawn as nothing", r.name, row.Message+1)
		}
	}
}

// fruitless tells of a run in which an attacker asks, and gets nothing.
func fruitless(tr *trace.Trace) bool {
	tried := false
	for i := range tr.Messages {
		m := &tr.Messages[i]
		if m.Kind == trace.Response && m.To == trace.Attacker {
			if tried = true; m.Status < http.StatusBadRequest {
				return false
			}
		}
	}
	return tried
}

// endsRightly holds a fate to whether somebody meant harm, and was refused.
func endsRightly(fault faults, name string, fate teller.Fate, harm, refused bool) {
	switch {
	case !harm && refused && fate != teller.Broke:
		fault("%s: an honest run was refused, and its end is %s", name, fate)
	case !harm && !refused && fate != teller.Fine:
		fault("%s: an honest run ended well, and its end is %s", name, fate)
	case harm && fate.Good() != (fate == teller.Stopped):
		fault("%s: somebody means harm, and the end is %s", name, fate)
	case harm && !refused && fate != teller.Lost:
		fault("%s: an attack went through, and the end is %s", name, fate)
	}
}

// TestWhatAThiefGotIsRedAndWhatEndsTheTheftIsNot is the story of the refresh
// token: the thief comes before the app, and reads the mails once.
func TestWhatAThiefGotIsRedAndWhatEndsTheTheftIsNot(t *testing.T) {
	f, _ := flows.Find("refresh-token")
	for name, want := range map[string]map[string]teller.Fate{
		"thief-first": {
			"copy-refresh-token": teller.Fine, "stolen-refresh": teller.Lost, "stolen-response": teller.Lost,
			"stolen-mail": teller.Lost, "stolen-mail-response": teller.Lost, "stolen-refused": teller.Stopped,
		},
		"thief-late": {"stolen-refresh": teller.Stopped, "stolen-refused": teller.Stopped},
	} {
		tr := run(t, f, name)
		told := teller.Of(tr, teller.Story{})
		for step, fate := range want {
			i := indexOf(t, tr, step)
			if step == "stolen-refresh" && fate == teller.Stopped {
				i = tr.Failed()
			}
			if got := told.FateOf(i); got != fate {
				t.Errorf("%s: %s is %s, want %s", name, step, got, fate)
			}
		}
	}
}
