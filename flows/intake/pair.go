package intake

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// pair is a request and its answer while they are read.
type pair struct {
	request, answer      trace.Message
	sent, came           []string // the lines of the bodies
	target               []string // of the request line, in the pieces that it was broken into
	typed, shown, exact  bool     // by a command; by curl -v; with the version of HTTP
	answered, statusLeft bool
	unread               bool // the body is in a file
}

// leftOut says what is not known of an exchange.
func (p *pair) leftOut() []diagnosis.Unknown {
	var out []diagnosis.Unknown
	length := p.request.HeaderValue("Content-Length")
	if p.unread || len(p.request.Body) == 0 && length != "" && length != "0" {
		out = append(out, diagnosis.UnknownBody)
	}
	if !p.typed && !p.shown {
		out = append(out, diagnosis.UnknownHeaders)
	}
	switch {
	case !p.answered:
		out = append(out, diagnosis.UnknownAnswer)
	case p.statusLeft:
		out = append(out, diagnosis.UnknownStatus)
	}
	return out
}

// finish puts the bodies and the address together.
func (p *pair) finish(blanks *blanks) {
	if p.request.URL == "" {
		p.request.URL = strings.Join(p.target, "")
	}
	if strings.HasPrefix(p.request.URL, "/") {
		host := cmp.Or(p.request.HeaderValue("Host"), "host.invalid")
		p.request.URL = "https://" + host + p.request.URL
	}
	if p.answersItself() {
		p.came, p.sent = p.sent, nil
	}
	if len(p.sent) > 0 {
		p.request.Body = []byte(blanks.out(sentBody(p.sent)))
		if p.request.HeaderValue("Content-Type") == "" && grammar().form.Match(p.request.Body) {
			p.request.Header = append(p.request.Header, trace.Field{Name: "Content-Type", Value: "application/x-www-form-urlencoded"})
		}
	}
	body := strings.TrimSpace(strings.Join(p.came, "\n"))
	if value := object(body); value != "" {
		body = withLog(value, body)
	} else if !p.answered && !tellsOfFailure(body) {
		return // words of whoever asks
	}
	if !p.answered && body != "" && !strings.Contains(body, `"access_token"`) {
		p.answered, p.statusLeft, p.answer.Status = true, true, http.StatusBadRequest
	}
	p.answer.Body = []byte(body[:min(len(body), maxBody)])
	if strings.HasPrefix(body, "{") && p.answer.HeaderValue("Content-Type") == "" {
		p.answer.Header = append(p.answer.Header, trace.Field{Name: "Content-Type", Value: "application/json"})
	}
}

// answersItself reports whether what stands below a request line is what came back: programs log an address and the
// error that it answered with.
func (p *pair) answersItself() bool {
	if p.answered || len(p.sent) == 0 || len(p.request.Header) > 0 {
		return false
	}
	text := object(strings.TrimSpace(strings.Join(p.sent, "\n")))
	var said struct {
		Error json.RawMessage `json:"error"`
	}
	return json.Unmarshal([]byte(text), &said) == nil && len(said.Error) > 0
}

// withLog adds the lines of a log to an error below which they were brought: what the one who refused wrote down says more.
func withLog(value, text string) string {
	var members map[string]any
	if json.Unmarshal([]byte(value), &members) != nil || members["error"] == nil || members["text"] != nil {
		return value
	}
	_, after, _ := strings.Cut(text, value)
	var lines []string
	for line := range strings.SplitSeq(after, "\n") {
		if grammar().logged.MatchString(line) {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return value
	}
	members["text"] = logged(strings.Join(lines, "\n"))
	told, err := json.Marshal(members)
	if err != nil {
		return value
	}
	return string(told)
}

func tellsOfFailure(text string) bool {
	return codeIn(text) != "" || grammar().failure.MatchString(text)
}

// sentBody joins a form that was broken into lines, or has a line for each parameter.
func sentBody(lines []string) string {
	if strings.HasPrefix(lines[0], "{") || !strings.Contains(lines[0], "=") {
		return strings.Join(lines, "\n")
	}
	var body strings.Builder
	for i, line := range lines {
		if i > 0 && !strings.HasSuffix(lines[i-1], "&") && !strings.HasPrefix(line, "&") && grammar().parameter.MatchString(line) {
			body.WriteByte('&')
		}
		body.WriteString(line)
	}
	return body.String()
}

// object cuts the first JSON object out of what stands around it, or returns the empty string.
func object(text string) string {
	at := 0
	if !strings.HasPrefix(text, "{") {
		if at = strings.Index(text, "\n{") + 1; at == 0 {
			return ""
		}
	}
	var value json.RawMessage
	if json.NewDecoder(strings.NewReader(text[at:])).Decode(&value) != nil {
		return ""
	}
	return string(value)
}
