//go:build !race

package tutorials

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

const talkText = `+++
title = "A talk"
for = "executives"
voice = "executive"
lengths = [1, 2]
+++
A note to the next writer.

## first
At: walk/implicit/mail
Pass: 10m
Minutes: 1:00 1:15
Title: The door
Stage: It **opens**.
Say: Something.
Asked: - Really? Yes.
- And then? Nothing.
Show: The card.

## second
Minutes: - 0:45
Title: The end
Stage: That was it.
Say: Thanks.
`

func talkOf(src string) (Talk, error) {
	talks, err := ReadTalks(fstest.MapFS{"talks/a-talk.md": {Data: []byte(src)}}, "talks")
	if err != nil {
		return Talk{}, err
	}
	return talks[0], nil
}

func TestATalkIsReadWithItsLengths(t *testing.T) {
	got, err := talkOf(talkText)
	if err != nil {
		t.Fatal(err)
	}
	want := Scene{
		ID: "first", At: "walk/implicit/mail", Pass: 10 * time.Minute, Takes: []time.Duration{time.Minute, 75 * time.Second},
		Title: "The door", Stage: "It **opens**.", Say: "Something.",
		Asked: []Reply{{"Really?", "Yes."}, {"And then?", "Nothing."}}, Show: "The card.",
	}
	if diff := cmp.Diff(want, got.Scenes[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got.ID != "a-talk" || got.Lens != "office" || len(got.Cut(1)) != 1 || len(got.Cut(2)) != 2 || len(got.Cut(3)) != 0 {
		t.Errorf("it is read as %+v", got)
	}
	for asked, length := range map[int]int{0: 2, 1: 1, 2: 2, 9: 2, -1: 2} {
		if l := got.Length(asked); l != length {
			t.Errorf("for %d minutes there is the version of %d, want %d", asked, l, length)
		}
	}
}

func TestABrokenTalkSaysFileLineAndTheWayOut(t *testing.T) {
	for change, told := range map[[2]string]string{
		{"lengths = [1, 2]", "lengths = [2, 1]"}:             "the shortest first, such as lengths = [5, 10, 20]",
		{"lengths = [1, 2]", "length = 1"}:                   `"length" is not known; there are title, for`,
		{"voice = \"executive\"", "voice = \"boss\""}:        "write one of",
		{"for = \"executives\"\n", ""}:                       "title and for are both needed",
		{"Minutes: 1:00 1:15", "Minutes: 1:00"}:              "talks/a-talk.md:12: section \"first\": Minutes: \"1:00\" has 1 times and the talk 2 lengths [1 2]; write one for each",
		{"Minutes: 1:00 1:15", "Minutes: 1:00 75"}:           `"75" is no time; write minutes and seconds`,
		{"Minutes: 1:00 1:15", "Minutes: 1:00 2:00"}:         "the scenes of the 2 minutes take 2:45 together, which is 0:45 too long; change a scene’s Minutes",
		{"Minutes: - 0:45", "Minutes: - -"}:                  "0:45 too short",
		{"Pass: 10m", "Pass: soon"}:                          "write 10m or 1h",
		{"Show: The card.", "Shows: The card."}:              "talks/a-talk.md:18: section \"first\": Shows is not known; there are At, Picture",
		{"At: walk/implicit/mail\n", "Picture: a\nAsk: b\n"}: "talks/a-talk.md:9: section \"first\": a scene shows one thing",
		{"Stage: That was it.\n", ""}:                        "a scene shows one thing",
		{"Say: Thanks.\n", ""}:                               "every scene needs it: add a line that begins with Say:",
		{"- Really? Yes.", "Really yes."}:                    "each line is a dash, a question with its mark and the answer",
	} {
		src := strings.Replace(talkText, change[0], change[1], 1)
		if src == talkText {
			t.Fatalf("%q is not in the talk", change[0])
		}
		if _, err := talkOf(src); err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%q is told:\n%v\nit should say:\n%s", change[1], err, told)
		}
	}
}
