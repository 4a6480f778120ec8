package export

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/secret"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// formatVersion counts changes of the JSON form that an older reader would get wrong.
const formatVersion = 1

// maxFile is how much ReadJSON reads at most: far more than the longest run.
const maxFile = 32 << 20

// file is the JSON form of a run.
type file struct {
	Grantwalk int           `json:"grantwalk"`
	Flow      string        `json:"flow"`
	Mistake   string        `json:"mistake,omitempty"`
	Outcome   trace.Outcome `json:"outcome"`
	Messages  []fileMessage `json:"messages"`
}

// fileMessage is a message whose body can be read where it is text. Its fields
// hide the one of the same name inside.
type fileMessage struct {
	trace.Message
	Body       string `json:"body,omitempty"`
	BodyBase64 string `json:"body_base64,omitempty"` // of a body that is no UTF-8
	// Secrets names the parameters, headers and members that hold a secret, for
	// whoever reads the file. It is not read back.
	Secrets []string `json:"secrets,omitempty"`
}

// JSON writes the run as a file that [ReadJSON] reads back. The same trace
// always gives the same bytes. Strings other than bodies are kept as UTF-8;
// bytes that are none become U+FFFD.
func JSON(w io.Writer, t *trace.Trace) error {
	j := jsonWriter{out: bufio.NewWriter(w)}
	j.raw("{\n  \"grantwalk\": " + strconv.Itoa(formatVersion) + ",\n  \"flow\": ")
	j.value("  ", t.Flow)
	if t.Mistake != "" {
		j.raw(",\n  \"mistake\": ")
		j.value("  ", t.Mistake)
	}
	j.raw(",\n  \"outcome\": ")
	j.value("  ", t.Outcome)
	j.raw(",\n  \"messages\": [")
	for i := range t.Messages {
		j.item(i, "    ", fileMessageOf(&t.Messages[i]))
	}
	j.end(len(t.Messages), "  ")
	j.raw("\n}\n")
	return j.flush()
}

func fileMessageOf(m *trace.Message) fileMessage {
	f := fileMessage{Message: *m, Secrets: secret.Names(m)}
	if utf8.Valid(m.Body) {
		f.Body = string(m.Body)
	} else {
		f.BodyBase64 = base64.StdEncoding.EncodeToString(m.Body)
	}
	return f
}

// jsonWriter writes indented JSON piece by piece, in which no rune acts on the
// terminal that may show it. Such runes can only stand inside strings, where an
// escape means the same. The first error stays until flush.
type jsonWriter struct {
	out    *bufio.Writer
	buffer bytes.Buffer
	err    error
}

func (j *jsonWriter) raw(s string) {
	if j.err == nil {
		_, j.err = j.out.WriteString(s)
	}
}

// value writes one value; its lines after the first begin with the indent.
func (j *jsonWriter) value(indent string, v any) {
	if j.err != nil {
		return
	}
	j.buffer.Reset()
	enc := json.NewEncoder(&j.buffer)
	enc.SetEscapeHTML(false)
	enc.SetIndent(indent, "  ")
	if err := enc.Encode(v); err != nil {
		j.err = fmt.Errorf("write JSON: %w", err)
		return
	}
	j.raw(harmless.JSON(strings.TrimSuffix(j.buffer.String(), "\n")))
}

// item writes entry i of a list that was opened.
func (j *jsonWriter) item(i int, indent string, v any) {
	if i > 0 {
		j.raw(",")
	}
	j.raw("\n" + indent)
	j.value(indent, v)
}

// end closes a list of n entries.
func (j *jsonWriter) end(n int, indent string) {
	if n > 0 {
		j.raw("\n" + indent)
	}
	j.raw("]")
}

func (j *jsonWriter) flush() error {
	if j.err != nil {
		return j.err
	}
	return j.out.Flush()
}

// Reasons for which [ReadJSON] refuses a file.
var (
	ErrTooLarge = errors.New("the file is larger than any run can be")
	ErrForeign  = errors.New("the file is no Grantwalk run")
	ErrDamaged  = errors.New("the file is damaged")
	ErrNewer    = errors.New("the file was written by a newer Grantwalk")
)

