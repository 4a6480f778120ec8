package inspector

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestRawTextIsTheMessageAsHTTPSendsIt(t *testing.T) {
	m := &trace.Message{
		Kind: trace.Request, Method: "POST", URL: "https://idp.example/token?x=1",
		Header: []trace.Field{{Name: "Accept", Value: "*/*"}}, Body: []byte("a=b"),
	}
	if got, want := rawText(m), "POST /token?x=1 HTTP/1.1\r\nHost: idp.example\r\nAccept: */*\r\n\r\na=b"; got != want {
		t.Errorf("got %q", got)
	}
	m = &trace.Message{Kind: trace.Response, Status: 404}
	if got, want := rawText(m), "HTTP/1.1 404 Not Found\r\n\r\n"; got != want {
		t.Errorf("got %q", got)
	}
}

func TestRawLinesAreCappedAndSaySo(t *testing.T) {
	text := strings.Repeat("é", 50_000)
	lines, note := page.Lines(text, 80), (&kit{say: English(t)}).rawNote(text)
	if n := len(strings.Join(lines, "")); n != page.MaxLines || note == "" {
		t.Errorf("%d bytes, note %q", n, note)
	}
	for _, l := range lines {
		if n := len([]rune(l)); n > 80 {
			t.Fatalf("a line of %d letters", n)
		}
	}
}

func TestARawTokenIsColouredByPartAcrossLines(t *testing.T) {
	raw := "aaa.bbbbb.cc"
	var inks []string
	for i, l := range page.SplitColumns(raw, 5) {
		for _, r := range tokenSpans(raw, i*5, l) {
			inks = append(inks, r.Text+"/"+string(r.Ink))
		}
	}
	want := []string{
		"aaa/" + string(partInk(0)), "./gw-wire-quiet", "b/" + string(partInk(1)), "bbbb/" + string(partInk(1)),
		"./gw-wire-quiet", "cc/" + string(partInk(2)),
	}
	if strings.Join(inks, " ") != strings.Join(want, " ") {
		t.Errorf("got %v", inks)
	}
}
