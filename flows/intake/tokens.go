package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// readToken takes a token, alone or with what an API answered to it: the
// headers and the body as curl -i or -v shows them, or the line of a log. It
// returns nil where there is no token.
func readToken(text string, now time.Time) *Brought {
	if len(text) > maxWords {
		return nil
	}
	text = unwrapped(text)
	raw := tokenIn(text)
	if raw == "" {
		return nil
	}
	rest := strings.Replace(text, raw, "", 1)
	request := trace.Message{
		Kind: trace.Request, Exchange: 1, To: trace.ResourceServer, Method: "GET", URL: "https://api.invalid/api", At: now,
		Header: []trace.Field{{Name: "Authorization", Value: shownAs(text, raw)}},
	}
	b := &Brought{
		Kind: Token, Token: raw, Known: diagnosis.Known{Asked: true, Read: now}, Trace: &trace.Trace{Messages: []trace.Message{request}},
	}
	if answer, came := answerIn(rest); came {
		answer.At = happened(answer)
		b.Trace.Messages[0].At = answer.At
		b.Trace.Messages = append(b.Trace.Messages, answer)
	}
	return b
}

// readOpaque takes a token that is no JWT, where somebody says that it is a token:
// one word of the letters that tokens have (RFC 6750 section 2.1).
func readOpaque(text string, now time.Time) *Brought {
	text = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "Bearer "))
	if !regexp.MustCompile(`^[A-Za-z0-9._~+/-]{16,1000}=*$`).MatchString(text) {
		return nil
	}
	return &Brought{
		Kind: Token, Token: text, Known: diagnosis.Known{Asked: true},
		Trace: &trace.Trace{Messages: []trace.Message{{
			Kind: trace.Request, Exchange: 1, To: trace.ResourceServer, Method: "GET", URL: "https://api.invalid/api", At: now,
			Header: []trace.Field{{Name: "Authorization", Value: "Bearer " + text}},
		}}},
	}
}

// unwrapped joins a token that a terminal or a mail broke into lines, so that it
// is not taken for one that was cut: a line of nothing but its letters after one
// that ends in such. What follows on a line of its own otherwise is an answer.
func unwrapped(text string) string {
	broken := regexp.MustCompile(`(eyJ[A-Za-z0-9_.-]{16,})\r?\n[ \t]*([A-Za-z0-9_.-]{16,}["']?[ \t]*(\r?\n|$))`)
	for range strings.Count(text, "\n") {
		joined := broken.ReplaceAllString(text, "$1$2")
		if joined == text {
			break
		}
		text = joined
	}
	return text
}

// tokenIn finds a JWT, whole or cut. What stands among words has to have the dots
// of one, since a state can begin like it; and a JWT that goes by the name of
// something else is that.
func tokenIn(text string) string {
	jwt := regexp.MustCompile(`(?i)([a-z_]*)(["']?\]?\s*[=:]>?\s*(?:string\(\d+\)\s*)?["']?)?` + // as PHP shows it, too
		`(?-i:(eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,4}))`)
	for _, m := range jwt.FindAllStringSubmatch(text, -1) {
		name, raw := strings.ToLower(m[1]), m[3]
		if m[2] != "" && slices.Contains(otherJWTs(), name) {
			continue
		}
		begins := strings.HasPrefix(strings.TrimLeft(text, "\"'`< \t\r\n"), raw)
		if begins || strings.Contains(raw, ".") || strings.Contains(text, "earer "+raw) || strings.Contains(name, "token") {
			return raw
		}
	}
	return ""
}

// otherJWTs are parameters that are often a JWT, and no token for an API.
func otherJWTs() []string {
	return []string{"state", "code", "id_token_hint", "client_assertion", "assertion", "request", "expected", "got", "logout_token", "nonce"}
}

// shownAs keeps what stood around the token where a header was brought, since
// that may be what is wrong with it.
func shownAs(text, raw string) string {
	for line := range strings.SplitSeq(text, "\n") {
		name, value, found := strings.Cut(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), ">")), ":")
		if found && strings.EqualFold(strings.TrimSpace(name), "Authorization") && strings.Contains(value, raw) {
			return strings.TrimSpace(value)
		}
	}
	return "Bearer " + raw
}

// answerIn reads what an API answered; where no status is said, that it refused.
func answerIn(text string) (answer trace.Message, came bool) {
	answer = trace.Message{Kind: trace.Response, Exchange: 1, From: trace.ResourceServer, Status: 401}
	status := regexp.MustCompile(`^HTTP/[0-9.]+ ([1-5][0-9]{2})`)
	var body []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "<"))
		name, value, found := strings.Cut(line, ": ")
		switch m := status.FindStringSubmatch(line); {
		case m != nil:
			answer.Status, _ = strconv.Atoi(m[1]) // three digits
			came = true
		case strings.HasPrefix(line, "Authorization"), strings.EqualFold(line, "Bearer"), line == "":
		case found && !strings.ContainsAny(name, " {\"'") && len(body) == 0:
			answer.Header = append(answer.Header, trace.Field{Name: name, Value: value})
		default:
			body = append(body, line)
		}
	}
	answer.Body = []byte(strings.Join(body, "\n"))
	return answer, came || len(answer.Header) > 0 || len(body) > 0
}
