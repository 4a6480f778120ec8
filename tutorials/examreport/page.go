package examreport

import (
	_ "embed" // the page and its styles
	"fmt"
	"html/template"
	"io"

	"github.com/grantwalk/grantwalk/flows/exam"
	"github.com/grantwalk/grantwalk/flows/telling/palette"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/leaflet"
)

var (
	//go:embed page.html
	frame string
	//go:embed page.css
	styles string
)

// page is what the HTML is made of.
type page struct {
	Language, Title, Headline, Day, Made string
	Styles                               template.CSS
	Passed                               bool
	Tiles                                []tile
	Groups                               []group
	Hint                                 string
	Head                                 map[string]string
}

type tile struct {
	Class, Name string
	Count       int
}

type group struct {
	Class, Title string
	Rows         []row
}

type row struct {
	Open                            bool
	Mark, Title, ID, Level, Section string
	Sign, Stack                     string
	Done, Good, Why, Cure, Line     template.HTML
	Evidence                        []string
}

// HTML writes the report as a page that needs nothing but itself.
func HTML(out io.Writer, r *exam.Report, o Options) error {
	p := page{
		Language: o.Words.Catalog().Language(), Title: o.say("report.title", "client", r.Client), Headline: o.Headline(r),
		Day: o.Day, Made: o.Made,
		Styles: template.CSS(palette.Style(styles)), Passed: r.Passed(o.Strict), Head: map[string]string{}, //nolint:gosec // ours
	}
	for _, id := range []string{"done", "good", "seen", "why", "change"} {
		p.Head[id] = o.say("head." + id)
	}
	if r.Count(exam.Unknown) > 0 {
		p.Hint = o.say("report.how-to-tell")
	}
	for _, v := range Order() {
		all := Of(r, v)
		if len(all) == 0 {
			continue
		}
		g := group{Class: string(v), Title: o.say("verdict." + string(v))}
		for _, one := range all {
			g.Rows = append(g.Rows, rowOf(one, &o))
		}
		p.Groups = append(p.Groups, g)
		p.Tiles = append(p.Tiles, tile{string(v), g.Title, len(all)})
	}
	t, err := template.New("exam").Parse(frame)
	if err == nil {
		err = t.Execute(out, p)
	}
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

func rowOf(r *exam.Result, o *Options) row {
	q, _ := o.Words.Exam().Question(r.ID)
	one := row{
		Open: r.Verdict == exam.Swallowed, Mark: Mark(r.Verdict), Title: o.Title(r), ID: r.ID, Level: o.Level(r), Section: r.Spec.String(),
		Why: leaflet.Inline(q.Why[o.Voice]), Sign: o.Sign(r), Evidence: o.Evidence(r),
	}
	if o.Voice != tutorials.Developer {
		return one
	}
	one.Done, one.Good = leaflet.Inline(q.Done), leaflet.Inline(q.Good)
	if r.Verdict == exam.Swallowed || r.Verdict == exam.Unknown {
		one.Cure = leaflet.Inline(q.Cure)
		if line := o.Words.Causes().CureIn(q.Cures, o.Stack); line != "" {
			one.Stack, one.Line = o.Words.Catalog().Text("diagnose.stack."+o.Stack), leaflet.Inline(line)
		}
	}
	return one
}
