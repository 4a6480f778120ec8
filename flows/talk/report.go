package talk

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Report says what came of a talk: by how much it was off, and what to cut.
func (r *Rehearsal) Report(say *catalog.Catalog) []string {
	var lines []string
	switch {
	case r.Over > slack:
		lines = append(lines, say.Text("present.over", "by", Clock(r.Over)))
	case r.Over < -time.Minute:
		lines = append(lines, say.Text("present.under", "by", Clock(-r.Over)))
	default:
		lines = append(lines, say.Text("present.in-time"))
	}
	for _, about := range []struct {
		id     string
		scenes []int
	}{{"cut", r.Cut}, {"shorten", r.Shorten}} {
		if len(about.scenes) == 0 {
			continue
		}
		names := make([]string, 0, len(about.scenes))
		for _, i := range about.scenes {
			names = append(names, say.Text("present.scene",
				"n", strconv.Itoa(i+1), "title", r.Scenes[i].Title, "took", Clock(r.Scenes[i].Took)))
		}
		lines = append(lines, say.Text("present."+about.id, "scenes", strings.Join(names, ", ")))
	}
	return lines
}

// Clock writes minutes and seconds: "4:05".
func Clock(d time.Duration) string {
	d = d.Truncate(time.Second)
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
