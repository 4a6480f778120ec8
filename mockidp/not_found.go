package mockidp

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// notFound says that nothing is there, and what is: to a program in the JSON
// that it can read, to a person on a page.
func (p *Provider) notFound(req *request) wire.Answer {
	if !req.wantsJSON() {
		return p.pages.notFoundPage()
	}
	said := wire.ErrorResponse{Error: "not_found", Description: "there is nothing at this address; the realms are " + p.realmsInWords()}
	if name, ok := realmIn(req.URL.Path); ok && p.tenants["/realms/"+name] == nil {
		said.Description = "there is no realm " + wire.Shown(name) + "; the realms are " + p.realmsInWords()
	}
	a, err := wire.JSON(http.StatusNotFound, said)
	if err != nil {
		return p.pages.notFoundPage()
	}
	return wire.Uncached(a)
}

// wantsJSON reports whether who asks is a program: it says so, or it says
// nothing of pages and is at an address that is for programs.
func (r *request) wantsJSON() bool {
	accept := r.Header.Get("Accept")
	if strings.Contains(accept, "text/html") {
		return false
	}
	_, ofRealm := realmIn(r.URL.Path)
	return strings.Contains(accept, "json") || ofRealm && (r.Method == http.MethodPost || strings.Contains(r.URL.Path, "/.well-known/"))
}

// realmIn returns the name of a realm in a path, be there such a realm or not.
func realmIn(path string) (string, bool) {
	_, below, found := strings.Cut(path, "/realms/")
	name, _, _ := strings.Cut(below, "/")
	return name, found
}

func (p *Provider) realmsInWords() string {
	var names []string
	for i := range p.cfg.Realms[:min(len(p.cfg.Realms), maxNamed)] {
		names = append(names, p.cfg.Realms[i].Name)
	}
	words := strings.Join(names, ", ")
	if more := len(p.cfg.Realms) - len(names); more > 0 {
		words += " and " + strconv.Itoa(more) + " more"
	}
	return words
}
