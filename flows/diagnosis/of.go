package diagnosis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// maxCauses is how many causes of a login are told: more is no diagnosis.
const maxCauses = 4

// Of diagnoses every login of a log, and what belongs to none. Those that
// failed come first; a log in which nothing went wrong gives diagnoses without
// causes.
func Of(log *logins.Log, known Known) []Diagnosis {
	whole := overviewOf(log)
	all := ofEach(log, log.Logins, known, whole)
	if len(log.Around) > 0 {
		apart := &logins.Login{Exchanges: log.Around}
		d := ofOne(&Case{Log: log, Login: apart, Known: known, around: true, whole: whole})
		d.Login = nil
		all = append(all, d)
	}
	loopsOnce(all)
	slices.SortStableFunc(all, func(a, b Diagnosis) int { return weight(&a) - weight(&b) })
	return all
}

// loopsOnce tells a fault of each turn of a loop at the last of them alone, with how often it went round. What was
// refused stays where it is, and so does a turn of which something else is told as well.
func loopsOnce(all []Diagnosis) {
	var turns []int
	for i := range all {
		if len(turns) > 0 && !goesRound(&all[turns[len(turns)-1]], &all[i]) {
			tellLast(all, turns)
			turns = nil
		}
		turns = append(turns, i)
	}
	tellLast(all, turns)
}

// goesRound reports whether a login shows the fault of the one before, and began within moments of it. The turn
// after which a recording ends shows the loop alone.
func goesRound(before, d *Diagnosis) bool {
	if before.Login == nil || d.Login == nil || before.Stop != nil || d.Stop != nil || d.Login.Client != before.Login.Client ||
		len(before.Causes) == 0 || len(before.Causes) != len(d.Causes) || d.Login.Began().Sub(before.Login.Last().At()) > moments {
		return false
	}
	loop := len(d.Causes) == 1 && d.Causes[0].ID == "login-loop"
	return loop || slices.EqualFunc(before.Causes, d.Causes, func(a, b Cause) bool { return a.ID == b.ID })
}

func tellLast(all []Diagnosis, turns []int) {
	if len(turns) < loopsFrom {
		return
	}
	told := turns[len(turns)-1]
	if all[told].Causes[0].ID == "login-loop" {
		told = turns[len(turns)-2]
	}
	cause, first := &all[told].Causes[0], all[turns[0]].Login
	cause.Evidence = append(cause.Evidence, quote(first.Exchanges[0], "logins in a row", strconv.Itoa(len(turns))))
	for _, i := range turns {
		if i != told {
			all[i].Causes, all[i].Unknown = nil, nil
		}
	}
}

// OfLogins diagnoses some logins of a log, in the order in which they are given.
func OfLogins(log *logins.Log, some []*logins.Login, known Known) []Diagnosis {
	return ofEach(log, some, known, overviewOf(log))
}

func ofEach(log *logins.Log, some []*logins.Login, known Known, whole *overview) []Diagnosis {
	var all []Diagnosis
	for _, l := range some {
		all = append(all, ofOne(&Case{Log: log, Login: l, Known: known, whole: whole}))
	}
	return all
}

// OfLogin diagnoses one login of a log.
func OfLogin(log *logins.Log, l *logins.Login, known Known) Diagnosis {
	return ofOne(&Case{Log: log, Login: l, Known: known})
}

// weight puts first what was refused and is understood, then what was refused,
// then silence, and last what went well. An API that was asked before anybody
// had signed in comes after the logins, and so does a guess about what belongs to none.
func weight(d *Diagnosis) int {
	if d.Login == nil && len(d.Causes) > 0 && d.Causes[0].Sure == Possible {
		return 2 * len(Degrees())
	}
	if l := d.Login; l != nil && len(l.At(logins.Authorization, logins.Pushed, logins.Token, logins.DeviceAuthorization,
		logins.Callback)) == 0 {
		return 2*len(Degrees()) + weightAlone(d)
	}
	return weightAlone(d)
}

