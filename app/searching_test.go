//go:build !race

package app

import (
	"cmp"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/app/look/looktest"
	"github.com/grantwalk/grantwalk/app/search"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/tutorials"
)

// typed is what people type, with what they mean: an address, or the id of a command.
func typed() map[string]string {
	return map[string]string{
		// as it is called
		"PKCE": "glossary/pkce", "state": "glossary/state", "nonce": "glossary/nonce", "jwt": "glossary/jwt", "scope": "glossary/scope",
		"consent": "glossary/consent", "csrf": "glossary/csrf", "phishing": "glossary/phishing", "bearer": "glossary/bearer-token",
		"audience": "glossary/audience", "authentication": "glossary/authentication", "oauth": "glossary/oauth", "glossary": "glossary",
		"redirect_uri": "dictionary/parameter/redirect_uri", "exp": "dictionary/claim/exp", "at_hash": "dictionary/claim/at_hash",
		"invalid_grant": "mix-up/what-invalid-grant-means", "4.1.3": "standards/rfc6749/4.1.3", "RFC 7636": "standards/rfc7636",
		"rfc7636 4.6": "standards/rfc7636/4.6", "401": "standards/rfc9110/15.5.2", "spring": "stack/spring", "postman": "stack/postman",
		"device": "walk/device-code", "implicit": "walk/implicit", "client credentials": "walk/client-credentials",
		"openid connect": "walk/openid-connect", "refresh": "walk/refresh-token", "lesson 1": "lesson/who-are-you",
		"dark": "theme.dark", "zoom": "view.zoom-in", "full screen": "window.full", "quit": "window.quit", "export": "run.export",
		"hotel": "lens.hotel", "present": "place.present", "keys": "window.keys", "next": "walk.next",
		// by another name
		"login": "walk/authorization-code-pkce", "sign in": "walk/authorization-code-pkce", "log out": "walk/single-sign-on",
		"logout": "walk/single-sign-on", "sso": "walk/single-sign-on", "dark mode": "theme.dark", "font size": "view.zoom-in",
		"callback url": "dictionary/parameter/redirect_uri", "redirect_uri mismatch": "mix-up/redirect-uri-exact-and-twice", "m2m": "lesson/machine-to-machine", "shortcuts": "window.keys",
		"revoke": "walk/introspection-revocation", "my app": "place.connect", "token": "glossary/access-token",
		// as several, with a slip, in a question
		"scopes": "glossary/scope", "refresh tokens": "walk/refresh-token", "tocken": "glossary/access-token", "verifer": "glossary/code-verifier",
		"authentification": "glossary/authentication", "authorisation": "glossary/authorization", "acess tokn": "glossary/access-token",
		"what is pkce": "glossary/pkce", "what does invalid_grant mean": "mix-up/what-invalid-grant-means",
		"where do I keep the tokens": "glossary/public-client", "access_token expired": "dictionary/parameter/access_token",
	}
}

func TestWhatPeopleTypeIsFoundFirst(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	for _, voice := range tutorials.Voices() {
		w.view.setVoice(voice)
		for words, want := range typed() {
			if got := foundFirst(w, words); got != want {
				t.Errorf("%s: %q finds %s first, and not %s", voice, words, got, want)
			}
		}
	}
}

func TestACommandIsFoundByItsWholeNameBeforeAllElse(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	for _, place := range []string{"walk", "connect"} {
		w.Go(address.At(place))
		for _, c := range search.Commands(w.table()) {
			if got := foundFirst(w, c.Title); got != c.ID && !strings.Contains(got, "/") && !w.sameWords(got, c.Title) {
				t.Errorf("in %s: %q finds %s first, and not %s", place, c.Title, got, c.ID)
			}
		}
	}
}

// sameWords reports whether another command is called the same.
func (w *window) sameWords(id, words string) bool {
	for _, c := range search.Commands(w.table()) {
		if c.ID == id && c.Title == words {
			return true
		}
	}
	return false
}

func TestWhatPeopleCallOtherwiseFindsWhatItIsCalledHere(t *testing.T) {
	w := opening(t, looktest.Bare(t), at("token"))
	others := 0
	for _, id := range w.words.Catalog().IDs() {
		called, names, _ := strings.Cut(w.words.Catalog().Text(id), ":")
		if !strings.HasPrefix(id, "search.same.") {
			continue
		}
		want := foundFirst(w, called)
		for name := range strings.SplitSeq(names, ",") {
			others++
			if got := foundFirst(w, name); got == "" || got != want {
				t.Errorf("%q finds %q first, and %q finds %q", name, got, called, want)
			}
		}
	}
	if others < 40 {
		t.Errorf("there are %d other names", others)
	}
}

// foundFirst is where the first hit leads, or the id of the command that it is.
func foundFirst(w *window, words string) string {
	groups := w.finder.Find(w.manner(), providerName, w.table())(words)
	if len(groups) == 0 {
		return ""
	}
	hit := groups[0].Hits[0]
	return cmp.Or(hit.ID, hit.To.String())
}
