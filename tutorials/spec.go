package tutorials

import (
	"fmt"
	"slices"
	"strings"
)

// numbered lists the documents besides RFCs whose sections have numbers that stay.
func numbered() []string {
	return []string{
		"OpenID Connect Core 1.0",
		"OpenID Connect Discovery 1.0",
		"OpenID Connect Back-Channel Logout 1.0",
		"OpenID Connect RP-Initiated Logout 1.0",
		"OpenID Connect Dynamic Client Registration 1.0",
		"OAuth 2.0 Multiple Response Types 1.0",
		"NIST SP 800-207",
	}
}

// ownName is what stands in the place of a section where a name comes from no standard at all.
const ownName = "no standard: this API’s own"

// living lists the documents that change under their readers, so that only the whole can be named.
func living() []string {
	return []string{"Fetch Standard", "HTML Standard", "CSP Level 3", "Referrer Policy"}
}

// checkSpec accepts "RFC 7636 §4.3", "OpenID Connect Core 1.0 §3.1.3.7", the
// bare name of a living standard, and a word for what is in no standard.
func checkSpec(s string) error {
	if s == ownName || slices.Contains(living(), s) {
		return nil
	}
	doc, section, ok := strings.Cut(s, " §")
	if !ok {
		return fmt.Errorf("spec %q names no section, as in \"RFC 7636 §4.3\"", s)
	}
	if !isSection(section) {
		return fmt.Errorf("spec %q: %q is no section number", s, section)
	}
	if number, isRFC := strings.CutPrefix(doc, "RFC "); isRFC && isNumber(number) {
		return nil
	}
	if slices.Contains(numbered(), doc) {
		return nil
	}
	return fmt.Errorf("spec %q: %q is no document that is known here", s, doc)
}

func isSection(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if !isNumber(part) {
			return false
		}
	}
	return true
}

func isNumber(s string) bool {
	return s != "" && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}
