package present

import (
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Report says what came of a talk: by how much it was off, and what to cut.
func Report(say *catalog.Catalog, r *talk.Rehearsal) []string {
	w := words{say}
	var lines []string
	switch {
	case r.Over > 15*time.Second:
		lines = append(lines, w.text("over", "by", short(r.Over)))
	case r.Over < -time.Minute:
		lines = append(lines, w.text("under", "by", short(-r.Over)))
	default:
		lines = append(lines, w.text("in-time"))
	}
	for id, scenes := range map[string][]int{"cut": r.Cut, "shorten": r.Shorten} {
		if len(scenes) == 0 {
			continue
		}
		names := make([]string, 0, len(scenes))
		for _, i := range scenes {
			names = append(names, strconv.Itoa(i+1)+" “"+r.Scenes[i].Title+"” ("+short(r.Scenes[i].Took)+")")
		}
		lines = append(lines, w.text(id, "scenes", strings.Join(names, ", ")))
	}
	return lines
}
