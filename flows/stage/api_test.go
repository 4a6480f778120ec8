package stage_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/stage"
)

func TestTheAPIGivesEachPersonTheirOwn(t *testing.T) {
	mails := newScene(t, stage.Options{})
	for person, want := range map[string]string{
		"user-jane": `"owner":"Jane Doe"`, "user-sam": `"owner":"Sam Reyes"`,
		"user-dana": `"messages":[]`, "user-nobody": `{"owner":"","messages":[]}`,
	} {
		w := mails.call(http.MethodGet, "/messages", "Bearer "+mails.fake.access(claim("sub", person)), "")
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s reads %d %s, want %s in it", person, w.Code, w.Body, want)
		}
	}
	books := portal(t)
	for person, n := range map[string]int{"user-dana": 3, "user-sam": 1, "my-service-client": 3} {
		w := books.call(http.MethodGet, "/invoices", "Bearer "+books.fake.access(claim("sub", person)), "")
		if got := strings.Count(w.Body.String(), `"id"`); got != n {
			t.Errorf("%s sees %d invoices, want %d", person, got, n)
		}
	}
}

func TestAnInvoiceIsKeptForTheRunAndSeenByFinance(t *testing.T) {
	s := portal(t)
	dana := "Bearer " + s.fake.access(claim("sub", "user-dana"))
	w := s.call(http.MethodPost, "/invoices", dana, `{"customer":"Blue Air","euros":640}`)
	if want := `{"id":"inv-3004","customer":"Blue Air","euros":640,"state":"open"}`; w.Code != http.StatusOK || w.Body.String() != want {
		t.Errorf("written is %d %s, want %s", w.Code, w.Body, want)
	}
	if got := s.call(http.MethodGet, "/invoices", dana, "").Body.String(); !strings.Contains(got, "inv-3004") {
		t.Errorf("finance does not see it: %s", got)
	}
	sam := "Bearer " + s.fake.access(claim("sub", "user-sam"))
	if got := s.call(http.MethodGet, "/invoices", sam, "").Body.String(); strings.Contains(got, "inv-3004") {
		t.Errorf("sales sees it: %s", got)
	}
}

// RFC 6750 section 3.1 and RFC 9110 section 15.5.4: only another token would help where there is a challenge.
func TestTheAPIChallengesOnlyWhereAnotherTokenWouldHelp(t *testing.T) {
	s := portal(t)
	for name, tt := range map[string]struct {
		authorization, method, body string
		status                      int
		challenge                   string
	}{
		"no token":           {"", http.MethodGet, "", 401, `Bearer realm="invoices"`},
		"a dead token":       {"Bearer " + s.fake.access(claim("exp", 1)), http.MethodGet, "", 401, `error="invalid_token"`},
		"too little scope":   {"Bearer " + s.fake.access(claim("scope", "openid")), http.MethodGet, "", 403, `scope="read:invoices"`},
		"the wrong person":   {"Bearer " + s.fake.access(nil), http.MethodGet, "", 403, ""},
		"the wrong document": {"Bearer " + s.fake.access(claim("sub", "user-dana")), http.MethodPost, "{}", 400, ""},
	} {
		w := s.call(tt.method, "/invoices", tt.authorization, tt.body)
		got := w.Header().Get("WWW-Authenticate")
		if w.Code != tt.status || !strings.Contains(got, tt.challenge) || (tt.challenge == "") != (got == "") {
			t.Errorf("%s: the API answers %d with %q, want %d with %q in it", name, w.Code, got, tt.status, tt.challenge)
		}
	}
}

func TestAnAppShowsInvoicesAsLines(t *testing.T) {
	s := portal(t)
	s.fake.accessToken, s.fake.idToken = claim("sub", "user-sam"), claim("sub", "user-sam")
	_, page := s.logIn(stage.WebAppOptions{Scope: "openid read:invoices", Reads: "/invoices"})
	var lines []string
	for _, b := range page.Blocks {
		for _, item := range b.Items {
			lines = append(lines, item.Text)
		}
	}
	if len(lines) != 1 || lines[0] != "inv-3002, North Rail, 2150 euros, paid" {
		t.Errorf("the page shows %q", lines)
	}
}
