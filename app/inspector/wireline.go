package inspector

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// tint is the part that a stretch of wire text plays.
type tint int

const (
	quiet tint = iota // punctuation
	keyword
	named // the name of a parameter, header or member
	valued
	stringed // a JSON string
	numbered // a JSON number, true, false, null
	bad      // a status that refuses
	gone     // what the learner removed
)

// bit is a stretch of wire text. One bit of a line may be the elastic one: it
// is wrapped or shortened where the line is too long.
type bit struct {
	text    string
	tint    tint
	elastic bool
}

// wireLine is one line of a message as the structured view shows it.
type wireLine struct {
	key    string // stable within the message: "query:code", "json:keys.0.kid"
	kind   string // for Explain: "parameter", "header" or "member"; "" where there is nothing to point at
	name   string
	value  string // in full, as a person would copy it
	follow string // the value that is followed; empty: value
	indent int    // in letters
	bits   []bit
	edited *trace.EditMark
	hang   int    // where its further lines begin: letters from the indent; 0: two
	full   bool   // wrap the value rather than shorten it
	breaks string // letters after which a full value is broken; empty: the usual ones
}

func (l *wireLine) followed() string {
	if l.follow != "" {
		return l.follow
	}
	return l.value
}

// pointed is the value that lights up wherever it travels while the line is
// pointed at. What a header says of the message alone, such as in which format
// it is, travels nowhere: that it stands in other messages too means nothing.
func (l *wireLine) pointed() string {
	switch {
	case l.kind != "header":
		return l.followed()
	case slices.Contains([]string{"authorization", "cookie", "set-cookie", "location", "dpop", "referer"}, strings.ToLower(l.name)):
		return l.followed()
	}
	return ""
}

// canFollow reports whether the value is one that travels.
func (l *wireLine) canFollow() bool { return l.value != "" && l.kind != "start" }

// lit reports whether the line carries the value that is followed.
func (l *wireLine) lit(value string) bool {
	if value == "" || l.value == "" {
		return false
	}
	return l.followed() == value || l.value == value || (len(value) >= 8 && strings.Contains(l.value, value))
}
