package explain

import (
	"cmp"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Headline says in a line which login it is, and where it stopped: “14:02:31
// react-client: stopped at the token endpoint: 400 invalid_grant”.
func Headline(d *diagnosis.Diagnosis, o Options) string {
	say := o.Words.Catalog()
	if d.Login == nil {
		return say.Text("diagnose.text.around")
	}
	name := say.Text("diagnose.text.login", "client", cmp.Or(d.Login.Client, say.Text("diagnose.text.nobody")))
	if at := d.Login.Began(); !at.IsZero() {
		name = at.Format(time.TimeOnly) + "  " + name
	}
	state := say.Text("diagnose.state." + string(d.Login.State()))
	if d.Stop != nil {
		state = say.Text("diagnose.text.stopped-at", "where", say.Text("diagnose.at."+string(d.Stop.Endpoint)), "answer", Answer(d))
	}
	return harmless.Line(name + "  " + state)
}

// Nothing says that something was refused for a reason that nobody knows, and what the answer was.
func Nothing(words *tutorials.Library, d *diagnosis.Diagnosis) string {
	answer := Answer(d)
	if answer == "" {
		return words.Catalog().Text("diagnose.text.nothing-said")
	}
	return words.Catalog().Text("diagnose.text.nothing", "answer", answer)
}

// Answer is the status of a refusal, where somebody brought one, and its error code.
func Answer(d *diagnosis.Diagnosis) string {
	if d.Stop == nil {
		return ""
	}
	var said []string
	status := statusOf(d)
	if status > 0 {
		said = append(said, strconv.Itoa(status))
	}
	switch code := d.Stop.Error(); {
	case code != "":
		said = append(said, code)
	case status > 0:
		said = append(said, http.StatusText(status))
	}
	return harmless.Line(strings.TrimSpace(strings.Join(said, " ")))
}

// statusOf is the status of a refusal, or 0 where nobody brought it.
func statusOf(d *diagnosis.Diagnosis) int {
	if d.Guessed {
		return 0
	}
	return d.Stop.Status()
}

func number(n int) string {
	if n == 0 {
		return "   "
	}
	return fmt.Sprintf("%3d", n)
}
