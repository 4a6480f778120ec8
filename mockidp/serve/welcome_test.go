package serve

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
)

// realmsWith are realms, each with clients and people.
func realmsWith(realms, clients, people int) []mockidp.Realm {
	var one mockidp.Realm
	for j := range clients {
		one.Clients = append(one.Clients, mockidp.Client{
			ClientID: "client-" + strconv.Itoa(j), RedirectURIs: []string{"https://app.example/a", "https://app.example/b"},
		})
	}
	for j := range people {
		one.People = append(one.People, mockidp.Person{Username: "person-" + strconv.Itoa(j)})
	}
	all := make([]mockidp.Realm, realms)
	for i := range all {
		all[i] = one
		all[i].Name = "realm-" + strconv.Itoa(i)
	}
	return all
}

// However much a config holds, its start is a screenful that names the first of
// each kind, and counts the rest.
func TestTheStartIsAtMostAScreenful(t *testing.T) {
	for name, c := range map[string]struct {
		realms, clients, people, notices, words int
		says                                    []string
	}{
		"a thousand realms": {1000, 1, 1, 0, 1, []string{"issuer     https://idp.example/realm-3\n", "and 996 more realms: --print-config prints all"}},
		"a thousand notices": {1, 1, 1, 1000, 0, []string{
			"notice 1\n", "and 998 more like these; the pages of the provider name them\n", "client-0", "person-0",
		}},
		"all of it": {1000, 1000, 1000, 1000, 4, []string{
			"notice 0\n", "word 3\n", "realm-0\n", "client-0", "person-0", "and 999 more realms", " more clients: --print-config prints all\n",
			" more people: --print-config prints all\n",
		}},
		"a company":         {1, 10_000, 10_000, 0, 0, []string{"client-5", "and 9994 more clients", "person-4", "and 9995 more people"}},
		"few of each":       {2, 2, 1, 1, 0, []string{"https://app.example/a and 1 more\n", "client-1", "person-0"}},
		"only empty realms": {3, 0, 0, 0, 0, []string{"realm-0\n", "realm-1\n", "realm-2\n"}},
	} {
		w := welcome{
			version: "1", realms: realmsWith(c.realms, c.clients, c.people), issuer: func(realm string) string { return "https://idp.example/" + realm },
			at: "127.0.0.1:8180",
		}
		for i := range c.notices {
			w.notices = append(w.notices, mockidp.Notice{Text: fmt.Sprint("notice ", i)})
		}
		for i := range c.words {
			w.words = append(w.words, logged{Message: fmt.Sprint("word ", i)})
		}
		text := textLog{}.welcome(w)
		if n := strings.Count(text, "\n") + 1; n > screenful {
			t.Errorf("%s: the start has %d lines:\n%s", name, n, text)
		}
		for _, want := range c.says {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the start does not say %q:\n%s", name, want, text)
			}
		}
		if c.realms == 2 && strings.Contains(text, "print-config") {
			t.Errorf("%s: the start says that there is more:\n%s", name, text)
		}
	}
}

func TestTheStartNamesSomebodyWhoCanSignInWhateverElseAnswers(t *testing.T) {
	s := startServe(t, "127.0.0.1:0", "--control", "--api")
	if n := strings.Count(s.head, "\n"); n > screenful || !strings.Contains(s.head, "\njane ") {
		t.Errorf("%d lines, in which somebody who can sign in should be:\n%s", n, s.head)
	}
	if status, log := s.stop(); status != 0 {
		t.Errorf("exit status %d\n%s", status, log)
	}
}

func TestAProgramIsToldOfEveryRealm(t *testing.T) {
	w := welcome{realms: realmsWith(1000, 1, 1), notices: make([]mockidp.Notice, 4), issuer: func(realm string) string { return realm }}
	text := jsonLog{}.welcome(w)
	if n := strings.Count(text, `"event":"serving"`); n != 1000 || strings.Count(text, `"event":"notice"`) != 4 {
		t.Errorf("%d realms are named", n)
	}
}

func TestThousandRealmsStartWithAScreenful(t *testing.T) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "[[realm]]\nname = \"r%d\"\n[[realm.client]]\nclient_id = \"app\"\nclient_secret = \"a secret\"\npkce_optional = true\nredirect_uris = [\"https://app.example/cb\"]\n"+
			"scope = \"openid\"\n[[realm.scope]]\nname = \"openid\"\ndescription = \"sign in\"\n", i)
	}
	s := startServe(t, "127.0.0.1:0", "--config", file(t, text.String()), "--control=127.0.0.1:0")
	if n := strings.Count(s.head, "\n"); n > screenful || !strings.Contains(s.head, "more realms") {
		t.Errorf("%d lines:\n%s", n, s.head)
	}
	if status, log := s.stop(); status != 0 {
		t.Errorf("exit status %d\n%s", status, log)
	}
}
