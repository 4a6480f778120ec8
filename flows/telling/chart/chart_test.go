package chart_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/chart"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// arrow is a message from one party to another; a rule that it breaks has an id.
func arrow(from, to trace.Role, broken string) trace.Message {
	m := trace.Message{Step: "x", Kind: trace.Request, Channel: trace.Back, From: from, To: to}
	if broken != "" {
		m.Checks = []trace.Check{{By: to, ID: broken, Result: trace.Fail}}
	}
	return m
}

func answer(m trace.Message, exchange, status int) trace.Message {
	m.Kind, m.Exchange, m.Status = trace.Response, exchange, status
	return m
}

func asked(m trace.Message, exchange int) trace.Message {
	m.Exchange = exchange
	return m
}

func TestRedGoesOnWhileBadNewsTravels(t *testing.T) {
	const ua, cl, as, rs = trace.UserAgent, trace.Client, trace.AuthorizationServer, trace.ResourceServer
	refused := func(by trace.Role, rule string) trace.Outcome {
		return trace.Outcome{State: trace.Refused, By: by, Rule: rule}
	}
	for sentence, c := range map[string]struct {
		messages []trace.Message
		outcome  trace.Outcome
		want     []bool
	}{
		"nothing was refused": {
			[]trace.Message{arrow(cl, as, ""), arrow(as, cl, "")}, trace.Outcome{State: trace.Completed}, []bool{false, false},
		},
		"to the end": {
			[]trace.Message{arrow(ua, cl, ""), arrow(cl, as, "a"), arrow(as, cl, ""), arrow(cl, ua, "")},
			refused(as, "a"),
			[]bool{false, true, true, true},
		},
		"until somebody tries again": {
			[]trace.Message{arrow(cl, as, "a"), arrow(as, cl, ""), arrow(ua, cl, ""), arrow(cl, as, "")},
			refused(as, "a"),
			[]bool{true, true, false, false},
		},
		"not after a no that the run went on from to a good end": {
			[]trace.Message{asked(arrow(cl, rs, "a"), 1), answer(arrow(rs, cl, ""), 1, 401), arrow(cl, as, "")},
			trace.Outcome{State: trace.Completed},
			[]bool{true, true, false},
		},
		"nor after one that it went on from to another no": {
			[]trace.Message{asked(arrow(cl, rs, "a"), 1), answer(arrow(rs, cl, ""), 1, 401), arrow(cl, as, ""), arrow(cl, as, "b")},
			refused(as, "b"),
			[]bool{true, true, false, true},
		},
		"an answer that tells of a no without a rule": {
			[]trace.Message{answer(arrow(as, cl, ""), 1, 400), arrow(cl, ua, "")}, refused(as, ""), []bool{true, true},
		},
		"what somebody works out alone": {
			[]trace.Message{arrow(cl, cl, "a"), arrow(cl, ua, "")}, refused(cl, "a"), []bool{true, true},
		},
	} {
		var got []bool
		for _, r := range chart.Rows(telling.Of(&trace.Trace{Messages: c.messages, Outcome: c.outcome}, telling.Story{})) {
			got = append(got, r.Fate == telling.Broke)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sentence, diff)
		}
	}
}

func TestALineSaysHowAMessageTravels(t *testing.T) {
	for _, c := range []struct {
		kind    trace.Kind
		channel trace.Channel
		want    chart.Line
	}{
		{trace.Request, trace.Front, chart.Front},
		{trace.Response, trace.Back, chart.Back},
		{trace.Gesture, trace.Local, chart.Gesture},
		{trace.Note, trace.Local, chart.Note},
	} {
		if got := chart.LineOf(c.kind, c.channel); got != c.want {
			t.Errorf("a %s by the %s channel is a line %q, want %q", c.kind, c.channel, got, c.want)
		}
	}
}

func TestWhoWasStillToComeHasALaneAndALine(t *testing.T) {
	teller := telling.Of(&trace.Trace{Messages: []trace.Message{arrow(trace.Client, trace.AuthorizationServer, "")}}, telling.Story{})
	toCome := chart.Arrow{From: trace.ResourceOwner, To: trace.UserAgent, Line: chart.Gesture}
	if got := lanes(chart.Lanes(teller)); !cmp.Equal(got, []trace.Role{trace.Client, trace.AuthorizationServer}) {
		t.Errorf("the run alone has the lanes %v", got)
	}
	want := []trace.Role{trace.ResourceOwner, trace.UserAgent, trace.Client, trace.AuthorizationServer}
	if got := lanes(chart.Lanes(teller, toCome)); !cmp.Equal(got, want) {
		t.Errorf("with what was to come it has the lanes %v", got)
	}
	if got := chart.Legend(teller); len(got) != 1 || got[0].Line != chart.Back {
		t.Errorf("the run alone has the legend %v", got)
	}
	if got := chart.Legend(teller, toCome); len(got) != 2 || got[1].Line != chart.Gesture {
		t.Errorf("with what was to come it has the legend %v", got)
	}
}

func TestWhatWasDoneToTheServerIsNoCalculation(t *testing.T) {
	deed := trace.Deed(trace.AuthorizationServer, "clock-moved")
	note := trace.Message{Kind: trace.Note, From: trace.Client, To: trace.Client, Channel: trace.Local, Step: "verifier"}
	for _, c := range []struct {
		messages []trace.Message
		want     string
	}{
		{[]trace.Message{deed}, "telling.legend.deed"},
		{[]trace.Message{note}, "telling.legend.note"},
		{[]trace.Message{note, deed}, "telling.legend.note"},
		{[]trace.Message{deed, note}, "telling.legend.note"},
	} {
		got := chart.Legend(telling.Of(&trace.Trace{Messages: c.messages}, telling.Story{}))
		if len(got) != 1 || got[0].Line != chart.Note || got[0].Words != c.want {
			t.Errorf("of %d messages the legend is %v, want %s", len(c.messages), got, c.want)
		}
	}
}

func lanes(parties []telling.Party) []trace.Role {
	var roles []trace.Role
	for _, p := range parties {
		roles = append(roles, p.Role)
	}
	return roles
}

func TestARowSaysWhatItCarriesAndWhereAChapterBegins(t *testing.T) {
	m := arrow(trace.UserAgent, trace.Client, "")
	m.URL, m.Chapter, m.Edited = "https://app.example/cb?code=c", "return", []trace.EditMark{{What: "url"}}
	rows := chart.Rows(telling.Of(&trace.Trace{Messages: []trace.Message{m, m}}, telling.Story{}))
	want := []chart.Chip{{Artefact: telling.Code, Label: "code", Value: "c"}}
	if diff := cmp.Diff(want, rows[0].Chips); diff != "" || !rows[0].Edited || rows[0].Alone() {
		t.Errorf("%+v (-want +got):\n%s", rows[0], diff)
	}
	if rows[0].Chapter != "return" || rows[1].Chapter != "" {
		t.Errorf("the chapter begins with %q, %q", rows[0].Chapter, rows[1].Chapter)
	}
}
