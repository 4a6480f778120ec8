package mockidp

import (
	"encoding/json"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const maxSectorList = 64 << 10 // bytes

// checkSector keeps a client from a sector that is not its own: the sector says
// which redirection URIs belong to it (OpenID Connect Dynamic Client
// Registration 1.0 section 5). It is fetched here, once all else is known to be
// right. Why there is no list is not told: a stranger could find out which ports
// of this machine answer, and how.
func checkSector(in *registering) rule.Finding {
	uri := in.client.SectorIdentifierURI
	if uri == "" {
		return rule.Skip("no sector_identifier_uri is sent")
	}
	var listed []string
	body, err := in.p.library.fetch(in.r.Context(), uri, "application/json", maxSectorList)
	listedAll := err == nil && json.Unmarshal(body, &listed) == nil && len(wire.Without(in.client.RedirectURIs, listed)) == 0
	got := "another answer"
	if listedAll {
		got = "such a list"
	}
	return rule.Verdict(listedAll, "a JSON list at "+wire.Shown(uri)+" with every redirect_uri in it", got,
		"there is no JSON list at sector_identifier_uri "+wire.Shown(uri)+" that holds every redirect_uri")
}