func weightAlone(d *Diagnosis) int {
	switch {
	case d.Stop != nil && len(d.Causes) > 0:
		return slices.Index(Degrees(), d.Causes[0].Sure)
	case len(d.Causes) > 0:
		return len(Degrees()) + slices.Index(Degrees(), d.Causes[0].Sure)
	case d.Stop != nil:
		return 2 * len(Degrees())
	}
	return 2*len(Degrees()) + 1
}

// First returns the first cause of the first diagnosis, or nil.
func First(all []Diagnosis) *Cause {
	if len(all) == 0 || len(all[0].Causes) == 0 {
		return nil
	}
	return &all[0].Causes[0]
}

func ofOne(c *Case) Diagnosis {
	c.refusals = c.unresolved()
	d := Diagnosis{Login: c.Login, Stop: c.Login.Stop()}
	d.Guessed = c.Known.AnswerOnly || slices.Contains(c.Known.LeftOut, UnknownStatus)
	if d.Stop != nil && d.Stop.Endpoint == logins.API && !d.Stop.Preflight && !slices.Contains(c.refusals, d.Stop) {
		d.Stop = nil // another login made it good
	}
	for _, row := range table() {
		seen := row.look(c)
		if seen == nil || c.Known.AnswerOnly && !seen.fromAnswer() || misplaced(c, seen, row.ID) || !c.stands(seen) {
			continue
		}
		c.place(seen, row.ID)
		d.Causes = append(d.Causes, Cause{
			ID: row.ID, Says: row.Says, Spec: row.Spec, Sure: seen.sure, At: seen.at, Evidence: c.masked(seen.shown),
			general: seen.general,
		})
	}
	slices.SortStableFunc(d.Causes, bySureness)
	oneCertain(d.Causes)
	slices.SortStableFunc(d.Causes, bySureness)
	d.Causes = withoutGuesses(d.Causes)
	if len(d.Causes) == 0 || d.Causes[0].Sure == Possible {
		d.Causes = readingFirst(d.Causes, readsLike(c, len(d.Causes) > 0))
	}
	if d.Failed() || c.Known.Asked {
		d.Unknown = c.unknown(&d)
	}
	return d
}

// bySureness puts the surest first, and of those that are as sure what is more particular.
func bySureness(a, b Cause) int {
	if by := slices.Index(Degrees(), a.Sure) - slices.Index(Degrees(), b.Sure); by != 0 {
		return by
	}
	if by := a.general - b.general; by != 0 {
		return by
	}
	return a.At.Number - b.At.Number // what failed first is why the rest did
}

// oneCertain lets one cause of an exchange be certain, the most particular: what else would explain the refusal as well
// was not needed for it.
func oneCertain(all []Cause) {
	proved := map[*logins.Exchange]bool{}
	for i := range all {
		c := &all[i]
		if c.Sure != Certain {
			continue
		}
		if proved[c.At] {
			c.Sure = Likely
		}
		proved[c.At] = true
	}
}

// place makes a guess of what an API would say where the token endpoint refused a grant, as far as words tell.
func (c *Case) place(seen *sighting, id string) {
	switch {
	case !c.Known.AnswerOnly:
	case ofAPI(id) && refusesGrant(seen.at):
		seen.sure, seen.general = Possible, anywhere
	case ofNetwork(id) && answersGrant(seen.at) && c.said(seen.at).described != "":
		if seen.general >= anywhere {
			seen.sure = Possible
		}
		seen.general = anywhere + breath // whoever says that much of a request was reached
	case ofClient(id) && seen.at.Error() == "invalid_grant" && seen.sure == Possible:
		seen.general = anywhere + breath // the client was let in before its grant was looked at
	}
}

