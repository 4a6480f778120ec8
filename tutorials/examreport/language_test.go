package examreport_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/examreport"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// everything is a report in which each question, sign, need and evidence stands at least once.
func everything() *exam.Report {
	r := &exam.Report{Client: "1", Works: true, Still: true, Whole: true}
	for i, q := range exam.Questions() {
		one := exam.Result{Question: q, Verdict: exam.Verdicts()[i%len(exam.Verdicts())], Sign: exam.Signs()[i%len(exam.Signs())]}
		seen := exam.Evidence{Seen: exam.Seens()[i%len(exam.Seens())]}
		for _, name := range []string{"method", "path", "answer", "address", "status", "words", "word", "mark"} {
			seen.With = append(seen.With, name, "1")
		}
		one.Evidence = []exam.Evidence{seen}
		if one.Sign == exam.SignLacking {
			one.Needs = []exam.Need{exam.NeedsState, exam.NeedsNonce, exam.NeedsIDToken, exam.NeedsUserInfo}[i%4]
		}
		r.Results = append(r.Results, one)
	}
	return r
}

func TestNoEnglishIsLeftInAReportInAnotherLanguage(t *testing.T) {
	words, code := wordstest.Pseudo(t), wordstest.Code(t)
	for _, voice := range tutorials.Voices() {
		for _, stack := range tutorials.Stacks() {
			o := examreport.Options{Words: words, Voice: voice, Stack: stack, Day: "2026", Made: "Grantwalk", Width: 10_000}
			for _, whole := range []bool{true, false} {
				reads(t, code, whole, o)
			}
		}
	}
}

// reads looks for English in a report, as text and as a page.
func reads(t *testing.T, code string, whole bool, o examreport.Options) {
	t.Helper()
	r := everything()
	r.Whole = whole
	known := pseudo.Names(code)
	for i := range r.Results {
		known.Add(r.Results[i].ID + " " + r.Results[i].Spec.Doc)
	}
	var text, page strings.Builder
	if err := examreport.Text(&text, r, o); err != nil {
		t.Fatal(err)
	}
	if err := examreport.HTML(&page, r, o); err != nil {
		t.Fatal(err)
	}
	bare := regexp.MustCompile(`(?s)<style>.*?</style>|<code>.*?</code>|<[^>]*>|&[a-z]+;`).ReplaceAllString(page.String(), " ")
	for form, said := range map[string]string{"text": text.String(), "page": bare} {
		if left := known.Left(said); len(left) > 0 {
			t.Errorf("%s, %s, %s: English is left: %q", o.Voice, o.Stack, form, left)
		}
	}
}
