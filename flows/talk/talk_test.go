package talk_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func provider(t *testing.T) func(stage.Env) (http.Handler, error) {
	t.Helper()
	p, err := onstage.Providers(true)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func prepared(t *testing.T, words *tutorials.Library, which tutorials.Talk, minutes int, runs talk.Runs) *talk.Show {
	t.Helper()
	show, err := talk.Prepare(t.Context(), words, which, minutes, talk.Options{Provider: provider(t), Runs: runs})
	if err != nil {
		t.Fatal(err)
	}
	return show
}

// loginWith is the first talk of the house.
func loginWith(t *testing.T, minutes int) *talk.Show {
	t.Helper()
	words := wordstest.English(t)
	which, ok := words.Talks().Talk("log-in-with")
	if !ok {
		t.Fatal("the talk log-in-with is gone")
	}
	return prepared(t, words, which, minutes, nil)
}

// written is a talk of the scenes that are handed in, an address and fields each.
func written(t *testing.T, scenes string) (*talk.Show, error) {
	t.Helper()
	const front = "+++\ntitle = \"T\"\nfor = \"all\"\nvoice = \"everyone\"\nlens = \"hotel\"\nlengths = [1]\n+++\n"
	talks, err := tutorials.ReadTalks(fstest.MapFS{"mine/t.md": {Data: []byte(front + scenes)}}, "mine")
	if err != nil {
		t.Fatal(err)
	}
	return talk.Prepare(t.Context(), wordstest.English(t), talks[0], 1, talk.Options{Provider: provider(t)})
}

func TestEveryTalkCanBeGivenInEveryLength(t *testing.T) {
	words := wordstest.English(t)
	talks, err := words.Talks().All()
	if err != nil || len(talks) == 0 {
		t.Fatalf("there are %d talks: %v", len(talks), err)
	}
	for _, which := range talks {
		for _, minutes := range which.Lengths {
			show := prepared(t, words, which, minutes, nil)
			for i := range show.Slides {
				s := &show.Slides[i]
				readable(t, which.ID, s)
				if s.Later != nil {
					readable(t, which.ID, s.Later)
				}
			}
		}
	}
}

// mostWords is how much a room reads while somebody speaks.
const mostWords = 40

// readable reports a scene that the room could not read at one look, or that says nothing.
func readable(t *testing.T, id string, s *talk.Slide) {
	t.Helper()
	all := s.Heading + " " + s.Plain()
	if s.Ask != nil {
		all += " " + strings.Join(s.Ask.Choices, " ")
	}
	if n := len(strings.Fields(all)); n > mostWords {
		t.Errorf("%s, %s: %d words on the stage, at most %d: %s", id, s.Scene.ID, n, mostWords, all)
	}
	if s.Ask == nil && s.Plain() == "" {
		t.Errorf("%s, %s: the stage says nothing", id, s.Scene.ID)
	}
}

func scene(t *testing.T, show *talk.Show, id string) *talk.Slide {
	t.Helper()
	for i := range show.Slides {
		if show.Slides[i].Scene.ID == id {
			return &show.Slides[i]
		}
	}
	t.Fatalf("there is no scene %q", id)
	return nil
}

// bright are the names of those whose message it is.
func bright(s *talk.Slide) string {
	var names []string
	for _, l := range s.Lanes {
		if l.Bright {
			names = append(names, l.Name)
		}
	}
	return strings.Join(names, ", ")
}

func TestASceneShowsWhatItsRunSays(t *testing.T) {
	show := loginWith(t, 10)
	at := func(id string) *talk.Slide { return scene(t, show, id) }
	trade := at("trade")
	if trade.Arrow == nil || len(trade.Arrow.Chips) != 2 || !strings.HasPrefix(trade.Where, "Step 16 of ") {
		t.Errorf("the trade shows %+v at %q", trade.Arrow, trade.Where)
	}
	if names := bright(trade); names != "Travel app, Front desk" {
		t.Errorf("bright are %q", names)
	}
	if trade.Token == nil || trade.Token.Rows[0].Name == "iss" {
		t.Errorf("opened, it says %+v", trade.Token)
	}
	if door := at("door"); door.Later == nil || !door.Later.Arrow.Refused || door.Arrow.Refused {
		t.Error("ten minutes later the door should refuse what it takes now")
	}
	if guess := at("guess-thief"); guess.Ask.Right != 1 {
		t.Errorf("the run says that choice %d is right", guess.Ask.Right)
	}
	if thief := at("thief"); thief.Arrow.Fate != "stopped" {
		t.Errorf("of the thief it tells as %q", thief.Arrow.Fate)
	}
}

func TestASceneThatCannotBeShownSaysWhereAndWhatToWrite(t *testing.T) {
	for scene, told := range map[string]string{
		"At: walk/openid-connect/sgn-in": `talks/t.md: section "s": walk/openid-connect/sgn-in leads to no walk: ` +
			`there is no step "sgn-in"; you may mean "sign-in"`,
		"At: walk/openid-connect":                 "names no step; write one behind the flow",
		"At: walk/openid-connect/refresh":         "there is no step",
		"At: walk/implicit/mail-refused":          "does not come to the step",
		"At: lesson/tokens/nowhere":               "has no screen",
		"At: rules/code-unused":                   "begins with walk/ or with lesson/",
		"Ask: whose-turn":                         `there is no question "whose-turn"`,
		"At: walk/openid-connect/login\nPass: 1s": "nothing is refused after 1s",
	} {
		_, err := written(t, "## s\nMinutes: 1:00\nTitle: T\nSay: S.\n"+scene+"\n")
		if err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%s\nis told: %v\nit should say: %s", scene, err, told)
		}
	}
	words := wordstest.English(t)
	which, _ := words.Talks().Talk("log-in-with")
	_, err := talk.Prepare(t.Context(), words, which, 7, talk.Options{Provider: provider(t)})
	if err == nil || !strings.Contains(err.Error(), "[5 10 20]") {
		t.Errorf("seven minutes are told: %v", err)
	}
}

