package stage

import (
	"bytes"
	"html/template"
	"net/http"
)

// webPage is one page of an app.
type webPage struct {
	status   int
	Title    string
	Headline string
	Text     string
	Alert    string
	Items    []string
	Link     string // address of a button, or ""
	Button   string
}

func homePage(app string) webPage {
	return webPage{
		status: http.StatusOK, Title: app, Headline: "Your trips in one place",
		Text: "Log in, and the " + app + " finds the flights in your mailbox.", Link: "/login", Button: "Log in with Demo",
	}
}

func (a *WebApp) failPage(status int, headline, detail string) webPage {
	return webPage{status: status, Title: a.Name, Headline: headline, Alert: detail, Link: "/login", Button: "Try again"}
}

func (a *WebApp) welcomePage(subject string, m mailbox) webPage {
	p := webPage{
		status: http.StatusOK, Title: a.Name, Headline: "Welcome",
		Text: "You are signed in (" + subject + "). These flights were found in your mailbox:",
	}
	if m.Owner != "" {
		p.Headline += ", " + m.Owner
	}
	for _, mail := range m.Messages {
		p.Items = append(p.Items, mail.Subject)
	}
	if len(p.Items) == 0 {
		p.Text = "You are signed in (" + subject + "). There is no flight in your mailbox."
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
{{end}}{{with .Link}}<form method="get" action="{{.}}"><button class="primary">{{$.Button}}</button></form>
{{end}}</main>
</body>
</html>
`))
}
