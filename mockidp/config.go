package mockidp

import (
	"cmp"
	"crypto/x509"
	"io"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"
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
	// OnLogoutCall is told how each client took it that a person signed out, mostly
	// on a goroutine of the background. It must be quick, and must not call
	// [Provider.Close].
	OnLogoutCall func(LogoutCall)
	// Relaxed turns single protections off.
	Relaxed Relaxed
	// ClientCertificates says that the server in front asks clients for TLS
	// certificates (tls.RequestClientCert, see [LocalCA.ServerTLS]) and hands
	// them on in http.Request.TLS, so that what RFC 8705 describes is offered.
	// BaseURL is https then.
	ClientCertificates bool
	// ClientCAs vouch for the certificates of clients with the method
	// tls_client_auth (RFC 8705 section 2.1); nil means that nobody does.
	ClientCAs *x509.CertPool
	// Outbound fetches what clients are registered with by address: a
	// jwks_uri, a back-channel logout URI. Nil means a client that reaches
	// this machine only, follows no redirect and gives up after a few seconds.
	Outbound *http.Client
}

// Relaxed names every protection that can be turned off.
type Relaxed struct {
	// PlainPKCE accepts code_challenge_method=plain (RFC 7636 section 4.2),
	// which protects from nobody who can read the authorization request.
	PlainPKCE bool
	// PlainHTTP accepts an issuer and redirect URIs with http on hosts other
	// than loopback.
	PlainHTTP bool
	// RemoteFetch lets the provider fetch from other machines, see
	// Config.Outbound. Whoever may register a client could then make it call
	// any address that it can reach.
	RemoteFetch bool
}

// Realm is a tenant: an issuer with clients and people of its own.
type Realm struct {
	Name    string
	Clients []Client
	People  []Person
	// Scopes are what clients can ask for; none means [StandardScopes].
	Scopes []Scope
	// Lifetimes of what the realm gives out; a zero means the usual one.
	Lifetimes Lifetimes
	// Registration lets clients register themselves (RFC 7591); nil means that
	// they can't.
	Registration *Registration
	// AuthorizationDetailsTypes are the types of authorization_details that
	// clients may ask for (RFC 9396 section 2); none means that there are none.
	AuthorizationDetailsTypes []AuthorizationDetailsType
	// Faults are deliberate trouble from the start; none is the rule.
	Faults []Fault
	// DPoPNonce says who must put a nonce of the provider into DPoP proofs,
	// against proofs made long beforehand (RFC 9449 section 8): empty means
	// clients with DPoPBoundAccessTokens, who rely on DPoP; [DPoPNonceAlways]
	// means everybody who sends a proof, [DPoPNonceNever] nobody.
	DPoPNonce string
}

// Lifetimes say how long things are good for. A zero means the default, or for
// a client the realm's.
type Lifetimes struct {
	Code          time.Duration // an authorization code: 60 s; at most 10 min (RFC 6749 section 4.1.2)
	AccessToken   time.Duration // 5 min
	IDToken       time.Duration // 5 min
	RefreshToken  time.Duration // since the person signed in: as the session, and never longer; with offline_access since the person agreed: 30 days
	RefreshIdle   time.Duration // since it was last used: 1 h, with offline_access 7 days
	Session       time.Duration // 8 h; of a client: how old a sign-in may be for it
	DeviceCode    time.Duration // 10 min
	PushedRequest time.Duration // 60 s (RFC 9126 section 2.2)
}

// Registration is the policy for clients that register themselves.
type Registration struct {
	// InitialAccessToken must be shown to register (RFC 7591 section 3); empty
	// means that anybody may.
	InitialAccessToken string
	// PKCEOptional registers confidential clients with Client.PKCEOptional.
	PKCEOptional bool
	// GrantTypes are what clients may register for; nil means those where a
	// person agrees on a page of the provider and the client gets no token by
	// way of the browser: authorization_code, refresh_token and device_code.
	GrantTypes []string
}

// Profile is a set of rules that a client is held to besides those of everybody.
type Profile string

// ProfileFAPI2 is the FAPI 2.0 Security Profile.
const ProfileFAPI2 Profile = "fapi2"