// ReadJSON reads a run that [JSON] wrote. It reads 32 MiB at most and says what
// is wrong with a file that is damaged or foreign. It does NOT check that the
// run could have happened.
func ReadJSON(r io.Reader) (*trace.Trace, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read run: %w", err)
	case len(data) > maxFile:
		return nil, fmt.Errorf("%w (%d MiB)", ErrTooLarge, maxFile>>20)
	case len(bytes.TrimSpace(data)) == 0:
		return nil, fmt.Errorf("%w: it is empty", ErrDamaged)
	}
	if err := checkHead(data); err != nil {
		return nil, err
	}
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, damaged(data, err)
	}
	t := &trace.Trace{Flow: f.Flow, Mistake: f.Mistake, Outcome: f.Outcome}
	if err := checkOutcome(f.Outcome); err != nil {
		return nil, err
	}
	for i := range f.Messages {
		m, err := f.Messages[i].message()
		if err != nil {
			return nil, fmt.Errorf("%w: message %d: %w", ErrDamaged, i+1, err)
		}
		t.Messages = append(t.Messages, m)
	}
	return t, nil
}

// checkHead tells files of other programs and of later versions apart before their members are judged.
func checkHead(data []byte) error {
	var head map[string]json.RawMessage
	if err := json.Unmarshal(data, &head); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return damaged(data, err)
		}
		return fmt.Errorf("%w: it holds no JSON object", ErrForeign)
	}
	mark, found := head["grantwalk"]
	if !found {
		if _, har := head["log"]; har {
			return fmt.Errorf("%w: it looks like a HAR file", ErrForeign)
		}
		return fmt.Errorf(`%w: it has no member "grantwalk"`, ErrForeign)
	}
	var version int
	if err := json.Unmarshal(mark, &version); err != nil || version < 1 {
		return fmt.Errorf(`%w: its member "grantwalk" is no version`, ErrForeign)
	}
	if version > formatVersion {
		return fmt.Errorf("%w: it has format %d, this one reads up to %d", ErrNewer, version, formatVersion)
	}
	return nil
}

// damaged says where in the file reading stopped.
func damaged(data []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	offset := int64(-1)
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &kind):
		offset = kind.Offset
	}
	if offset < 0 || offset > int64(len(data)) {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	line := 1 + bytes.Count(data[:offset], []byte("\n"))
	return fmt.Errorf("%w: line %d: %w", ErrDamaged, line, err)
}

func checkOutcome(o trace.Outcome) error {
	if !slices.Contains([]trace.State{trace.Running, trace.Completed, trace.Refused}, o.State) {
		return fmt.Errorf("%w: the outcome has the unknown state %q", ErrDamaged, o.State)
	}
	if o.By != "" && !slices.Contains(trace.Roles(), o.By) {
		return fmt.Errorf("%w: the outcome has the unknown role %q", ErrDamaged, o.By)
	}
	return nil
}

// message returns the message with its body in place, or what is wrong with it.
func (f *fileMessage) message() (trace.Message, error) {
	m := f.Message
	switch {
	case f.Body != "" && f.BodyBase64 != "":
		return m, errors.New("it has two bodies")
	case f.BodyBase64 != "":
		body, err := base64.StdEncoding.DecodeString(f.BodyBase64)
		if err != nil {
			return m, fmt.Errorf("body_base64: %w", err)
		}
		m.Body = body
	case f.Body != "":
		m.Body = []byte(f.Body)
	}
	return m, checkMessage(&m)
}

func checkMessage(m *trace.Message) error {
	kinds := []trace.Kind{trace.Request, trace.Response, trace.Gesture, trace.Note}
	channels := []trace.Channel{trace.Front, trace.Back, trace.Local}
	switch {
	case m.Step == "":
		return errors.New("it has no step")
	case !slices.Contains(kinds, m.Kind):
		return fmt.Errorf("unknown kind %q", m.Kind)
	case !slices.Contains(trace.Roles(), m.From):
		return fmt.Errorf("unknown role %q", m.From)
	case !slices.Contains(trace.Roles(), m.To):
		return fmt.Errorf("unknown role %q", m.To)
	case !slices.Contains(channels, m.Channel):
		return fmt.Errorf("unknown channel %q", m.Channel)
	case m.Exchange < 0 || m.Depth < 0 || m.Status < 0 || m.Took < 0:
		return errors.New("a number is below zero")
	case m.Status > 999:
		return fmt.Errorf("status %d is none of HTTP", m.Status)
	}
	for _, c := range m.Checks {
		if c.Result != trace.Pass && c.Result != trace.Fail && c.Result != trace.Skip {
			return fmt.Errorf("check %q has the unknown result %q", c.ID, c.Result)
		}
	}
	return nil
}
