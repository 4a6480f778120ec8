package diagnosis_test

import (
	"maps"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// cuts are the ways in which what people bring lacks a part of what crossed.
func cuts() map[string]func(*trace.Trace) *trace.Trace {
	return map[string]func(*trace.Trace) *trace.Trace{
		"nothing is cut":            whole,
		"no cookies":                withoutHeaders("Cookie", "Set-Cookie"),
		"no cookies and no secrets": withoutHeaders("Cookie", "Set-Cookie", "Authorization"),
		"no headers of requests":    each(func(m *trace.Message) { m.Header = headersOf(m, m.Kind == trace.Response, "Content-Type") }),
		"no headers":                each(func(m *trace.Message) { m.Header = headersOf(m, false, "Content-Type", "Location") }),
		"no bodies":                 each(func(m *trace.Message) { m.Body = nil }),
		"no bodies of requests":     each(func(m *trace.Message) { m.Body = bodyIf(m, m.Kind == trace.Response) }),
		"no bodies of answers":      each(func(m *trace.Message) { m.Body = bodyIf(m, m.Kind == trace.Request) }),
		"no times":                  each(func(m *trace.Message) { m.At = time.Time{} }),
		"no back channel":           only(func(_, _ int, m *trace.Message) bool { return m.Kind == trace.Note || !atBack(m) }),
		"no first request":          only(func(n, _ int, _ *trace.Message) bool { return n > 1 }),
		"the first half":            only(func(n, all int, _ *trace.Message) bool { return 2*n <= all+1 }),
		"the last of it":            only(func(n, all int, _ *trace.Message) bool { return n == all }),
		"the last two":              only(func(n, all int, _ *trace.Message) bool { return n >= all-1 }),
		"the last three":            only(func(n, all int, _ *trace.Message) bool { return n >= all-2 }),
		"no metadata and no keys": only(func(_, _ int, m *trace.Message) bool {
			return !strings.Contains(m.URL, "/.well-known/") && !strings.HasSuffix(m.URL, "/certs")
		}),
	}
}

// TestNothingElseIsCertainHoweverARecordingIsCut walks the recordings, with the rules of our own provider and without,
// cut in each of these ways: whoever saves exchanges leaves something out, and what is certain holds all the same.
func TestNothingElseIsCertainHoweverARecordingIsCut(t *testing.T) {
	known := newWorld(t).known()
	walked := 0
	for id, run := range recordings(t) {
		var seen []*trace.Trace
		for name, cut := range cuts() {
			left := cut(run)
			if slices.ContainsFunc(seen, func(s *trace.Trace) bool { return reflect.DeepEqual(s.Messages, left.Messages) }) {
				continue // another cut left the same of it
			}
			seen = append(seen, left)
			walked++
			holdTrue(t, id+", "+name, diagnosis.Of(logins.Join(left), known), id)
			holdTrue(t, id+", "+name+", without rules", diagnosis.Of(logins.Join(foreign(left)), diagnosis.Known{Ended: true}), id)
		}
	}
	t.Logf("%d different cuts were walked", walked)
}

// TestNothingElseIsCertainOfTwoLoginsInOneRecording walks pairs of recordings whose exchanges alternate, as those of two tabs do.
func TestNothingElseIsCertainOfTwoLoginsInOneRecording(t *testing.T) {
	all := recordings(t)
	ids := slices.Sorted(maps.Keys(all))
	for i, id := range ids {
		other := ids[(i+37)%len(ids)]
		both := alternating(all[id], all[other])
		holdTrue(t, id+" and "+other, diagnosis.Of(logins.Join(foreign(both)), diagnosis.Known{Ended: true}), id, other)
	}
}

// holdTrue wants nothing else to be certain, and nothing to have gone well that did not.
func holdTrue(t *testing.T, name string, all []diagnosis.Diagnosis, ids ...string) {
	t.Helper()
	for _, d := range all {
		for _, c := range d.Causes {
			if c.Sure == diagnosis.Certain && !slices.ContainsFunc(ids, func(id string) bool { return isOf(id, c.ID) }) {
				t.Errorf("%s: %s is certain because of %v", name, c.ID, c.Evidence)
			}
		}
		if d.CameToEnd() && !gotSomething(d.Login) {
			t.Errorf("%s: a login came to its end that brought nothing", name)
		}
	}
}

// isOf reports whether a cause that is certain is the one of a recording.
func isOf(id, said string) bool {
	return id == said || strings.HasPrefix(id, address) && strings.HasPrefix(said, address) || slices.Contains(saysLess()[id], said)
}

// saysLess are causes that are true of a recording as well, and tell less of it.
func saysLess() map[string][]string {
	return map[string][]string{
		"deliberate-trouble":      {"server-broken"}, // that it is deliberate the provider alone knows
		"login-started-twice":     {"verifier-of-other-login", "verifier-lost"},
		"verifier-of-other-login": {"verifier-lost"},
		"verifier-encoding":       {"verifier-lost"},
		"verifier-is-challenge":   {"verifier-lost"},

		// Where our own provider says which rule was broken, and the other request is not there.
		"code-redeemed-twice-at-once": {"code-used-twice"},
		"refresh-twice-at-once":       {"refresh-used-twice"},
		"code-mangled":                {"code-unknown"},
	}
}

// gotSomething reports whether tokens came, or the app answered to what the browser brought and did not refuse.
func gotSomething(l *logins.Login) bool {
	return slices.ContainsFunc(l.Exchanges, func(e *logins.Exchange) bool {
		taken := e.Endpoint == logins.Callback && e.Status() > 0 && e.Status() < 400
		return e.Came("access_token") != "" || e.Came("id_token") != "" || taken || e.Endpoint == logins.Logout
	})
}

func recordings(t *testing.T) map[string]*trace.Trace {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpus, "*.json"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d recordings were found: %v", len(files), err)
	}
	all := map[string]*trace.Trace{}
	for _, file := range files {
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = readRun(t, file)
	}
	return all
}

