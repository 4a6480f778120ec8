package mockidp_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

func TestErrorsTravelTheWayThatTheAnswerWould(t *testing.T) {
	for _, c := range []struct {
		sentence, separator string
		change              []string
	}{
		{"a code", "?", []string{"response_type", "code"}},
		{"a token", "#", []string{"response_type", "token"}},
		{"a code in the fragment", "#", []string{"response_type", "code", "response_mode", "fragment"}},
		{"a token that should be in the query", "#", []string{"response_type", "token", "response_mode", "query"}},
		{"two modes", "#", []string{"response_type", "token code", "response_mode", "form_post\x00fragment"}},
		{"half a type that nobody knows", "#", []string{"response_type", "token dance"}},
		{"a type that nobody knows", "?", []string{"response_type", "dance"}},
	} {
		t.Run(c.sentence, func(t *testing.T) {
			w := newWorld(t)
			v := with(hybrid(append(c.change, "prompt", "none")...)...)
			if mode, second, twice := strings.Cut(v.Get("response_mode"), "\x00"); twice {
				v["response_mode"] = []string{mode, second}
			}
			res := w.get(authURL + "?" + v.Encode())
			if got := res.Header.Get("Location"); !strings.HasPrefix(got, callback+c.separator+"error=") {
				t.Errorf("%d, Location %s", res.StatusCode, got)
			}
		})
	}
}

func TestErrorAfterThePagesIsPostedToo(t *testing.T) {
	w := newWorld(t)
	res := w.signIn(w.authorize(hybrid("response_mode", "form_post")...), "jane")
	res = w.submit(res, "decision", "refuse")
	action, fields := readForm(t, res.body)
	if res.StatusCode != http.StatusOK || action != callback || fields.Get("error") != "access_denied" ||
		fields.Get("state") != "af0ifjsldkj" {
		t.Errorf("%d to %s: %v", res.StatusCode, action, fields)
	}
}

func TestFormPostPageLetsOnlyItsOwnScriptRunAndEscapesAll(t *testing.T) {
	w := newWorld(t)
	res := w.walk("response_mode", "form_post", "state", `"><script>alert(1)</script>`)
	policy := res.Header.Get("Content-Security-Policy")
	script := between(t, res.body, "<script>", "</script>")
	sum := sha256.Sum256([]byte(script))
	for _, want := range []string{
		"default-src 'none'", "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
		"form-action 'self' https://travel.example", "frame-ancestors 'none'", "base-uri 'none'",
	} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %q", policy, want)
		}
	}
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("Referrer-Policy") != "origin" {
		t.Errorf("headers %v", res.Header)
	}
	if strings.Contains(res.body, "alert(1)</script>") || !strings.Contains(res.body, `<button class="primary" type="submit">`) {
		t.Error(res.body)
	}
	if got := res.answer(t).Get("state"); got != `"><script>alert(1)</script>` {
		t.Errorf("state %q", got)
	}
}

func between(t *testing.T, s, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(s, before)
	inner, _, ended := strings.Cut(rest, after)
	if !found || !ended {
		t.Fatalf("no %s in %s", before, s)
	}
	return inner
}

func TestNothingIsPostedToAnAddressThatIsNotOfTheWeb(t *testing.T) {
	w := newWorld(t)
	res := w.authorize("redirect_uri", "com.myapp:/callback", "response_mode", "form_post")
	if got := res.Header.Get("Location"); !strings.HasPrefix(got, "com.myapp:/callback?error=invalid_request") ||
		res.check.ID != "response-mode-fits" {
		t.Errorf("%d %s %+v", res.StatusCode, got, res.check)
	}
}
