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
	"github.com/grantwalk/grantwalk/flows/logins"
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
		state = say.Text("diagnose.text.stopped-at", "where", say.Text("diagnose.at."+string(d.Stop.Endpoint)), "answer", Answer(d.Stop))
	}
	return harmless.Line(name + "  " + state)
}

// Answer is the status and the error code of a refusal.
func Answer(e *logins.Exchange) string {
	if e == nil {
		return ""
	}
	var said []string
	if e.Status() > 0 {
		said = append(said, strconv.Itoa(e.Status()))
	}
	switch code := e.Error(); {
	case code != "":
		said = append(said, code)
	case e.Status() > 0:
		said = append(said, http.StatusText(e.Status()))
	}
	return harmless.Line(strings.Join(said, " "))
}

func number(n int) string {
	if n == 0 {
		return "   "
	}
	return fmt.Sprintf("%3d", n)
}
