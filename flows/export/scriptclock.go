package export

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/harmless"
)

// longPause is more than a person takes for a page.
const longPause = 20 * time.Second

// pause is how long the clock of the run ran before message i.
func (p *scripter) pause(i int) time.Duration {
	m := &p.trace.Messages[i]
	if i == 0 {
		return m.Waited
	}
	return max(m.Waited, m.At.Sub(p.trace.Messages[i-1].At))
}

// planClock finds where time passed between the requests of the script, if
// that was long anywhere, and whether what was answered after that may have
// come of it: whether anything was refused. Then the short pauses count too: a
// code that is ten minutes old in the run is as old in the script, and the form
// that it is typed into is not.
func (p *scripter) planClock() {
	passes, long := map[int]time.Duration{}, false
	var before time.Time
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		long = long || p.pause(i) > longPause
		if !p.served(m) {
			continue
		}
		if passed := m.At.Sub(before).Round(time.Second); !before.IsZero() && passed > 0 {
			passes[i] = passed
		}
		before = m.At
		if long {
			p.passes = passes
			j := p.trace.Response(i)
			p.timely = p.timely || j >= 0 && p.trace.Messages[j].Status >= http.StatusBadRequest
		}
	}
}

// realm is the name of the realm that the provider's first answer came from, as it stands in its addresses.
func (p *scripter) realm() string {
	for i := range p.trace.Messages {
		m := &p.trace.Messages[i]
		if u, err := url.Parse(m.URL); err == nil && p.served(m) {
			_, rest, _ := strings.Cut(u.EscapedPath(), "/realms/")
			name, _, _ := strings.Cut(rest, "/")
			return name
		}
	}
	return ""
}

// clock says before the first request that time passed in this run. Where the
// answers come of that, the script does nothing until it was told how time
// passes for it.
func (p *scripter) clock() {
	if len(p.passes) == 0 {
		return
	}
	p.line("")
	p.comment(p.words("clock"))
	p.line("realm=%s", quoteShell(p.hide(harmless.Line(p.realm()))))
	p.line("%s", strings.TrimSuffix(strings.NewReplacer(
		"@NO-CONTROL@", p.spoken("no-control"), "@ASK-KEY@", strings.ReplaceAll(p.spoken("ask-key"), "}", ")"),
	).Replace(scriptClock), "\n"))
	p.line(`if [ -z "${CONTROL:-}" ] && [ "${CLOCK:-}" != wait ] && [ "${CLOCK:-}" != skip ]; then`)
	for i := range p.trace.Messages {
		if d := p.passes[i]; d > longPause {
			step := fmt.Sprintf("%d. %s", i+1, p.hide(harmless.Line(p.teller.Words(i).Title)))
			p.line(`	echo "%s" >&2`, quoteInside(harmless.Line(p.say.Text("export.running.time-passed", "time", d.String(), "step", step))))
		}
	}
	if p.timely {
		p.line(`	echo "%s" >&2`, p.spoken("clock-needed"))
		p.line("	exit 2")
	} else {
		p.line(`	echo "%s" >&2`, p.spoken("clock-idle"))
	}
	p.line("fi")
}

// timePasses lets pass before request i what passed in the run.
func (p *scripter) timePasses(i int) {
	if d := p.passes[i]; d > 0 {
		p.line("passes %d", int64(d.Seconds()))
	}
}
