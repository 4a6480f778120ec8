package exam

import (
	"html"
	"regexp"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// login is what there is to be seen of one login of the client.
type login struct {
	question int // of the sitting's; -1 for an ordinary one
	code     string
	asked    map[string]bool // parameters of the authorization request
	answer   *logins.Exchange

	redeemed *logins.Exchange // the code was sent on, whatever came of it
	access   string
	idToken  string
	refresh  string
	used     []*logins.Exchange // what was done with the tokens

	seen *Sight
}

// asks lists what of an authorization request questions need. A request object
// holds its parameters itself (RFC 9101).
func asks(e *logins.Exchange) map[string]bool {
	jwt, _ := trace.DecodeJWT(e.Param("request")) // what is none has no claims
	found := map[string]bool{}
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		found[name] = e.Param(name) != "" || jwt.Claim(name) != ""
	}
	return found
}

// fieldsOfForm are those of a page that posts itself to the client (OAuth 2.0
// Form Post Response Mode).
func fieldsOfForm(page string) (action string, fields []trace.Field) {
	form := regexp.MustCompile(`<form[^>]* action="([^"]*)"`).FindStringSubmatch(page)
	if form == nil {
		return "", nil
	}
	for _, input := range regexp.MustCompile(`<input[^>]*type="hidden"[^>]*>`).FindAllString(page, -1) {
		attribute := func(name string) string {
			found := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(input)
			if found == nil {
				return ""
			}
			return html.UnescapeString(found[1])
		}
		fields = append(fields, trace.Field{Name: attribute("name"), Value: attribute("value")})
	}
	return html.UnescapeString(form[1]), fields
}

// back is where an answer sends the browser, and what it brings along: in the
// query, in the fragment, in a form or in a JWT.
func back(e *logins.Exchange) (to string, fields []trace.Field) {
	if e.Answer == nil {
		return "", nil
	}
	to = e.Answer.HeaderValue("Location")
	fields = append(trace.QueryOf(to), trace.FragmentOf(to)...)
	if to == "" && e.Answer.IsHTML() {
		to, fields = fieldsOfForm(string(e.Answer.Body))
	}
	for _, f := range fields {
		if jwt, err := trace.DecodeJWT(f.Value); f.Name == "response" && err == nil {
			for _, name := range []string{"code", "error", "state", "iss"} {
				fields = append(fields, trace.Field{Name: name, Value: jwt.Claim(name)})
			}
		}
	}
	to, _, _ = strings.Cut(to, "#")
	to, _, _ = strings.Cut(to, "?")
	return to, fields
}
