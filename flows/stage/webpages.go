package stage

import (
	"bytes"
	"html/template"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// webPage is one page of an app.
type webPage struct {
	status   int
	Title    string
	Headline string
	Text     string
	Alert    string
	Items    []string
	Terms    []trace.Field // what is known, by name
	Link     string        // address of a button, or ""
	Button   string
}

func (a *WebApp) homePage() webPage {
	return webPage{
		status: http.StatusOK, Title: a.Name, Headline: "Welcome to the " + a.Name,
		Text: "Log in to begin.", Link: "/login", Button: "Log in with " + ProviderName,
	}
}

func (a *WebApp) failPage(status int, headline, detail string) webPage {
	return webPage{status: status, Title: a.Name, Headline: headline, Alert: detail, Link: "/login", Button: "Try again"}
}

// welcomePage shows the person what the app knows now, and no more.
func (a *WebApp) welcomePage(f found) webPage {
	p := webPage{status: http.StatusOK, Title: a.Name, Headline: "Welcome", Items: f.items}
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
		p.Headline += ", " + name
	}
	if f.subject != "" {
		p.Text = "You are signed in (" + f.subject + ")."
	} else {
		p.Text = "The app may act for you. It was not told who you are."
	}
	switch {
	case a.Reads == "":
	case len(f.items) == 0:
		p.Text += " " + a.guard.Empty
	default:
		p.Text += " " + a.guard.Found
	}
	return p
}

// tripsPage is what the app is for.
func (a *WebApp) tripsPage(owner string, lines []string) webPage {
	p := webPage{status: http.StatusOK, Title: a.Name, Headline: "Your trips", Text: a.guard.Found, Items: lines}
	if owner != "" {
		p.Headline = "The trips of " + owner
	}
	if len(lines) == 0 {
		p.Text = a.guard.Empty
	}
	return p
}

// writePage answers with a page. It runs no script and can't be framed.
func writePage(w http.ResponseWriter, p webPage) {
	var body bytes.Buffer
	if err := pageTemplate().Execute(&body, p); err != nil {
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
<html lang="en">
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
{{end}}{{with .Link}}<form method="get" action="{{.}}"><button class="primary">{{$.Button}}</button></form>
{{end}}</main>
</body>
</html>
`))
}
