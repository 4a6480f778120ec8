package telling_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// run is a short story with one of everything; evil stands wherever a stranger's value can.
func run(evil string) *trace.Trace {
	form := header("Content-Type", "application/x-www-form-urlencoded")
	return &trace.Trace{
		Flow:    "short",
		Outcome: trace.Outcome{State: trace.Refused, By: trace.AuthorizationServer, Rule: "x", Error: "invalid_grant", Reason: evil},
		Messages: []trace.Message{
			{
				Step: "click", Chapter: "ask", Kind: trace.Gesture, From: trace.ResourceOwner, To: trace.UserAgent, Channel: trace.Local,
				Act: &trace.Act{Verb: "types", Object: evil, Fields: []trace.Field{{Name: "password", Value: evil}}},
			},
			{
				Step: "verifier", Chapter: "ask", Kind: trace.Note, From: trace.Client, To: trace.Client, Channel: trace.Local,
				Calc: &trace.Calc{
					Inputs: []trace.Field{{Name: "code_verifier", Value: evil}}, Steps: []trace.CalcStep{{Does: "SHA-256", Result: evil}},
					Outputs: []trace.Field{{Name: "code_challenge", Value: evil}}, Command: "printf x",
				},
			},
			{
				Step: "token", Chapter: "tokens", Kind: trace.Request, From: trace.Client, To: trace.AuthorizationServer,
				Channel: trace.Back, Exchange: 1, Method: "POST", URL: "https://idp.example/token?x=1#y=2", Header: form,
				Body:   []byte("code=c&id_token=" + jwt(`{"exp":1}`)),
				Edited: []trace.EditMark{{What: "parameter code", Before: evil, After: "c"}},
				Checks: []trace.Check{
					{By: trace.AuthorizationServer, ID: "a", Rule: "a holds", Expected: evil, Got: evil, Result: trace.Pass},
					{
						By: trace.AuthorizationServer, ID: "x", Rule: evil, Expected: "x", Got: evil,
						Result: trace.Fail, Reason: evil, Error: "invalid_grant",
					},
					{By: trace.AuthorizationServer, ID: "b", Rule: "b holds", Result: trace.Skip, Reason: evil},
				},
			},
			{
				Step: "refused", Chapter: "tokens", Kind: trace.Response, From: trace.AuthorizationServer, To: trace.Client,
				Channel: trace.Back, Exchange: 1, Status: 400, Header: header("Content-Type", "application/json"),
				Body: []byte(`{"error":"invalid_grant","id_token":"` + jwt(`{"exp":1}`) + `"}`),
			},
		},
	}
}

func story(t *testing.T, developer bool) telling.Story {
	t.Helper()
	say, err := tutorials.Catalog("en")
	if err != nil {
		t.Fatal(err)
	}
	return telling.Story{
		Say: say, Developer: developer,
		Step: func(id string) telling.Words {
			if id == "refused" {
				return telling.Words{Label: "4xx invalid_grant", Title: "No", Happened: "It says **no**.", Risk: "None."}
			}
			return telling.Words{}
		},
	}
}

// kinds are the nouns by name.
func kinds(nouns []telling.Noun) string {
	var all []string
	for _, n := range nouns {
		all = append(all, reflect.TypeOf(n).Name())
	}
	return strings.Join(all, " ")
}

func TestARunIsToldFromItsTitleToItsClosing(t *testing.T) {
	for developer, want := range map[bool]string{
		false: "Title Table Figure Chapter Step Way Step Way Chapter Step Way Passage Table Checks Step Way Passage Passage Ending Passage Closing",
		true: "Title Table Figure Chapter Step Way Table Step Way Table Table Table Quote " +
			"Chapter Step Way Passage Table Line Table Table Table Table Token Checks " +
			"Step Way Passage Passage Line Table Quote Chips Token Ending Passage Closing",
	} {
		var nouns []telling.Noun
		for n := range telling.Of(run("v"), story(t, developer)).Whole() {
			nouns = append(nouns, n)
		}
		if diff := cmp.Diff(want, kinds(nouns)); diff != "" {
			t.Errorf("developer %t (-want +got):\n%s", developer, diff)
		}
	}
}

func TestAStepIsToldTheSameWhoeverAsksFirst(t *testing.T) {
	inOrder := telling.Of(run("v"), story(t, true))
	for i := range run("v").Messages {
		want := inOrder.Step(i)
		if diff := cmp.Diff(want, telling.Of(run("v"), story(t, true)).Step(i)); diff != "" {
			t.Errorf("step %d alone is told in another way (-in order +alone):\n%s", i+1, diff)
		}
	}
	if diff := cmp.Diff(inOrder.Step(2), telling.Of(run("v"), story(t, true)).Step(2)); diff != "" {
		t.Errorf("a step that is told again is told in another way:\n%s", diff)
	}
}

func noun[N telling.Noun](t *testing.T, nouns []telling.Noun) N {
	t.Helper()
	for _, n := range nouns {
		if found, ok := n.(N); ok {
			return found
		}
	}
	t.Fatalf("there is no %T among %s", *new(N), kinds(nouns))
	return *new(N)
}

