package logins_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// A page that has the browser carry the answer to the app is the answer; a form that comes back to the provider is not.
func TestWhatAPagePostsToTheAppIsTheAnswer(t *testing.T) {
	for action, want := range map[string]string{"https://app.example/in": "c-12345", "/person": "", idp + "person": ""} {
		log := logins.Join(traceOf(line{
			method: "GET", url: idp + "authorize?client_id=app&response_type=code&response_mode=form_post&state=s&redirect_uri=https://app.example/in",
			status: 200, page: `<FORM method=post action="` + action + `"><input type=hidden name="code" value="c-12345">` +
				`<input name="state" type="hidden" value="s"></form>`,
		}))
		if got := log.Exchanges[0].Came("code"); got != want {
			t.Errorf("a form that goes to %s brings the code %q, want %q", action, got, want)
		}
	}
}
