package diagnosis

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Each library, proxy and provider tells the same fault in words of its own, and
// no list has them all. What they have in common is that they name a thing and
// say, in the same breath, what is wrong with it. The looks of this file know a
// cause by that. They give way to those that know a phrase or see for themselves.

// breath is how far a thing and what is said of it stand apart at most, in bytes.
const breath = 80

// tells is likely where a refusal names one of the things and one of the faults in
// one sentence. Both are words in lower case, spaces for underscores.
func tells(things, faults []string) look {
	return func(c *Case) *sighting {
		found, apart := "", 0
		e := c.refused(func(e *logins.Exchange) bool {
			if e.Broken() == nil {
				found, apart = c.said(e).sentence(things, faults)
			}
			return found != ""
		})
		if e == nil {
			return nil
		}
		s := likely(e, append(refusal(e), answered(e, "text", found))...)
		s.general = inSentence + apart
		return s
	}
}

// tellsToo narrows tells to refusals that name one of these somewhere else.
func tellsToo(named, things, faults []string) look {
	return func(c *Case) *sighting {
		if s := tells(things, faults)(c); s != nil && slices.ContainsFunc(named, c.said(s.at).names) {
			return s
		}
		return nil
	}
}

// How general a sighting is: each kind gives way to those before it, and of two
// sentences the one in which less stands between the thing and its fault.
const (
	byItself   = iota * 2 * breath // what shows in a request or an answer, or an error code that means one thing
	inPhrase                       // words that one thing is told by
	inSentence                     // a thing, and what is said of it
	inGeneral                      // what is left where no sentence says more
	anywhere                       // words that go with many failures
)

// general makes a look give way to sentences that are as sure.
func general(l look) look { return generally(inGeneral, l) }

// weak makes a look give way to those too.
func weak(l look) look { return generally(anywhere, l) }

func generally(how int, l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil {
			s.general = how
		}
		return s
	}
}

// patterns tell what in a text is no sentence, and how it says that there is none of a thing.
//
//nolint:gochecknoglobals // never changes; compiling them takes longer than reading a refusal by them
var patterns = sync.OnceValue(func() (p struct {
	parameter, called, example, errorURI, address, stack, code, value, no, grantType, peer *regexp.Regexp
},
) {
	p.parameter = regexp.MustCompile(
		`\b(redirect_uri|response_type|response_mode|grant_type|scope|code_challenge_method)"?[=:]\s*"?[^\s'"&,;]+`)
	p.called = regexp.MustCompile(`\b((?:invalid|unknown|unsupported|wrong|bad|illegal|unregistered|disallowed) ` +
		`(?:redirect_uri|response_type|response_mode|grant_type|scopes?|code_challenge_method))"?[=:]`)
	p.example = regexp.MustCompile(`\((e\.g\.|for example|such as)[^)]*\)`)
	p.errorURI = regexp.MustCompile(`\berror_uri"?'?\s*[:=]\s*["']?[^\s"'&,}]+`)
	p.address = regexp.MustCompile(`\b[a-z][a-z0-9+.-]*://[^\s"'<>]+`)
	p.stack = regexp.MustCompile(`(?m)^\s*(at [^\s]+ ?\(|at [^\s]+:\d+|file ").*$`)
	p.code = regexp.MustCompile(
		`\b(invalid_(grant|client|request|token|scope|target)|unauthorized_client|access_denied|server_error|` +
			`unauthorized ?client ?(exception|error))\b|\[[a-z_]+\]`)
	p.value = regexp.MustCompile(`\b([a-z][a-z0-9_.-]*)=("[^"]*"|[^\s&,;"]+)`)
	p.no = regexp.MustCompile(
		`\bno ((valid|matching|such|corresponding|suitable|saved|existing|session|active|bearer|access|valid session) )?$`)
	p.peer = regexp.MustCompile( // what has the name of a thing of OAuth, and is none: of a log, of Salesforce, of an authenticator
		`\bclient[_ -]?(ip|addr|address|host|port)\b|\b(activation|totp|otp|webhook|session|cookie) secret\b`)
	p.grantType = regexp.MustCompile(`\bgrant[_ ]?types?(?: is)?[:= ]+([a-z0-9_:.-]{4,64})`)
	return p
})

