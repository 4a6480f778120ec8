//go:build !race

package export_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"html"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// secretsIn collects the secrets of a run in another way than Mask does: by the
// index of values that the screens use, and by the cookies.
func secretsIn(tr *trace.Trace) map[string]string {
	names := []string{
		"password", "client_secret", "code", "code_verifier", "state", "access_token", "refresh_token", "id_token", "token",
		"id_token_hint", "device_code", "user_code", "csrf_token", "Authorization", "assertion", "client_assertion",
	}
	found := map[string]string{}
	for i := range tr.Messages {
		m := &tr.Messages[i]
		for _, p := range m.Places() {
			ofTheAPI := p.Name == "state" && p.Part == trace.InBody && m.Kind == trace.Response
			if p.Part != trace.InToken && p.Part != trace.InCheck && slices.Contains(names, p.Name) && !ofTheAPI {
				found[p.Value] = p.Name
			}
		}
		for _, h := range m.Header {
			for _, value := range ofHeader(h) {
				found[value] = h.Name
			}
		}
	}
	delete(found, "")
	return found
}

func ofHeader(h trace.Field) []string {
	var values []string
	switch h.Name {
	case "Cookie":
		for _, c := range (&http.Request{Header: http.Header{"Cookie": {h.Value}}}).Cookies() {
			values = append(values, c.Value)
		}
	case "Set-Cookie":
		if c, err := http.ParseSetCookie(h.Value); err == nil {
			values = append(values, c.Value)
		}
	case "Authorization":
		_, value, _ := strings.Cut(h.Value, " ")
		values = append(values, value)
	}
	return values
}

