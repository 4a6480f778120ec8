package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

// everyLine is a JSON log with a line of each kind, as full as it can be.
func everyLine(t *testing.T) string {
	t.Helper()
	r, said := reloading(t, "[[realm]]\nname = 'a'\n", logJSON)
	slips := []string{
		"[[realm.client]]\nclient_id = 'x'\nredirect_uris = ['/a']", "[[realm.person]]\nusername = 'x'\npassword = ''",
		"[[realm.scope]]\nname = 'a'\nid_token_claims = ['sub']", "",
	}
	for _, slip := range slips {
		write(t, r.flags.config, "[[realm]]\nname = 'a'\n"+slip)
		r.read()
	}
	r.flags.tls, r.flags.api, r.flags.apis = tlsFlags{on: true, caFile: "ca.pem"}, "jwt", apis()
	many := &order{config: mockidp.Config{Realms: []mockidp.Realm{{}, {}}}}
	l := r.lines
	l.notice(mockidp.Notice{Text: "a", Realm: "a", Client: "x", Keys: []string{"realm.client.trusted"}})
	l.line(many.manyWords(&serveFlags{realms: []string{"a", "b"}}))
	l.line(r.flags.tls.words())
	l.line(r.flags.apiWords("http://127.0.0.1:8180"))
	l.logoutCall(mockidp.LogoutCall{Client: "x", URI: "https://a/", Status: 500, Err: errors.New("it answered 500"), Took: time.Second})
	l.limit("a", mockidp.Limits()[0])
	l.missed(3)
	l.write(l.form.exchange(&mockidp.Exchange{
		Trail: &mockidp.Trail{Sent: "a=b", Header: "Origin=x", Came: "error=x", Location: "https://a/", Allowed: "*"},
		Realm: "a", Method: "GET", Path: "/", Endpoint: "token", Status: 400, Client: "x", Error: "invalid_grant", Took: time.Second,
		Check:  &mockidp.Check{ID: "code-fresh", Spec: mockidp.Spec{Doc: "RFC 6749", Section: "4.1.2"}, Expected: "a", Got: "b", Reason: "c"},
		Checks: []mockidp.Check{{ID: "deliberate-trouble", Rule: "trouble"}},
	}))
	l.welcome(welcome{version: "1", at: "127.0.0.1:1", page: "http://127.0.0.1:1/", realms: []mockidp.Realm{{Name: "a"}}, issuer: func(string) string { return "i" }})
	if _, err := (connectionLines{l}).Write([]byte("http: TLS handshake error")); err != nil {
		t.Fatal(err)
	}
	control, err := startControl(t.Context(), anyPort)
	if err != nil {
		t.Fatal(err)
	}
	control.serve(r.front, "en", r.desk())
	l.line(control.words())
	if err := control.stop(t.Context()); err != nil {
		t.Error(err)
	}
	l.line(logged{Event: "stopped", Message: "stopped"})
	return said.String()
}

// table reads a table of docs/serving.md: the names in its first column, and those in the last.
func table(t *testing.T, heading string) map[string][]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/serving.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), heading)
	if !found {
		t.Fatalf("docs/serving.md has no table %q", heading)
	}
	rows := map[string][]string{}
	names := func(cell string) []string {
		var all []string
		for _, m := range regexp.MustCompile("`([a-z_-]+)`").FindAllStringSubmatch(cell, -1) {
			all = append(all, m[1])
		}
		return all
	}
	_, rest, _ = strings.Cut(rest, "|---|\n")
	for line := range strings.Lines(rest) {
		cells := strings.Split(strings.Trim(line, " |\n"), " | ")
		if !strings.HasPrefix(line, "|") {
			break
		}
		for _, name := range names(cells[0]) {
			rows[name] = names(cells[len(cells)-1])
		}
	}
	return rows
}

// fieldsFound are those of each event in a log, but for those that every line has.
func fieldsFound(t *testing.T, log string) map[string]map[string]bool {
	t.Helper()
	found := map[string]map[string]bool{}
	for line := range strings.Lines(log) {
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		event := fmt.Sprint(fields["event"])
		if found[event] == nil {
			found[event] = map[string]bool{}
		}
		for name := range fields {
			if !slices.Contains([]string{"time", "event", "message"}, name) {
				found[event][name] = true
			}
		}
	}
	return found
}

// What the page says of the log is what programs find in it.
func TestEachLineOfTheLogHasTheFieldsThatThePageLists(t *testing.T) {
	events, found := table(t, "| event | when | fields"), fieldsFound(t, everyLine(t))
	for event, fields := range found {
		got, want := slices.Sorted(maps.Keys(fields)), slices.Sorted(slices.Values(events[event]))
		if _, listed := events[event]; !listed || !slices.Equal(got, want) {
			t.Errorf("lines of %s have %q, and the page says %q", event, got, want)
		}
	}
	for event := range events {
		if found[event] == nil {
			t.Errorf("no line is a %s", event)
		}
	}
	listed := table(t, "| field | holds |")
	for _, field := range reflect.VisibleFields(reflect.TypeFor[logged]()) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if _, ok := listed[name]; !ok {
			t.Errorf("the page does not say what %s holds", name)
		}
	}
}
