//go:build !race

package root

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/spoken"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestNoEnglishIsLeftOnThePageInAnotherLanguage(t *testing.T) {
	words := wordstest.Pseudo(t)
	say := words.Catalog()
	s, known := Server{Version: "1", File: "idp.toml", Control: "http://127.0.0.1:41873"}, pseudo.Names()
	for _, r := range mockidp.StoryRealms() {
		r = spoken.Realm(r, say)
		s.Realms = append(s.Realms, Realm{Name: r.Name, Issuer: "http://127.0.0.1:8180/realms/" + r.Name, Clients: r.Clients, People: r.People})
		known.Add(r.Name)
		for i := range r.Clients {
			known.Add(r.Clients[i].ClientID)
		}
	}
	p := New(func() Server { return s }, func() (*catalog.Catalog, error) { return say, nil })
	p.words = wordstest.PseudoFiles(t)
	t.Cleanup(p.Close)
	for _, r := range mockidp.Rules() {
		p.Add(&mockidp.Exchange{Status: 400, Method: "GET", Check: &trace.Check{ID: r.ID, Rule: r.Rule, Spec: r.Spec, Reason: "in English"}})
		known.Add(r.Spec.Doc)
	}
	w, _ := asked(p, "/", unchanged)
	page := w.Body.String()
	if n := strings.Count(page, `<small lang="en">in English</small>`); n != Most {
		t.Errorf("%d of %d reasons are marked as English", n, Most)
	}
	if strings.Contains(page, "⟧⟧") || w.Code != http.StatusOK {
		t.Errorf("%d, or something was translated twice", w.Code)
	}
	read := []string{}
	for _, found := range regexp.MustCompile(`(?:aria-label|title|alt|placeholder|data-(?:live|pause|resume|paused|lost|refused))="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		read = append(read, found[1])
	}
	shown := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<code.*?</code>|<small lang="en">.*?</small>|<[^>]*>|&[a-z]+;`)
	if left := known.Left(shown.ReplaceAllString(page, " ") + strings.Join(read, " ")); len(left) > 0 {
		t.Errorf("English is left: %q", left)
	}
}
