package explain_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/explain"
)

// What to change is told for who took part: at the provider, and in the stack, unless another one was chosen.
func TestTheCureIsThatOfTheProviderAndTheStackThatShow(t *testing.T) {
	o := options(t, tutorials.Developer)
	o.Stack, o.Setting = "", diagnosis.Setting{Stack: "python", Provider: "keycloak"}
	told := func() string {
		var out strings.Builder
		if err := explain.Text(&out, wrongSecret(), o); err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(out.String()), " ")
	}
	if text := told(); !strings.Contains(text, "Keycloak: Clients") || !strings.Contains(text, "Python: Authlib") {
		t.Errorf("it is told\n%s", text)
	}
	o.Stack = "go"
	if text := told(); strings.Contains(text, "Authlib") || !strings.Contains(text, "Go: ") {
		t.Errorf("with a stack that was chosen it is told\n%s", text)
	}
	o.Stack, o.Setting = "", diagnosis.Setting{}
	if text := told(); strings.Contains(text, "Keycloak") || strings.Contains(text, "Authlib") {
		t.Errorf("where nobody shows it is told\n%s", text)
	}
}

// Reasons that are another provider's or another stack's alone are left out, and its own come first.
func TestReasonsOfOthersAreLeftOut(t *testing.T) {
	whys := []string{"A line break.", "Okta: a rule.", "Entra ID: a tenant.", "Firebase and Supabase: a switch.", "Spring: a bean."}
	for _, c := range []struct {
		setting diagnosis.Setting
		stack   string
		want    []string
	}{
		{diagnosis.Setting{}, "", whys},
		{diagnosis.Setting{Provider: "entra"}, "", []string{"Entra ID: a tenant.", "A line break.", "Spring: a bean."}},
		{diagnosis.Setting{Provider: "supabase"}, "go", []string{"Firebase and Supabase: a switch.", "A line break."}},
	} {
		if got := explain.Whys(whys, c.setting, c.stack); !slices.Equal(got, c.want) {
			t.Errorf("%+v is told %q, want %q", c.setting, got, c.want)
		}
	}
	if got := explain.Whys([]string{"Okta: a rule."}, diagnosis.Setting{Provider: "google"}, ""); len(got) != 1 {
		t.Error("where only others have reasons, nothing is told")
	}
}

// A provider that says in the address what it met at another one means a code that the app has never seen.
func TestWhatAProviderMetAtAnotherOneHasNoLineOfTheApp(t *testing.T) {
	o := options(t, tutorials.Developer)
	o.Stack = "spa"
	for query, want := range map[string]bool{
		"error=server_error&error_description=Unable+to+exchange+external+code:+invalid_grant": false, "error=login_required&state=s": true,
	} {
		all := diagnosis.Of(logins.Join(&trace.Trace{Messages: []trace.Message{
			{Kind: trace.Request, Exchange: 1, Method: "GET", URL: "https://app.example/cb?" + query},
		}}), diagnosis.Known{Asked: true})
		var out strings.Builder
		if err := explain.Text(&out, all, o); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(out.String(), "Angular and other pages:"); got != want {
			t.Errorf("%s: a line of the app is told: %v\n%s", query, got, out.String())
		}
	}
}

// wrongSecret is a login whose secret was refused.
func wrongSecret() []diagnosis.Diagnosis {
	all := polite()
	all[0].Causes = []diagnosis.Cause{{ID: "secret-wrong", Sure: diagnosis.Likely, At: all[0].Login.Exchanges[0]}}
	return all
}
