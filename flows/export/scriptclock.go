package export

import (
	"fmt"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
)

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
	p.shell(scriptClock, "@NO-CONTROL@", p.spoken("no-control"), "@ASK-KEY@", strings.ReplaceAll(p.spoken("ask-key"), "}", ")"))
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
