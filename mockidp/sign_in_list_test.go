package mockidp_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// crowd is a world whose realm has so many people besides those of the story.
func crowd(t *testing.T, n int) *world {
	t.Helper()
	r := rulesRealm()
	for i := range n {
		r.People = append(r.People, mockidp.Person{
			Username: fmt.Sprintf("pupil-%d", i), Password: "x", Claims: []mockidp.Claim{{Name: "name", Value: fmt.Sprintf("Zoë %d Übel", i)}},
		})
	}
	return newWorldOf(t, r)
}

func listed(res reply) int { return strings.Count(res.body, `class="person"`) }

func TestTheSignInPageListsADozenOfAThousandPeople(t *testing.T) {
	few, many := crowd(t, 0).authorize(), crowd(t, 1000).authorize()
	if listed(many) != 12 || !strings.Contains(many.body, `type="search"`) || !strings.Contains(many.body, "people by name") {
		t.Errorf("%d people are listed\n%s", listed(many), many.body)
	}
	if len(many.body) > 12_000 {
		t.Errorf("the page has %d bytes", len(many.body))
	}
	if strings.Contains(few.body, `type="search"`) {
		t.Error("a handful of people need no search")
	}
	if a, b := many.Header.Get("Content-Security-Policy"), few.Header.Get("Content-Security-Policy"); a != b {
		t.Errorf("the search takes another policy: %s, not %s", a, b)
	}
}

func TestPeopleAreFoundByAPartOfTheirName(t *testing.T) {
	w := crowd(t, 1000)
	page := w.authorize()
	for typed, want := range map[string]int{"PUPIL-99": 11, "zoë 500 ü": 1, "jane": 1, "  ": 12, "nobody at all": 0, "Übel": 12} {
		res := w.submit(page, "search", typed)
		if res.StatusCode != http.StatusOK || listed(res) != want {
			t.Errorf("%q finds %d people, want %d (status %d)", typed, listed(res), want, res.StatusCode)
		}
	}
	if res := w.submit(page, "search", "Übel"); !strings.Contains(res.body, "988 more fit") {
		t.Error("it does not say that there are more")
	}
	if res := w.submit(page, "search", "nobody at all"); !strings.Contains(res.body, "Nobody has such a name.") {
		t.Error("it does not say that there is nobody")
	}
	found := w.submit(page, "search", "pupil-77")
	filled := w.submit(found, "fill", "pupil-777")
	if !strings.Contains(filled.body, `value="pupil-777"`) {
		t.Error("who was found can't be filled in")
	}
	if res := w.submit(filled, "username", "pupil-777", "password", "x"); res.check != nil {
		t.Errorf("who was found can't sign in: %+v", res.check)
	}
}
