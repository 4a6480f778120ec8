package stage_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/stage"
)

// servedBy is a scene whose calls go to APIs that other programs can call.
func servedBy(way stage.Way) func(*testing.T) *scene {
	return func(t *testing.T) *scene {
		t.Helper()
		s := portal(t)
		served := stage.Serve(stage.ServedOptions{
			APIs: []stage.Guard{stage.Profile(), stage.Invoices()}, Way: way, Provider: s.Provider, Now: s.Now,
			Origins: func(origin string) bool { return origin == "https://app.example" },
			Trusted: []stage.Trusted{{
				Name: "demo", Issuer: s.Issuer(), Audience: func(string, string) string { return s.API.Audience() }, Opaque: true,
				ClientID: "api", ClientSecret: "of the API",
				About: func(subject string, scopes []string) map[string]any {
					return map[string]any{"name": "whoever is " + subject, "scopes": len(scopes)}
				},
			}},
		})
		s.answers = func(w http.ResponseWriter, r *http.Request) { served.Answer(w, r) }
		// What keeps the rules, so that a case that breaks one stands out.
		if w := s.call(http.MethodGet, "/api/invoices", "Bearer "+s.fake.access(claim("sub", "user-dana")), ""); w.Code != http.StatusOK {
			t.Errorf("a good token is answered %d %s", w.Code, w.Body)
		}
		return s
	}
}

func TestAProfileSaysWhatTheAPIKnowsAndWhoseTokenItWas(t *testing.T) {
	want := map[stage.Way]string{
		stage.ByKeys:   `{"client_id":"","name":"whoever is user-jane","scope":"openid mail.read read:invoices write:invoices","scopes":4,"sub":"user-jane"}`,
		stage.ByAsking: `"client_id":"mobile-pkce-client","name":"whoever is user-dana"`,
	}
	for way, words := range want {
		s := servedBy(way)(t)
		if w := s.call(http.MethodGet, "/user/profile", "Bearer "+s.fake.access(nil), ""); !strings.Contains(w.Body.String(), words) {
			t.Errorf("%s: %d %s, want %s", way, w.Code, w.Body, words)
		}
	}
}

func TestATextThatIsNoJWTIsAskedAboutUnlessKeysDecide(t *testing.T) {
	for way, status := range map[stage.Way]int{stage.ByKeys: 401, stage.ByAsking: 200, stage.ByEither: 200} {
		s := servedBy(way)(t)
		if w := s.call(http.MethodGet, "/user/profile", "Bearer opaque", ""); w.Code != status {
			t.Errorf("%s: %d %s, want %d", way, w.Code, w.Header().Get("WWW-Authenticate"), status)
		}
	}
}

func TestAServedAPIForgetsTheOldestOfVeryManyEntries(t *testing.T) {
	s := servedBy(stage.ByKeys)(t)
	dana := "Bearer " + s.fake.access(claim("sub", "user-dana"))
	const written = 1100
	for i := range written {
		s.call(http.MethodPost, "/invoices", dana, fmt.Sprintf(`{"customer":"c%d","euros":1}`, i))
	}
	all := s.call(http.MethodGet, "/invoices", dana, "").Body.String()
	if n := strings.Count(all, `"id"`); n != 3+1000 || strings.Contains(all, `"c99"`) || !strings.Contains(all, `"id":"inv-4103"`) {
		t.Errorf("there are %d invoices; the newest is to be inv-4103, the oldest c100", n)
	}
}
