package explain_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func options(t *testing.T, v tutorials.Voice) explain.Options {
	t.Helper()
	words := wordstest.English(t)
	return explain.Options{Words: words, Voice: v, Stack: "go"}
}

func TestWhatAVoiceCallsByOneNameIsToldOnce(t *testing.T) {
	like := diagnosis.Diagnosis{Causes: []diagnosis.Cause{
		{ID: "secret-wrong", Sure: diagnosis.Certain},
		{ID: "basic-not-encoded", Sure: diagnosis.Certain},
		{ID: "clock-skew", Sure: diagnosis.Likely},
		{ID: "token-from-the-future", Sure: diagnosis.Possible},
	}}
	for voice, want := range map[tutorials.Voice]string{
		tutorials.Everyone: "clock-skew", tutorials.Developer: "basic-not-encoded clock-skew token-from-the-future",
	} {
		var ids []string
		for _, c := range explain.Others(options(t, voice).Words, voice, &like) {
			ids = append(ids, c.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("in the voice %s besides the first is told of %s, and not of %s", voice, got, want)
		}
	}
}

// Who brings the words of an error alone is told no status, which nobody brought.
func TestAStatusThatNobodyBroughtIsNotTold(t *testing.T) {
	run := &trace.Trace{Messages: []trace.Message{
		{Kind: trace.Request, Exchange: 1, Method: "POST", URL: "https://provider.invalid/oauth2/token"},
		{Kind: trace.Response, Exchange: 1, Status: 400, Body: []byte("it went wrong")},
	}}
	for _, known := range []diagnosis.Known{
		{Asked: true, AnswerOnly: true}, {Asked: true, LeftOut: []diagnosis.Unknown{diagnosis.UnknownStatus}}, {Asked: true},
	} {
		all := diagnosis.Of(logins.Join(run), known)
		o := options(t, tutorials.Developer)
		o.Asked = true
		var text, program strings.Builder
		if err := errors.Join(explain.Text(&text, all, o), explain.JSON(&program, all, o)); err != nil {
			t.Fatal(err)
		}
		brought := !known.AnswerOnly && known.LeftOut == nil
		if strings.Contains(text.String(), "400") != brought || strings.Contains(program.String(), "400") != brought {
			t.Errorf("with %+v the status is told wrongly:\n%s\n%s", known, &text, &program)
		}
	}
}

// polite is a login that a person refused, by an app with a hostile name.
func polite() []diagnosis.Diagnosis {
	at := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	return diagnosis.Of(logins.Join(&trace.Trace{Messages: []trace.Message{
		{
			Kind: trace.Request, Exchange: 1, Method: "GET", At: at,
			URL: "https://idp.example/authorize?client_id=a%1b[31m&response_type=code&state=s-12345",
		},
		{Kind: trace.Response, Exchange: 1, Status: 302, Header: []trace.Field{
			{Name: "Location", Value: "https://app.example/cb?error=access_denied&state=s-12345&error_description=no%1b[31m"},
		}},
	}}), diagnosis.Known{Ended: true})
}

func TestEachVoiceIsToldInItsWordsAndNothingActsOnTheTerminal(t *testing.T) {
	for voice, want := range map[tutorials.Voice]string{
		tutorials.Everyone: "said no when the provider asked", tutorials.Executive: "The customer declined",
		tutorials.Developer: "access_denied",
	} {
		var out strings.Builder
		if err := explain.Text(&out, polite(), options(t, voice)); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(out.String()), " ")
		if !strings.Contains(text, want) || strings.Contains(out.String(), "\x1b") {
			t.Errorf("%s is told\n%s", voice, out.String())
		}
		if told := strings.Contains(text, "What to change"); told != (voice == tutorials.Developer) {
			t.Errorf("%s is told what to change: %t", voice, told)
		}
	}
}

func TestReportsCanBeReadBack(t *testing.T) {
	var out strings.Builder
	if err := explain.JSON(&out, polite(), options(t, tutorials.Developer)); err != nil {
		t.Fatal(err)
	}
	var report struct {
		Logins []struct {
			State  string
			Causes []struct{ ID, Cure, CureInStack string }
		}
	}
	if err := json.Unmarshal([]byte(out.String()), &report); err != nil || len(report.Logins) != 1 ||
		report.Logins[0].Causes[0].ID != "person-refused" {
		t.Errorf("the report reads %+v, %v", report, err)
	}
	out.Reset()
	if err := explain.JUnit(&out, polite(), options(t, tutorials.Developer)); err != nil {
		t.Fatal(err)
	}
	var suite struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	if err := xml.Unmarshal([]byte(out.String()), &suite); err != nil || suite.Tests != 1 || suite.Failures != 1 {
		t.Errorf("the suite reads %+v, %v", suite, err)
	}
}

func TestWhatIsNotUnderstoodIsNotMadeUp(t *testing.T) {
	all := diagnosis.Of(logins.Join(&trace.Trace{Messages: []trace.Message{
		{
			Kind: trace.Request, Exchange: 1, Method: "POST", URL: "https://idp.example/oauth/token", Body: []byte("grant_type=urn:x"),
			Header: []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
		},
		{Kind: trace.Response, Exchange: 1, Status: 418},
	}}), diagnosis.Known{Ended: true})
	var out strings.Builder
	if err := explain.Text(&out, all, options(t, tutorials.Developer)); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(text, "none of the known causes fits") {
		t.Errorf("it is told\n%s", out.String())
	}
}
