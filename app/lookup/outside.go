package lookup

import (
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/address"
)

// outside is where a section can be read whole: at the RFC Editor, or what is
// OpenID's own at its foundation; "" for what has no one address. Nothing is
// opened, only copied.
func outside(to address.Address) string {
	if to.Place != address.PlaceStandards {
		return ""
	}
	number, ok := strings.CutPrefix(to.Part(0), "rfc")
	if !ok {
		return ofOpenID(to.Part(0))
	}
	u := url.URL{Scheme: "https", Host: "www.rfc-editor.org", Path: "/rfc/rfc" + number}
	switch section := to.Part(1); {
	case section == "":
	case section[0] >= 'A' && section[0] <= 'Z':
		u.Fragment = "appendix-" + section
	default:
		u.Fragment = "section-" + section
	}
	return u.String()
}

// ofOpenID is where a specification of the OpenID Foundation is published, whose
// pages have no addresses for sections that stay.
func ofOpenID(document string) string {
	file := ""
	switch document {
	case "openid-connect-core-1.0":
		file = "openid-connect-core-1_0"
	case "openid-connect-discovery-1.0":
		file = "openid-connect-discovery-1_0"
	case "openid-connect-dynamic-client-registration-1.0":
		file = "openid-connect-registration-1_0"
	case "openid-connect-rp-initiated-logout-1.0":
		file = "openid-connect-rpinitiated-1_0"
	case "openid-connect-back-channel-logout-1.0":
		file = "openid-connect-backchannel-1_0"
	case "openid-connect-front-channel-logout-1.0":
		file = "openid-connect-frontchannel-1_0"
	case "openid-connect-unmet-authentication-requirements-1.0":
		file = "openid-connect-unmet-authentication-requirements-1_0"
	case "oauth-2.0-multiple-response-types-1.0":
		file = "oauth-v2-multiple-response-types-1_0"
	default:
		return ""
	}
	return "https://openid.net/specs/" + file + ".html"
}
