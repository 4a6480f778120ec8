package export_test

import (
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func har(t *testing.T, tr *trace.Trace) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.HAR(w, tr, "1.2.3") })
}

func TestHARHoldsTheExchanges(t *testing.T) {
	golden(t, "happy.har", har(t, happy()))
	beside(t, "refused.har", har(t, refused()), "happy.har")
}

// required lists the members that HAR 1.2 asks for and Chromium fills, by the path of their object.
func required() map[string][]string {
	return map[string][]string{
		"":                      {"log"},
		"log":                   {"version", "creator", "entries"},
		"log.creator":           {"name", "version"},
		"log.pages":             {"startedDateTime", "id", "title", "pageTimings"},
		"log.pages.pageTimings": {"onContentLoad", "onLoad"},
		"log.entries": {
			"startedDateTime", "time", "request", "response", "cache", "timings", "pageref", "connection",
			"_initiator", "_priority", "_resourceType",
		},
		"log.entries.request":                 {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"},
		"log.entries.request.headers":         {"name", "value"},
		"log.entries.request.cookies":         {"name", "value", "path", "domain", "httpOnly", "secure"},
		"log.entries.request.queryString":     {"name", "value"},
		"log.entries.request.postData":        {"mimeType", "text"},
		"log.entries.request.postData.params": {"name"},
		"log.entries.response": {
			"status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
			"headersSize", "bodySize", "_transferSize", "_error", "_fetchedViaServiceWorker",
		},
		"log.entries.response.headers": {"name", "value"},
		"log.entries.response.cookies": {"name", "value", "path", "domain", "httpOnly", "secure"},
		"log.entries.response.content": {"size", "mimeType", "compression"},
		"log.entries.timings":          {"blocked", "dns", "connect", "ssl", "send", "wait", "receive"},
	}
}

// walkHAR checks an object, and those inside it, and counts the objects of each path.
func walkHAR(t *testing.T, path string, v any, met map[string]int) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		if path != "log.entries.response._error" { // as browsers write it where nothing went wrong
			t.Errorf("%s is null", path)
		}
	case []any:
		for _, item := range v {
			walkHAR(t, path, item, met)
		}
	case map[string]any:
		met[path]++
		walkHARObject(t, path, v, met)
	case string:
		if strings.HasSuffix(path, "startedDateTime") {
			if _, err := time.Parse(time.RFC3339, v); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	case float64:
		if v < -1 {
			t.Errorf("%s is %v", path, v)
		}
	}
}

func walkHARObject(t *testing.T, path string, object map[string]any, met map[string]int) {
	t.Helper()
	for _, name := range required()[path] {
		if _, ok := object[name]; !ok {
			t.Errorf("%s has no %s", path, name)
		}
	}
	for name, member := range object {
		walkHAR(t, strings.TrimPrefix(path+"."+name, "."), member, met)
	}
}

func TestHARHasEveryMemberThatTheFormatAsksFor(t *testing.T) {
	met := map[string]int{}
	for _, tr := range []*trace.Trace{happy(), refused(), binary(), happy().Upto(0), happy().Upto(2)} {
		var v any
		if err := json.Unmarshal(har(t, tr), &v); err != nil {
			t.Fatal(err)
		}
		walkHAR(t, "", v, met)
	}
	for path := range required() {
		if met[path] == 0 {
			t.Errorf("no run of this test has a %s", path)
		}
	}
}

// harCookie is a cookie of a HAR file.
type harCookie struct{ Name, Value, Path, Domain, SameSite string }

// archive is the part of a HAR file that the next tests look at.
type archive struct {
	Log struct {
		Pages []struct {
			ID, Title string
		}
		Entries []struct {
			Page    string `json:"pageref"`
			Step    string `json:"_step"`
			Comment string
			Started string `json:"startedDateTime"`
			Time    float64
			Request struct {
				URL         string
				Cookies     []harCookie
				HeadersSize int
				BodySize    int
				PostData    struct {
					Text   string
					Params []trace.Field
				}
			}
			Response struct {
				Status  int
				Cookies []harCookie
				Content struct{ Text, Encoding string }
				Size    int    `json:"_transferSize"`
				Error   string `json:"_error"`
			}
		}
	}
}

