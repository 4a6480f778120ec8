package intake

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// What goes wrong is most often pasted out of a log. A log wraps the words of a refusal into lines of its own, and says
// much besides that has nothing to do with it.

// failing are words that tell of a failure wherever they stand.
const failing = `error|denied|exception|refus|mismatch|missing|unable|expired|unauthorized|forbidden|reject|unknown|unsupported`

// logMarks tell the lines of a log apart.
type logMarks struct {
	calm, loud *regexp.Regexp // what a program says as it goes, and what it warns of
	fault      *regexp.Regexp // words by which a calm line tells of a failure all the same
	served     *regexp.Regexp // a line of an access log about a request that went well
	unset      *regexp.Regexp // a member without a value, of an object that was printed
	prefix     *regexp.Regexp // what a container or a platform writes before a line
}

//nolint:gochecknoglobals // never changes; compiled once
var marksOfLogs = sync.OnceValue(func() logMarks {
	return logMarks{
		calm: regexp.MustCompile(`(?i)\b(?:level|lvl|severity)"?[=:] ?"?(?:info|debug|dbug|trace|notice)|\[(?:inf|dbg|vrb|info|debug|trace)\]|` +
			`(?-i:\b(?:INFO|DEBUG|TRACE|DEBU|TRAC)\b)|^\s*(?:info|dbug|trce): `),
		loud: regexp.MustCompile(`(?i)\b(?:level|lvl|severity)"?[=:] ?"?(?:err|eror|warn|fatal|crit|panic)|` +
			`\[(?:err|wrn|ftl|error|warn|warning)\]|(?-i:\b(?:ERROR|WARN|WARNING|FATAL|FATA|SEVERE|CRITICAL)\b)|^\s*(?:fail|warn|crit): `),
		fault:  regexp.MustCompile(`(?i)` + failing + `|\bfail|\binvalid\b|n't\b|\bnot\b`),
		served: regexp.MustCompile(`"(?:GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD) \S+ HTTP/[0-9.]+" [23][0-9]{2}\b`),
		unset:  regexp.MustCompile(`^\s*['"]?\w+['"]?: (?:undefined|null|None),?(?: \})*$`),
		prefix: regexp.MustCompile(`^[^{]{0,160}`),
	}
})

// maxLogged is how many lines of a log are taken apart; what follows stays as it is.
const maxLogged = 2000

// logged takes the words out of the lines of a log: of an object its members that say something, and of the lines
// that say how things go none where others tell what failed.
func logged(text string) string {
	lines := strings.Split(text, "\n")
	calm := make([]bool, len(lines))
	warned := false
	for i, line := range lines[:min(len(lines), maxLogged)] {
		m := marksOfLogs()
		loud := m.loud.MatchString(line)
		warned = warned || loud
		calm[i] = !loud && m.calm.MatchString(line) && !m.fault.MatchString(line)
		if told, ok := objectLogged(line); ok {
			lines[i] = told
		}
	}
	kept := make([]string, 0, len(lines))
	for i, line := range lines {
		m := marksOfLogs()
		if warned && calm[i] || m.served.MatchString(line) || m.unset.MatchString(line) {
			continue
		}
		kept = append(kept, line)
	}
	return orElse(strings.Join(kept, "\n"), text)
}

// orElse is a text, unless nothing is left of it.
func orElse(text, whole string) string {
	if strings.TrimSpace(text) == "" {
		return whole
	}
	return text
}

// objectLogged takes a line apart that a program logged as an object, behind what a container writes before it.
func objectLogged(line string) (told string, ok bool) {
	before := marksOfLogs().prefix.FindString(line)
	rest := strings.TrimSpace(strings.TrimPrefix(line, before))
	if !strings.HasPrefix(rest, "{") || strings.Contains(before, "=") {
		return "", false
	}
	var members map[string]any
	if json.Unmarshal([]byte(rest), &members) != nil || !isLogged(members) {
		return "", false
	}
	var b strings.Builder
	tellMembers(&b, members, 0)
	return strings.TrimSpace(b.String()), b.Len() > 0
}

