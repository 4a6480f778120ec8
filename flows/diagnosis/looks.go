package diagnosis

import (
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// Looks that many rows share.

// byRule is certain where our own provider, or a party of the stage, said that
// one of these rules was broken.
func byRule(ids ...string) look {
	return func(c *Case) *sighting {
		if e, check := c.broke(ids...); e != nil {
			return certain(e, ruled(e, check)...)
		}
		return nil
	}
}

// byRuleAt is byRule for a rule whose id stands for something else elsewhere.
func byRuleAt(place logins.Endpoint, ids ...string) look {
	return func(c *Case) *sighting {
		e := c.refused(func(e *logins.Exchange) bool {
			return e.Endpoint == place && e.Broken() != nil && slices.Contains(ids, e.Broken().ID)
		})
		if e == nil {
			return nil
		}
		return certain(e, ruled(e, e.Broken())...)
	}
}

// bySaying is likely where an answer uses one of these phrases, in lower case:
// the words by which providers, libraries and APIs tell it.
func bySaying(phrases ...string) look {
	return func(c *Case) *sighting {
		e, phrase := c.told(phrases...)
		if e == nil || e.Broken() != nil { // who names its rules means these
			return nil
		}
		s := likely(e, saying(e, phrase)...)
		s.general = c.said(e).phrased(phrase)
		return s
	}
}

// saying quotes what an answer says, with a phrase that stands elsewhere in it.
func saying(e *logins.Exchange, phrase string) []Evidence {
	shown := refusal(e)
	if !contains(spaced(strings.ToLower(e.Error()+e.Description())), spaced(phrase)) {
		shown = append(shown, answered(e, "text", phrase))
	}
	return shown
}

// byMissing is likely where an answer says that a parameter did not come. Each
// provider has words of its own for that, and all of them name the parameter.
func byMissing(name string) look {
	return func(c *Case) *sighting {
		e := c.refused(func(e *logins.Exchange) bool {
			came := !c.Known.AnswerOnly && e.Param(name) != "" // "missing or invalid" is what some say of both
			return e.Broken() == nil && !came && c.said(e).lacks(name)
		})
		if e == nil {
			return nil
		}
		s := likely(e, saying(e, name)...)
		s.general = c.said(e).phrased(name)
		return s
	}
}

// whereUnsent narrows a look to requests without a parameter, as far as they are known.
func whereUnsent(name string, l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && !c.Known.AnswerOnly && s.at.Param(name) != "" {
			return nil
		}
		return s
	}
}

// unlessUnsent makes a look no surer than likely where a parameter of the request is not known.
func unlessUnsent(name string, l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil && s.sure == Certain && s.at.Param(name) == "" {
			s.sure = Likely
		}
		return s
	}
}

// bySayingBoth is likely where an answer names a thing, and says of it that it
// is not as it should be. It is for what is told in ever new words.
func bySayingBoth(things, faults []string) look {
	return func(c *Case) *sighting {
		s := bySaying(faults...)(c)
		if s == nil || !slices.ContainsFunc(things, func(thing string) bool { return wordAt(c.said(s.at).told, thing, 0) >= 0 }) {
			return nil
		}
		s.shown = append(s.shown, answered(s.at, "text", things[0]))
		return s
	}
}

// guess makes a look no surer than possible: what is said would have other reasons too.
func guess(l look) look {
	return func(c *Case) *sighting {
		s := l(c)
		if s != nil {
			s.sure = Possible
		}
		return s
	}
}

// about narrows a look to what it sees at some endpoints.
func about(l look, places ...logins.Endpoint) look {
	return func(c *Case) *sighting {
		if s := l(c); s != nil && slices.Contains(places, s.at.Endpoint) {
			return s
		}
		return nil
	}
}

// byCode is likely where an endpoint answers one of these codes.
func byCode(place logins.Endpoint, codes ...string) look {
	return func(c *Case) *sighting {
		e := c.refusedAt(place, codes...)
		if e == nil || e.Broken() != nil {
			return nil
		}
		s := likely(e, refusal(e)...)
		s.general = c.said(e).phrased(e.Error())
		return s
	}
}

// byStatus is certain where an answer has a status that means one thing alone.
func byStatus(status int) look {
	return func(c *Case) *sighting {
		e := c.refused(func(e *logins.Exchange) bool { return e.Status() == status })
		if e == nil {
			return nil
		}
		return certain(e, answered(e, "status", strconv.Itoa(status)))
	}
}

// either is the first look that sees something; the surer ones stand first.
func either(looks ...look) look {
	return func(c *Case) *sighting {
		for _, l := range looks {
			if s := l(c); s != nil {
				return s
			}
		}
		return nil
	}
}

// when narrows a look to cases that have to do with it.
func when(is func(*Case) bool, l look) look {
	return func(c *Case) *sighting {
		if !is(c) {
			return nil
		}
		return l(c)
	}
}

// unless drops a look where a more particular one sees something.
func unless(better, l look) look {
	return func(c *Case) *sighting {
		if better(c) != nil {
			return nil
		}
		return l(c)
	}
}
