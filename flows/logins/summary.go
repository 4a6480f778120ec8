package logins

import (
	"slices"
	"strings"
)

// summary is what is asked of a login for each exchange that might belong to it, so that a login of many
// thousands is not read again each time. The joiner keeps it.
type summary struct {
	first    map[Endpoint]*Exchange // of each endpoint, without those in which a browser only asks
	asked    map[string]string      // parameters of the authorization request
	redeemed bool                   // tokens came
	answered bool                   // the browser was sent back to the app
	given    map[string]bool        // cookies that the provider gave with its answer to an authorization request, with their host
}

// asksBy are the parameters by which authorization requests are told apart.
func asksBy() []string { return []string{"client_id", "code_challenge", "nonce", "redirect_uri"} }

// note takes the next exchange of the login into account.
func (s *summary) note(e *Exchange) {
	if s.first == nil {
		s.first, s.asked, s.given = map[Endpoint]*Exchange{}, map[string]string{}, map[string]bool{}
	}
	s.redeemed = s.redeemed || e.Endpoint == Token && e.Came("access_token") != ""
	s.answered = s.answered || e.Endpoint == Callback ||
		(e.Endpoint == Authorization || e.Endpoint == Page) && (e.Came("code") != "" || e.Came("error") != "")
	if e.Preflight {
		return
	}
	if s.first[e.Endpoint] == nil {
		s.first[e.Endpoint] = e
	}
	if e.Endpoint == Authorization || e.Endpoint == Pushed {
		s.asks(e)
	}
	if e.Endpoint == Authorization && e.Answer != nil {
		s.gives(e)
	}
}

func (s *summary) asks(e *Exchange) {
	for _, name := range asksBy() {
		if value := e.Param(name); value != "" && s.asked[name] == "" {
			s.asked[name] = value
		}
	}
}

func (s *summary) gives(e *Exchange) {
	for _, f := range e.Answer.Header {
		if pair, _, _ := strings.Cut(f.Value, ";"); strings.EqualFold(f.Name, "Set-Cookie") && pair != "" {
			s.given[e.Host()] = true
			s.given[e.Host()+" "+strings.TrimSpace(pair)] = true
		}
	}
}

// begun is the first of the requests that begin a login, or nil.
func (s *summary) begun() *Exchange {
	var first *Exchange
	for _, place := range []Endpoint{Authorization, Pushed, DeviceAuthorization} {
		if e := s.first[place]; e != nil && (first == nil || e.Number < first.Number) {
			first = e
		}
	}
	return first
}

// otherBrowser reports whether the provider gave the browser of a login cookies, and an authorization request
// brings none of them.
func (s *summary) otherBrowser(e *Exchange) bool {
	if e.Endpoint != Authorization || !s.given[e.Host()] {
		return false
	}
	return !slices.ContainsFunc(cookiesOf(e.Request), func(pair string) bool { return s.given[e.Host()+" "+pair] })
}
