package intake

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// codeIn finds an error code of the standards.
func codeIn(text string) string {
	return grammar().code.FindString(text)
}

// pathOf guesses where an error message came from by what it speaks of.
func pathOf(text string) string {
	text = strings.ToLower(text)
	says := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
	}
	switch {
	case says("invalid_grant", "grant_type=password", "grant_type:password", "grant_type: password", "grant_type=client_credentials"):
		return "/oauth2/token"
	case says("redirect_uri", "redirect uri", "redirect url", "callback url", "response_type", "redirection uri",
		"code_challenge") && !says("access token", "authorization code"):
		return "/oauth2/authorize"
	case says("invalid_token"): // which has id_token in it
		return "/api"
	case says("state", "correlation", "csrf", "nonce", "cookie", "id token", "id_token"):
		return "/callback?code=unknown-code&state=unknown"
	case says("invalid_token", "aud claim", "iss claim", "audience", "jwt", "bearer", "insufficient_scope"):
		return "/api"
	}
	return "/oauth2/token"
}

// isTold reports whether a text says something: words, the name of an exception, an object, or a code that is known.
func isTold(text string) bool {
	return strings.ContainsAny(text, " _") || strings.HasSuffix(text, "Error") || strings.HasSuffix(text, "Exception") ||
		diagnosis.IsSaying(text) || text[0] == '{' && json.Valid([]byte(text))
}

// fromQuery makes JSON of what an answer has behind the ? of its address, where that was brought alone (RFC 6749
// section 4.1.2.1).
func fromQuery(text string) []byte {
	text = strings.TrimLeft(text, "?#&")
	values, err := url.ParseQuery(text)
	if err != nil || !strings.HasPrefix(text, "error=") || strings.Contains(text, "\n") {
		return nil
	}
	said, err := json.Marshal(map[string]string{"error": values.Get("error"), "error_description": values.Get("error_description")})
	if err != nil {
		return nil
	}
	return said
}

// unpacked are the descriptions that stand percent-encoded among other words, as in an address that a program logged.
func unpacked(text string) string {
	var all strings.Builder
	for _, whole := range grammar().packed.FindAllString(text, maxDescriptions) { // an address in a parameter of another
		if plain, err := url.QueryUnescape(whole); err == nil {
			text += "\n" + plain
			all.WriteString("\n" + plain)
		}
	}
	for _, m := range grammar().description.FindAllStringSubmatch(text, maxDescriptions) {
		if plain, err := url.QueryUnescape(m[1]); err == nil && plain != m[1] {
			all.WriteString("\n" + plain)
		}
	}
	return all.String()
}

// maxDescriptions is how many of them are read.
const maxDescriptions = 4

// described is what a text says of an error code: what it calls a description, or else what its line says behind the
// code, as long as that is words.
func described(text, code string) string {
	if m := grammar().member.FindStringSubmatch(text); m != nil {
		if plain, err := url.QueryUnescape(m[3]); err == nil && m[3] != "" {
			return plain
		}
		return m[1] + m[2] + m[3]
	}
	_, rest, _ := strings.Cut(text, code)
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.Trim(line, marksAbout)
	switch m := grammar().leading.FindStringSubmatch(line); {
	case m[1] != "": // reason="…" of a log
		line, _, _ = strings.Cut(strings.TrimPrefix(line[len(m[1])+1:], `"`), `"`)
	case m[0] != "", strings.HasPrefix(line, `\`): // further values
		return ""
	}
	line = strings.Trim(line, marksAbout)
	if !strings.ContainsAny(strings.ToLower(line), "abcdefghijklmnopqrstuvwxyz") {
		return ""
	}
	return line
}

// marksAbout are the marks that stand about a description.
const marksAbout = " \t\r:;,.()[]{}\"'"

// readWords takes an error message for the answer to a request of which nothing
// else is known.
func readWords(text string, now time.Time) (*Brought, error) {
	if len(text) > maxWords || !isTold(text) || strings.ContainsRune(text, 0) {
		return nil, ErrUnknown
	}
	text = withoutAsker(logged(text))
	request := trace.Message{Kind: trace.Request, Exchange: 1, Method: "POST", URL: "https://provider.invalid" + pathOf(text), At: now}
	if strings.HasPrefix(request.URL, "https://provider.invalid/api") {
		request.To, request.Method = trace.ResourceServer, "GET"
	}
	if strings.Contains(text, "</") {
		text = html.UnescapeString(strings.ReplaceAll(text, "&lt;", "&amp;lt;")) // a page
	}
	text += unpacked(text)
	answer := trace.Message{
		Kind: trace.Response, Exchange: 1, Status: 400, At: now, Body: []byte(text),
		Header: []trace.Field{{Name: "Content-Type", Value: "text/plain"}},
	}
	if strings.HasPrefix(text, "{") && !isLogLine(text) {
		answer.Header[0].Value = "application/json"
	} else if said := fromQuery(text); said != nil {
		answer.Body, answer.Header[0].Value = said, "application/json"
	} else if code := codeIn(text); code != "" {
		said, err := json.Marshal(map[string]string{"error": code, "error_description": described(text, code), "text": text})
		if err != nil {
			return nil, fmt.Errorf("read the words: %w", err)
		}
		answer.Body, answer.Header[0].Value = said, "application/json"
	}
	if strings.Contains(text, "invalid_grant") && !strings.Contains(strings.ToLower(text), "refresh") {
		request.Body = []byte("code=unknown-code") // which is what it is mostly about
		request.Header = []trace.Field{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}
	}
	return &Brought{
		Kind: Words, Known: diagnosis.Known{Asked: true, AnswerOnly: true},
		Trace: &trace.Trace{Messages: []trace.Message{request, answer}},
	}, nil
}

// isLogLine reports whether a text is an object that no provider answers with: a program logged words as one of its
// members.
func isLogLine(text string) bool {
	var members map[string]any
	if json.Unmarshal([]byte(text), &members) != nil {
		return false
	}
	for name, value := range members {
		name = strings.ToLower(name)
		_, isWords := value.(string)
		_, isNumber := value.(float64)
		if strings.Contains(name, "error") || strings.Contains(name, "code") || !isWords && !isNumber {
			return false
		}
	}
	return true
}
