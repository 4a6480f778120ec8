package address

import "strings"

// PlaceStandards is where sections of the standards are looked up: standards/<document>/<section>.
const PlaceStandards = "standards"

// LinkSpec is the kind of a link that names a section: spec:RFC 7636 §4.6.
const LinkSpec = "spec"

// OfSection is where a section is looked up: "RFC 7636 §4.6", "RFC 6749 Appendix
// A.5", or a standard alone.
func OfSection(spec string) Address {
	document, section := Section(spec)
	if section == "" {
		return At(PlaceStandards, Document(document))
	}
	return At(PlaceStandards, Document(document), section)
}

// Section takes "RFC 7636 §4.6" apart.
func Section(spec string) (document, section string) {
	document, section, found := strings.Cut(spec, " §")
	if !found {
		document, section, _ = strings.Cut(spec, " Appendix ")
	}
	return document, section
}

// Document is what an address calls a standard: "rfc7636", "openid-connect-core-1.0".
func Document(name string) string {
	name = strings.ToLower(name)
	if number, ok := strings.CutPrefix(name, "rfc "); ok {
		return "rfc" + number
	}
	return strings.ReplaceAll(name, " ", "-")
}
