package exercise_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/exercise"
)

func TestTheRecordIsOnePageOfHTMLThatHidesNothingAndRunsNothing(t *testing.T) {
	r := exercise.Report{
		Language: "en", Title: "What I tried", Name: `Ada <script>alert(1)</script>`, Day: "2026-03-02", Head: []string{"What", "Known", "Again"},
		Rows: []exercise.ReportRow{{Kind: "Be the provider", Known: 12, Again: 3}}, Note: "Nobody checked who answered.",
		Lessons: exercise.ReportList{Title: "Lessons", Items: []string{"Tokens"}}, Again: exercise.ReportList{Title: "Nothing here"},
	}
	var out strings.Builder
	if err := r.Write(&out); err != nil {
		t.Fatal(err)
	}
	page := out.String()
	for _, want := range []string{"<td>12</td><td>3</td>", "Tokens", "Nobody checked who answered.", "Ada &lt;script&gt;", `lang="en"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, never := range []string{"<script", "Nothing here", "http://", "https://"} {
		if strings.Contains(page, never) {
			t.Errorf("the page holds %q", never)
		}
	}
	if _, err := html.Parse(strings.NewReader(page)); err != nil {
		t.Error(err)
	}
}
