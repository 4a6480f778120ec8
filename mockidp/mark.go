package mockidp

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// Trail is what joins an exchange to others of the same login, without a secret.
// A value that could be one is a mark: the same for the same value as long as the
// server runs, and of no use to whoever reads it. Fields are form-encoded pairs.
type Trail struct {
	Sent     string // parameters of the query and of the form body, the first 40
	Header   string // of the request, as far as it says what kind of program asks
	Came     string // what the answer brought: parameters of the address that it leads to, or members of JSON
	Location string // that address, without query and fragment
	Allowed  string // Access-Control-Allow-Origin of the answer
}

// marker makes the marks. Its key leaves the process in none of them.
type marker struct{ key [sha256.Size]byte }

func newMarker() *marker {
	m := &marker{}
	_, _ = rand.Read(m.key[:]) // never returns an error
	return m
}

// mark stands for a value. What a program writes that has no value is no secret, and stands for itself.
func (m *marker) mark(value string) string {
	if slices.Contains([]string{"", "undefined", "null", "none", "nil", "None", "NaN", "[object Object]"}, value) {
		return value
	}
	sum := hmac.New(sha256.New, m.key[:])
	sum.Write([]byte(value))
	mark := "#" + hex.EncodeToString(sum.Sum(nil)[:5])
	if strings.HasPrefix(value, jwtBegins) {
		mark = jwtBegins + mark
	}
	return mark
}

// jwtBegins is {" in base64url, with which every JWT begins (RFC 7519 section 3).
const jwtBegins = "eyJ"

// trail is that of an exchange.
func (m *marker) trail(r *request, a *wire.Answer) *Trail {
	t := &Trail{Sent: m.sent(r)}
	for _, name := range []string{
		"Origin", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-Fetch-Site", "Access-Control-Request-Method", "Content-Type",
	} {
		if value := r.Header.Get(name); value != "" {
			t.Header = pair(t.Header, name, wire.Printable(value, 200))
		}
	}
	if shown := m.shown(r.Header.Get("Authorization")); shown != "" {
		t.Header = pair(t.Header, "Authorization", shown)
	}
	for _, h := range a.Header {
		switch h[0] {
		case "Location":
			t.Location, t.Came = m.led(h[1])
		case "Access-Control-Allow-Origin":
			t.Allowed = wire.Printable(h[1], 200)
		}
	}
	if t.Location == "" && r.Method == http.MethodPost {
		t.Came = m.gave(a.Body)
	}
	return t
}

// shown keeps of a header that shows a token what stands around the token, since that may be what is wrong. How a
// client proves who it is, rules tell.
func (m *marker) shown(authorization string) string {
	words := strings.Fields(authorization)
	if len(words) == 0 || strings.EqualFold(words[0], "Basic") {
		return ""
	}
	for i, word := range words[:min(len(words), 4)] {
		token := strings.Trim(word, `"'`)
		if !slices.Contains([]string{"bearer", "dpop", "token", "jwt"}, strings.ToLower(word)) {
			words[i] = strings.Replace(word, token, m.mark(token), 1)
		}
	}
	return strings.Join(words[:min(len(words), 4)], " ")
}

func (m *marker) sent(r *request) string {
	params, all := r.Query.Join(r.Form), ""
	hashed := params.Get("code_challenge_method") == "S256" // otherwise the challenge is the verifier (RFC 7636 section 4.2)
	for _, f := range params.List[:min(len(params.List), maxLogged)] {
		value := m.mark(f.Value)
		if slices.Contains(harmless(), f.Name) && (hashed || f.Name != "code_challenge") {
			value = wire.Printable(f.Value, 200)
		}
		all = pair(all, nameShown(f.Name), value)
	}
	if r.Form.IsObject() {
		all = pair(all, `{"`, "...")
	}
	return all
}

// led is where an answer leads to, and what it brings there.
func (m *marker) led(location string) (to, came string) {
	end := strings.IndexAny(location, "?#")
	if end < 0 {
		return wire.Printable(location, 300), ""
	}
	values, err := url.ParseQuery(strings.NewReplacer("#", "&", "?", "&").Replace(location[end+1:]))
	if err != nil {
		return wire.Printable(location[:end], 300), ""
	}
	for _, name := range brought() {
		if values.Has(name) {
			came = m.add(came, name, values.Get(name))
		}
	}
	return wire.Printable(location[:end], 300), came
}

// gave is what JSON brings. A body that is longer is none of tokens.
func (m *marker) gave(body []byte) string {
	const longest = 64 << 10
	var members map[string]any
	if len(body) > longest || json.Unmarshal(body, &members) != nil {
		return ""
	}
	came := ""
	for _, name := range brought() {
		if value, text := members[name].(string); text {
			came = m.add(came, name, value)
		}
	}
	return came
}

// brought lists what logins are joined and told apart by.
func brought() []string {
	return []string{
		"code", "state", "error", "access_token", "id_token", "refresh_token", "token_type", "scope", "device_code", "user_code", "request_uri",
	}
}

func (m *marker) add(all, name, value string) string {
	if slices.Contains([]string{"error", "token_type", "scope"}, name) {
		return pair(all, name, wire.Printable(value, 200))
	}
	return pair(all, name, m.mark(value))
}

// pair appends name=value, form-encoded.
func pair(all, name, value string) string {
	if all != "" {
		all += "&"
	}
	return all + url.QueryEscape(name) + "=" + url.QueryEscape(value)
}
