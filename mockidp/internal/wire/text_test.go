package wire

import (
	"strings"
	"testing"
	"time"
)

func TestWhatIsShownCanForgeNoLineAndNoHeader(t *testing.T) {
	for s, want := range map[string]string{
		"plain":                  "plain",
		"a\r\nSet-Cookie: x":     "a??Set-Cookie: x",
		"ü\x00\x7f":              "???",
		strings.Repeat("x", 301): strings.Repeat("x", 300) + "...",
	} {
		if got := Shown(s); got != want {
			t.Errorf("%q is shown as %q, want %q", s, got, want)
		}
	}
	if got := Describe(`he said "no\"`); got != "he said 'no/'" {
		t.Errorf("an error_description of RFC 6749 section 5.2 would be %q", got)
	}
	if Prefixed("", " is missing") != "" || Prefixed("jti", " is missing") != "jti is missing" {
		t.Error("a sentence about nobody is no sentence")
	}
	if got := Base64URL([]byte{0xfb, 0xff}); got != "-_8" {
		t.Errorf("base64url is %q", got)
	}
}

func TestATimeIsWrittenAsPeopleDo(t *testing.T) {
	for d, want := range map[time.Duration]string{
		20 * time.Minute: "20m", time.Hour: "1h", 90 * time.Minute: "1h30m", 90 * time.Second: "1m30s", 30 * time.Second: "30s",
		time.Hour + time.Second: "1h0m1s", 0: "0s", 1500 * time.Millisecond: "1.5s",
	} {
		if got := Brief(d); got != want {
			t.Errorf("%v is written %s, want %s", d, got, want)
		}
	}
}

func TestAlphabets(t *testing.T) {
	const all, none = true, false
	for _, c := range []struct {
		name string
		is   func(string) bool
		s    string
		want bool
	}{
		{"segment", IsSegment, "demo-realm_1.0", all},
		{"segment", IsSegment, "..", none},
		{"segment", IsSegment, "a/b", none},
		{"segment", IsSegment, strings.Repeat("a", 65), none},
		{"segment", IsSegment, "", none},
		{"host", IsHost, "::1", all},
		{"host", IsHost, "idp.example", all},
		{"host", IsHost, "idp.example;evil", none},
		{"host", IsHost, "", none},
		{"scope token", IsScopeToken, "mail.read:all", all},
		{"scope token", IsScopeToken, `a"b`, none},
		{"scope token", IsScopeToken, `a\b`, none},
		{"scope token", IsScopeToken, "a b", none},
		{"scope token", IsScopeToken, "", none},
		{"visible ASCII", IsVisibleASCII, "a b~", all},
		{"visible ASCII", IsVisibleASCII, "a\tb", none},
		{"unreserved", IsUnreserved, "aZ9-._~", all},
		{"unreserved", IsUnreserved, "a+b", none},
		{"base64url", IsBase64URL, "aZ9-_", all},
		{"base64url", IsBase64URL, "a=", none},
	} {
		if got := c.is(c.s); got != c.want {
			t.Errorf("%q is %s: %t, want %t", c.s, c.name, got, c.want)
		}
	}
}

func TestJSONThatTwoReadersTakeDifferentlyIsRefused(t *testing.T) {
	for text, want := range map[string]error{
		`{"a":1,"a":2}`:                   errTwice,
		`[{"b":{"a":1,"a":2}}]`:           errTwice,
		`{"a":1} {}`:                      errTrailing,
		`{"a":`:                           errNotJSON,
		`{"a" 1}`:                         errNotJSON,
		`[1,`:                             errNotJSON,
		``:                                errNotJSON,
		strings.Repeat("[", 17):           errTooDeep,
		strings.Repeat(`{"a":`, 17) + "1": errTooDeep,
		`{"a":[1.0,"<b>",null,true,{}],"b":1e100}`: nil,
	} {
		v, err := ReadJSON(text)
		if err != want { //nolint:errorlint // it is the value itself
			t.Errorf("%s: %v, want %v", text, err, want)
		}
		if err == nil && CompactJSON(v) != text {
			t.Errorf("%s is written again as %s", text, CompactJSON(v))
		}
	}
}
