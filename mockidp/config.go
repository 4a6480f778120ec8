package mockidp

import (
	"io"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Config describes a provider. Only BaseURL must be set; every zero value is
// the strict one.
type Config struct {
	// BaseURL is scheme and host, no path: "https://idp.example". The issuers
	// are BaseURL + "/realms/" + realm.
	BaseURL string
	// Realms are the tenants; none means the one of [StoryRealm].
	Realms []Realm
	// Keys sign the tokens; nil means that the provider makes its own when
	// the first one is needed.
	Keys *KeySet
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Rand is where every random value comes from, one after another; nil
	// means crypto/rand.Reader. It need not be safe for concurrent use.
	Rand io.Reader
	// Hosts are the values of the Host header that are answered, against DNS
	// rebinding. None means that the header is not looked at, which is right
	// only where no browser can reach the provider through a name of
	// somebody else's choice, as in memory.
	Hosts []string
	// OnExchange is told of every answer, after it was written. It is called
	// on the goroutine that serves the request and must be quick.
	OnExchange func(Exchange)
	// Relaxed turns single protections off.
	Relaxed Relaxed
}

// Relaxed names every protection that can be turned off.
type Relaxed struct {
	// PlainPKCE accepts code_challenge_method=plain (RFC 7636 section 4.2),
	// which protects from nobody who can read the authorization request.
	PlainPKCE bool
	// PlainHTTP accepts an issuer and redirect URIs with http on hosts other
	// than loopback.
	PlainHTTP bool
}

// Exchange is one request and how it was answered, fit for a log line: no
// secrets, no query, and nothing but printable ASCII, so that no caller can
// forge a line.
type Exchange struct {
	Method string
	Path   string
	Status int
	Client string        // client_id of a known client, else empty
	Check  *trace.Check  // the rule that the request broke; nil when it broke none
	Took   time.Duration // real time
}

// Realm is a tenant: an issuer with clients and people of its own.
type Realm struct {
	Name    string
	Clients []Client
	People  []Person
	// Scopes are what clients can ask for; none means [StandardScopes].
	Scopes []Scope
}

// Client is a registered client, in the words of RFC 7591 section 2.
type Client struct {
	ClientID     string
	ClientName   string // shown to people; empty means ClientID
	ClientSecret string // empty for a public client
	// RedirectURIs are compared as exact strings, save that http://127.0.0.1
	// and http://[::1] match with any port (RFC 8252 section 7.3).
	RedirectURIs []string
	// PostLogoutRedirectURIs are where a person may be sent after signing out,
	// as exact strings (OpenID Connect RP-Initiated Logout 1.0 section 3.1).
	PostLogoutRedirectURIs []string
	// GrantTypes: nil means authorization_code; an empty list means none. A
	// client with refresh_token gets one with every authorization: it ends
	// with the person's session, or with the scope offline_access goes on
	// after it. The grant password is legacy (RFC 9700 section 2.4) and off
	// unless it is listed here.
	GrantTypes []string
	// ResponseTypes: nil means code, with the authorization code grant; an
	// empty list means none.
	ResponseTypes []string
	// TokenEndpointAuthMethod: empty means client_secret_basic, or none when
	// there is no secret.
	TokenEndpointAuthMethod string
	// Scope is what the client may ask for, space-separated; empty means
	// every scope of the realm.
	Scope string
	// IDTokenSignedResponseAlg: RS256 or ES256; empty means RS256.
	IDTokenSignedResponseAlg string
	// Origins are further web origins of the client besides those of its
	// redirect URIs. They may call the token and UserInfo endpoints from a
	// browser, and the browser may end up there after signing in.
	Origins []string
}

// Public reports whether the client has no secret (RFC 6749 section 2.1).
func (c *Client) Public() bool { return c.ClientSecret == "" }

func (c *Client) title() string {
	if c.ClientName != "" {
		return c.ClientName
	}
	return c.ClientID
}

// Person is somebody who can sign in.
type Person struct {
	Username string
	Password string
	// Subject is the sub claim: what clients know the person by. Empty means
	// Username.
	Subject string
	// About is a word for the sign-in page: "traveller".
	About string
	// Claims are what UserInfo can say, in this order.
	Claims []Claim
}

// Claim is one statement about a person.
type Claim struct {
	Name  string
	Value any // what encoding/json can write
}

// name is how a page addresses the person.
func (p *Person) name() string {
	for _, c := range p.Claims {
		if s, ok := c.Value.(string); ok && c.Name == "name" {
			return s
		}
	}
	return p.Username
}

// Scope is a permission that a client can ask for.
type Scope struct {
	Name string
	// Description completes "This app would like to …" on the consent page.
	Description string
	// Audience is the resource server that the scope is for (RFC 9068 section
	// 3); empty for a scope of the provider itself.
	Audience string
	// Claims are the names of the claims that UserInfo releases for it.
	Claims []string
}

// StandardScopes returns openid, profile and email (OpenID Connect Core
// section 5.4), and offline_access (section 11), which only clients that are
// registered for refresh_token may ask for.
func StandardScopes() []Scope {
	return []Scope{
		{Name: "openid", Description: "know that it is you, by an identifier"},
		{
			Name: "profile", Description: "see your name and profile",
			Claims: []string{
				"name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile",
				"picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
			},
		},
		{Name: "email", Description: "see your email address", Claims: []string{"email", "email_verified"}},
		{Name: scopeOffline, Description: "keep its access while you are away"},
	}
}