// isLogged knows an object of a log by its level, or by a message beside a time. What a provider or an API answers has
// neither, or says error_description.
func isLogged(members map[string]any) bool {
	has := func(names ...string) bool {
		return slices.ContainsFunc(slices.Collect(maps.Keys(members)), func(name string) bool {
			return slices.Contains(names, strings.ToLower(strings.TrimLeft(name, "@")))
		})
	}
	switch {
	case has("error_description", "error_codes"), has("error") && has("path", "status") && !has("level", "severity", "lvl", "event"):
		return false
	case has("level", "severity", "lvl", "loglevel", "log_level", "levelname", "l", "textpayload", "jsonpayload"):
		return true
	}
	return has("msg", "message", "event", "mt", "m", "log") &&
		has("time", "timestamp", "ts", "t", "date", "event", "logger", "logger_name", "stream")
}

// tellMembers writes what the members of a logged object say, a line each. Where something failed goes before the rest.
func tellMembers(b *strings.Builder, members map[string]any, depth int) {
	names := slices.Sorted(maps.Keys(members))
	slices.SortStableFunc(names, func(x, y string) int { return rankOfMember(x) - rankOfMember(y) })
	for _, name := range names {
		tellMember(b, name, members[name], depth)
	}
}

func tellMember(b *strings.Builder, name string, value any, depth int) {
	rank := rankOfMember(name)
	status, isNumber := value.(float64)
	switch {
	case isNumber && strings.Contains(strings.ToLower(name), "status") && status >= 400 && status < 600:
		fmt.Fprintf(b, "status: %d\n", int(status))
	case rank == silentMember:
		return
	}
	switch value := value.(type) {
	case string:
		tellWords(b, name, value, rank)
	case []any:
		tellWords(b, name, strings.Join(stringsOf(value), ", "), otherMember)
	case map[string]any:
		if depth < maxNested {
			tellMembers(b, value, depth+1)
		}
	}
}

func stringsOf(values []any) []string {
	var all []string
	for _, value := range values {
		if text, ok := value.(string); ok {
			all = append(all, text)
		}
	}
	return all
}

func tellWords(b *strings.Builder, name, value string, rank int) {
	if value == "" {
		return
	}
	if rank == otherMember {
		b.WriteString(name + ": ")
	}
	b.WriteString(value + "\n")
}

// maxNested is how deep objects within an object are looked into.
const maxNested = 3

// How much a member of a logged object says, by its name.
const (
	messageMember = iota // the words themselves
	otherMember          // a value that may show what is wrong
	silentMember         // who, where and when
)

func rankOfMember(name string) int {
	if rank, known := ranksOfMembers()[strings.ToLower(strings.TrimLeft(name, "@"))]; known {
		return rank
	}
	return otherMember
}

//nolint:gochecknoglobals // never changes, and is asked for each member of each line
var ranksOfMembers = sync.OnceValue(func() map[string]int {
	ranks := map[string]int{}
	for _, name := range silentMembers() {
		ranks[name] = silentMember
	}
	for _, name := range messageMembers() {
		ranks[name] = messageMember
	}
	return ranks
})

func messageMembers() []string {
	return strings.Fields(`msg message event error err exception reason detail details description cause stack stacktrace stack_trace
		textpayload jsonpayload log m x error_message errormessage errmsg renderedmessage exc_info full_message short_message`)
}

func silentMembers() []string {
	return strings.Fields(`time timestamp ts t date level severity lvl l pid tid host hostname port user_agent ua remote remote_ip remote_addr
		client_ip ip ipaddress request_id requestid correlation_id correlationid trace_id traceid span_id spanid logger logger_name thread
		thread_name caller module filename lineno version mt messagetemplate schema_name domain_url auth_via scheme method runtime user
		username uid insertid resource labels service env stream tag kubernetes file func sourcecontext logname process app name hint`)
}
