package pseudo

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Known is a set of words that may stand on a page without accents.
type Known map[string]bool

// Names are the words that stay English (see [Stays]), and those of some texts besides.
func Names(texts ...string) Known {
	known := Known{}
	for _, stay := range Stays() {
		known.Add(stay.Words)
	}
	for _, text := range texts {
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

// Code is what stands as code in the words of a folder, for a test that reads them without their marks.
func Code(words fs.FS) (string, error) {
	var all strings.Builder
	spans := regexp.MustCompile("`[^`]*`")
	err := fs.WalkDir(words, "en", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fs.ReadFile(words, file)
		all.WriteString(strings.Join(spans.FindAllString(string(src), -1), " ") + " ")
		return err //nolint:wrapcheck // names the file
	})
	return all.String(), err //nolint:wrapcheck // names the file
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

// words are those of two letters and more that have no accent and no digit. What has an underscore is a name of the
// wire, and no word.
func words(text string) []string {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' }
	accented := func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }
	var found []string
	for word := range strings.FieldsFuncSeq(text, apart) {
		if len(word) >= 2 && !strings.ContainsFunc(word, accented) {
			found = append(found, word)
		}
	}
	return found
}
