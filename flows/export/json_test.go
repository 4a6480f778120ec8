package export_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func toJSON(t *testing.T, tr *trace.Trace) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.JSON(w, tr) })
}

// binary is a run with a body that is no text, and one in several scripts.
func binary() *trace.Trace {
	tr := happy()
	tr.Messages[5].Body = []byte{0, 1, 0xff, 0xfe, '\n'}
	tr.Messages[12].Body = []byte("\u0000\u009b\u2028 日本 👩\u200d🚀 \U000e0041 \x7f <b>&\n")
	return tr
}

func TestJSONHoldsTheRun(t *testing.T) {
	golden(t, "happy.json", toJSON(t, happy()))
	beside(t, "refused.json", toJSON(t, refused()), "happy.json")
}

func TestJSONIsReadBackAsItWas(t *testing.T) {
	for name, tr := range map[string]*trace.Trace{
		"happy": happy(), "refused": refused(), "binary": binary(), "cut short": happy().Upto(7),
		"empty": happy().Upto(0),
	} {
		got, err := export.ReadJSON(bytes.NewReader(toJSON(t, tr)))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if name == "empty" {
			tr.Messages = nil
		}
		if diff := cmp.Diff(tr, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestReadJSONSaysWhatIsWrong(t *testing.T) {
	good := string(toJSON(t, happy()))
	swap := func(old, changed string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the file has no %q to damage", old)
		}
		return strings.Replace(good, old, changed, 1)
	}
	for name, c := range map[string]struct {
		file string
		err  error
		says string
	}{
		"an empty file":            {"", export.ErrDamaged, "empty"},
		"only spaces":              {" \n", export.ErrDamaged, "empty"},
		"a file cut in half":       {good[:len(good)/2], export.ErrDamaged, "line"},
		"something after the end":  {good + "{}", export.ErrDamaged, "line"},
		"no JSON":                  {"flow authorization-code-pkce\n", export.ErrDamaged, "line 1"},
		"a list":                   {"[]", export.ErrForeign, "object"},
		"nothing":                  {"null", export.ErrForeign, "grantwalk"},
		"a HAR file":               {`{"log":{"version":"1.2"}}`, export.ErrForeign, "HAR"},
		"another program's file":   {`{"flow":"x","messages":[]}`, export.ErrForeign, "grantwalk"},
		"a version that is a word": {`{"grantwalk":"one"}`, export.ErrForeign, "version"},
		"a version of zero":        {`{"grantwalk":0}`, export.ErrForeign, "version"},
		"a later version":          {swap(`"grantwalk": 1`, `"grantwalk": 2`), export.ErrNewer, "2"},
		"an unknown state":         {swap(`"completed"`, `"finished"`), export.ErrDamaged, "finished"},
		"an unknown judge":         {`{"grantwalk":1,"outcome":{"state":"refused","by":"nobody"}}`, export.ErrDamaged, "nobody"},
		"a number for a flow":      {swap(`"authorization-code-pkce"`, `7`), export.ErrDamaged, "line 3"},
		"an unknown kind":          {swap(`"kind": "note"`, `"kind": "letter"`), export.ErrDamaged, "message 3"},
		"an unknown sender":        {swap(`"from": "client"`, `"from": "milkman"`), export.ErrDamaged, "milkman"},
		"an unknown receiver":      {swap(`"to": "client"`, `"to": "milkman"`), export.ErrDamaged, "milkman"},
		"an unknown channel":       {swap(`"channel": "back"`, `"channel": "side"`), export.ErrDamaged, "side"},
		"a message with no step":   {swap(`"step": "login"`, `"step": ""`), export.ErrDamaged, "message 2"},
		"a depth below zero":       {swap(`"depth": 1`, `"depth": -1`), export.ErrDamaged, "below zero"},
		"a status of 1000":         {swap(`"status": 302`, `"status": 1000`), export.ErrDamaged, "1000"},
		"an unknown result":        {swap(`"result": "pass"`, `"result": "maybe"`), export.ErrDamaged, "maybe"},
		"a broken body":            {swap(`"body": "grant`, `"body_base64": "grant`), export.ErrDamaged, "body_base64"},
		"two bodies":               {swap(`"body": "grant`, `"body_base64": "AAAA", "body": "grant`), export.ErrDamaged, "two bodies"},
		"a time that is none":      {swap(`"2025-10-09T`, `"yesterday`), export.ErrDamaged, "yesterday"},
	} {
		tr, err := export.ReadJSON(strings.NewReader(c.file))
		if !errors.Is(err, c.err) || tr != nil {
			t.Errorf("%s: got %v and error %v, want %v", name, tr, err, c.err)
			continue
		}
		if !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %q does not say %q", name, err, c.says)
		}
	}
}

func TestReadJSONStopsReadingInTime(t *testing.T) {
	endless := &spaces{}
	if _, err := export.ReadJSON(endless); !errors.Is(err, export.ErrTooLarge) {
		t.Errorf("got error %v, want %v", err, export.ErrTooLarge)
	}
	if limit := 40 << 20; endless.read > limit {
		t.Errorf("read %d bytes", endless.read)
	}
}

type spaces struct{ read int }

func (s *spaces) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	s.read += len(p)
	return len(p), nil
}

func TestReadJSONPassesOnWhatTheReaderSays(t *testing.T) {
	broken := errors.New("the disk is gone")
	if _, err := export.ReadJSON(io.MultiReader(strings.NewReader("{"), failing{broken})); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// FuzzReadJSON holds: what is read can be written and is read back the same,
// and every view of it can be written.
func FuzzReadJSON(f *testing.F) {
	seeds := 0
	for _, tr := range []*trace.Trace{happy(), refused(), binary(), happy().Upto(0)} {
		var b bytes.Buffer
		if err := export.JSON(&b, tr); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		seeds++
	}
	for _, file := range []string{
		"", "{", `{"grantwalk":1}`,
		`{"grantwalk":1,"outcome":{"state":"running"},"messages":[{"step":"x","kind":"note","from":"client","to":"client","channel":"local","at":"2025-10-09T08:53:40+02:00","header":[],"checks":[],"calc":{},"act":{"fields":[]}}]}`,
	} {
		f.Add([]byte(file))
		seeds++
	}
	if seeds < 8 {
		f.Fatalf("only %d seeds", seeds)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := export.ReadJSON(bytes.NewReader(data))
		if err != nil {
			return
		}
		written := toJSON(t, first)
		second, err := export.ReadJSON(bytes.NewReader(written))
		if err != nil {
			t.Fatalf("what was written is not read: %v\n%s", err, written)
		}
		if diff := cmp.Diff(first, second, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-first +second):\n%s", diff)
		}
		everyView(t, first)
	})
}

// everyView writes all that can be made of a run.
func everyView(t *testing.T, tr *trace.Trace) {
	t.Helper()
	text(t, tr, developer(), export.TextOptions{Width: 80, Color: true})
	text(t, tr, everyone(), export.TextOptions{})
	markdown(t, tr, developer())
	mermaid(t, tr, everyone())
	write(t, func(w io.Writer) error { return export.HAR(w, tr, "1") })
	for i := range tr.Messages {
		if _, err := export.Curl(&tr.Messages[i], export.CurlOptions{}); err != nil && !errors.Is(err, export.ErrNotCurl) {
			t.Errorf("curl: %v", err)
		}
	}
}