func whole(run *trace.Trace) *trace.Trace { return run }

// each changes a copy of each message.
func each(change func(*trace.Message)) func(*trace.Trace) *trace.Trace {
	return func(run *trace.Trace) *trace.Trace {
		out := &trace.Trace{}
		for _, m := range run.Messages {
			m.Header = slices.Clone(m.Header)
			change(&m)
			out.Messages = append(out.Messages, m)
		}
		return out
	}
}

func withoutHeaders(names ...string) func(*trace.Trace) *trace.Trace {
	return each(func(m *trace.Message) {
		m.Header = slices.DeleteFunc(m.Header, func(f trace.Field) bool { return slices.Contains(names, http.CanonicalHeaderKey(f.Name)) })
	})
}

// headersOf are all the headers of a message, or those that are named.
func headersOf(m *trace.Message, all bool, names ...string) []trace.Field {
	return slices.DeleteFunc(m.Header, func(f trace.Field) bool {
		return !all && !slices.Contains(names, http.CanonicalHeaderKey(f.Name))
	})
}

func bodyIf(m *trace.Message, is bool) []byte {
	if is {
		return m.Body
	}
	return nil
}

// only keeps the exchanges of which a test is true. They are counted from 1.
func only(is func(n, all int, request *trace.Message) bool) func(*trace.Trace) *trace.Trace {
	return func(run *trace.Trace) *trace.Trace {
		number, request := map[int]int{}, map[int]*trace.Message{}
		for i := range run.Messages {
			if m := &run.Messages[i]; m.Kind == trace.Request {
				number[m.Exchange], request[m.Exchange] = len(number)+1, m
			}
		}
		out := &trace.Trace{}
		for _, m := range run.Messages {
			if asked := request[m.Exchange]; asked != nil && is(number[m.Exchange], len(number), asked) {
				out.Messages = append(out.Messages, m)
			}
		}
		return out
	}
}

// atBack reports whether a server sent a request, which no browser sees.
func atBack(m *trace.Message) bool {
	return m.Channel == trace.Back || m.From == trace.Client || strings.HasSuffix(m.URL, "/token")
}

// alternating takes an exchange of the one and of the other in turn.
func alternating(a, b *trace.Trace) *trace.Trace {
	out := &trace.Trace{}
	one, two, n := exchangesOf(a), exchangesOf(b), 0
	for i := range max(len(one), len(two)) {
		for _, of := range [][][]trace.Message{one, two} {
			for _, m := range slices.Concat(of[min(i, len(of)):min(i+1, len(of))]...) {
				if m.Kind == trace.Request {
					n++
				}
				m.Exchange = n
				out.Messages = append(out.Messages, m)
			}
		}
	}
	return out
}

// exchangesOf are the messages of a run, those of an exchange together.
func exchangesOf(run *trace.Trace) (all [][]trace.Message) {
	at := map[int]int{}
	for _, m := range run.Messages {
		if m.Kind == trace.Request {
			at[m.Exchange] = len(all)
			all = append(all, nil)
		}
		if i, found := at[m.Exchange]; found {
			all[i] = append(all[i], m)
		}
	}
	return all
}

// TestNothingElseIsCertainWhereValuesWereBlackedOut walks the recordings as HAR files in which somebody, or the program that
// wrote them, put the same word in the place of each secret.
func TestNothingElseIsCertainWhereValuesWereBlackedOut(t *testing.T) {
	named := regexp.MustCompile(`\b((?:code|state|nonce|code_verifier|code_challenge|client_secret|access_token|refresh_token|id_token|` +
		`device_code|session_state|password)(?:=|\\"\s*:\s*\\"))[^&"#\s\\]+`)
	headers := regexp.MustCompile(`("name":\s*"(?:Authorization|Cookie|Set-Cookie)",\s*"value":\s*")(?:(Bearer|Basic|DPoP) )?(?:[^"\\]|\\.)+`)
	for id, run := range recordings(t) {
		var out strings.Builder
		if err := export.HAR(&out, foreign(run), "test"); err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"[REDACTED]", "****"} {
			text := named.ReplaceAllString(out.String(), "${1}"+word)
			text = headers.ReplaceAllString(text, "${1}${2} "+word)
			b := brought(t, text)
			holdTrue(t, id+", "+word, diagnosis.Of(logins.Join(b.Trace), b.Known), id)
		}
	}
}