// names reports whether a text has a word.
func (s said) names(word string) bool { return wordAt(s.prose, word, 0) >= 0 }

// prose leaves of a text what people wrote: no addresses, no parameters with a
// value, no error codes, and no lines of a stack.
func prose(told string) string {
	p := patterns()
	told = p.address.ReplaceAllString(told, "…")
	told = p.stack.ReplaceAllString(told, "")
	told = p.code.ReplaceAllString(told, "…")
	told = p.peer.ReplaceAllString(told, "…")
	told = p.value.ReplaceAllStringFunc(told, func(pair string) string {
		if name, _, _ := strings.Cut(pair, "="); tellsFault(name) {
			return pair
		}
		return "…"
	})
	return spaced(told)
}

// tellsFault reports whether the lines of a log give what went wrong under a name; the others name who and where.
func tellsFault(name string) bool {
	return slices.Contains([]string{
		"error", "err", "error_description", "error_message", "errormessage", "msg", "message", "reason", "detail", "details", "description",
		"cause", "exception",
	}, name)
}

// sentence returns what a text says of one of the things, and how many bytes stand
// between the two, or the empty string. It gives the words alone: what stands
// between them may be a secret.
func (s said) sentence(things, faults []string) (words string, apart int) {
	apart = 2 * breath
	for _, thing := range things {
		for at := wordAt(s.prose, thing, 0); at >= 0; at = wordAt(s.prose, thing, at+1) {
			end := at + len(thing)
			before := sentenceBefore(s.prose[max(0, at-breath):at])
			after := sentenceAfter(s.prose[end:min(len(s.prose), end+breath)])
			if fault, gap := nearestFault(before, after, faults); fault != "" && gap < apart {
				words, apart = thing+" … "+fault, gap
			}
		}
	}
	return words, apart
}

// nearestFault is what is said of a thing, and how far away. What stands before it is rather said of something
// else, save in "invalid redirect_uri": "the client is not allowed to ask for a scope" is about the client.
func nearestFault(before, after string, faults []string) (nearest string, apart int) {
	apart = 2 * breath
	for _, fault := range faults {
		if gap := wordAt(after, fault, 0); fault != "no" && gap >= 0 && gap < apart && !denied(after[:gap]) {
			nearest, apart = fault, gap
		}
		gap := gapBefore(before, fault)
		if gap > adjacent {
			gap += breath / 2
		}
		if gap >= 0 && gap < apart {
			nearest, apart = fault, gap
		}
	}
	return nearest, apart
}

// denied reports whether what follows a text is said not to be so: "not expired".
func denied(before string) bool {
	before = strings.TrimRight(before, " ")
	return strings.HasSuffix(before, " not") || strings.HasSuffix(before, "n't") || before == "not"
}

// adjacent is how far a fault stands before its thing in "invalid redirect_uri".
const adjacent = 2

// gapBefore is how far a fault stands before the end of a text, or -1.
func gapBefore(before, fault string) int {
	last := -1
	for at := wordAt(before, fault, 0); at >= 0; at = wordAt(before, fault, at+1) {
		last = at
	}
	if last < 0 || fault == "no" && !endsInNo(before) || denied(before[:last]) {
		return -1
	}
	return len(before) - last - len(fault)
}

// endsInNo reports whether a thing is said not to be there: "no state", "no valid state".
func endsInNo(before string) bool {
	return patterns().no.MatchString(strings.NewReplacer(`"`, "", "'", "", "`", "").Replace(before))
}

// wordAt finds a word, or several, that no further letter or digit belongs to.
func wordAt(text, word string, from int) int {
	for from <= len(text) {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		i += from
		left, right := isLetter(word, 0) && isLetter(text, i-1), isLetter(word, len(word)-1) && isLetter(text, i+len(word))
		if !left && !right || strings.HasPrefix(word, "n't ") {
			return i
		}
		from = i + 1
	}
	return -1
}

