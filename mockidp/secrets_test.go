//go:build !race

package mockidp_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// eavesdropper collects every secret that goes over the wire.
type eavesdropper struct {
	http.RoundTripper
	secrets map[string]string // value to where it was
}

func secretMembers() []string {
	return []string{
		"access_token", "actor_token", "client_assertion", "client_secret", "code", "code_verifier", "csrf_token", "device_code", "id_token",
		"id_token_hint", "logout_token", "password", "refresh_token", "registration_access_token", "request", "request_uri", "subject_token",
		"token", "user_code",
	}
}

func (e *eavesdropper) hear(where, value string) {
	if len(value) >= 9 { // shorter ones are words, such as "jane"
		e.secrets[value] = where
	}
}

func (e *eavesdropper) hearForm(encoded string) {
	form, _ := url.ParseQuery(encoded) // what can be read of it
	for name, values := range form {
		for _, v := range values {
			if slices.Contains(secretMembers(), name) {
				e.hear(name, v)
			}
		}
	}
}

func (e *eavesdropper) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body != nil {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		e.hearForm(string(body))
	}
	e.hearForm(r.URL.RawQuery)
	for _, name := range []string{"Authorization", "DPoP"} {
		for _, v := range r.Header.Values(name) {
			e.hear(name, v[strings.LastIndex(v, " ")+1:])
		}
	}
	for _, c := range r.Cookies() {
		e.hear("cookie", c.Value)
	}
	res, err := e.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(res.Body)
	res.Body = io.NopCloser(bytes.NewReader(body))
	e.hearAnswer(res, body)
	return res, err
}

func (e *eavesdropper) hearAnswer(res *http.Response, body []byte) {
	var members map[string]any
	if json.Unmarshal(body, &members) == nil {
		for _, name := range secretMembers() {
			if v, ok := members[name].(string); ok {
				e.hear(name, v)
			}
		}
	}
	for _, field := range regexp.MustCompile(`name="(\w+)" value="([^"]*)"`).FindAllStringSubmatch(string(body), -1) {
		if slices.Contains(secretMembers(), field[1]) {
			e.hear(field[1], field[2])
		}
	}
	if to, err := url.Parse(res.Header.Get("Location")); err == nil {
		e.hearForm(to.RawQuery)
		e.hearForm(to.Fragment)
	}
}

// Every case of the rule tables, good and bad, is watched: what a screen or a
// log gets to see holds nothing with which anybody could go on.
// Nor does a check, or an answer, hold a secret that a client knows already.
func TestNoExchangeShowsASecretWhole(t *testing.T) {
	t.Parallel()
	heard := 0
	showsNone := func(sentence string, s sent) {
		heard += s.secrets
		for _, shown := range s.shown {
			t.Errorf("%s: %s", sentence, shown)
		}
	}
	for _, c := range allSent(t) {
		sentence := c.endpoint + " " + c.rule + ": " + c.sentence
		showsNone(sentence, c)
		holdsNoSecret(t, sentence, c.res)
	}
	for _, c := range keptCases() {
		showsNone(c.endpoint+": "+c.sentence, sendWatched(t, c.send))
	}
	if heard < 500 {
		t.Errorf("only %d secrets were heard", heard)
	}
}

// holdsNoSecret looks for the secrets of clients in an answer and the checks that led to it.
func holdsNoSecret(t *testing.T, sentence string, res reply) {
	t.Helper()
	for _, secret := range []string{"spring-client-secret", "s3cret:&%", "my-service-secret", "free-secret", "idle-secret", hmacSecret, verifier} {
		for _, check := range res.all {
			if strings.Contains(check.Expected+check.Got+check.Reason, secret) {
				t.Errorf("%s: %+v", sentence, check)
			}
		}
		if strings.Contains(res.body+res.Header.Get("Location"), secret) {
			t.Errorf("%s: the answer holds %s", sentence, secret)
		}
	}
}