func TestASavedTalkShowsTheSameBytesAgain(t *testing.T) {
	show := loginWith(t, 5)
	var file bytes.Buffer
	if err := show.Save(&file); err != nil {
		t.Fatal(err)
	}
	saved := file.String()
	runs, err := talk.ReadRuns(&file)
	if err != nil || len(runs) != len(show.Runs) {
		t.Fatalf("%d runs come back of %d: %v", len(runs), len(show.Runs), err)
	}
	words := wordstest.English(t)
	which, _ := words.Talks().Talk("log-in-with")
	again, err := talk.Prepare(t.Context(), words, which, 5, talk.Options{Runs: runs}) // nobody answers: nothing is played
	if err != nil {
		t.Fatal(err)
	}
	var second bytes.Buffer
	if err := again.Save(&second); err != nil || second.String() != saved {
		t.Errorf("saved again it is another file: %v", err)
	}
	for text, told := range map[string]string{
		"": "no runs of a talk", `{"grantwalk":1}`: "no runs of a talk", `{"grantwalk-talk":9}`: "newer version",
	} {
		if _, err := talk.ReadRuns(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%q is told: %v", text, err)
		}
	}
}

// hand is a clock that a test turns.
type hand struct{ at time.Time }

func (h *hand) now() time.Time        { return h.at }
func (h *hand) turn(by time.Duration) { h.at = h.at.Add(by) }

func TestThirtyMinutesPassWithoutDrift(t *testing.T) {
	h := &hand{at: time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC)}
	plan := make([]time.Duration, 30)
	for i := range plan {
		plan[i] = time.Minute
	}
	timer := talk.NewTimer(plan, h.now)
	timer.Start(0)
	for i := range 1800 {
		h.turn(time.Second)
		_, _ = timer.Pace() // whoever looks often changes nothing
		timer.Move(i / 60)
	}
	if timer.Elapsed() != 30*time.Minute {
		t.Errorf("after 30 minutes the clock says %s", timer.Elapsed())
	}
	var all time.Duration
	for i := range plan {
		all += timer.Spent(i)
	}
	if all != timer.Elapsed() {
		t.Errorf("the scenes took %s together and the talk %s", all, timer.Elapsed())
	}
	h.turn(time.Hour)
	timer.End()
	h.turn(time.Hour)
	if timer.Elapsed() != 90*time.Minute || timer.Spent(29) < time.Hour {
		t.Errorf("ended after a jump it says %s, the last scene %s", timer.Elapsed(), timer.Spent(29))
	}
}

func TestThePaceIsThatOfTheSceneOfNow(t *testing.T) {
	h := &hand{at: time.Unix(0, 0)}
	timer := talk.NewTimer([]time.Duration{time.Minute, time.Minute, time.Minute}, h.now)
	if state, by := timer.Pace(); state != talk.OnTrack || by != 0 || timer.Elapsed() != 0 {
		t.Errorf("before it begins it is %s by %s", state, by)
	}
	timer.Start(0)
	for _, c := range []struct {
		pass  time.Duration
		to    int
		state talk.State
		by    time.Duration
	}{
		{50 * time.Second, 0, talk.OnTrack, 0},
		{20 * time.Second, 0, talk.OnTrack, 0}, // within the slack
		{20 * time.Second, 0, talk.Behind, 30 * time.Second},
		{0, 1, talk.OnTrack, 0},
		{0, 2, talk.Ahead, 30 * time.Second},
	} {
		h.turn(c.pass)
		timer.Move(c.to)
		if state, by := timer.Pace(); state != c.state || by != c.by {
			t.Errorf("after %s in scene %d it is %s by %s, want %s by %s", timer.Elapsed(), c.to, state, by, c.state, c.by)
		}
	}
}

func TestARehearsalProposesWhatAShorterTalkDoesWithout(t *testing.T) {
	show := loginWith(t, 10)
	h := &hand{at: time.Unix(0, 0)}
	timer := talk.NewTimer(show.Plan(), h.now)
	timer.Start(0)
	for i := range show.Slides {
		timer.Move(i)
		h.turn(show.Slides[i].Takes + 10*time.Second)
	}
	timer.End()
	r := timer.Rehearsed(show)
	if r.Over != time.Duration(len(show.Slides))*10*time.Second || len(r.Cut) == 0 {
		t.Fatalf("it was %s over, and to cut are %v", r.Over, r.Cut)
	}
	var saved time.Duration
	for _, i := range r.Cut {
		saved += r.Scenes[i].Took
		if !show.Dispensable(i) {
			t.Errorf("scene %q is in every version and should be cut", r.Scenes[i].Title)
		}
	}
	if r.Over-saved > 15*time.Second {
		t.Errorf("what is cut saves %s of %s", saved, r.Over)
	}
	again := talk.NewTimer(show.Plan(), h.now)
	again.Start(0)
	again.End()
	if r := again.Rehearsed(show); len(r.Cut)+len(r.Shorten) != 0 {
		t.Errorf("who was quick should cut %v and shorten %v", r.Cut, r.Shorten)
	}
}
