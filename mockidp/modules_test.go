//go:build !race

package mockidp_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Whoever imports this package alone takes on two modules of others, whatever
// the program around it needs.
func TestAProgramThatImportsTheProviderInheritsTwoModules(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", ".")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	modules := strings.Fields(string(out))
	slices.Sort(modules)
	want := []string{"github.com/go-jose/go-jose/v4", "github.com/google/uuid", "github.com/grantwalk/grantwalk"}
	if got := slices.Compact(modules); !slices.Equal(got, want) {
		t.Errorf("it inherits %q, want %q", got, want)
	}
}
