package address

import "strings"

// LinkAt is the kind of a link that names an address: at:walk/implicit/mail.
const LinkAt = "at"

// OfLink is where a link of the words leads: glossary:token to the page of that
// term, spec:RFC 7636 §4.6 to that section, at:walk/implicit to that address.
func OfLink(link string) Address {
	kind, what, _ := strings.Cut(link, ":")
	if to, err := Parse(what); err == nil && kind == LinkAt {
		return to
	}
	if kind == LinkSpec {
		return OfSection(what)
	}
	return At(kind, what)
}
