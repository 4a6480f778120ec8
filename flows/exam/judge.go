package exam

import (
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Verdict is what came of a question.
type Verdict string

// The verdicts.
const (
	Noticed   Verdict = "noticed"
	Swallowed Verdict = "swallowed"
	Unknown   Verdict = "unknown"   // what can be seen does not tell
	Moot      Verdict = "moot"      // the client does nothing that the question could be about
	Unasked   Verdict = "unasked"   // the exam ended before
	Unreached Verdict = "unreached" // the login ended before the client met what is wrong
)

// Verdicts lists them.
func Verdicts() []Verdict { return []Verdict{Noticed, Swallowed, Unknown, Moot, Unasked, Unreached} }

// Sign is why a verdict is what it is; words are filed under it.
type Sign string

// The signs.
const (
	SignLoggedIn    Sign = "logged-in"     // the app let the person in
	SignNotIn       Sign = "not-logged-in" // it did not
	SignSentOn      Sign = "code-sent-on"  // the code was sent to the token endpoint
	SignKept        Sign = "code-kept"     // it was not, and the client went on to something else
	SignUsed        Sign = "token-used"    // what came of the login was used
	SignNotUsed     Sign = "token-unused"  // it was not, though that of the first login was
	SignRefused     Sign = "refused"       // the provider refused, and the client got nothing
	SignDiscarded   Sign = "discarded"     // the app shows the right person, and nothing of the wrong answer
	SignNone        Sign = "no-sign"       // nothing that the client does after a login can be seen
	SignLacking     Sign = "lacking"       // see Moot; Need says what
	SignNotYet      Sign = "not-yet"
	SignNothingCame Sign = "nothing-came"
)

// Signs lists them.
func Signs() []Sign {
	return []Sign{
		SignLoggedIn, SignNotIn, SignSentOn, SignKept, SignUsed, SignNotUsed, SignRefused, SignDiscarded, SignNone,
		SignLacking, SignNotYet, SignNothingCame,
	}
}

// Result is what came of one question.
type Result struct {
	Question
	Verdict Verdict
	Sign    Sign
	// Evidence is what shows it: a request and how it was answered.
	Evidence []Evidence
}

// Evidence is one thing that was seen: which, and the values that tell it from another one, by turns with their
// names. Whoever reports it has the words.
type Evidence struct {
	Seen Seen
	With []string
}

// Seen names what was seen.
type Seen string

// What there is to see.
const (
	SeenExchange Seen = "exchange"       // a request to the provider: method, path, answer
	SeenCallback Seen = "callback"       // the app's answer to the authorization response: path, status
	SeenError    Seen = "callback-error" // the same with the words of its page
	SeenEnd      Seen = "end"            // a login ended before the callback: address, status
	SeenPage     Seen = "page"           // a page of the app, asked for anew: path, status
	SeenDoor     Seen = "door"           // the same, which sent the browser to log in
	SeenWord     Seen = "word"           // a word about somebody else
	SeenNoText   Seen = "no-text"        // a page lacks what shows a login: address, status, mark
	SeenNoStatus Seen = "no-status"
	SeenNoCookie Seen = "no-cookie"
)

// Seens lists them.
func Seens() []Seen {
	return []Seen{
		SeenExchange, SeenCallback, SeenError, SeenEnd, SeenPage, SeenDoor, SeenWord, SeenNoText, SeenNoStatus, SeenNoCookie,
	}
}

// Failed reports whether the client swallowed what the standard demands to
// notice. Strictly, what a standard advises counts too, and so does what nobody knows.
func (r *Result) Failed(strict bool) bool {
	return r.Verdict == Swallowed && (r.Must || strict) || strict && r.Verdict == Unknown
}

// Report is what the exam knows so far.
type Report struct {
	Client  string
	Works   bool // an ordinary login succeeded at first
	Still   bool // and after all questions
	Whole   bool // every question was asked, and the last login was made
	Results []Result
}

// Count is how many questions came to a verdict.
func (r *Report) Count(v Verdict) int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Verdict == v {
			n++
		}
	}
	return n
}

// Failed reports whether the client failed: in one result, or in an ordinary login.
func (r *Report) Failed(strict bool) bool {
	return !r.Works || r.Whole && !r.Still || slices.ContainsFunc(r.Results, func(one Result) bool { return one.Failed(strict) })
}

// Passed reports whether the client was asked everything and did not fail.
func (r *Report) Passed(strict bool) bool { return r.Whole && !r.Failed(strict) }

// Sight is what somebody saw who looked at the app itself.
type Sight struct {
	Known    bool // it could be told whether the person is logged in
	LoggedIn bool
	Person   bool // words about the person stand there
	Other    bool // words about somebody else do
	Evidence []Evidence
}

// Saw tells what was seen of the latest login.
func (s *Sitting) Saw(seen Sight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.logins); n > 0 {
		s.logins[n-1].seen = &seen
	}
}

