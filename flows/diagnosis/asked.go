package diagnosis

import (
	"strings"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// askedRequest is an authorization request that somebody brought alone, since
// it failed. What providers demand differs, so a lack is possible and no more.
func (c *Case) askedRequest() *logins.Exchange {
	if !c.Known.Asked {
		return nil
	}
	for _, e := range c.Login.At(logins.Authorization, logins.Pushed) {
		if e.Answer == nil && e.Param("request_uri") == "" && e.Param("request") == "" {
			return e
		}
	}
	return nil
}

// lacks sees a parameter that a request which was brought alone has not.
func lacks(name string, sure Sure) look {
	return func(c *Case) *sighting {
		e := c.askedRequest()
		if e == nil || e.Param(name) != "" {
			return nil
		}
		return &sighting{sure: sure, at: e, shown: []Evidence{unsent(e, name)}}
	}
}

// has sees a parameter of a request that was brought alone with a value that
// cannot be right.
func has(name string, wrong func(string) bool) look {
	return func(c *Case) *sighting {
		e := c.askedRequest()
		if e == nil || e.Param(name) == "" || !wrong(e.Param(name)) {
			return nil
		}
		return likely(e, quote(e, name, e.Param(name)))
	}
}

func notS256(method string) bool { return method != "S256" }

// noHash is true of what is no SHA-256 hash in base64url.
func noHash(challenge string) bool {
	return len(challenge) != len(s256("")) || strings.ContainsAny(challenge, "+/=")
}

func separatedWrongly(scope string) bool {
	return strings.ContainsAny(scope, ",+") || strings.Contains(scope, "%20") || strings.Contains(scope, "  ")
}

func encodedTwice(address string) bool {
	return strings.Contains(strings.ToLower(address), "%3a%2f%2f")
}

func withFragment(address string) bool { return strings.Contains(address, "#") }

func unknownType(response string) bool {
	for w := range strings.FieldsSeq(response) {
		if w != "code" && w != "token" && w != "id_token" && w != "none" {
			return true
		}
	}
	return false
}
