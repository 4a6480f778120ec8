package export

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

//go:embed script.sh
var scriptHead string

//go:embed scriptclock.sh
var scriptClock string

//go:embed scriptproof.sh
var scriptProof string

// servedAt is where `grantwalk serve` listens when nobody says otherwise.
const servedAt = "http://127.0.0.1:8180"

// Script writes the run as a script for a POSIX shell with curl and openssl.
// It makes every request that went to the authorization server again, those of
// the client and those of the browser, in their order, against `grantwalk serve`
// or any provider with the same clients and people. What an answer brought and
// a later request needs (a code, a token, a hidden field) is taken from the
// answer of now. The script ends with an error where an answer has another
// status than in the run. Requests to other hosts stand in it as comments.
// Where time passed in the run it says so before it begins: the provider's
// control port can move the clock, or the script waits.
//
// With mask, no secret of the run is in it: random values are drawn anew, and
// a password or client secret is asked for by an environment variable.
func Script(w io.Writer, t *trace.Trace, s telling.Story, mask bool) error {
	p := scripter{
		rerun: newRerun(t, mask), out: bufio.NewWriter(w), teller: telling.Of(t, s), say: s.Say, made: map[string]bool{},
	}
	p.head()
	p.clock()
	p.introduce()
	for i := range t.Messages {
		p.message(i)
	}
	p.line("")
	p.line(`echo "%s"`, p.spoken("done"))
	return p.out.Flush()
}

// scripter writes the script. A bufio.Writer keeps its first error for Flush.
type scripter struct {
	*rerun
	out    *bufio.Writer
	teller *telling.Teller
	say    *catalog.Catalog
	made   map[string]bool // keys and certificates that are there by now
}

func (p *scripter) line(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

func (p *scripter) head() {
	p.line("#!/bin/sh")
	p.comment(p.words("head", "title", p.teller.Title()))
	at := servedAt
	if len(p.certificates) == 0 {
		p.comment(p.words("serve"))
		p.comment(p.words("run"))
	} else {
		at = strings.Replace(servedAt, "http:", "https:", 1)
		p.comment(p.words("serve-tls"))
		p.comment(p.words("run-tls"))
	}
	p.shell(scriptHead, "@PROVIDER@", at, "@NO-ANSWER@", p.spoken("no-answer"),
		"@OTHER-STATUS@", p.spoken("other-status"), "@NOTHING@", p.spoken("nothing"))
	if p.proves() {
		p.shell(scriptProof)
	}
	for _, note := range p.notes(p.say) {
		p.line("")
		p.line(`echo "%s" >&2`, quoteInside(p.hide(harmless.Line(note))))
	}
	if len(p.given) == 0 {
		return
	}
	p.line("")
	p.comment(p.words("given"))
	for _, g := range p.given {
		p.line("%s=%s # %s", g.variable, p.start(g), p.words("secret"))
	}
}

// shell writes functions that do not depend on the run, with what is said in them.
func (p *scripter) shell(functions string, swaps ...string) {
	swapped := strings.NewReplacer(swaps...)
	for line := range strings.Lines(functions) {
		line = strings.TrimSuffix(line, "\n")
		if code, name, found := strings.Cut(line, "# @"); found {
			p.line("%s# %s", code, harmless.Line(p.words("does."+name, "name", strings.ReplaceAll(name, "-", "_"))))
			continue
		}
		p.line("%s", swapped.Replace(line))
	}
}

// words are those of a comment.
func (p *scripter) words(id string, pairs ...string) string {
	return p.say.Text("export.script."+id, pairs...)
}

// spoken is what the script says while it runs, for between double quotes: the
// shell fills in what the catalog leaves in braces.
func (p *scripter) spoken(id string) string {
	return strings.NewReplacer("{step}", "$step", "{status}", "$status", "{expected}", "$expected", "{name}", "$1", "{address}", "$CONTROL").
		Replace(quoteInside(harmless.Line(p.say.Text("export.running." + id))))
}

// start is the value that a variable begins with.
func (p *scripter) start(g given) string {
	if g.name == "client_assertion" { // good for a minute, and signed with a key that the run made (RFC 7523 section 3)
		return p.ask(g, "ask-signed")
	}
	if !p.mask {
		return quoteShell(g.value)
	}
	switch g.name {
	case "state", "code_verifier":
		return "$(random)"
	}
	return p.ask(g, "ask")
}

// ask takes a value from the environment, and where it is not there says what is wanted.
func (p *scripter) ask(g given, id string) string {
	variable := strings.ToUpper(g.variable)
	return "${" + variable + ":?" + quoteInside(strings.ReplaceAll(p.say.Text("export.running."+id, "name", variable), "}", ")")) + "}"
}

// comment writes text that cannot leave its comment.
func (p *scripter) comment(words string) { p.line("# %s", p.hide(harmless.Line(words))) }

func (p *scripter) message(i int) {
	m := &p.trace.Messages[i]
	if m.Kind == trace.Response {
		return
	}
	p.line("")
	title := p.teller.Words(i).Title
	p.comment(fmt.Sprintf("%d. %s", i+1, title))
	switch {
	case m.Kind == trace.Request && p.pause(i) > longPause && p.passes[i] == 0:
		p.comment(p.words("waited", "time", p.pause(i).String()))
	case m.Kind != trace.Request:
		p.prepare(i)
		p.comment(p.words("alone", "party", p.teller.Party(m.From).Name))
		return
	}
	if !p.served(m) {
		p.elsewhere(m)
		return
	}
	p.prepare(i)
	p.timePasses(i)
	expected := "000"
	j := p.trace.Response(i)
	if j >= 0 {
		expected = strconv.Itoa(p.trace.Messages[j].Status)
	}
	who := "send"
	if m.From == trace.UserAgent || m.From == trace.Attacker {
		who = "browser " + string(m.From)
	}
	args := []string{who + " " + quoteShell(strconv.Itoa(i+1)+" "+p.hide(harmless.Line(m.Step))) + " " + expected}
	p.line("%s", strings.Join(append(args, p.request(m)...), " \\\n\t"))
	if j >= 0 {
		p.answer(j)
	}
}

// elsewhere tells of a request to a host that the provider is not.
func (p *scripter) elsewhere(m *trace.Message) {
	p.comment(p.words("elsewhere", "party", p.teller.Party(m.To).Name))
	args := append([]string{"curl"}, p.request(m)...)
	for _, a := range args {
		p.comment("  " + a)
	}
}

// answer keeps what later requests need of an answer.
func (p *scripter) answer(j int) {
	for _, k := range p.keeps(j) {
		switch k.how {
		case keepsSame:
			p.line(`[ "$(from_location state)" = "$%s" ] || fail "%s"`, k.variable, p.spoken("other-state"))
		case keepsAgain:
			p.line("%s=$(%s %s)", k.variable, k.by, k.Name)
		case keepsNew:
			p.line("%s=$(%s %s) # %s", k.variable, k.by, k.Name, p.markOf(k.Name))
		}
	}
	if m := &p.trace.Messages[j]; isRegistration(m) && m.Status == http.StatusCreated && p.proves() {
		p.ahead()
	}
	if p.askedToWait(j) {
		p.line("sleep %d", pollPause)
	}
}

// markOf says in a comment what a variable holds.
func (p *scripter) markOf(name string) string {
	if secret.Kind(name) != "" {
		return p.words("secret")
	}
	return p.words("of-the-form")
}
