package pseudo

import (
	"slices"
	"strings"
	"unicode"
)

// Known is a set of words that may stand on a page without accents.
type Known map[string]bool

// protocol are names that every language writes so: of the protocol, of keys,
// of this program, and of the apps, the people and the permissions of its stories.
const protocol = `Grantwalk HTTP GET POST OPTIONS OK Found Forbidden Unauthorized Bad Request Content Created See Other
	RFC OIDC Core OpenID Connect OAuth UTC KB kB ms px curl JSON PNG SVG HTML HAR CSP PKCE SHA base64url
	Ctrl Alt Shift Esc Enter Page Down Up Left Right Home End Tab Space Plus Minus Return Escape
	Jane Doe Sam Reyes Dana Okafor Travel Finance Billing Old app App TV portal job browser desktop Demo English
	Location prompt acr amr mail read profile email openid invoices write offline access address phone`

// Names are the words that every page may hold, and those of some texts besides.
func Names(texts ...string) Known {
	known := Known{}
	for _, text := range append(texts, protocol) {
		known.Add(text)
	}
	return known
}

// Add lets the words of a text stand without accents.
func (k Known) Add(text string) {
	for _, word := range words(text) {
		k[word] = true
	}
}

// Left are the words of a text that have no accent and are not known: English
// that stands in the code.
func (k Known) Left(text string) []string {
	var left []string
	for _, word := range words(text) {
		if !k[word] && !slices.Contains(left, word) {
			left = append(left, word)
		}
	}
	return left
}

// words are those of two letters and more that have no accent and no digit.
func words(text string) []string {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }
	accented := func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }
	var found []string
	for word := range strings.FieldsFuncSeq(text, apart) {
		if len(word) >= 2 && !strings.ContainsFunc(word, accented) {
			found = append(found, word)
		}
	}
	return found
}
