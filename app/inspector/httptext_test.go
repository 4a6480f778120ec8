package inspector

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAHeaderIsTakenApart(t *testing.T) {
	lines := headerLines(trace.Field{Name: "Location", Value: "https://a.example/cb?code=X&state=Y"}, nil)
	if len(lines) != 3 || lines[1].name != "code" || lines[1].value != "X" || lines[2].value != "Y" {
		t.Errorf("Location became %+v", lines)
	}
	bearer := headerLines(trace.Field{Name: "Authorization", Value: "Bearer abc.def"}, nil)
	if bearer[0].followed() != "abc.def" || bearer[0].value != "Bearer abc.def" {
		t.Errorf("Authorization became %+v", bearer)
	}
	cookie := headerLines(trace.Field{Name: "Set-Cookie", Value: "session=abc; Path=/"}, nil)
	if cookie[0].followed() != "abc" {
		t.Errorf("Set-Cookie became %+v", cookie)
	}
}

func TestWhatWasRemovedStillHasALine(t *testing.T) {
	m := &trace.Message{
		Kind: trace.Request, Method: "GET", URL: "https://a.example/auth?a=b",
		Edited: []trace.EditMark{{What: "parameter state", Before: "xyz"}, {What: "parameter a", Before: "c", After: "b"}},
	}
	var removed, changed bool
	for _, l := range (&httpView{sheet: newSheet(&kit{say: English(t)})}).headLines(m) {
		removed = removed || (l.name == "state" && l.value == "xyz" && l.edited != nil)
		changed = changed || (l.name == "a" && l.edited != nil && l.edited.Before == "c")
	}
	if !removed || !changed {
		t.Errorf("removed %v, changed %v", removed, changed)
	}
}

func TestAValueLightsWhereverItStands(t *testing.T) {
	token := "eyJhbGciOi.JSUzI1NiJ9.abc"
	for _, c := range []struct {
		line wireLine
		want bool
	}{
		{wireLine{value: token}, true},
		{wireLine{value: "Bearer " + token, follow: token}, true},
		{wireLine{value: "https://a.example/?t=" + token}, true},
		{wireLine{value: "other"}, false},
		{wireLine{}, false},
	} {
		if got := c.line.lit(token); got != c.want {
			t.Errorf("%+v lit is %v", c.line, got)
		}
	}
	short := wireLine{value: "code id_token"}
	if short.lit("code") {
		t.Error("a short value lights inside another one")
	}
}

// A certificate is shown before the first byte of a request, and stands first in its structured view.
func TestTheCertificateOfTheHandshakeStandsBeforeTheRequest(t *testing.T) {
	// CN=billing-job, self-signed, from the classroom run of client authentication
	const der = "MIIBCzCBvqADAgECAgECMAUGAytlcDAWMRQwEgYDVQQDEwtiaWxsaW5nLWpvYjAeFw0yNjAzMDIwODU5MDBaFw0yNjA1MzEwOTAwMDBaMBYxFDASBgNVBAMT" +
		"C2JpbGxpbmctam9iMCowBQYDK2VwAyEAMw+OObKwPglDyG7y+WoI4laT8OUBsJAcY9RmG02lMcqjMTAvMA4GA1UdDwEB/wQEAwIHgDAdBgNVHSUEFjAUBggr" +
		"BgEFBQcDAgYIKwYBBQUHAwEwBQYDK2VwA0EAyhkiNd62aMoyG258tzmr3NnEgyxjINvdBLWf+Qa+1vGT59We7/rUBRWyzcSm2BkUrTNWe908JWCizz8vxIyVAQ=="
	m := &trace.Message{Kind: trace.Request, Method: "POST", URL: "https://a.example/token", Certificate: der}
	v := &httpView{sheet: newSheet(&kit{say: English(t)})}
	lines := v.headLines(m)
	if len(lines) < 5 || lines[1].name != "subject DN" || lines[1].value != "CN=billing-job" || lines[2].name != "notAfter" ||
		lines[3].name != "x5t#S256" || len(lines[3].value) != 43 {
		t.Errorf("the request begins with %+v", lines)
	}
	m.Certificate = ""
	if lines = v.headLines(m); lines[0].key != "start" {
		t.Errorf("a request without a certificate begins with %+v", lines[0])
	}
}
