package report_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/report"
)

func TestAParagraphStandsBehindItsMark(t *testing.T) {
	l := report.NewLines(12)
	l.Paragraph("  ✗ ", "one two three four")
	l.Line("end  ")
	var out strings.Builder
	if err := l.Write(&out); err != nil {
		t.Fatal(err)
	}
	if want := "  ✗ one two\n    three\n    four\nend\n"; out.String() != want {
		t.Errorf("it is written as %q, want %q", out.String(), want)
	}
}

func TestLinesAreEightyColumnsWhereNobodySays(t *testing.T) {
	l := report.NewLines(0)
	l.Paragraph("", strings.Repeat("word ", 40))
	var out strings.Builder
	if err := l.Write(&out); err != nil {
		t.Fatal(err)
	}
	if first, _, _ := strings.Cut(out.String(), "\n"); len(first) != 79 {
		t.Errorf("the first line has %d columns, and one word more makes 84", len(first))
	}
}

func TestJSONActsOnNoTerminal(t *testing.T) {
	var out strings.Builder
	if err := report.JSON(&out, map[string]string{"said": "\u202edesrever"}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"said\": \"\\u202edesrever\"\n}\n"; out.String() != want {
		t.Errorf("it is written as %q, want %q", out.String(), want)
	}
}

func TestASuiteCountsItsCases(t *testing.T) {
	s := report.Suite{Name: "all", Cases: []report.Case{
		{Name: "good"}, {Name: "bad", Failure: &report.Message{Message: "no", Text: "why & <how>"}}, {Name: "left", Skipped: &report.Message{}},
	}}
	var out strings.Builder
	if err := s.Write(&out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `<testsuite name="all" tests="3" failures="1" skipped="1">`) || strings.Contains(out.String(), "type=") {
		t.Errorf("the suite is\n%s", out.String())
	}
	var read struct {
		Cases []struct {
			Failure string `xml:"failure"`
		} `xml:"testcase"`
	}
	if err := xml.Unmarshal([]byte(out.String()), &read); err != nil || len(read.Cases) != 3 || read.Cases[1].Failure != "why & <how>" {
		t.Errorf("%v: it is read as %+v", err, read)
	}
}
