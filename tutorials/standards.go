package tutorials

import (
	_ "embed"
	"fmt"

	"github.com/BurntSushi/toml"
)

//go:embed sections.toml
var sectionsFile string

// Standards are the headings of the standards that texts and rules may cite,
// by document and section: "RFC 7636", "4.6". They are in no language but
// their own, so they lie beside the languages.
type Standards map[string]map[string]string

// ReadStandards reads the headings.
func ReadStandards() (Standards, error) {
	var s Standards
	if _, err := toml.Decode(sectionsFile, &s); err != nil {
		return nil, fmt.Errorf("read the headings of the standards: %w", err)
	}
	return s, nil
}

// Heading returns the heading of a section. Not every section is there, only those that are cited.
func (s Standards) Heading(document, section string) (string, bool) {
	heading, ok := s[document][section]
	return heading, ok
}