func readHAR(t *testing.T, tr *trace.Trace) archive {
	t.Helper()
	var a archive
	if err := json.Unmarshal(har(t, tr), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestHARPairsEveryRequestWithItsAnswer(t *testing.T) {
	a := readHAR(t, happy())
	var got []string
	for _, e := range a.Log.Entries {
		got = append(got, e.Page+" "+e.Step)
	}
	want := []string{"page_1 login", "page_1 authorize", "page_2 callback", "page_2 token", "page_2 mail"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if a.Log.Pages[0].Title != "Sign in & continue" || a.Log.Pages[1].Title != "Hello, Jane" {
		t.Errorf("pages are %v", a.Log.Pages)
	}
	login := a.Log.Entries[0]
	if login.Response.Status != 302 || login.Time != 1.5 || len(login.Response.Cookies) != 1 || login.Response.Cookies[0].Path != "/" {
		t.Errorf("login is %+v", login)
	}
}

func TestHARKeepsAFormAsItWasSentAndItsParametersWhereNothingIsLost(t *testing.T) {
	tr := refused()
	post := readHAR(t, tr).Log.Entries[3].Request.PostData
	if len(post.Params) != 5 || post.Params[4].Value != "wrong" || post.Text != string(tr.Messages[8].Body) {
		t.Errorf("a form became %+v", post)
	}
	tr.Messages[8].Body = []byte("code=%zz&&x")
	post = readHAR(t, tr).Log.Entries[3].Request.PostData
	if len(post.Params) != 0 || post.Text != "code=%zz&&x" {
		t.Errorf("a broken form became %+v", post)
	}
}

func TestHARKeepsBytesThatAreNoText(t *testing.T) {
	content := readHAR(t, binary()).Log.Entries[1].Response.Content
	if content.Encoding != "base64" || content.Text != "AAH//go=" {
		t.Errorf("content is %+v", content)
	}
}

func TestHARSaysWhereNoAnswerCame(t *testing.T) {
	e := readHAR(t, happy().Upto(2)).Log.Entries[0]
	if e.Comment != "no answer" || e.Response.Status != 0 || e.Response.Error == "" {
		t.Errorf("entry is %+v", e)
	}
}

func TestHARWritesAURIWhateverTheAddressWas(t *testing.T) {
	for raw, want := range map[string]string{
		"https://[::1]:8180/a?x=[1]#f#g":        "https://[::1]:8180/a?x=%5B1%5D#f%23g",
		"https://idp.example/a b?x=%zz&y=%4":    "https://idp.example/a%20b?x=%25zz&y=%254",
		"https://idp.example/%C3%BC/ü|\"<\x00>": "https://idp.example/%C3%BC/%C3%BC%7C%22%3C%00%3E",
		"https://idp.example?ok=1%20%41":        "https://idp.example?ok=1%20%41",
	} {
		tr := happy()
		tr.Messages[1].URL = raw
		if got := readHAR(t, tr).Log.Entries[0].Request.URL; got != want {
			t.Errorf("%q became %q, want %q", raw, got, want)
		}
	}
}

// The bytes are counted as HTTP/1.1 would write them (RFC 9112 section 2.1).
func TestHARCountsTheBytesThatCrossed(t *testing.T) {
	tr := happy()
	tr.Messages[1].URL, tr.Messages[1].Header = "https://travel.example/login?x=1", []trace.Field{{Name: "Host", Value: "travel.example"}}
	e := readHAR(t, tr).Log.Entries[0]
	if want := len("GET /login?x=1 HTTP/1.1\r\nHost: travel.example\r\n\r\n"); e.Request.HeadersSize != want || e.Request.BodySize != 0 {
		t.Errorf("the request has %d bytes and a body of %d, want %d and 0", e.Request.HeadersSize, e.Request.BodySize, want)
	}
	tr.Messages[3].Header = []trace.Field{{Name: "Location", Value: "/x"}}
	tr.Messages[3].Body = []byte("moved")
	if want := len("HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\nmoved"); readHAR(t, tr).Log.Entries[0].Response.Size != want {
		t.Errorf("the answer has %d bytes, want %d", readHAR(t, tr).Log.Entries[0].Response.Size, want)
	}
}

func TestHARSaysOfACookieThatIsSentWhatWasSaidWhenItWasSet(t *testing.T) {
	want := harCookie{Name: "login", Value: "8a3b", Path: "/", Domain: "travel.example", SameSite: "Lax"}
	entries := readHAR(t, happy()).Log.Entries
	if got := entries[0].Response.Cookies; len(got) != 1 || got[0] != want {
		t.Errorf("set: %+v", got)
	}
	if got := entries[2].Request.Cookies; len(got) != 1 || got[0] != want {
		t.Errorf("sent: %+v", got)
	}
}

// Python before 3.11 reads no finer moment, and neither do others.
func TestHARWritesMomentsInMilliseconds(t *testing.T) {
	tr := happy()
	tr.Messages[1].At = time.Date(2026, 3, 2, 9, 0, 0, 123456789, time.FixedZone("", 3600))
	if got := readHAR(t, tr).Log.Entries[0].Started; got != "2026-03-02T08:00:00.123Z" {
		t.Errorf("got %s", got)
	}
}
