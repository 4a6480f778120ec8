package logins

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// askedAgain are the parts of a page of sign-in: what it asks for that nobody else may see, and where it says what was
// wrong with that.
//
//nolint:gochecknoglobals // never changes; compiling them takes longer than reading a page
var askedAgain = sync.OnceValue(func() (p struct{ input, secret, name, complaint *regexp.Regexp }) {
	p.input = regexp.MustCompile(`(?i)<input\b[^>]{0,600}>`)
	p.secret = regexp.MustCompile(`(?i)\b(?:type=["']?password|autocomplete=["']?one-time-code|name=["']?(?:otp|totp|passcode)\b)`)
	p.name = regexp.MustCompile(`(?i)\bname=["']?([^"'\s>]+)`)
	p.complaint = regexp.MustCompile(`(?is)<[a-z0-9]+\b[^>]{0,400}\b(?:class|id|role)=["'][^"']{0,200}` +
		`(?:error|alert|danger|invalid|feedback)[^"']{0,200}["'][^>]{0,400}>(.{1,600})`)
	return p
})

// AsksAgain reports whether a person sent a password or a code of an app, and the page that asks for it came again: they
// were not signed in with it.
func (e *Exchange) AsksAgain() bool {
	if e.Endpoint != Page && e.Endpoint != Authorization || e.Request.Method != http.MethodPost || e.Answer == nil ||
		e.Answer.Status != http.StatusOK || !e.Answer.IsHTML() {
		return false
	}
	for _, input := range askedAgain().input.FindAllString(e.page(), mostInputs) {
		name := askedAgain().name.FindStringSubmatch(input)
		if name == nil || !askedAgain().secret.MatchString(input) {
			continue
		}
		if sent, found := e.InForm(html.UnescapeString(name[1])); found && sent != "" {
			return true
		}
	}
	return false
}

const mostInputs = 64

func (e *Exchange) page() string { return string(e.Answer.Body[:min(len(e.Answer.Body), maxRead)]) }

// complaints are what a page says of what was sent to it, where it marks that as an error or an alert.
func (e *Exchange) complaints() string {
	var all []string
	for _, m := range askedAgain().complaint.FindAllStringSubmatch(e.page(), mostInputs) {
		for part := range strings.SplitSeq("x>"+m[1], "<") {
			if _, words, _ := strings.Cut(part, ">"); strings.TrimSpace(words) != "" {
				all = append(all, html.UnescapeString(strings.TrimSpace(words)))
				break
			}
		}
	}
	return strings.Join(all, "\n")
}
