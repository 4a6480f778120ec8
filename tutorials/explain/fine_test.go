package explain_test

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// A login that breaks off without a refusal did not go well.
func TestNothingIsWrongIsSaidWhereALoginCameToItsEnd(t *testing.T) {
	page := []trace.Message{
		{
			Kind: trace.Request, Exchange: 1, Method: "GET",
			URL: "https://idp.example/authorize?client_id=app&response_type=code&state=s&redirect_uri=https://app.example/cb",
		},
		{Kind: trace.Response, Exchange: 1, Status: 200},
	}
	taken := append(page[:2:2],
		trace.Message{Kind: trace.Request, Exchange: 2, Method: "GET", URL: "https://app.example/cb?code=c-one&state=s"},
		trace.Message{Kind: trace.Response, Exchange: 2, Status: 200})
	alone := []trace.Message{
		{Kind: trace.Request, Exchange: 1, Method: "GET", URL: "https://app.example/"}, {Kind: trace.Response, Exchange: 1, Status: 200},
	}
	for want, messages := range map[string][]trace.Message{
		"no login is in it":                        alone,
		"breaks off at the authorization endpoint": page, "Nothing is wrong": taken,
	} {
		var out strings.Builder
		all := diagnosis.Of(logins.Join(&trace.Trace{Messages: messages}), diagnosis.Known{})
		if err := explain.Text(&out, all, options(t, tutorials.Developer)); err != nil {
			t.Fatal(err)
		}
		if said := strings.Join(strings.Fields(out.String()), " "); !strings.Contains(said, want) {
			t.Errorf("%q is said, want %q", said, want)
		}
	}
}
