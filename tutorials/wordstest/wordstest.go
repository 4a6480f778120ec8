// Package wordstest has the words for tests, in English and in the language
// that package pseudo makes of it. Each is read once in a program of tests,
// as no test changes them. The package is for tests; the program does not hold it.
package wordstest

import (
	"io/fs"
	"sync"
	"testing"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/pseudo"
)

//nolint:gochecknoglobals // read once, see above
var (
	english     = sync.OnceValues(func() (*tutorials.Library, error) { return tutorials.Load("en") })
	pseudoFiles = sync.OnceValues(func() (fs.FS, error) { return pseudo.Files(tutorials.Files()) })
	abroad      = sync.OnceValues(func() (*tutorials.Library, error) {
		files, err := pseudoFiles()
		if err != nil {
			return nil, err
		}
		return tutorials.Open(files, pseudo.Language)
	})
	code = sync.OnceValues(func() (string, error) { return pseudo.Code(tutorials.Files()) })
)

// English are the words as they are written.
func English(tb testing.TB) *tutorials.Library {
	tb.Helper()
	return got(tb, english)
}

// Pseudo are the words in the language [pseudo.Language].
func Pseudo(tb testing.TB) *tutorials.Library {
	tb.Helper()
	return got(tb, abroad)
}

// PseudoFiles are the files of English and of [pseudo.Language].
func PseudoFiles(tb testing.TB) fs.FS {
	tb.Helper()
	return got(tb, pseudoFiles)
}

// Code is what stands as code in the words, see [pseudo.Code].
func Code(tb testing.TB) string {
	tb.Helper()
	return got(tb, code)
}

func got[T any](tb testing.TB, read func() (T, error)) T {
	tb.Helper()
	words, err := read()
	if err != nil {
		tb.Fatal(err)
	}
	return words
}
