package inspector

import (
	"testing"

	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// English is the language of the pane in tests.
func English(tb testing.TB) *catalog.Catalog {
	tb.Helper()
	say, err := tutorials.Catalog("en")
	if err != nil {
		tb.Fatal(err)
	}
	return say
}
