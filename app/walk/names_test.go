//go:build !race

package walk

import (
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/tutorials"
)

func TestOnlyDevelopersAreGivenTheNamesOfTheStandardsAlone(t *testing.T) {
	s := opening(t, Options{Flow: "device-code"})
	labels := func() string {
		var all []string
		for _, row := range s.Rail()[0].Rows {
			all = append(all, row.Label)
		}
		return s.Rail()[0].Title + " " + strings.Join(all, " ")
	}
	for _, v := range []tutorials.Voice{tutorials.Everyone, tutorials.Executive} {
		s.as(v, tutorials.ProtocolLens)
		for _, jargon := range []string{"Grants", "credentials", "Implicit", "OpenID", "PKCE", "uthorization", "Device"} {
			if strings.Contains(labels(), jargon) {
				t.Errorf("for the voice %s the rail says %s: %s", v, jargon, labels())
			}
		}
		if title := s.Title(); title.Name != "Log in on a TV" || title.Note != "Device authorization" {
			t.Errorf("for the voice %s the title is %q, and beside it stands %q", v, title.Name, title.Note)
		}
	}
	s.as(tutorials.Developer, tutorials.ProtocolLens)
	if title := s.Title(); title.Name != "Device authorization" || !strings.Contains(labels(), "Implicit") {
		t.Errorf("a developer is told of %q, and the rail says %s", title.Name, labels())
	}
	if title := s.Rail()[0].Title; title != "Walks" {
		t.Errorf("PKCE and OpenID Connect are no grants, and the rail lists them as %s", title)
	}
}
