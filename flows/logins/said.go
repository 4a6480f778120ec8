package logins

import (
	"bytes"
	"encoding/base64"
	"html"
	"regexp"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// maxRead is how much of a page is looked through for the words of an error.
const maxRead = 64 << 10

// Error is the error code that the answer gives, or that the callback brings.
func (e *Exchange) Error() string {
	if code, found := first(e.told, "error"); found {
		return code
	}
	if e.Answer != nil {
		if code := e.Came("error"); code != "" && !strings.HasPrefix(code, "{") {
			return code
		}
		if code := e.challenge("error"); code != "" {
			return code
		}
	}
	if e.Endpoint == Callback {
		return e.Param("error")
	}
	if e.Failed() {
		if c := e.Broken(); c != nil {
			return c.Error
		}
	}
	return ""
}

// Description is what is said beside the code.
func (e *Exchange) Description() string {
	text, _ := first(e.told, "error_description")
	for _, said := range []string{text, e.Came("error_description"), e.challenge("error_description")} {
		if said != "" {
			return said
		}
	}
	if e.Endpoint == Callback {
		return e.Param("error_description")
	}
	return ""
}

// challenge reads a parameter of WWW-Authenticate (RFC 6750 section 3).
func (e *Exchange) challenge(name string) string {
	if e.Answer == nil {
		return ""
	}
	for _, h := range e.Answer.Header {
		if !strings.EqualFold(h.Name, "WWW-Authenticate") {
			continue
		}
		rest := h.Value
		for {
			at := strings.Index(rest, name+"=")
			if at < 0 {
				break
			}
			begins := at == 0 || rest[at-1] == ' ' || rest[at-1] == ','
			rest = rest[at+len(name)+1:]
			if begins {
				return parameterText(rest)
			}
		}
	}
	return ""
}

func parameterText(rest string) string {
	if inner, quoted := strings.CutPrefix(rest, `"`); quoted {
		text, _, _ := strings.Cut(inner, `"`)
		return text
	}
	text, _, _ := strings.Cut(rest, ",")
	return strings.TrimSpace(text)
}

// Words is [Exchange.Text] in lower case.
func (e *Exchange) Words() string { return strings.ToLower(e.Text()) }

// Text is everything that an answer says in words: code, description, and where
// it refuses, its text.
func (e *Exchange) Text() string {
	var b strings.Builder
	for _, said := range []string{e.Error(), e.Description()} {
		b.WriteString(said + "\n")
	}
	if e.Endpoint == Callback {
		b.WriteString(e.Param("error_description") + "\n" + e.failurePage() + "\n")
	}
	if e.Answer != nil && (e.Answer.Status >= 400 || e.refusesOnAPage() || e.brokenOff()) {
		for _, h := range e.Answer.Header {
			if strings.EqualFold(h.Name, "WWW-Authenticate") {
				b.WriteString(h.Value + "\n")
			}
		}
		text := string(e.Answer.Body[:min(len(e.Answer.Body), maxRead)])
		if e.Answer.IsHTML() || strings.HasPrefix(strings.TrimSpace(text), "<") {
			text = shown(text) + " " + scripted(text)
		}
		b.WriteString(strings.NewReplacer(`\r\n`, "\n", `\n`, "\n", `\t`, " ").Replace(text)) // as in a string of JSON
	}
	if e.AsksAgain() {
		b.WriteString(e.complaints())
	}
	return b.String() + exceptions(b.String())
}

// errorNames tell the name of an error, and where its words meet.
//
//nolint:gochecknoglobals // never changes; compiling them takes longer than reading a refusal
var errorNames = sync.OnceValue(func() (names struct{ whole, seam *regexp.Regexp }) {
	names.whole = regexp.MustCompile(`\b(?:[A-Z]+[a-z0-9]+){2,}(?:Error|Exception|Failure|Mismatch|Token)\b`)
	names.seam = regexp.MustCompile(`([a-z0-9])([A-Z])`)
	return names
})

// exceptions spells out the names of errors, which often say more than their text:
// InvalidStateException is "invalid state exception".
func exceptions(text string) string {
	var b strings.Builder
	for _, name := range errorNames().whole.FindAllString(text, 8) {
		if name == "IllegalStateException" { // which is Java's, and about no state of OAuth
			continue
		}
		b.WriteString("\n" + errorNames().seam.ReplaceAllString(name, "$1 $2"))
	}
	return b.String()
}

// scripted are the words of a page that has them in a script alone.
func scripted(page string) string {
	return strings.Join(regexp.MustCompile(`\bAAD(?:STS|B2C)[0-9]{5,}: [^"<\\]{1,400}`).FindAllString(page, 4), "\n")
}

// message reads what a page hands to the one that opened it (OAuth 2.0 Web Message
// Response Mode): an object in its script, with the names of an answer.
func message(page string) []trace.Field {
	var fields []trace.Field
	for _, m := range regexp.MustCompile(`["']?\b(error|error_description|code|state)["']?\s*:\s*["']([^"'<>]{1,1000})["']`).
		FindAllStringSubmatch(page, 8) {
		fields = append(fields, trace.Field{Name: m[1], Value: m[2]})
	}
	return fields
}

// shown is the text of a page without its tags, scripts and styles, as far as
// the words of an error need it.
func shown(page string) string {
	var b strings.Builder
	for page != "" {
		text, rest, _ := strings.Cut(page, "<")
		b.WriteString(html.UnescapeString(text) + " ")
		tag := strings.ToLower(rest[:min(len(rest), 8)])
		for _, hidden := range []string{"script", "style"} {
			if strings.HasPrefix(tag, hidden) {
				_, rest, _ = strings.Cut(rest, "</"+hidden)
			}
		}
		_, page, _ = strings.Cut(rest, ">")
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Failed reports whether the answer says no: by its status, or by an error that
// it sends the browser away with; or whether whoever got it did not take it.
func (e *Exchange) Failed() bool {
	switch {
	case e.Endpoint == Callback && e.Param("error") != "", e.unwelcome() != nil, e.refusesOnAPage(), e.AsksAgain(), e.told != nil:
		return true
	case e.Answer == nil:
		return false
	case e.Answer.Status >= 400, e.brokenOff():
		return true
	case e.Answer.Status >= 300 && e.Answer.Status < 400:
		_, found := first(e.came, "error") // some say no more than that
		return found || e.failurePage() != ""
	}
	return (e.Endpoint == Token || e.asksForMessage()) && e.Came("error") != "" // some answer 200 and an error
}

// brokenOff reports whether a browser wrote down why no answer came.
func (e *Exchange) brokenOff() bool {
	return e.Answer != nil && e.Answer.Status == 0 && len(e.Answer.Body) > 0
}

// failureOf is what the address of OmniAuth's page of failures says, where that page was opened itself.
func failureOf(request *trace.Message) []trace.Field {
	query := request.Query()
	message, found := first(query, "message")
	if _, strategy := first(query, "strategy"); !found || !strategy {
		return nil
	}
	return []trace.Field{{Name: "error", Value: message}}
}

// failurePage is what OmniAuth tells the app's page of failures: a message, beside the strategy in which it happened.
func (e *Exchange) failurePage() string {
	if _, omniAuth := first(e.came, "strategy"); !omniAuth || e.Endpoint != Callback {
		return ""
	}
	message, _ := first(e.came, "message")
	return message
}

// redirectRefused knows the sentence of a page that takes no redirect URI, as GitLab's, which comes with 200.
//
//nolint:gochecknoglobals // never changes; compiling it takes longer than reading a page
var redirectRefused = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(redirect|redirection|callback|reply)[ _]?(uri|url|address)\b[^.<>]{0,40}\b(is|was|does|did) ` +
		`(not|in)[ ]?(valid|match|registered|allowed)\b|\b(invalid|unregistered|mismatching) (redirect|redirection|callback)[ _]?(uri|url)\b`)
})

// refusesOnAPage knows the pages of Entra ID and Apple, which refuse with 200 and a code
// in the text; a script on the page of Entra ID has it too.
func (e *Exchange) refusesOnAPage() bool {
	if e.Endpoint != Authorization && e.Endpoint != Page || e.Answer == nil || e.Answer.Status != 200 || !e.Answer.IsHTML() {
		return false
	}
	if regexp.MustCompile(`\b(invalid_(request|client|scope|redirect_uri)|unauthorized_client|redirect_uri_mismatch|` +
		`unsupported_response_type)\b`).
		MatchString(shown(string(e.Answer.Body[:min(len(e.Answer.Body), maxRead)]))) {
		return true // which no page of sign-in shows
	}
	if redirectRefused().MatchString(shown(string(e.Answer.Body[:min(len(e.Answer.Body), maxRead)]))) {
		return true
	}
	return bytes.Contains(e.Answer.Body, []byte("AAD")) && regexp.MustCompile(`\bAAD(?:STS|B2C)[0-9]{5,}: `).Match(e.Answer.Body)
}

// Basic returns name and secret of an Authorization header of that scheme, as
// they stand there: whether they were encoded, RFC 6749 section 2.3.1, is not undone.
func (e *Exchange) Basic() (id, secret string, ok bool) {
	scheme, value, _ := strings.Cut(e.Request.HeaderValue("Authorization"), " ")
	if !strings.EqualFold(scheme, "Basic") {
		return "", "", false
	}
	text, err := base64.StdEncoding.DecodeString(strings.TrimSpace(value))
	if err != nil {
		return "", "", false
	}
	id, secret, ok = strings.Cut(string(text), ":")
	return id, secret, ok
}

// Bearer returns the token that the request shows, whatever surrounds it.
func (e *Exchange) Bearer() string {
	scheme, value, found := strings.Cut(strings.TrimSpace(e.Request.HeaderValue("Authorization")), " ")
	switch {
	case found && (strings.EqualFold(scheme, "Bearer") || strings.EqualFold(scheme, "DPoP")):
		value = strings.TrimSpace(value)
		if again, rest, twice := strings.Cut(value, " "); twice && strings.EqualFold(again, "Bearer") {
			value = rest
		}
		return strings.Trim(value, `"'`)
	case !found && strings.Count(scheme, ".") == 2:
		return strings.Trim(scheme, `"'`)
	}
	return ""
}

// JWT takes the token apart that the request shows; ok is false where it is none.
func (e *Exchange) JWT() (jwt trace.JWT, ok bool) {
	jwt, err := trace.DecodeJWT(e.Bearer())
	return jwt, err == nil
}
