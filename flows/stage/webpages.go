package stage

import (
	"bytes"
	"html/template"
	"net/http"

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

func (a *WebApp) homePage() webPage {
	return webPage{
		status: http.StatusOK, Title: a.Name, Headline: a.say.Text("stage.home.headline", "app", a.Name),
		Text: a.say.Text("stage.home.text"), Link: "/login", Button: logInWith(a.say),
	}
}

func (a *WebApp) failPage(status int, headline, detail string) webPage {
	return webPage{status: status, Title: a.Name, Headline: headline, Alert: detail, Link: "/login", Button: a.say.Text("stage.fail.again")}
}

// welcomePage shows the person what the app knows now, and no more.
func (a *WebApp) welcomePage(f found) webPage {
	p := webPage{status: http.StatusOK, Title: a.Name, Headline: a.say.Text("stage.welcome.headline"), Items: f.items}
	name := ""
	if f.subject != "" {
		name = f.owner // without an ID token nobody said that the owner is who sits there
	}
	for _, claim := range f.person {
		if claim.Name == "name" {
			name = claim.Value
		}
		p.Terms = append(p.Terms, claim)
	}
	if name != "" {
		p.Headline = a.say.Text("stage.welcome.headline-name", "name", name)
	}
	if f.subject != "" {
		p.Text = a.say.Text("stage.welcome.signed-in", "subject", f.subject)
	} else {
		p.Text = a.say.Text("stage.welcome.not-told")
	}
	switch {
	case a.Reads == "":
	case len(f.items) == 0:
		p.Text += " " + a.guard.text(a.say, "empty")
	default:
		p.Text += " " + a.guard.text(a.say, "found")
	}
	if a.LogsOut != "" {
		p.Link, p.Button, p.Changes = pathLogOut, a.say.Text("stage.log-out"), true
	}
	if a.GivesBack {
		p.Link, p.Button, p.Changes = "/disconnect", a.say.Text("stage.disconnect"), true
	}
	return p
}

// disconnectedPage says that the app gave back what it was given.
func (a *WebApp) disconnectedPage() webPage {
	return webPage{
		status: http.StatusOK, Title: a.Name, Headline: a.say.Text("stage.disconnected.headline"),
		Text: a.say.Text("stage.disconnected.text"),
	}
}

// loggedOutPage says that nobody is signed in here any more.
func (a *WebApp) loggedOutPage() webPage {
	return webPage{
		status: http.StatusOK, Title: a.Name, Headline: a.say.Text("stage.logged-out.headline", "app", a.Name),
		Link: "/login", Button: logInWith(a.say),
	}
}

// logInPage is for somebody whom neither the app nor the provider knows.
func (a *WebApp) logInPage() webPage {
	return webPage{
		status: http.StatusOK, Title: a.Name, Headline: a.say.Text("stage.please-log-in.headline"),
		Text: a.say.Text("stage.please-log-in.text"), Link: "/login", Button: logInWith(a.say),
	}
}

// tripsPage is what the app is for.
func (a *WebApp) tripsPage(owner string, lines []string) webPage {
	p := webPage{status: http.StatusOK, Title: a.Name, Headline: a.say.Text("stage.trips.headline"), Items: lines}
	p.Text = a.guard.text(a.say, "found")
	if owner != "" {
		p.Headline = a.say.Text("stage.trips.headline-name", "name", owner)
	}
	if len(lines) == 0 {
		p.Text = a.guard.text(a.say, "empty")
	}
	return p
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

// writePage answers with a page. It runs no script and can't be framed.
func (a *WebApp) writePage(w http.ResponseWriter, p webPage) {
	p.Language = a.say.Language()
	var body bytes.Buffer
	if err := pageTemplate().Execute(&body, &p); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(p.status)
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
