package transcript_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/trace"
)

const (
	sheet = "p { margin: 0 }"
	page  = "<style>" + sheet + "</style>\n<p>Hello</p>\n"
	token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0." // {"alg":"none"} {"sub":"jane"}
)

func hashed(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// regular is a run in which all follows from something else that can.
func regular() *trace.Trace {
	at := time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)
	const form = "token=" + token + "&to=a+b"
	return &trace.Trace{Flow: "a-flow", Outcome: trace.Outcome{State: trace.Completed}, Messages: []trace.Message{
		{
			Step: "ask", Kind: trace.Request, Method: http.MethodPost, URL: "https://idp.example/auth?to=a+b", At: at,
			Header: []trace.Field{
				{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}, {Name: "Content-Length", Value: strconv.Itoa(len(form))},
			},
			Body: []byte(form),
		},
		{
			Step: "answer", Kind: trace.Response, Status: http.StatusOK, At: at,
			Header: []trace.Field{
				{Name: "Content-Length", Value: strconv.Itoa(len(page))},
				{Name: "Content-Security-Policy", Value: "style-src " + hashed(sheet)},
				{Name: "Date", Value: at.Format(http.TimeFormat)},
				{Name: "Location", Value: "https://travel.example/#x=1"},
				{Name: "Token", Value: token},
				{Name: "Sealed", Value: strings.Repeat("x", 70)},
			},
			Body: []byte(page),
		},
	}}
}

const regularWritten = `flow a-flow

1 ask: request  -> , , at 0s
  POST https://idp.example/auth
  query
    to: a b
  header
    Content-Type: application/x-www-form-urlencoded
  form
    token: eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0.
    to: a b
  decoded token
    header
      alg: "none"
    payload
      sub: "jane"

2 answer: response  -> , , at 0s
  200 OK
  header
    Content-Security-Policy: style-src 'sha256-… of its style'
    Date: now
    Location: https://travel.example/
    Token: eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0.
    Sealed: xxxxxxxx…xxxxxxxx (70, sum c71bd109)
  fragment
    x: 1
  body, with a line feed at its end
    | <style>…</style>
    | <p>Hello</p>
  decoded Token: that of ask

== outcome completed
`

func TestWhatFollowsFromTheRestIsNotWritten(t *testing.T) {
	if diff := cmp.Diff(regularWritten, transcript.Of(regular())); diff != "" {
		t.Errorf("it is written otherwise (-want +got):\n%s", diff)
	}
}

// TestWhatDoesNotFollowFromTheRestIsWritten breaks, one at a time, what is taken for granted.
func TestWhatDoesNotFollowFromTheRestIsWritten(t *testing.T) {
	for want, change := range map[string]func(ask, answer *trace.Message){
		"POST https://idp.example/auth?to=a%20b":    func(ask, _ *trace.Message) { ask.URL = "https://idp.example/auth?to=a%20b" },
		"POST https://idp.example/auth?to=a+b#":     func(ask, _ *trace.Message) { ask.URL += "#" },
		"POST https://idp.example/auth?":            func(ask, _ *trace.Message) { ask.URL = "https://idp.example/auth?" },
		"| token=x&to=a%20b":                        func(ask, _ *trace.Message) { ask.Body = []byte("token=x&to=a%20b") },
		"Content-Length: 54":                        func(ask, _ *trace.Message) { ask.Header[1].Value = "54" },
		"Content-Length: not sent":                  func(ask, _ *trace.Message) { ask.Header = ask.Header[:1] },
		"Content-Length: 0":                         func(ask, _ *trace.Message) { ask.Body, ask.Header[1].Value = nil, "0" },
		"Date: yesterday":                           func(_, answer *trace.Message) { answer.Header[2].Value = "yesterday" },
		"Location: https://travel.example/#x=%31":   func(_, answer *trace.Message) { answer.Header[3].Value = "https://travel.example/#x=%31" },
		"| <style>p { margin: 1 }</style>":          func(_, answer *trace.Message) { answer.Body[len("<style>p { margin: ")]++ },
		"Content-Security-Policy: style-src 'none'": func(_, answer *trace.Message) { answer.Header[1].Value = "style-src 'none'" },
		"Sealed: xxxxxxxx…xxxxxxxx (71, sum":        func(_, answer *trace.Message) { answer.Header[5].Value += "x" },
		"  body\n":                                  func(_, answer *trace.Message) { answer.Body = answer.Body[:len(answer.Body)-1] },
		"  decoded Token\n":                         func(ask, _ *trace.Message) { ask.Body = nil },
	} {
		tr := regular()
		change(&tr.Messages[0], &tr.Messages[1])
		if text := transcript.Of(tr); !strings.Contains(text, want) {
			t.Errorf("it does not say %q:\n%s", want, text)
		}
	}
}

func TestAByteInTheMiddleOfWhatIsLongIsSeen(t *testing.T) {
	tr := regular()
	long := []byte(strings.Repeat("x", 70))
	long[35] = 'y'
	tr.Messages[1].Header[5].Value = string(long)
	if transcript.Of(tr) == transcript.Of(regular()) {
		t.Error("a byte changed, and the transcript did not")
	}
}
