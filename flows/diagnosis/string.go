package diagnosis

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// String tells the diagnosis in the phrases of the rows, for a log that has no
// other words. Nothing in it acts on a terminal, and secrets are cut short.
func (d Diagnosis) String() string {
	var b strings.Builder
	b.WriteString(d.headline() + "\n")
	for i := range d.Causes {
		c := &d.Causes[i]
		if i > 0 {
			fmt.Fprintf(&b, "    or: %s (%s, %s)\n", c.Says, c.Sure, c.ID)
			continue
		}
		fmt.Fprintf(&b, "    %s (%s, %s, %s)\n", c.Says, c.Sure, c.Spec, c.ID)
		for _, e := range c.Evidence {
			fmt.Fprintf(&b, "      %3d  %s  %s: %s\n", e.Exchange, printable(e.Where), printable(e.Field), printable(e.Value))
		}
	}
	if len(d.Causes) == 0 {
		b.WriteString("    none of the known causes fits\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func (d *Diagnosis) headline() string {
	if d.Login == nil {
		return "  outside of any login"
	}
	name := d.Login.Client
	if name == "" {
		name = "a client without a name"
	}
	text := fmt.Sprintf("  login %d of %s", d.Login.Number, printable(name))
	if at := d.Login.Began(); !at.IsZero() {
		text += ", begun at " + at.Format(time.TimeOnly)
	}
	if d.Stop == nil {
		return text
	}
	return text + ", stopped at " + string(d.Stop.Endpoint) + ": " + printable(answerOf(d.Stop))
}

func answerOf(e *logins.Exchange) string {
	said := strconv.Itoa(e.Status())
	if code := e.Error(); code != "" {
		said += " " + code
	}
	return said
}

// printable writes what could act on a terminal as an escape.
func printable(s string) string {
	quoted := strconv.QuoteToGraphic(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}
