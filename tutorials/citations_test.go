//go:build !race

package tutorials

import (
	"io/fs"
	"os"
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
	house := os.DirFS("..")
	cited := 0
	err = fs.WalkDir(house, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := fs.ReadFile(house, path)
		for _, c := range inComments(string(source)) {
			cited++
			if _, ok := known.Heading(c[0], c[1]); !ok {
				t.Errorf("%s: %s section %s is not in tutorials/sections.toml: add it with its heading", path, c[0], c[1])
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if cited < 400 {
		t.Errorf("only %d sections were looked at", cited)
	}
}

// inComments are the documents and sections that the comments of a source cite.
func inComments(source string) [][2]string {
	var all [][2]string
	for _, m := range inComment.FindAllStringSubmatch(joined(source), -1) {
		all = append(all, [2]string{m[1], m[2]})
		for _, section := range regexp.MustCompile(`[0-9]+(?:\.[0-9]+)+`).FindAllString(m[3], -1) {
			all = append(all, [2]string{m[1], section})
		}
	}
	return all
}

// joined puts a comment that goes on over lines into one.
func joined(source string) string {
	return regexp.MustCompile(`\n\s*// ?`).ReplaceAllString(source, " ")
}