// forms are the ways in which a value could be read out of a file, each once.
func forms(value string) []string {
	all := []string{
		value, url.QueryEscape(value), url.PathEscape(value), html.EscapeString(value),
		base64.StdEncoding.EncodeToString([]byte(value)), hex.EncodeToString([]byte(value)),
	}
	if raw, err := base64.RawURLEncoding.DecodeString(value); err == nil && len(raw) > 8 {
		all = append(all, hex.EncodeToString(raw), base64.StdEncoding.EncodeToString(raw))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// A developer is shown all that anybody is, and of a mistake no other kind of
// place than of the good run: that one is told in both ways. A mistake of several
// flows is looked at in the first.
func TestNoSecretOfAnyFlowSurvivesMaskingInAnyFormat(t *testing.T) {
	t.Parallel()
	for name, tr := range walked(t) {
		flow, id, mistake := strings.Cut(name, " ")
		if f, known := flows.Find(flow); known && mistake && !firstWith(f, id) {
			continue
		}
		if secrets := secretsIn(tr); len(secrets) > 0 {
			noneSurvives(t, name, tr, mistake, secrets)
		} else if !mistake { // a run that ends at once may have none
			t.Errorf("%s has no secrets", name)
		}
	}
}

// noneSurvives looks for the secrets of a run in every format.
func noneSurvives(t *testing.T, name string, tr *trace.Trace, mistake bool, secrets map[string]string) {
	t.Helper()
	stories := []telling.Story{developer(), everyone()}
	if mistake {
		stories = stories[:1]
	}
	for _, f := range export.Formats() {
		if f.ID == "png" { // its words are those of the SVG
			continue
		}
		for _, s := range stories {
			survives(t, name+" as "+f.ID, masked(t, f.ID, tr, s), secrets)
		}
	}
}

func masked(t *testing.T, format string, tr *trace.Trace, s telling.Story) string {
	t.Helper()
	return string(write(t, func(w io.Writer) error {
		return export.Write(w, format, tr, s, export.Options{Mask: true, Version: "1"})
	}))
}

func survives(t *testing.T, where, text string, secrets map[string]string) {
	t.Helper()
	for value, kind := range secrets {
		if len(value) < 8 { // a word like any other, but where it stands as what it is
			for _, pattern := range []string{
				kind + "=" + value + "&", `"` + kind + `":"` + value + `"`, "| `" + kind + "` | `" + value + "`",
				kind + "=" + value + "\n",
			} {
				if strings.Contains(text+"\n", pattern) {
					t.Errorf("%s: %q survives", where, pattern)
				}
			}
			continue
		}
		for _, form := range forms(value) {
			if strings.Contains(text, form) {
				t.Errorf("%s: the %s %q survives", where, kind, form)
			}
		}
	}
}

func TestMaskChangesNothingButSecrets(t *testing.T) {
	t.Parallel()
	for name, tr := range walked(t) {
		before := toJSON(t, tr)
		masked := secret.Mask(tr)
		if !bytes.Equal(before, toJSON(t, tr)) {
			t.Fatalf("%s: the run that was given changed", name)
		}
		after := toJSON(t, masked)
		if !bytes.Equal(after, toJSON(t, secret.Mask(masked))) {
			t.Errorf("%s: masked twice it is another run", name)
		}
		if len(masked.Messages) != len(tr.Messages) || masked.Outcome.State != tr.Outcome.State {
			t.Fatalf("%s: it has other messages", name)
		}
		for i := range masked.Messages {
			if a, b := shapeOf(&tr.Messages[i]), shapeOf(&masked.Messages[i]); !slices.Equal(a, b) {
				t.Errorf("%s: message %d had the shape %v and has %v", name, i+1, a, b)
			}
		}
		if _, err := export.ReadJSON(bytes.NewReader(after)); err != nil {
			t.Errorf("%s: a masked run cannot be opened: %v", name, err)
		}
	}
}

// shapeOf is what stays of a message when its values change.
func shapeOf(m *trace.Message) []string {
	shape := []string{m.Step, strconv.Itoa(len(m.Checks)), strconv.Itoa(m.Status)}
	for _, f := range slices.Concat(m.Header, m.Query(), m.Form()) {
		shape = append(shape, f.Name)
	}
	if members, err := trace.Members(m.Body); m.IsJSON() && err == nil {
		for _, f := range members {
			shape = append(shape, f.Name)
		}
	}
	return shape
}

func TestTheSameSecretHasTheSameNameEverywhere(t *testing.T) {
	masked := secret.Mask(happy())
	code := masked.Latest("code")
	if code != "masked-code-1" {
		t.Fatalf("the code is %q", code)
	}
	if got, want := len(masked.Find(code)), len(happy().Find("SplxlOBeZQQYbYS6WxSbIA")); got != want {
		t.Errorf("it stands in %d places of %d", got, want)
	}
}

func TestMaskKnowsSecretsInHostilePlaces(t *testing.T) {
	const secret = "n3v3r-t0-b3-s33n+/="
	field := func(name string) trace.Field { return trace.Field{Name: name, Value: secret} }
	jsonHeader := []trace.Field{{Name: "Content-Type", Value: "application/json"}}
	for name, m := range map[string]trace.Message{
		"a fragment":             {Kind: trace.Request, URL: "https://a.example/#access_token=" + url.QueryEscape(secret)},
		"a percent-encoded name": {Kind: trace.Request, URL: "https://a.example/?%63ode=" + url.QueryEscape(secret)},
		"a referrer": {
			Kind:   trace.Request,
			Header: []trace.Field{{Name: "Referer", Value: "https://a.example/?code=" + url.QueryEscape(secret)}},
		},
		"a header in small": {Kind: trace.Request, Header: []trace.Field{{Name: "authorization", Value: "bearer " + secret}}},
		"credentials": {
			Kind:   trace.Request,
			Header: []trace.Field{{Name: "Authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte("id:"+secret))}},
		},
		"an unknown scheme":       {Kind: trace.Request, Header: []trace.Field{{Name: "Authorization", Value: secret}}},
		"a cookie without a name": {Kind: trace.Request, Header: []trace.Field{{Name: "Cookie", Value: secret}}},
		"nested JSON":             {Kind: trace.Response, Header: jsonHeader, Body: []byte(`{"a":[{"refresh_token":"` + secret + `"}]}`)},
		"escaped JSON":            {Kind: trace.Response, Header: jsonHeader, Body: []byte(`{"code":"n3v3r-t0-b3-s33n\u002b\/="}`)},
		"a list of tokens":        {Kind: trace.Response, Header: jsonHeader, Body: []byte(`{"access_token":["` + secret + `"]}`)},
		"a page": {
			Kind: trace.Response, Header: []trace.Field{{Name: "Content-Type", Value: "text/html"}},
			Body: []byte(`<input value='` + secret + `' name=code>`),
		},
		"a link": {
			Kind: trace.Response, Header: []trace.Field{{Name: "Content-Type", Value: "text/html"}},
			Body: []byte(`<a href="/x?a=1&amp;code=` + url.QueryEscape(secret) + `">x</a>`),
		},
		"what was typed": {Kind: trace.Gesture, Act: &trace.Act{Fields: []trace.Field{field("password")}}},
		"a calculation": {
			Kind: trace.Note,
			Calc: &trace.Calc{
				Inputs: []trace.Field{field("code_verifier")}, Command: "printf " + secret,
				Steps: []trace.CalcStep{{Does: "f(" + secret + ")", Result: secret}},
			},
		},
		"a changed parameter": {Kind: trace.Request, Edited: []trace.EditMark{{What: "parameter code", Before: secret, After: ""}}},
		"a changed header":    {Kind: trace.Request, Edited: []trace.EditMark{{What: "header Authorization", Before: "Bearer " + secret}}},
		"a changed address": {
			Kind:   trace.Request,
			Edited: []trace.EditMark{{What: "url", Before: "https://a.example/?code=" + url.QueryEscape(secret)}},
		},
		"what a check was given": {
			Kind: trace.Request, URL: "https://a.example/?state=" + url.QueryEscape(secret),
			Checks: []trace.Check{{Expected: secret, Got: "x" + secret, Reason: "got " + secret, Result: trace.Fail}},
		},
		"another message's reason": {Kind: trace.Request, URL: "https://a.example/?state=" + url.QueryEscape(secret)},
	} {
		m.Step, m.From, m.To = "x", trace.Client, trace.AuthorizationServer
		tr := &trace.Trace{Flow: "x", Messages: []trace.Message{m}, Outcome: trace.Outcome{State: trace.Refused, Reason: "because of " + secret}}
		if name != "another message's reason" && name != "what a check was given" {
			tr.Outcome.Reason = ""
		}
		for _, f := range export.Formats() {
			if f.ID == "png" {
				continue
			}
			var out bytes.Buffer
			if err := export.Write(&out, f.ID, tr, telling.Story{Developer: true, Say: english()}, export.Options{Mask: true}); err != nil {
				t.Fatal(err)
			}
			survives(t, name+" as "+f.ID, out.String(), map[string]string{secret: "secret"})
		}
	}
}

// FuzzMask holds: whatever a file says, a value by a secret's name is gone, and
// masking the result again changes nothing.
func FuzzMask(f *testing.F) {
	seeds := 0
	for _, tr := range []*trace.Trace{happy(), refused(), binary(), hostile("evil & code=x")} {
		var b bytes.Buffer
		if err := export.JSON(&b, tr); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		seeds++
	}
	if seeds < 4 {
		f.Fatalf("only %d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := export.ReadJSON(bytes.NewReader(data))
		if err != nil {
			return
		}
		masked := secret.Mask(tr)
		if diff := cmp.Diff(masked, secret.Mask(masked)); diff != "" {
			t.Errorf("masked twice it is another run:\n%s", diff)
		}
		for i := range masked.Messages {
			hasNoCode(t, &masked.Messages[i])
		}
	})
}

func hasNoCode(t *testing.T, m *trace.Message) {
	t.Helper()
	for _, field := range append(m.Query(), m.Form()...) {
		if field.Name == "code" && field.Value != "" && !strings.HasPrefix(field.Value, "masked-") {
			t.Errorf("the step %s has the code %q", m.Step, field.Value)
		}
	}
}
