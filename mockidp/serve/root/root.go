// Package root is the page at the root of a server: what it is, whom it knows,
// how an app is set up for it, and what is asked of it at this moment.
//
// It is for whoever sits at this machine, and says nothing that the terminal
// does not say: see ADR 30. A [Page] is made when somebody asks for it, and
// holds no words and no template before. It decides nothing of the protocol.
package root

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/pages"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

//go:embed root.html root.css root.js
var files embed.FS

// PathRequests is where the page hears of requests.
const PathRequests = "/requests"

// Server is what the page tells of.
type Server struct {
	Version string
	Notices []string // what is not strict, and what deliberate trouble there is
	Realms  []Realm
	File    string   // where the secrets are, which are then not shown; empty for those that everybody knows
	Names   []string // hosts by which it is reached besides those of this machine
	Control string   // address of the control server, never its key; empty where there is none
	APIs    []string // addresses of the APIs beside the provider
	Path    string   // below which it answers, without a slash at the end
}

// Realm is an issuer, and who can use it.
type Realm struct {
	Name, Issuer string
	Clients      []mockidp.Client
	People       []mockidp.Person
}

// Page answers at the root. Make it with [New].
type Page struct {
	server   func() Server
	say      func() (*catalog.Catalog, error)
	words    fs.FS // that the settings for stacks are among
	requests Requests

	life     context.Context //nolint:containedctx // of the streams, which end with the server
	end      context.CancelFunc
	watching atomic.Int32
	looks    func() (look, error)
}

// New returns the page of a server, which is asked for each time, since it may
// read its config again. Say opens the words.
func New(server func() Server, say func() (*catalog.Catalog, error)) *Page {
	p := &Page{server: server, say: say, words: tutorials.Files(), looks: sync.OnceValues(readLook)}
	p.life, p.end = context.WithCancel(context.Background())
	return p
}

// Close ends the streams.
func (p *Page) Close() { p.end() }

// Add notes a request for the list.
func (p *Page) Add(e *mockidp.Exchange) { p.requests.Add(e) }

// Answer answers for the page and its stream at a path below the server's, and
// reports whether it did: what is not its own is for the provider.
func (p *Page) Answer(w http.ResponseWriter, r *http.Request, below string) bool {
	ofPage := (below == "/" || below == "") && wantsPage(r)
	if !ofPage && below != PathRequests || r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	s := p.server()
	switch {
	case !mayLook(r, s.Names):
		return false
	case ofPage:
		p.show(w, r, &s)
	case !ofThisPage(r) || r.Method == http.MethodHead:
		return false
	default:
		p.stream(w, r)
	}
	return true
}

// look is the template, style and script.
type look struct {
	page   *template.Template
	style  template.CSS
	script template.JS
	policy string
}

// readLook sets the page in the provider's own style, with what it needs besides.
func readLook() (look, error) {
	css, err := files.ReadFile("root.css")
	if err != nil {
		return look{}, fmt.Errorf("root page: %w", err)
	}
	js, err := files.ReadFile("root.js")
	if err != nil {
		return look{}, fmt.Errorf("root page: %w", err)
	}
	style := string(pages.Page{}.Style()) + string(css)
	l := look{style: template.CSS(style), script: template.JS(js)} //nolint:gosec // our own files
	l.policy = "default-src 'none'; style-src " + hashed(style) + "; script-src " + hashed(string(js)) +
		"; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
	if l.page, err = template.ParseFS(files, "root.html"); err != nil {
		return look{}, fmt.Errorf("root page: %w", err)
	}
	return l, nil
}

// hashed is how a Content-Security-Policy names a style or a script.
func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (p *Page) show(w http.ResponseWriter, r *http.Request, s *Server) {
	html, policy, err := p.render(s)
	if err != nil {
		http.Error(w, "the page cannot be made: "+err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	if r.Method != http.MethodHead {
		_, _ = w.Write(html) // who went away is nobody to tell
	}
}

func (p *Page) render(s *Server) (html []byte, policy string, err error) {
	l, err := p.looks()
	if err != nil {
		return nil, "", err
	}
	say, err := p.say()
	if err != nil {
		return nil, "", fmt.Errorf("words of the root page: %w", err)
	}
	shown, err := p.shown(s, say)
	if err != nil {
		return nil, "", err
	}
	shown.Style, shown.Script = l.style, l.script
	var b bytes.Buffer
	if err := l.page.Execute(&b, shown); err != nil {
		return nil, "", fmt.Errorf("root page: %w", err)
	}
	return b.Bytes(), l.policy, nil
}
