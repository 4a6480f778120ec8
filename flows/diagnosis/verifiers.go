package diagnosis

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// verifierRows are about PKCE. Whoever has challenge and verifier can work out
// for itself whether they belong together, whatever the provider says.
func verifierRows() []Row {
	match := rfc("7636", "4.6")
	return []Row{
		{"pkce-missing", "the authorization request has no code_challenge", rfc("9700", "2.1.1"), either(
			byRule("code-challenge-present"), lacks("code_challenge", Possible),
			byMissing("code_challenge"), unless(beganWithChallenge, byMissing("code_challenge_method")),
			unless(bySaying("code_challenge_method"), bySaying("code challenge required", "pkce is required",
				"proof key for code exchange is required", "must include a code_challenge")), unless(beganWithChallenge, tells([]string{
				"code challenge", "pkce", "codechallenge",
				"proof key",
			},
				append(missing(), "required", "requires", "must"))),
		)},
		{"pkce-method", "code_challenge_method is not S256; left out, it means plain", rfc("7636", "4.3"), either(
			byRule("code-challenge-method"), has("code_challenge_method", notS256), unless(byMissing("code_challenge_method"),
				bySaying("code_challenge_method", "code challenge method",
					"transform algorithm not supported")), when(func(c *Case) bool { return beganWithChallenge(c) != nil },
				byMissing("code_challenge_method")),
		)},
		{"pkce-challenge-syntax", "code_challenge is no SHA-256 hash in base64url without padding", rfc("7636", "4.2"), either(
			byRule("code-challenge-syntax"), has("code_challenge", noHash), bySaying("invalid parameter: code_challenge",
				"invalid code_challenge"), about(tells([]string{"code challenge"}, append(mismatch(), "43")), logins.Authorization),
		)},
		{"verifier-is-challenge", "the challenge was sent as the verifier, or the verifier as the challenge", match, func(c *Case) *sighting {
			return halvesDiffer(c, func(p *pkce) bool { return p.challenge == p.verifier })
		}},
		{"verifier-encoding", "the challenge was computed in another way than S256", match, func(c *Case) *sighting {
			return halvesDiffer(c, func(p *pkce) bool { return slices.Contains(misencoded(p.verifier), p.challenge) })
		}},
		{
			"login-started-twice", "the login was started twice at once, and the second verifier took the place of the first", match,
			either(startedTwice, ended(startedAgain),
				bySaying("interaction_in_progress", "interaction is currently in progress", "already in progress")),
		},
		{"verifier-of-other-login", "the verifier belongs to another login of the same app", match, verifierOfOther},
		{"verifier-missing", "the token request has no code_verifier, although the login began with a challenge", match, either(
			byRule("code-verifier-present"), verifierAbsent,
			byMissing("code_verifier"), bySaying("code verifier not specified"),
			tells([]string{"code verifier", "codeverifier", "pkce verifier"}, append(missing(), "required")),
		)},
		{"verifier-syntax", "code_verifier has characters or a length that no verifier has", rfc("7636", "4.1"), either(
			byRule("code-verifier-syntax"), bySaying("invalid code verifier: ", "code verifier is too short", "code_verifier has invalid"),
			verifierMalformed,
		)},
		{"verifier-without-challenge", "a code_verifier came for a login that began without a challenge", rfc("9700", "4.8.2"), either(
			byRule("code-verifier-unexpected"), verifierUnasked, bySaying("unexpected code verifier",
				"code_challenge was not"),
		)},
		{"verifier-lost", "the verifier is not the one that the login began with", match, unless(startedTwice, either(
			func(c *Case) *sighting { return halvesDiffer(c, func(*pkce) bool { return true }) },
			byRule("code-verifier-matches"),
			bySaying("code verifier is invalid", "code_verifier does not match", "code challenge failed", "pkce validation failed",
				"pkce verification", "transformed code verifier"),
			tells([]string{"code verifier", "codeverifier", "pkce", "verifier", "code challenge", "pkce verifier"}, mismatch()),
		))},
	}
}

// beganWithChallenge sees a login that began with a challenge.
func beganWithChallenge(c *Case) *sighting {
	if challenge, _ := c.Login.Challenge(); challenge != "" {
		return possible(c.Login.Exchanges[0])
	}
	return nil
}

