package export

import (
	"bufio"
	"crypto/ecdsa"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// Postman writes the run as a collection in Postman's format 2.1.0, which
// Postman opens and newman runs. It makes the requests that [Script] makes,
// against the same provider, takes what later requests need from the answers of
// now, and tests that each answer has the status that it had in the run. The
// answers of the run are kept with the requests as examples.
//
// With mask, no secret of the run is in it: random values are drawn anew, and
// a password or client secret is a variable to be filled in.
func Postman(w io.Writer, t *trace.Trace, s telling.Story, mask bool) error {
	p := poster{
		rerun: newRerun(t, mask), teller: telling.Of(t, s), say: s.Say, shown: t,
		set: map[string]bool{}, keys: map[string]*ecdsa.PrivateKey{},
	}
	if mask {
		p.shown = secret.Mask(t)
	}
	p.collection.Info = postmanInfo{
		Name: p.plain(p.teller.Title()), Schema: postmanSchema,
		Description: p.said("about", "title", p.plain(p.teller.Title())) + "\n\n" + p.said("run"),
	}
	for _, note := range p.notes(p.say) {
		p.collection.Info.Description += "\n\n" + p.plain(note)
	}
	if len(p.passes) > 0 {
		p.collection.Info.Description += "\n\n" + p.said("clock")
	}
	p.collection.Items = []postmanFolder{}
	if err := p.makesKeys(); err != nil {
		return err
	}
	p.introduce()
	for i := range t.Messages {
		p.message(i)
	}
	p.variables()
	j := jsonWriter{out: bufio.NewWriter(w)}
	j.value("", p.collection)
	j.raw("\n")
	return j.flush()
}

// poster puts the collection together.
type poster struct {
	*rerun
	teller     *telling.Teller
	say        *catalog.Catalog
	shown      *trace.Trace // the run as it may be shown: masked where that was asked for
	collection postmanCollection
	begun      bool                         // the first request is written
	keys       map[string]*ecdsa.PrivateKey // those that sign, by their variable
	set        map[string]bool              // the assertions that are made by then
}

func (p *poster) said(id string, pairs ...string) string {
	return p.say.Text("export.postman."+id, pairs...)
}

// plain is text for a name or a description. Two braces would begin a variable.
func (p *poster) plain(s string) string {
	return strings.ReplaceAll(p.hide(harmless.Line(s)), "{{", "{ {")
}

// folder is that of the chapter that message i belongs to.
func (p *poster) folder(i int) *postmanFolder {
	name := p.plain(p.teller.Chapter(i))
	if n := len(p.collection.Items); n == 0 || p.collection.Items[n-1].Name != name {
		p.collection.Items = append(p.collection.Items, postmanFolder{Name: name, Items: []postmanItem{}})
	}
	return &p.collection.Items[len(p.collection.Items)-1]
}

func (p *poster) message(i int) {
	m := &p.trace.Messages[i]
	if m.Kind != trace.Request {
		return
	}
	title := strconv.Itoa(i+1) + ". " + p.plain(p.teller.Words(i).Title)
	if !p.served(m) {
		folder := p.folder(i)
		if folder.Description != "" {
			folder.Description += "\n\n"
		}
		folder.Description += p.said("elsewhere", "step", title, "party", p.plain(p.teller.Party(m.To).Name))
		return
	}
	p.signs(i)
	item := postmanItem{
		Name: title, Description: p.description(i), Events: []postmanEvent{}, Request: p.request(m), Responses: []postmanResponse{},
		Behaviour: postmanBehaviour{DisableCookies: m.From != trace.UserAgent},
	}
	if before := p.before(i); len(before) > 0 {
		item.Events = append(item.Events, event("prerequest", before))
	}
	if j := p.trace.Response(i); j >= 0 {
		item.Events = append(item.Events, event("test", p.after(j)))
		item.Responses = append(item.Responses, p.example(item.Request, j))
	}
	folder := p.folder(i)
	folder.Items = append(folder.Items, item)
}

func event(listen string, lines []string) postmanEvent {
	return postmanEvent{listen, postmanScript{"text/javascript", lines}}
}

// description is what happens in a step.
func (p *poster) description(i int) string {
	var parts []string
	for _, b := range markup.Parse(p.teller.Words(i).Happened) {
		parts = append(parts, strings.ReplaceAll(p.hide(spansToMarkdown(b.Spans)), "{{", "{ {"))
	}
	return strings.Join(parts, "\n\n")
}

// example is answer j of the run.
func (p *poster) example(to postmanRequest, j int) postmanResponse {
	m := &p.shown.Messages[j]
	example := postmanResponse{
		Name: p.said("example"), Request: to, Status: http.StatusText(m.Status), Code: m.Status, Preview: "text",
		Header: []postmanKey{}, Cookie: []string{}, Body: harmless.Text(string(m.Body)),
	}
	switch {
	case m.IsJSON():
		example.Preview = "json"
	case m.IsHTML():
		example.Preview = "html"
	}
	for _, f := range m.Header {
		example.Header = append(example.Header, postmanKey{Key: f.Name, Value: f.Value})
	}
	return example
}

// declare puts a variable at the top.
func (p *poster) declare(key, value, description string) {
	p.collection.Variables = append(p.collection.Variables, postmanVariable{key, value, "string", description})
}

// variables lists where the provider is and what the parties bring with them.
func (p *poster) variables() {
	add := p.declare
	add("provider", servedAt, p.said("provider"))
	for _, g := range p.given {
		switch {
		case p.asksFor(g):
			add(g.variable, "", p.said("ask"))
		case p.draws(g):
			add(g.variable, "", p.said("drawn"))
		default:
			add(g.variable, g.value, p.say.Text("export.script.secret"))
		}
	}
	if len(p.passes) > 0 {
		add("control", "", p.said("control"))
		add("control_key", "", p.said("control-key"))
		add("clock", "", p.said("how"))
	}
}

// draws reports whether a value is drawn at random for each time that the collection runs.
func (p *poster) draws(g given) bool {
	return p.mask && (g.name == "state" || g.name == "code_verifier")
}

// asksFor reports whether a value has to be filled in: a secret that must not
// stand in the file, or a signature that was good for a minute.
func (p *poster) asksFor(g given) bool {
	return g.name == "client_assertion" || p.mask && !p.draws(g)
}

// challengeOf names the variable with the hash of a verifier that is drawn.
func challengeOf(verifier string) string { return fmt.Sprintf("code_challenge_of_%s", verifier) }
