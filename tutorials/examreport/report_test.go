package examreport_test

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestEveryQuestionHasWordsAndNoWordsAreLeftOver(t *testing.T) {
	said, err := wordstest.English(t).Exam().IDs()
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, q := range exam.Questions() {
		asked = append(asked, q.ID)
	}
	slices.Sort(said)
	slices.Sort(asked)
	if !slices.Equal(said, asked) {
		t.Errorf("examination.toml has words for\n%q\nand the exam asks\n%q", said, asked)
	}
}

func TestEveryVerdictSignAndNeedHasWords(t *testing.T) {
	say := wordstest.English(t).Catalog()
	var ids []string
	for _, v := range exam.Verdicts() {
		ids = append(ids, "exam.verdict."+string(v), "exam.count."+string(v))
	}
	for _, s := range exam.Signs() {
		if s != exam.SignLacking {
			ids = append(ids, "exam.sign."+string(s))
		}
	}
	for _, s := range exam.Seens() {
		ids = append(ids, "exam.seen."+string(s))
	}
	for _, q := range exam.Questions() {
		if q.Needs != exam.NeedsNothing {
			ids = append(ids, "exam.lacks."+string(q.Needs))
		}
	}
	for _, id := range ids {
		if say.Text(id) == id {
			t.Errorf("%s has no words", id)
		}
	}
}

// said is evidence in which an app's own words stand.
func said(words string) exam.Evidence {
	return exam.Evidence{Seen: exam.SeenError, With: []string{"path", "/", "status", "302", "words", words}}
}

// sample has a result of each verdict.
func sample() *exam.Report {
	r := &exam.Report{Client: "<web>", Works: true, Still: true, Whole: true}
	for i, v := range exam.Verdicts() {
		one := exam.Result{Question: exam.Questions()[i], Verdict: v, Sign: exam.SignLoggedIn}
		one.Evidence = []exam.Evidence{said("callback: 302 <b>\x1b")}
		if v == exam.Moot {
			one.Sign, one.Needs = exam.SignLacking, exam.NeedsNonce
		}
		r.Results = append(r.Results, one)
	}
	return r
}

func options(t *testing.T) examreport.Options {
	t.Helper()
	return examreport.Options{Words: wordstest.English(t), Voice: tutorials.Developer, Stack: "spring", Made: "Grantwalk", Day: "today"}
}

func TestTheTextBeginsWithWhatWasSwallowedAndWhatToChange(t *testing.T) {
	var out strings.Builder
	if err := examreport.Text(&out, sample(), options(t)); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	for _, want := range []string{
		"swallowed what it must notice", "1 noticed, 1 swallowed", "Change: Give the library your client_id", "Spring", "sends no nonce", "--drive URL",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	if strings.Index(text, "Swallowed") > strings.Index(text, "Noticed") || strings.Contains(text, "\x1b") {
		t.Errorf("what is to be done does not come first, or the terminal is told what to do:\n%q", text)
	}
	everyone := options(t)
	everyone.Voice = tutorials.Everyone
	out.Reset()
	if err := examreport.Text(&out, sample(), everyone); err != nil || strings.Contains(out.String(), "Change:") ||
		!strings.Contains(out.String(), "A proof that was meant for another app") {
		t.Errorf("everyone is told:\n%s", out.String())
	}
}

func TestThePageNeedsNothingButItself(t *testing.T) {
	var out strings.Builder
	if err := examreport.HTML(&out, sample(), options(t)); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, never := range []string{"<script", "src=", "<web>", "<b>\x1b", "http-equiv=\"refresh"} {
		if strings.Contains(page, never) {
			t.Errorf("the page has %s", never)
		}
	}
	for _, want := range []string{"default-src 'none'", "Exam for &lt;web&gt;", `<section class="swallowed">`, "<details open>", "prefers-color-scheme: dark"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestThePageNamesTheStackAndSparesOthersTheTrade(t *testing.T) {
	page := func(v tutorials.Voice) string {
		o := options(t)
		o.Voice = v
		var out strings.Builder
		if err := examreport.HTML(&out, sample(), o); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	if exact := page(tutorials.Developer); !strings.Contains(exact, "its <code>aud</code> is another client") || !strings.Contains(exact, "<dt>Spring") || !strings.Contains(exact, "<dt>What was done</dt>") {
		t.Errorf("a developer is not told in which stack, or what was done:\n%s", exact)
	}
	if everyone := page(tutorials.Everyone); strings.Contains(everyone, "What was done") || strings.Contains(everyone, "<dt></dt>") {
		t.Errorf("everyone is told what only developers read:\n%s", everyone)
	}
}

func TestWhatAnAppSaysActsOnNoReader(t *testing.T) {
	r := sample()
	r.Results[1].Evidence = []exam.Evidence{said("callback: 400 “\u202eton did ti\x1b”")}
	for form, write := range map[string]func(io.Writer, *exam.Report, examreport.Options) error{
		"text": examreport.Text, "page": examreport.HTML, "json": examreport.JSON, "junit": examreport.JUnit,
	} {
		var out strings.Builder
		if err := write(&out, r, options(t)); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(out.String(), "\u202e\x1b") || !strings.Contains(out.String(), "ton did ti") {
			t.Errorf("%s: the words of the app turn the line around:\n%q", form, out.String())
		}
	}
}

func TestProgramsReadTheSame(t *testing.T) {
	var out strings.Builder
	if err := examreport.JSON(&out, sample(), options(t)); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Passed    bool
		Counts    map[string]int
		Questions []struct{ ID, Verdict, Level, Section, Cure string }
	}
	if err := json.Unmarshal([]byte(out.String()), &read); err != nil || read.Passed ||
		read.Counts["swallowed"] != 1 || len(read.Questions) != 6 ||
		read.Questions[1].Cure == "" || read.Questions[0].Cure != "" {
		t.Errorf("%v: %s", err, out.String())
	}
	out.Reset()
	if err := examreport.JUnit(&out, sample(), options(t)); err != nil {
		t.Fatal(err)
	}
	var suite struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	if err := xml.Unmarshal([]byte(out.String()), &suite); err != nil || suite.Tests != 7 || suite.Failures != 1 || suite.Skipped != 4 {
		t.Errorf("%v: %+v\n%s", err, suite, out.String())
	}
}
