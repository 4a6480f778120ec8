//go:build !race

package mockidp_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

// What a Go program can set, a file can: grantwalk serve --config.
func TestEveryFieldOfAConfigIsInTheConfigFile(t *testing.T) {
	for _, field := range configfile.Missing() {
		t.Errorf("mockidp.%s: give it a row in mockidp/configfile/schema*.go, or a reason in leftout.go", field)
	}
}
