package stage

import (
	"bytes"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// webPage is one page of an app.
type webPage struct {
	status   int
	Language string
	Title    string
	Headline string
	Text     string
	Alert    string
	Items    []string
	Terms    []trace.Field // what is known, by name
	Link     string        // address of a button, or ""
	Changes  bool          // the button changes something, so it posts
	Button   string
}

// webPages are the pages of an app.
type webPages struct {
	WebAppOptions

	name  string // of the app
	say   *catalog.Catalog
	guard Guard // of the API that it calls
}

func (p *webPages) home() webPage {
	return webPage{
		status: http.StatusOK, Title: p.name, Headline: p.say.Text("stage.home.headline", "app", p.name),
		Text: p.say.Text("stage.home.text"), Link: "/login", Button: logInWith(p.say),
	}
}

func (p *webPages) fail(status int, headline, detail string) webPage {
	return webPage{status: status, Title: p.name, Headline: headline, Alert: detail, Link: "/login", Button: p.say.Text("stage.fail.again")}
}

// failed is the page for an answer that was no success.
func (p *webPages) failed(headline string, err error) webPage {
	var refused *statusError
	if !errors.As(err, &refused) {
		return p.fail(http.StatusBadGateway, headline, err.Error())
	}
	var body struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	detail := err.Error()
	if json.Unmarshal(refused.body, &body) == nil && body.Error != "" {
		detail = strings.TrimSuffix(body.Error+": "+body.Description, ": ")
	}
	return p.fail(http.StatusBadRequest, headline, detail)
}

// welcome shows the person what the app knows now, and no more.
func (p *webPages) welcome(f found) webPage {
	page := webPage{status: http.StatusOK, Title: p.name, Headline: p.say.Text("stage.welcome.headline"), Items: f.items}
	name := ""
	if f.subject != "" {
		name = f.owner // without an ID token nobody said that the owner is who sits there
	}
	for _, claim := range f.person {
		if claim.Name == "name" {
			name = claim.Value
		}
		page.Terms = append(page.Terms, claim)
	}
	if name != "" {
		page.Headline = p.say.Text("stage.welcome.headline-name", "name", name)
	}
	if f.subject != "" {
		page.Text = p.say.Text("stage.welcome.signed-in", "subject", f.subject)
	} else {
		page.Text = p.say.Text("stage.welcome.not-told")
	}
	switch {
	case p.Reads == "":
	case len(f.items) == 0:
		page.Text += " " + p.guard.text(p.say, "empty")
	default:
		page.Text += " " + p.guard.text(p.say, "found")
	}
	if p.LogsOut != "" {
		page.Link, page.Button, page.Changes = pathLogOut, p.say.Text("stage.log-out"), true
	}
	if p.GivesBack {
		page.Link, page.Button, page.Changes = "/disconnect", p.say.Text("stage.disconnect"), true
	}
	return page
}

// disconnected says that the app gave back what it was given.
func (p *webPages) disconnected() webPage {
	return webPage{
		status: http.StatusOK, Title: p.name, Headline: p.say.Text("stage.disconnected.headline"),
		Text: p.say.Text("stage.disconnected.text"),
	}
}

// loggedOut says that nobody is signed in here any more.
func (p *webPages) loggedOut() webPage {
	return webPage{
		status: http.StatusOK, Title: p.name, Headline: p.say.Text("stage.logged-out.headline", "app", p.name),
		Link: "/login", Button: logInWith(p.say),
	}
}

// logIn is for somebody whom neither the app nor the provider knows.
func (p *webPages) logIn() webPage {
	return webPage{
		status: http.StatusOK, Title: p.name, Headline: p.say.Text("stage.please-log-in.headline"),
		Text: p.say.Text("stage.please-log-in.text"), Link: "/login", Button: logInWith(p.say),
	}
}

// trips is what the app is for.
func (p *webPages) trips(owner string, lines []string) webPage {
	page := webPage{status: http.StatusOK, Title: p.name, Headline: p.say.Text("stage.trips.headline"), Items: lines}
	page.Text = p.guard.text(p.say, "found")
	if owner != "" {
		page.Headline = p.say.Text("stage.trips.headline-name", "name", owner)
	}
	if len(lines) == 0 {
		page.Text = p.guard.text(p.say, "empty")
	}
	return page
}

// logInWith is what the button says that starts a sign-in.
func logInWith(say *catalog.Catalog) string {
	return say.Text("stage.log-in-with", "provider", ProviderName)
}

// Method is how the page's button is sent.
func (p *webPage) Method() string {
	if p.Changes {
		return "post"
	}
	return "get"
}

// write answers with a page. It runs no script and can't be framed.
func (p *webPages) write(w http.ResponseWriter, page webPage) {
	page.Language = p.say.Language()
	var body bytes.Buffer
	if err := pageTemplate().Execute(&body, &page); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(page.status)
	_, _ = w.Write(body.Bytes()) // a browser that went away is not our fault
}

func pageTemplate() *template.Template {
	return template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Language}}">
<head><meta charset="utf-8"><title>{{.Title}}</title></head>
<body>
<main>
<h1>{{.Headline}}</h1>
{{with .Alert}}<p role="alert">{{.}}</p>
{{end}}{{with .Text}}<p>{{.}}</p>
{{end}}{{with .Items}}<ul>
{{range .}}<li>{{.}}</li>
{{end}}</ul>
{{end}}{{with .Terms}}<dl>
{{range .}}<dt>{{.Name}}</dt><dd>{{.Value}}</dd>
{{end}}</dl>
{{end}}{{with .Link}}<form method="{{$.Method}}" action="{{.}}"><button class="primary">{{$.Button}}</button></form>
{{end}}</main>
</body>
</html>
`))
}
