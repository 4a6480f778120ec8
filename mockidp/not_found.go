package mockidp

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// notFound says that nothing is there, and what is: to a program in the JSON
// that it can read, to a person on a page.
func (p *Provider) notFound(req *request) wire.Answer {
	name, ofRealm := realmIn(req.URL.Path)
	unknown := ofRealm && p.tenants["/realms/"+name] == nil
	if !req.wantsJSON(ofRealm) {
		if !unknown {
			name = ""
		}
		return p.pages.notFoundPage(name)
	}
	said := wire.ErrorResponse{Error: "not_found", Description: "there is nothing at this address; the realms are " + p.realmsInWords()}
	switch {
	case unknown:
		said.Description = "there is no realm " + wire.Shown(name) + "; the realms are " + p.realmsInWords()
	case ofRealm && strings.Contains(req.URL.Path, "/realms/"+name+pathRegistration):
		said.Description = "clients cannot register themselves in realm " + name + "; [realm.registration] in its config lets them"
	}
	a, err := wire.JSON(http.StatusNotFound, said)
	if err != nil {
		return p.pages.notFoundPage("")
	}
	return wire.Uncached(a)
}

// wantsJSON reports whether who asks is a program: it says so, or it says
// nothing of pages and is at an address that is for programs.
func (r *request) wantsJSON(ofRealm bool) bool {
	accept := r.Header.Get("Accept")
	if strings.Contains(accept, "text/html") {
		return false
	}
	forPrograms := func(path string) bool { return strings.Contains(r.URL.Path, path) }
	return strings.Contains(accept, "json") || ofRealm && (r.Method == http.MethodPost || slices.ContainsFunc([]string{
		"/.well-known/", pathToken, pathCerts, pathUserInfo, pathRevocation, pathPushed, pathRegistration,
	}, forPrograms))
}

// realmIn returns the name of a realm in a path, be there such a realm or not.
func realmIn(path string) (string, bool) {
	_, below, found := strings.Cut(path, "/realms/")
	name, _, _ := strings.Cut(below, "/")
	return name, found
}