func TestATokenIsDecodedWhereItCrossesFirst(t *testing.T) {
	teller := telling.Of(run("v"), story(t, true))
	again, first := noun[telling.Token](t, teller.Step(3)), noun[telling.Token](t, teller.Step(2))
	if first.Again || len(first.Parts) != 2 || first.Says != "decoded, not verified here" {
		t.Errorf("where it crosses first: %+v", first)
	}
	if !again.Again || len(again.Parts) != 0 || again.Says != "carries the token decoded in step 3" {
		t.Errorf("where it crosses again: %+v", again)
	}
}

func TestTheLabelHasTheStatusThatTheRunHad(t *testing.T) {
	if way := noun[telling.Way](t, telling.Of(run("v"), story(t, false)).Step(3)); way.Label != "400 invalid_grant" || !way.Back {
		t.Errorf("got %+v", way)
	}
}

func TestAStepWithoutWordsIsToldByWhatItIs(t *testing.T) {
	teller := telling.Of(run("v"), telling.Story{})
	var labels []string
	for i := range run("v").Messages {
		labels = append(labels, noun[telling.Way](t, teller.Step(i)).Label)
	}
	if want := []string{"types v", "verifier", "POST /token", "400 Bad Request"}; !cmp.Equal(want, labels) {
		t.Errorf("got %q, want %q", labels, want)
	}
}

func TestOnlyADeveloperReadsTheRulesThatPassed(t *testing.T) {
	everyone := noun[telling.Checks](t, telling.Of(run("v"), story(t, false)).Step(2))
	if len(everyone.Verdicts) != 1 || everyone.Verdicts[0].Result != trace.Fail || everyone.Passed != "1 check passed" || everyone.All {
		t.Errorf("everyone is told %+v", everyone)
	}
	developer := noun[telling.Checks](t, telling.Of(run("v"), story(t, true)).Step(2))
	if len(developer.Verdicts) != 3 || developer.Passed != "" {
		t.Errorf("a developer is told %+v", developer)
	}
}

func TestWhatTheLearnerChangedIsMarkedAsASecretWhereItIsOne(t *testing.T) {
	changed := noun[telling.Table](t, telling.Of(run("v"), story(t, false)).Step(2))
	want := [][]telling.Cell{{
		{Text: "the value of “code”"}, {Text: "v", Wire: true, Mark: "secret"}, {Text: "c", Wire: true, Mark: "secret"},
	}}
	if diff := cmp.Diff(want, changed.Rows); changed.Of != "changed" || diff != "" {
		t.Errorf("%s (-want +got):\n%s", changed.Of, diff)
	}
}

func TestTheOutcomeSaysWhoRefused(t *testing.T) {
	ended := run("v")
	for state, want := range map[trace.State]string{
		trace.Completed: "Completed", trace.Refused: "Refused by authorization-server", trace.Running: "Not finished", "": "Not finished",
	} {
		ended.Outcome.State = state
		if got := telling.Of(ended, story(t, false)).Outcome().Words; got != want {
			t.Errorf("%q is told as %q, want %q", state, got, want)
		}
	}
}

func TestTheSummaryCountsStepsRequestsAndChecks(t *testing.T) {
	want := "4 steps · 1 request · 1 check passed · 1 failed · 1 skipped"
	if got := telling.Of(run("v"), story(t, true)).Summary(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhoHasNoLaneComesLast(t *testing.T) {
	tr := &trace.Trace{Messages: []trace.Message{{From: "stranger", To: trace.Client}, {From: trace.ResourceOwner, To: "stranger"}}}
	var roles []trace.Role
	for _, p := range telling.Of(tr, telling.Story{}).Cast() {
		roles = append(roles, p.Role)
	}
	if want := []trace.Role{trace.ResourceOwner, trace.Client, "stranger"}; !cmp.Equal(want, roles) {
		t.Errorf("got %v, want %v", roles, want)
	}
}

// TestNothingThatIsToldActsAndEverythingHasWords looks at each text of each noun.
func TestNothingThatIsToldActsAndEverythingHasWords(t *testing.T) {
	for n := range telling.Of(run("\x1b[31m\u202e\xff"), story(t, true)).Whole() {
		for _, text := range textsOf(n) {
			if harmless.Needed(text, "") {
				t.Errorf("%T acts: %q", n, text)
			}
			if strings.HasPrefix(text, "telling.") {
				t.Errorf("%T has no words for %s", n, text)
			}
		}
	}
}

// textsOf lists every text of a noun, however deep.
func textsOf(n telling.Noun) []string {
	var texts []string
	var look func(v reflect.Value)
	look = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			texts = append(texts, v.String())
		case reflect.Slice:
			for i := range v.Len() {
				look(v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				look(v.Field(i))
			}
		default:
		}
	}
	look(reflect.ValueOf(n))
	return texts
}

func TestARuleInWordsIsOneLine(t *testing.T) {
	s := story(t, false)
	s.Rule = func(trace.Check) string { return "one **two**\n\nthree" }
	want := []markup.Span{{Text: "one "}, {Text: "two", Bold: true}, {Text: " "}, {Text: "three"}}
	if diff := cmp.Diff(want, telling.Of(run("v"), s).Rule(trace.Check{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	s.Rule = nil
	if got := fmt.Sprint(telling.Of(run("v"), s).Rule(trace.Check{Rule: "**exact**"})); got != "[{**exact** false false }]" {
		t.Errorf("the exact phrase is read as %s", got)
	}
}