// Client is a registered client, in the words of RFC 7591 section 2.
type Client struct {
	ClientID   string
	ClientName string // shown to people; empty means ClientID
	// ClientURI, LogoURI, PolicyURI and TOSURI are the client's home page, its
	// picture, and what it promises and demands; people see them when they are
	// asked for their consent.
	ClientURI, LogoURI, PolicyURI, TOSURI string
	ClientSecret                          string // empty for a public client
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
	// unless it is listed here. So is implicit (RFC 9700 section 2.1.2), which
	// response types with token or id_token need (RFC 7591 section 2.1).
	GrantTypes []string
	// ResponseTypes: nil means code, with the authorization code grant; an
	// empty list means none. Deprecated ones, which put tokens into the
	// answer of the authorization endpoint: token, id_token, "id_token token"
	// (implicit) and "code id_token", "code token", "code id_token token"
	// (hybrid). The order of the words does not matter.
	ResponseTypes []string
	// TokenEndpointAuthMethod: empty means client_secret_basic, or none when
	// there is no secret.
	TokenEndpointAuthMethod string
	// Scope is what the client may ask for, space-separated; empty means
	// every scope of the realm.
	Scope string
	// IDTokenSignedResponseAlg: RS256, PS256, ES256 or EdDSA; empty means RS256.
	IDTokenSignedResponseAlg string
	// UserInfoSignedResponseAlg: likewise; empty means that UserInfo is plain JSON.
	UserInfoSignedResponseAlg string
	// JWKS are the client's public keys, JWKSURI is where to get them. At most
	// one of the two is set (RFC 7591 section 2).
	JWKS    *jose.JSONWebKeySet
	JWKSURI string
	// TokenEndpointAuthSigningAlg is how the client signs to prove who it is;
	// empty means any that is supported for its method.
	TokenEndpointAuthSigningAlg string
	// RequestObjectSigningAlg is how the client signs request objects; empty
	// means any that is supported. RequireSignedRequestObject refuses plain
	// parameters (RFC 9101 section 10.5).
	RequestObjectSigningAlg    string
	RequireSignedRequestObject bool
	// RequirePushedAuthorizationRequests refuses requests that were not pushed
	// (RFC 9126 section 6).
	RequirePushedAuthorizationRequests bool
	// DPoPBoundAccessTokens demands DPoP of the client (RFC 9449 section 5.2).
	DPoPBoundAccessTokens bool
	// TLSClientCertificateBoundAccessTokens binds access tokens to the
	// client's certificate (RFC 8705 section 3.4).
	TLSClientCertificateBoundAccessTokens bool
	// TLSClientAuthSubjectDN and TLSClientAuthSANDNS are who the certificate
	// of tls_client_auth must be of: one of them is set (RFC 8705 section 2.1.2).
	TLSClientAuthSubjectDN string
	TLSClientAuthSANDNS    string
	// BackchannelLogoutURI is told when a person signs out (OpenID Connect
	// Back-Channel Logout section 2.2); with BackchannelLogoutSessionRequired
	// always with a sid.
	BackchannelLogoutURI             string
	BackchannelLogoutSessionRequired bool
	// DefaultMaxAge and DefaultACRValues apply to requests that name none;
	// RequireAuthTime wants auth_time in every ID token, where it always is
	// (OpenID Connect Dynamic Client Registration section 2). The classes are
	// urn:grantwalk:acr:password, a password at some time in the session, and
	// urn:grantwalk:acr:fresh-password, one for this very request.
	DefaultMaxAge    *time.Duration
	DefaultACRValues []string
	RequireAuthTime  bool
	// AuthorizationDetailsTypes are the names of those of the realm that the
	// client may use (RFC 9396 section 10); none means none.
	AuthorizationDetailsTypes []string
	// Audiences are the resource servers that the client is: the values of aud
	// with which a token is meant for it, besides its client_id. Such tokens it
	// may introspect (RFC 7662 section 4) and exchange (RFC 8693); a scope is
	// for one, see Scope.Audience. None means that it is no resource server.
	Audiences []string
	// ExchangeImpersonation lets a client with the grant token exchange leave
	// out the actor_token, so that nobody can tell it from the subject (RFC
	// 8693 section 1.1). ExchangeScope are the scopes, space-separated, that it
	// gets in exchange besides those of the token which it shows.
	ExchangeImpersonation bool
	ExchangeScope         string
	// MayAct is who may act for the subjects of the client's access tokens in
	// a token exchange: the may_act claim, by sub (RFC 8693 section 4.4). A
	// client that acts for itself is named by its client_id. Empty means that
	// the tokens do not say.
	MayAct string
	// AccessTokenFormat: "jwt" (RFC 9068) or "opaque"; empty means jwt.
	AccessTokenFormat string
	// AccessTokenSignedResponseAlg: RS256, which every resource server knows
	// (RFC 9068 section 2.1), PS256, ES256 or EdDSA; empty means RS256. RFC 7591
	// has no name for it; this one is Keycloak's.
	AccessTokenSignedResponseAlg string
	// Lifetimes that differ from those of the realm.
	Lifetimes Lifetimes
	// PKCEOptional lets a confidential client, and only such, do without PKCE.
	// RFC 9700 section 2.1.1 then leans on the nonce of OpenID Connect, which
	// the client has to send and to check by itself: this provider does not
	// demand it, as OpenID Connect Core section 3.1.2.1 does not.
	PKCEOptional bool
	// Profile holds the client to further rules: [ProfileFAPI2], or empty for
	// the rules of everybody.
	Profile Profile
	// Origins are further web origins of the client besides those of its
	// redirect URIs. They may call the token and UserInfo endpoints from a
	// browser, and the browser may end up there after signing in.
	Origins []string
}

// Public reports whether the client has nothing to prove who it is with: no
// secret, no key and no certificate (RFC 6749 section 2.1).
func (c *Client) Public() bool {
	return cmp.Or(c.TokenEndpointAuthMethod, authNone) == authNone && c.ClientSecret == ""
}

// is reports whether both are the same client. One that registered itself may
// have changed its metadata in between, but nobody gets its client_id again.
func (c *Client) is(other *Client) bool { return other != nil && c.ClientID == other.ClientID }

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
	// Roles are what the person may do, in the access tokens: as roles (RFC
	// 9068 section 2.2.3.1) and, for clients made for Keycloak, as
	// realm_access.roles.
	Roles []string
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