// pkce is the two halves of one login, as they crossed.
type pkce struct {
	challenge, verifier string
	at                  *logins.Exchange // where the verifier was sent
	sure                Sure             // that both are of one login
}

// halvesOf returns both halves of a refused login in S256.
func halvesOf(c *Case) *pkce {
	e := c.refusedAt(logins.Token, "invalid_grant") // another code is about something else
	if e == nil || e.Param("code_verifier") == "" {
		return nil
	}
	if check := e.Broken(); check != nil && check.ID != "code-verifier-matches" {
		return nil
	}
	challenge, method := c.Login.Challenge()
	if challenge == "" || method != "S256" {
		return nil
	}
	return &pkce{challenge, e.Param("code_verifier"), e, sureOfCode(c, e)}
}

// sureOfCode is certain where the code of a token request is seen to come in the login: then it is no other one's.
func sureOfCode(c *Case, e *logins.Exchange) Sure {
	if slices.ContainsFunc(c.Login.Exchanges, func(o *logins.Exchange) bool {
		return o.Number < e.Number && (o.Came("code") == e.Param("code") || o.Endpoint == logins.Callback && o.Param("code") == e.Param("code"))
	}) {
		return Certain
	}
	return Likely
}

// s256 is the challenge of a verifier (RFC 7636 section 4.2).
func s256(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// halvesDiffer sees halves that do not belong together, in a way that a test tells.
// That they do not is certain, whatever the provider answered.
func halvesDiffer(c *Case, is func(*pkce) bool) *sighting {
	p := halvesOf(c)
	if p == nil || s256(p.verifier) == p.challenge || !is(p) {
		return nil
	}
	return &sighting{sure: p.sure, at: p.at, shown: append(shownHalves(c, p), refusal(p.at)...)}
}

func shownHalves(c *Case, p *pkce) []Evidence {
	first := c.Login.At(logins.Pushed, logins.Authorization)
	var shown []Evidence
	if len(first) > 0 {
		shown = append(shown, quote(first[0], "code_challenge", p.challenge))
	}
	return append(shown, quote(p.at, "hash of code_verifier", s256(p.verifier)))
}

// misencoded lists what people make of a verifier instead of S256.
func misencoded(verifier string) []string {
	sum := sha256.Sum256([]byte(verifier))
	hexed := hex.EncodeToString(sum[:])
	again := sha256.Sum256([]byte(s256(verifier)))
	out := []string{
		base64.StdEncoding.EncodeToString(sum[:]), base64.RawStdEncoding.EncodeToString(sum[:]), base64.URLEncoding.EncodeToString(sum[:]),
		hexed, strings.ToUpper(hexed), base64.RawURLEncoding.EncodeToString([]byte(hexed)), base64.RawURLEncoding.EncodeToString(again[:]),
		base64.RawURLEncoding.EncodeToString([]byte(verifier)),
	}
	if raw, err := base64.RawURLEncoding.DecodeString(verifier); err == nil {
		of := sha256.Sum256(raw)
		out = append(out, base64.RawURLEncoding.EncodeToString(of[:]))
	}
	return out
}

// atOnce is how close two beginnings are that one click caused.
const atOnce = 2 * time.Second

// brokenOff is the beginning of another login of the app within a moment, for the
// sake of which the browser may have broken off this one.
func (c *Case) brokenOff(e *logins.Exchange) *logins.Exchange {
	if e.Endpoint != logins.Authorization || e.Status() != 0 || e.At().IsZero() || !navigates(e) {
		return nil
	}
	var first *beginning
	for _, b := range c.over().beginnings(c.Login.Client, e) {
		near := b.login != c.Login && b.asked.At().Sub(e.At()).Abs() <= atOnce
		if near && (first == nil || b.login.Number < first.login.Number) {
			first = &b
		}
	}
	if first == nil {
		return nil
	}
	return first.asked
}

// startedAgain sees a navigation to the provider that the browser broke off for another one.
func startedAgain(c *Case) *sighting {
	for _, e := range c.Login.Exchanges {
		if o := c.brokenOff(e); o != nil {
			return likely(e, quote(o, "authorization request", "1"), quote(e, "authorization request", "2"+later(o, e)))
		}
	}
	return nil
}

// startedTwice sees two authorization requests of the app within a moment, and
// a verifier of the other.
func startedTwice(c *Case) *sighting {
	p := halvesOf(c)
	if p == nil || s256(p.verifier) == p.challenge {
		return nil
	}
	mine := c.Login.At(logins.Pushed, logins.Authorization)
	for _, l := range c.Log.Logins {
		others := l.At(logins.Pushed, logins.Authorization)
		if l == c.Login || l.Client != c.Login.Client || len(others) == 0 || len(mine) == 0 {
			continue
		}
		gap := others[0].At().Sub(mine[0].At()).Abs()
		if gap > atOnce || mine[0].At().IsZero() || others[0].At().After(p.at.At()) || over(l, mine[0]) {
			continue
		}
		shown := append([]Evidence{
			quote(mine[0], "authorization request", "1"), quote(others[0], "authorization request",
				"2, "+gap.Round(time.Millisecond).String()+" apart"),
		}, shownHalves(c, p)...)
		challenge, _ := l.Challenge()
		s := &sighting{sure: Likely, at: p.at, shown: shown}
		if challenge == s256(p.verifier) {
			s.sure = p.sure
			s.shown = append(s.shown, quote(others[0], "code_challenge", challenge))
		}
		return s
	}
	return nil
}

// over reports whether a login had gone well before a request came: it was no rival any more.
func over(l *logins.Login, at *logins.Exchange) bool {
	return l.State() == logins.Done && l.Last().At().Before(at.At())
}

// verifierOfOther finds the login that the verifier belongs to.
func verifierOfOther(c *Case) *sighting {
	p := halvesOf(c)
	if p == nil || s256(p.verifier) == p.challenge {
		return nil
	}
	for _, l := range c.Log.Logins {
		if challenge, _ := l.Challenge(); l != c.Login && challenge != "" && challenge == s256(p.verifier) {
			first := l.At(logins.Pushed, logins.Authorization)[0]
			return &sighting{sure: p.sure, at: p.at, shown: append(shownHalves(c, p), quote(first, "code_challenge", challenge))}
		}
	}
	return nil
}

func verifierAbsent(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant", "invalid_request")
	challenge, _ := c.Login.Challenge()
	if e == nil || challenge == "" || e.Broken() != nil || !e.Request.IsForm() || inAddress(e) != "" ||
		e.Param("grant_type") != "authorization_code" ||
		e.Param("code_verifier") != "" {
		return nil
	}
	first := c.Login.At(logins.Pushed, logins.Authorization)[0]
	return certain(e, append([]Evidence{
		quote(first, "code_challenge", challenge), unsent(e, "code_verifier"),
	}, refusal(e)...)...)
}

// verifierMalformed counts what RFC 7636 section 4.1 allows.
func verifierMalformed(c *Case) *sighting {
	e := c.refusedAt(logins.Token)
	if e == nil || e.Broken() != nil {
		return nil
	}
	verifier := e.Param("code_verifier")
	good := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-._~", r)
	}
	bad := strings.IndexFunc(verifier, func(r rune) bool { return !good(r) })
	if verifier == "" || len(verifier) >= 43 && len(verifier) <= 128 && bad < 0 {
		return nil
	}
	return likely(e, append([]Evidence{quote(e, "code_verifier", Short(verifier))}, refusal(e)...)...)
}

// verifierUnasked needs an authorization request that was recorded whole.
func verifierUnasked(c *Case) *sighting {
	e := c.refusedAt(logins.Token, "invalid_grant", "invalid_request")
	first := c.Login.At(logins.Authorization)
	if e == nil || e.Broken() != nil || len(first) == 0 || e.Param("code_verifier") == "" {
		return nil
	}
	challenge, _ := c.Login.Challenge()
	if challenge != "" || first[0].Param("request_uri") != "" || first[0].Param("request") != "" {
		return nil
	}
	return likely(e, append([]Evidence{
		unsent(first[0], "code_challenge"), quote(e, "code_verifier", e.Param("code_verifier")),
	}, refusal(e)...)...)
}
