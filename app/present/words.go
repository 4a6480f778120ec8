package present

import (
	"fmt"
	"strconv"
	"time"

	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// words are what stage and speaker's window say besides the talk.
type words struct{ say *catalog.Catalog }

func (w *words) text(id string, pairs ...string) string { return w.say.Text("present."+id, pairs...) }

// said are those on the stage.
func (w *words) said() sheet.Said {
	return sheet.Said{
		Hands: func(n int) string { return w.say.Count("present.hands", n) },
		Result: func(right, guessed, all int) string {
			if all == 0 { // nobody counted
				return w.text("result-alone", "right", strconv.Itoa(right))
			}
			return w.text("result", "right", strconv.Itoa(right), "guessed", strconv.Itoa(guessed), "all", strconv.Itoa(all))
		},
	}
}

// count says how hands are counted; "" where nobody is asked.
func (w *words) count(ask *talk.Question) string {
	if ask == nil {
		return ""
	}
	return w.text("count-hands", "last", strconv.Itoa(len(ask.Choices)))
}

// clock writes minutes and seconds.
func clock(d time.Duration) string {
	d = d.Truncate(time.Second)
	return fmt.Sprintf("%02d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}

// pace says how somebody is on time.
func (w *words) pace(state talk.State, by time.Duration) string {
	if state == talk.OnTrack {
		return w.text("on-track")
	}
	amount := strconv.Itoa(int(by.Seconds())) + " s"
	if by >= 2*time.Minute {
		amount = w.say.Count("present.minutes", int(by.Minutes()))
	}
	return w.text(string(state), "by", amount)
}

// status is time and pace in one line.
func (w *words) status(g *giving) string {
	if !g.timer.Began() {
		return w.text("ready")
	}
	return w.text("status", "clock", clock(g.timer.Elapsed()), "whole", clock(g.timer.Whole()), "pace", w.pace(g.timer.Pace()),
		"scene", talk.Clock(g.timer.Spent(g.at)), "takes", talk.Clock(g.timer.Planned(g.at)))
}
