package mockidp

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// printer makes the pages.
type printer struct {
	at      *addresses
	now     func() time.Time
	realms  []Realm
	words   pages.Words
	relaxed Relaxed
}

// show renders a page. formTargets are the origins that its forms may lead
// to; none forbids forms.
func (p *printer) show(status int, name, title string, t *tenant, body any, formTargets []string) wire.Answer {
	data := pages.Page{Words: p.words, Title: title, Notices: p.pageNotices(t), Body: body}
	if t != nil {
		data.Realm = t.name
	}
	html, styleHash, err := data.Render(name)
	if err != nil {
		return wire.ServerError(err)
	}
	a := wire.Uncached(wire.Answer{Status: status, Body: html})
	a.Set("Content-Type", "text/html; charset=utf-8")
	a.Set("Content-Security-Policy", contentPolicy(styleHash, formTargets))
	a.Set("X-Frame-Options", "DENY")
	a.Set("Referrer-Policy", "no-referrer")
	a.Set("Cross-Origin-Opener-Policy", "same-origin")
	return a
}

// say is a text of the pages that is no part of a template.
func (p *printer) say(id string, pairs ...string) string { return p.words.Text(id, pairs...) }

// contentPolicy allows the style sheet inside the page, the forms, and
// nothing else: no scripts, no frames, no pictures.
func contentPolicy(styleHash string, formTargets []string) string {
	targets := "'none'"
	if len(formTargets) > 0 {
		targets = strings.Join(formTargets, " ")
	}
	return "default-src 'none'; style-src " + styleHash + "; form-action " + targets +
		"; frame-ancestors 'none'; base-uri 'none'"
}

// formTargets lists where a form may lead. Chromium holds form-action against
// the redirects that follow a form too, so besides this provider the client
// must be listed, and whatever origins the client names as its own: it may
// send the browser on from its redirection URI.
func formTargets(redirectURI string, c *Client) []string {
	targets := []string{"'self'"}
	for _, uri := range append([]string{redirectURI}, c.Origins...) {
		target := originOf(uri)
		switch {
		case strings.Contains(target, "["):
			target = "http:" // a policy cannot name an IPv6 address
		case target == "":
			scheme, _, _ := strings.Cut(uri, ":")
			target = scheme + ":"
		}
		if !slices.Contains(targets, target) {
			targets = append(targets, target)
		}
	}
	return targets
}

type signInData struct {
	Client   string
	Action   string
	Form     string
	CSRF     string
	Username string
	Password string // only ever one that the page itself offers to fill in
	Alert    string
	People   []personChoice
	Many     int    // how many people there are, where they are too many for a list
	Search   string // what of a name was typed to find some of them
	Unlisted int    // how many more fit
	About    aboutClient
}

// alert says over a form what was wrong with what was typed into it.
func (p *printer) alert(c trace.Check, f failures) string {
	said := p.say("alert." + c.ID)
	if f.ofThisAddress() {
		said += " " + p.say("alert.per-address", "count", strconv.Itoa(f.ofAddress))
	}
	return said
}

type personChoice struct{ Username, Name, About, Initial string }

func (p *printer) signInPage(t *tenant, f *formView, data signInData) wire.Answer {
	data.Client, data.Action = f.request.client.title(), t.path+pathSignIn
	data.Form, data.CSRF, data.About = f.sealed, f.csrf, f.request.client.about(p.words)
	if len(t.names) > maxNamed {
		data.Many = len(t.names)
	}
	var found []*Person
	found, data.Unlisted = t.find(data.Search, maxNamed)
	for _, person := range found {
		data.People = append(data.People, personChoice{
			Username: person.Username, Name: person.name(), About: person.About, Initial: initial(person.name()),
		})
	}
	a := p.show(http.StatusOK, "sign-in.html", p.say("sign-in.heading"), t, data, f.request.formTargets())
	allowLogo(&a, f.request.client)
	return a
}

// formTargets lists where the forms of the request may lead.
func (req *approved) formTargets() []string {
	if req.device != nil {
		return []string{"'self'"}
	}
	return formTargets(req.redirectURI, req.client)
}

type consentData struct {
	Client   string
	Person   string
	Username string
	Initial  string
	Action   string
	Form     string
	CSRF     string
	Scopes   []scopeChoice
	Boxes    bool   // some of them can be left out
	Code     string // that the device shows; empty where there is no device
	Details  []detailChoice
	About    aboutClient
}

func (p *printer) consentPage(t *tenant, f *formView, person *Person) wire.Answer {
	data := consentData{
		Client: f.request.client.title(), Person: person.name(), Username: person.Username,
		Initial: initial(person.name()), Action: t.path + pathConsent, Form: f.sealed, CSRF: f.csrf,
	}
	if f.request.device != nil {
		data.Code = f.request.device.userCode
	}
	data.Details = t.detailChoices(f.request.details, p.words)
	data.Scopes = t.scopeChoices(f.request, p.words)
	data.Boxes = slices.ContainsFunc(data.Scopes, func(c scopeChoice) bool { return c.Box != "" })
	data.About = f.request.client.about(p.words)
	a := p.show(http.StatusOK, "consent.html", p.say("consent.heading", "client", data.Client), t, data, f.request.formTargets())
	allowLogo(&a, f.request.client)
	return a
}

type logoutData struct {
	Client  string // empty when nobody said who asks
	Person  string
	Initial string
	Action  string
	Form    string
	CSRF    string
}

// logoutPage asks whether to sign out.
func (p *printer) logoutPage(t *tenant, f *formView, person *Person) wire.Answer {
	data := logoutData{
		Person: person.name(), Initial: initial(person.name()), Action: t.path + pathLogoutForm, Form: f.sealed, CSRF: f.csrf,
	}
	targets := []string{"'self'"}
	if c := f.logout.client; c != nil {
		data.Client = c.title()
		if f.logout.redirectURI != "" {
			targets = formTargets(f.logout.redirectURI, c)
		}
	}
	return p.show(http.StatusOK, "logout.html", p.say("logout.heading"), t, data, targets)
}

type errorData struct {
	Heading string
	Reason  string
	Check   trace.Check
	Issuer  string
}

// errorPage says in words which rule a request broke. It never leads on: what
// the request names as its client or return address is not to be trusted.
func (p *printer) errorPage(status int, t *tenant, c trace.Check) wire.Answer {
	data := errorData{Heading: p.say("error.heading"), Reason: sentence(c.Reason), Check: c}
	return p.show(status, "error.html", data.Heading, t, data, nil)
}

type notFoundData struct {
	Realm     string // that was asked for and is not there; empty where none was
	Documents []string
}

// notFoundPage is for a person; the realm is one that was asked for and is not there, if one was.
func (p *printer) notFoundPage(realm string) wire.Answer {
	data := notFoundData{Realm: wire.Shown(realm)}
	for i := range p.realms[:min(len(p.realms), maxNamed)] {
		data.Documents = append(data.Documents, p.at.base()+"/realms/"+p.realms[i].Name+pathDiscovery)
	}
	return p.show(http.StatusNotFound, "not-found.html", p.say("not-found.heading"), nil, data, nil)
}

// maxNamed is how many realms or people an answer names: a page takes no longer
// to make, and to read, where there are thousands.
const maxNamed = 12