// SawOf tells what was seen of the login that was given a question, at any time
// after it.
func (s *Sitting) SawOf(question string, seen Sight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l := s.loginWith(func(l *login) bool { return l.question >= 0 && s.questions[l.question].ID == question }); l != nil {
		l.seen = &seen
	}
}

// Report judges what was seen so far.
func (s *Sitting) Report() Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := Report{Client: s.client.ID, Works: s.first() != nil && !s.first().shut(), Whole: s.next >= len(s.questions) && s.last() != nil}
	r.Still = r.Whole && s.last().access != "" && !s.last().shut()
	for i, q := range s.questions {
		one := Result{Question: q}
		one.Must = s.demands(q)
		one.Verdict, one.Sign, one.Evidence = s.judge(i, q)
		r.Results = append(r.Results, one)
	}
	return r
}

// demands reports whether a standard demands of this client what a question asks:
// one that uses PKCE, or a nonce, may do without a state (RFC 9700 section 2.1).
func (s *Sitting) demands(q Question) bool {
	first := s.first()
	if q.Needs == NeedsState && first != nil && (first.asked["code_challenge"] || !s.lacks(NeedsNonce)) {
		return false
	}
	return q.Must
}

// shut reports whether somebody saw that the app did not let the person in.
func (l *login) shut() bool { return l.seen != nil && l.seen.Known && !l.seen.LoggedIn }

func (s *Sitting) judge(i int, q Question) (Verdict, Sign, []Evidence) {
	at := slices.IndexFunc(s.logins, func(l *login) bool { return l.question == i })
	switch {
	case at < 0 && s.first() != nil && s.lacks(q.Needs):
		return Moot, SignLacking, nil
	case at < 0:
		return Unasked, SignNotYet, nil
	}
	l := s.logins[at]
	if q.Needs != NeedsNothing && q.Needs != NeedsUserInfo && q.Needs != NeedsIDToken && !l.asked[string(q.Needs)] {
		return Moot, SignLacking, nil
	}
	closed := at < len(s.logins)-1 || l.seen != nil
	verdict, sign, evidence := s.byExchanges(q, l, closed)
	spilt := q.Spills && sign == SignSentOn // RFC 9207 section 2.4: it must not proceed with the grant
	if l.seen != nil && l.seen.Known && verdict != Unreached && !spilt {
		return l.seen.judge(q, append(evidence, l.seen.Evidence...))
	}
	return verdict, sign, evidence
}

// judge goes by what the app let somebody see. A client that throws away what
// UserInfo says and logs the person in does right (OpenID Connect Core section
// 5.3.2), so there it counts who is shown.
func (seen *Sight) judge(q Question, evidence []Evidence) (Verdict, Sign, []Evidence) {
	switch {
	case !seen.LoggedIn:
		return Noticed, SignNotIn, evidence
	case q.Stage == AtUserInfo && !seen.Other && seen.Person:
		return Noticed, SignDiscarded, evidence
	case q.Stage == AtUserInfo && !seen.Other:
		return Unknown, SignNone, evidence
	}
	return Swallowed, SignLoggedIn, evidence
}

// byExchanges judges by what the provider saw. Closed means that the client has
// gone on to something else, so that what it did not do it will not do.
func (s *Sitting) byExchanges(q Question, l *login, closed bool) (Verdict, Sign, []Evidence) {
	switch {
	case l.redeemed == nil && q.Stage == AtAnswer && closed:
		return Noticed, SignKept, nil
	case l.redeemed == nil && q.Stage == AtCode && q.Endpoint == "authorization" && closed:
		return Unknown, SignNone, nil
	case l.redeemed == nil && closed:
		return Unreached, SignNothingCame, nil
	case l.redeemed == nil:
		return Unasked, SignNotYet, nil
	case q.Stage == AtAnswer:
		return Swallowed, SignSentOn, told(l.redeemed)
	case q.Stage == AtCode && l.access == "":
		return Unknown, SignRefused, told(l.redeemed)
	case q.Stage == AtUserInfo && !slices.ContainsFunc(l.used, isUserInfo):
		return Unreached, SignNothingCame, told(l.redeemed)
	case q.Stage == AtUserInfo:
		return Unknown, SignNone, told(l.used...)
	case len(l.used) > 0:
		return Swallowed, SignUsed, told(l.used...)
	case len(s.first().used) > 0 && closed:
		return Noticed, SignNotUsed, told(l.redeemed)
	case closed:
		return Unknown, SignNone, told(l.redeemed)
	}
	return Unasked, SignNotYet, nil
}

func isUserInfo(e *logins.Exchange) bool { return e.Endpoint == logins.UserInfo }

// mostTold is how many exchanges are quoted.
const mostTold = 3

func told(all ...*logins.Exchange) []Evidence {
	var lines []Evidence
	for _, e := range all[:min(len(all), mostTold)] {
		answer := strings.TrimSpace(strconv.Itoa(e.Status()) + " " + e.Error())
		lines = append(lines, Evidence{SeenExchange, []string{"method", e.Request.Method, "path", e.Path(), "answer", answer}})
	}
	return lines
}