// ofClient knows the causes by which the token endpoint refuses a client.
func ofClient(id string) bool {
	return slices.Contains([]string{"secret-wrong", "client-unknown", "auth-method-other", "secret-missing"}, id)
}

// ofNetwork knows the causes by which nobody answers.
func ofNetwork(id string) bool { return id == "no-answer" || id == "no-answer-to-server" }

// answersGrant reports whether an answer has a code that only a provider gives who has read the request (RFC 6749
// sections 4.1.2.1 and 5.2).
func answersGrant(e *logins.Exchange) bool {
	return refusesGrant(e) || slices.Contains([]string{"access_denied", "unauthorized_client", "invalid_request", "invalid_scope"}, e.Error())
}

// ofAPI knows the causes by which an API refuses a token, whatever the token is.
func ofAPI(id string) bool {
	return slices.Contains([]string{"token-expired", "token-from-the-future", "token-revoked", "token-missing", "token-refused"}, id)
}

// refusesGrant reports whether an answer has a code that the token endpoint alone gives (RFC 6749 section 5.2).
func refusesGrant(e *logins.Exchange) bool {
	return slices.Contains([]string{"invalid_grant", "invalid_client", "unsupported_grant_type"}, e.Error())
}

// fromAnswer keeps of what was seen what an answer says, and reports whether
// that is all.
func (s *sighting) fromAnswer() bool {
	s.shown = slices.DeleteFunc(s.shown, func(e Evidence) bool { return e.Value == "" || e.Field == "status" })
	for i := range s.shown {
		if strings.HasPrefix(s.shown[i].Where, "answer") {
			s.shown[i].Where = "answer" // its status nobody knows
		}
	}
	return len(s.shown) > 0 && !slices.ContainsFunc(s.shown, func(e Evidence) bool { return !strings.HasPrefix(e.Where, "answer") })
}

// withoutGuesses leaves out what is merely possible once something about the
// same exchange is certain.
func withoutGuesses(all []Cause) []Cause {
	out := slices.DeleteFunc(all, func(c Cause) bool {
		return c.Sure == Possible && slices.ContainsFunc(all, func(o Cause) bool { return o.Sure == Certain && o.At == c.At })
	})
	if len(out) > 0 && out[0].Sure == Likely && out[0].general < inSentence { // words that mean one thing alone
		out = slices.DeleteFunc(out, func(c Cause) bool { return c.Sure == Possible && c.general >= anywhere && c.At == out[0].At })
	}
	return out[:min(len(out), maxCauses)]
}

// unknown lists what would have helped and was not there.
func (c *Case) unknown(d *Diagnosis) []Unknown {
	sure := len(d.Causes) > 0 && d.Causes[0].Sure != Possible
	if c.Known.AnswerOnly && !sure { // with both it would most often be more than a guess
		return []Unknown{UnknownRequest, UnknownLog}
	}
	var out []Unknown
	if d.Stop != nil && d.Stop.Endpoint.Provides() && d.Stop.Broken() == nil && d.Stop.Trouble() == nil {
		out = append(out, UnknownRules)
	}
	if !c.Known.Ended && !c.Known.Asked {
		out = append(out, UnknownEnd)
	}
	out = append(out, c.Known.LeftOut...)
	if c.Known.AnswerOnly || sure && d.Causes[0].Sure == Certain {
		return out
	}
	came := slices.ContainsFunc(c.Login.Exchanges, func(e *logins.Exchange) bool { return e.Came("code") != "" })
	asked := c.Login.At(logins.API)
	switch {
	case c.Known.Asked && len(asked) > 0 && asked[0].Answer == nil && !slices.Contains(out, UnknownAnswer):
		out = append(out, UnknownAPI)
	case came && len(c.Login.At(logins.Callback)) == 0:
		out = append(out, UnknownCallback)
	case len(c.Login.At(logins.Callback)) > 0 && len(c.Login.At(logins.Token)) == 0:
		out = append(out, UnknownToken)
	}
	return out
}
