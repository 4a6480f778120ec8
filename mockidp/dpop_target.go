package mockidp

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// targets are the addresses by which a request may have been sent here: the
// issuer's, and that of the Host header where the config lists it. A Host
// that nobody listed is not believed, or a proof that was made for somebody
// else's server could be used here by whoever sends its name along.
func (h *possession) targets(r *request) []string {
	path := r.URL.EscapedPath()
	list := []string{keys.NormalTarget(h.base + path)}
	if slices.Contains(h.hosts, r.Host) {
		scheme, _, _ := strings.Cut(h.base, "://")
		if own := keys.NormalTarget(scheme + "://" + r.Host + path); own != list[0] {
			list = append(list, own)
		}
	}
	return list
}
