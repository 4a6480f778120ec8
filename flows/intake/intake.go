// Package intake makes exchanges of what somebody brings because a login fails:
// a HAR file of a browser, an address out of the address bar, a token with what
// an API answered, a curl command or an excerpt of HTTP, the log of serve, a saved
// run, or the words of an error.
//
// Call [Read]. It looks at the text alone and asks nobody; it bounds what it
// reads, believes nothing, and does not judge.
package intake

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Kind is what was brought.
type Kind string

// The kinds.
const (
	HAR     Kind = "har"     // a recording of a browser or a proxy
	Run     Kind = "run"     // a run that Grantwalk saved
	Log     Kind = "log"     // of grantwalk serve --access-log json
	Address Kind = "address" // out of an address bar
	Token   Kind = "token"   // with or without what an API answered
	Excerpt Kind = "excerpt" // commands and exchanges as people paste them
	Words   Kind = "words"   // of an error, from a log or a screen
)

// Brought is what was read.
type Brought struct {
	Kind  Kind
	Trace *trace.Trace
	Known diagnosis.Known
	Token string // of the kind Token, or the one that an excerpt shows
	Left  int    // entries that were left out because there were too many
	Text  string // what was brought, of the kinds that people type and paste: it shows more than what failed

	// Words is the same text read as the words of an error, where it was short enough: for an excerpt whose exchanges
	// tell nothing, such as lines of a log among which an address stands.
	Words *Brought
}

// Limits of what is read. A recording of a long session has some thousand entries.
const (
	MaxSize    = 128 << 20
	maxEntries = 20_000
	maxBody    = 256 << 10
	maxWords   = 64 << 10
)

// The ways in which a text cannot be used.
var (
	ErrEmpty    = errors.New("there is nothing in it")
	ErrTooLarge = fmt.Errorf("it is larger than %d MiB", MaxSize>>20)
	ErrUnknown  = errors.New("it is no HAR file, no saved run, no log of serve, no curl command, no address, no token and no error message")
	ErrNoHTTP   = errors.New("it records no request")
)

// Read finds out what a text is and reads it. now is when it is judged, for
// what brings no time of its own.
func Read(in io.Reader, now time.Time) (*Brought, error) {
	text, err := io.ReadAll(io.LimitReader(decoded(in), MaxSize+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read what was brought: %w", err)
	case len(text) > MaxSize:
		return nil, ErrTooLarge
	}
	b, err := read(bytes.TrimSpace(text), now)
	if err != nil {
		return nil, err
	}
	if b.Kind != HAR && b.Kind != Run && b.Kind != Log && len(text) <= maxWords {
		b.Text = string(text)
	}
	for i := range b.Trace.Messages {
		if b.Trace.Messages[i].Kind == trace.Request {
			return b, nil
		}
	}
	return nil, ErrNoHTTP
}

// ReadToken is [Read] for a text of which somebody says that it is a token, which
// may be opaque then.
func ReadToken(in io.Reader, now time.Time) (*Brought, error) {
	text, err := io.ReadAll(io.LimitReader(decoded(in), maxWords))
	if err != nil {
		return nil, fmt.Errorf("read what was brought: %w", err)
	}
	if b := readOpaque(string(text), now); b != nil {
		return b, nil
	}
	return Read(bytes.NewReader(text), now)
}

// decoded takes off a byte order mark, and UTF-16 for what it is: > writes it in Windows PowerShell.
func decoded(in io.Reader) io.Reader {
	return transform.NewReader(in, unicode.BOMOverride(transform.Nop))
}

func read(text []byte, now time.Time) (*Brought, error) {
	switch {
	case len(text) == 0:
		return nil, ErrEmpty
	case text[0] == '{' && looksLikeLog(text):
		return readLog(text), nil
	case text[0] == '{' && bytes.Contains(text[:min(len(text), 4096)], []byte(`"grantwalk"`)):
		t, err := export.ReadJSON(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		return &Brought{Kind: Run, Trace: t, Known: diagnosis.Known{Ended: true}}, nil
	case text[0] == '{' && bytes.Contains(text, []byte(`"entries"`)):
		return readHAR(text)
	}
	if address := asAddress(string(text)); address != "" {
		if told := failureTold(address); told != "" {
			return readWords(told, now)
		}
		return readAddress(address, now), nil
	}
	if b := readExcerpt(string(text), now); b != nil {
		return withWords(b, string(text), now), nil
	}
	if b := readToken(string(text), now); b != nil {
		return withWords(b, string(text), now), nil
	}
	return readWords(string(text), now)
}

// withWords adds the second reading of a text, where it can be read so.
func withWords(b *Brought, text string, now time.Time) *Brought {
	if words, err := readWords(text, now); err == nil {
		b.Words = words
	}
	return b
}

// asAddress finds the address in what was copied: between quotation marks or
// brackets, broken into lines by a mail or a terminal, or percent-encoded whole
// as in a parameter. What is no address gives the empty string.
func asAddress(text string) string {
	text = html.UnescapeString(strings.Trim(text, "\"'`<>()"))
	if !strings.ContainsAny(text, " \t") && strings.Contains(strings.ToLower(text), "%3a%2f%2f") && !strings.Contains(text, "://") {
		if decoded, err := url.QueryUnescape(text); err == nil {
			text = decoded
		}
	}
	if lines := strings.Fields(text); strings.Count(text, "://") == 1 && strings.ContainsAny(text, "\r\n") &&
		!strings.Contains(text, " ") && isAddress(lines[0]) {
		text = strings.Join(lines, "")
	}
	if !isAddress(text) {
		return ""
	}
	return text
}

// isAddress takes one line with a scheme.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && strings.Contains(text, "://") && !strings.ContainsAny(text, " \n\t")
}

// failureTold is what the address of an app's own error page says of what failed, as OmniAuth's message=csrf_detected. An
// answer of a provider says it under a name of the standard, and is read as a whole.
func failureTold(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	asked := u.Query()
	if asked.Has("error") || asked.Has("code") || asked.Has("client_id") {
		return ""
	}
	for _, name := range []string{"message", "error_message", "errorMessage", "err", "reason", "error_code", "errorCode"} {
		if told := asked.Get(name); told != "" && diagnosis.IsSaying(told) {
			return told
		}
	}
	return ""
}

// readAddress makes a request of what stood in an address bar. Whether it was
// answered nobody knows, and that something failed somebody says by asking.
func readAddress(text string, now time.Time) *Brought {
	return &Brought{
		Kind: Address, Known: diagnosis.Known{Asked: true},
		Trace: &trace.Trace{Messages: []trace.Message{
			{Kind: trace.Request, Exchange: 1, From: trace.UserAgent, Channel: trace.Front, Method: "GET", URL: text, At: now},
		}},
	}
}
