package tutorials

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// inComment finds what a comment cites: “RFC 6749 section 4.1.2” or “(OpenID
// Connect Core 1.0 section 2, RFC 7519 section 7.2)”, and what follows an “and”.
var inComment = regexp.MustCompile(`(RFC [1-9]\d*|OpenID Connect [A-Z][A-Za-z -]*? 1\.0),? sections? ` +
	`([0-9]+(?:\.[0-9]+)*)((?:(?:,| and| or|, and| to) (?:section )?[0-9]+(?:\.[0-9]+)+)*)`)

// TestEverySectionThatACommentCitesExists holds the sources to the table of
// headings that the texts and the rules are held to.
func TestEverySectionThatACommentCitesExists(t *testing.T) {
	known, err := ReadStandards()
	if err != nil {
		t.Fatal(err)
	}
	cited := 0
	err = filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range inComment.FindAllStringSubmatch(joined(string(source)), -1) {
			for _, section := range append([]string{m[2]}, regexp.MustCompile(`[0-9]+(?:\.[0-9]+)+`).FindAllString(m[3], -1)...) {
				cited++
				if _, ok := known.Heading(m[1], section); !ok {
					t.Errorf("%s: %s section %s is not in tutorials/sections.toml: add it with its heading", path, m[1], section)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if cited < 400 {
		t.Errorf("only %d sections were looked at", cited)
	}
}

// joined puts a comment that goes on over lines into one.
func joined(source string) string {
	return regexp.MustCompile(`\n\s*// ?`).ReplaceAllString(source, " ")
}
