package exercise

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"

	"github.com/grantwalk/grantwalk/flows/telling/palette"
)

//go:embed report.html
var reportPage string

// Report is what somebody did, as a page to be printed. Who shows it brings the words.
type Report struct {
	Language string // of the words, BCP 47
	Title    string
	Name     string // that the learner typed, or ""
	Day      string
	Head     []string // of the table: what, known, to do again
	Rows     []ReportRow
	Lessons  ReportList
	Again    ReportList
	Note     string // what the page is and is not
}

// ReportRow is one kind of exercise.
type ReportRow struct {
	Kind         string
	Known, Again int
}

// ReportList is a heading with what belongs below it; without anything it is left out.
type ReportList struct {
	Title string
	Items []string
}

// Write writes the page: HTML that needs nothing but itself.
func (r Report) Write(w io.Writer) error {
	page, err := template.New("report").Parse(palette.Style(reportPage))
	if err == nil {
		err = page.Execute(w, r)
	}
	if err != nil {
		return fmt.Errorf("write the record: %w", err)
	}
	return nil
}
