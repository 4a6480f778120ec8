package mockidp

import "time"

// registered is a client that registered itself (RFC 7591), and how it can
// change that (RFC 7592).
type registered struct {
	client       *Client // replaced, never changed: requests that are under way go on with the one they began with
	metadata     clientMetadata
	translations map[string]string
	origins      []string // of its pages
	tokenHash    string   // of the registration access token
	issued       time.Time
	used         bool // a code or token was given out for it
}

// gone says why no token of this client is good, or "".
func gone(c *Client) string {
	if c == nil {
		return "its client is no longer registered"
	}
	return ""
}
