package talk

import (
	"cmp"
	"slices"
	"time"
)

// Timer measures a talk. All its time comes from the clock that it is handed;
// what it says is the difference of two readings, so nothing adds up to a drift.
type Timer struct {
	now   func() time.Time
	plan  []time.Duration
	spent []time.Duration
	began time.Time
	since time.Time // when the scene of now began
	at    int
	over  time.Time // when the talk ended; zero while it goes on
}

// NewTimer returns a timer for a plan, that stands before the first scene until it is started.
func NewTimer(plan []time.Duration, now func() time.Time) *Timer {
	return &Timer{now: now, plan: plan, spent: make([]time.Duration, len(plan))}
}

// Start begins the talk at a scene, anew if it had begun.
func (t *Timer) Start(at int) {
	t.began = t.now()
	t.since, t.at, t.over = t.began, at, time.Time{}
	t.spent = make([]time.Duration, len(t.plan))
}

// Began reports whether the time runs, or ran.
func (t *Timer) Began() bool { return !t.began.IsZero() }

// Move goes to a scene; what was spent in the one before is kept.
func (t *Timer) Move(to int) {
	if t.began.IsZero() || to == t.at || !t.over.IsZero() {
		t.at = to
		return
	}
	now := t.now()
	t.spent[t.at] += now.Sub(t.since)
	t.since, t.at = now, to
}

// End stops the time.
func (t *Timer) End() {
	if t.began.IsZero() || !t.over.IsZero() {
		return
	}
	t.over = t.now()
	t.spent[t.at] += t.over.Sub(t.since)
	t.since = t.over
}

// Elapsed is how long the talk has been going on.
func (t *Timer) Elapsed() time.Duration {
	switch {
	case t.began.IsZero():
		return 0
	case !t.over.IsZero():
		return t.over.Sub(t.began)
	}
	return t.now().Sub(t.began)
}

// Spent is how long a scene has been shown, all its times together.
func (t *Timer) Spent(i int) time.Duration {
	spent := t.spent[i]
	if i == t.at && !t.began.IsZero() && t.over.IsZero() {
		spent += t.now().Sub(t.since)
	}
	return spent
}

// Planned is how long a scene should take.
func (t *Timer) Planned(i int) time.Duration { return t.plan[i] }

// Whole is how long the talk should take.
func (t *Timer) Whole() time.Duration { return sum(t.plan) }

// State is how somebody is on time.
type State string

// The states.
const (
	Ahead   State = "ahead"
	OnTrack State = "on-track"
	Behind  State = "behind"
)

// slack is by how much one may be off without a word.
const slack = 15 * time.Second

// Pace says how somebody is on time: on track from when the scene of now should
// begin until it should end, and by how much off before and after that.
func (t *Timer) Pace() (State, time.Duration) {
	begins := sum(t.plan[:t.at])
	ends := begins + t.plan[t.at]
	switch elapsed := t.Elapsed(); {
	case t.began.IsZero():
		return OnTrack, 0
	case elapsed > ends+slack:
		return Behind, elapsed - ends
	case elapsed < begins-slack:
		return Ahead, begins - elapsed
	}
	return OnTrack, 0
}

func sum(all []time.Duration) (out time.Duration) {
	for _, d := range all {
		out += d
	}
	return out
}

// Rehearsal is what came of one: the time of each scene, and what to cut.
type Rehearsal struct {
	Scenes []Timed
	Took   time.Duration
	Over   time.Duration // beyond the time of the talk; negative where there was some left
	// Cut are the scenes to leave out, so that the rest fits; empty where it does.
	Cut []int
	// Shorten are scenes that took much longer than planned and that no version of the talk does without.
	Shorten []int
}

// Timed is a scene with its times.
type Timed struct {
	Title         string
	Planned, Took time.Duration
}

// Rehearsed says what came of a rehearsal. What a shorter version of the talk
// does without is cut first, the longest scenes of those before the others.
func (t *Timer) Rehearsed(s *Show) Rehearsal {
	r := Rehearsal{Took: t.Elapsed(), Over: t.Elapsed() - t.Whole()}
	var may []int
	for i := range s.Slides {
		r.Scenes = append(r.Scenes, Timed{s.Slides[i].Heading, t.plan[i], t.Spent(i)})
		switch {
		case s.Dispensable(i):
			may = append(may, i)
		case t.Spent(i) > t.plan[i]+slack:
			r.Shorten = append(r.Shorten, i)
		}
	}
	slices.SortStableFunc(may, func(a, b int) int { return cmp.Compare(t.Spent(b), t.Spent(a)) })
	left := r.Over
	for _, i := range may {
		if left <= slack {
			break
		}
		if t.Spent(i) > 0 {
			r.Cut = append(r.Cut, i)
			left -= t.Spent(i)
		}
	}
	slices.Sort(r.Cut)
	if r.Over <= slack {
		r.Shorten = nil
	}
	return r
}
