package mockidp

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	// pushedPrefix begins the request_uri of a pushed request (RFC 9126
	// section 2.2).
	pushedPrefix = "urn:ietf:params:oauth:request_uri:"

	errRequestURI = "invalid_request_uri"

	maxPushedLifetime = 10 * time.Minute
	maxPushedSize     = wire.MaxURL // of the parameters together, as by URL
)

// pushed is an authorization request that a client sent to the provider
// itself, and that waits for the browser (RFC 9126).
//
// It may be opened again until the person has answered: RFC 9126 section 4
// lets a page be reloaded, and the FAPI 2.0 Security Profile section 5.3.2.2
// note 3 wants the one use to be counted where the request is authorized, or
// a program that looks at links beforehand would use it up.
type pushed struct {
	uri    string // that stands for it
	client *Client
	params wire.Params
	issued time.Time
	good   time.Duration
	used   atomic.Bool // the person has answered
}

// mustPush reports whether the client may send its requests in this way only.
func (c *Client) mustPush() bool {
	return c.RequirePushedAuthorizationRequests || c.Profile == ProfileFAPI2
}

// pushedUnusedRow keeps a pushed request to one answer. It stands at every
// endpoint that can give one.
func pushedUnusedRow() rule.Row[pushed] {
	return rule.Row[pushed]{
		ID: "request-uri-unused", Rule: "request_uri was not answered before",
		Spec: rule.RFC("9126", "4"), Error: errRequestURI, Status: http.StatusBadRequest,
		When: func(req *pushed) bool { return req != nil },
		Check: func(req *pushed) rule.Finding {
			got := "not answered yet"
			if req.used.Load() {
				got = "answered before"
			}
			return rule.Verdict(!req.used.Load(), "not answered yet", got,
				"request_uri was answered before; each is good for one answer, so push the request again")
		},
	}
}