func isLetter(text string, at int) bool {
	return at >= 0 && at < len(text) && (text[at] >= 'a' && text[at] <= 'z' || text[at] >= '0' && text[at] <= '9')
}

// ends are where a sentence is over. An address has dots too, but no space behind them.
func ends() []string { return []string{"\n", `\n`, ". ", "; ", " at ", `","`} }

func sentenceBefore(text string) string {
	for _, end := range ends() {
		if i := strings.LastIndex(text, end); i >= 0 {
			text = text[i+len(end):]
		}
	}
	return text
}

func sentenceAfter(text string) string {
	for _, end := range ends() {
		text, _, _ = strings.Cut(text, end)
	}
	return text
}

// What is said of things.

func missing() []string {
	return []string{
		"missing", "not found", "not present", "absent", "is empty", "was empty", "is null", "was null", "is nil", "is none", "undefined",
		"not set", "not provided", "not sent",
		"not specified", "not in", "no", "without", "lacks", "could not find", "couldn't find", "cannot find", "not available", "keyerror",
		"does not have", "doesn't have", "did not return", "not returned", "does not contain", "not contain", "n't contain", "not included",
		"not supplied", "unable to find", "can't find", "not exist", "n't exist", "not return", "didn't find", "did not find", "not retrieved",
		"could not be retrieved", "incomplete", "nonexistent", "unset", "is blank", "was lost", "not known to", "not be located", "neither",
		"none of", "failed to find", "could not extract", "failed to extract", "cannot extract", "unable to extract",
	}
}

func mismatch() []string {
	return []string{
		"mismatch", "mismatching", "mismatched", "not match", "n't match", "not equal", "not same", "unequal", "n't equal", "not the same",
		"different",
		"differs", "unexpected", "wrong", "incorrect", "invalid", "not valid", "isn't valid", "bad", "illegal", "unknown", "unrecognized",
		"tampered", "verification failed", "validation failed", "check failed", "failed", "not correct", "not verified",
		"could not be verified", "cannot be verified", "could not verify", "failed to verify", "failed to validate", "unable to verify",
		"unable to validate", "not recognized", "not matching", "no longer valid", "malformed", "does not correspond", "not one of",
		"not one that", "does not know", "not known", "corrupt", "corrupted", "inconsistent", "not expected", "does not belong",
		"unacceptable", "could not be validated", "cannot be validated", "did not validate", "not as expected",
	}
}

func forbiddenWords() []string {
	return []string{
		"not allowed", "n't allowed", "disallowed", "not permitted", "not supported", "unsupported", "n't supported", "not enabled", "disabled",
		"not authorized", "unauthorized", "not registered", "unregistered", "n't registered", "not whitelisted", "not configured",
		"not granted", "must be one of", "not accepted", "not in the list", "not listed",
	}
}

func expiredWords() []string {
	return []string{"expired", "has expired", "is expired", "too old", "no longer valid", "timed out", "stale", "past"}
}

func usedWords() []string {
	return []string{
		"already used", "already been used", "used twice", "already redeemed", "been redeemed", "already consumed", "been consumed",
		"used more than once", "used before", "reused", "replayed", "been exchanged", "already exchanged", "already been exchanged",
	}
}

func unreachable() []string {
	return []string{
		"404", "403", "401", "failed to fetch", "could not fetch", "couldn't fetch", "unable to fetch", "cannot fetch", "error fetching",
		"failed to get", "failed to load", "unable to load", "could not load", "could not be loaded", "could not be fetched",
		"failed to retrieve",
		"unable to retrieve", "couldn't retrieve", "could not retrieve", "could not be retrieved", "cannot be retrieved", "not reachable",
		"unreachable", "not found", "error loading", "failed to download", "error retrieving", "could not get", "cannot get", "unable to get",
		"error getting", "failed to discover", "fetch failed", "failed",
	}
}
