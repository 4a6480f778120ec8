package mockidp

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Profile is a set of rules that a client is held to besides those of everybody.
type Profile string

// ProfileFAPI2 is the FAPI 2.0 Security Profile.
const ProfileFAPI2 Profile = "fapi2"

// Client is a registered client, in the words of RFC 7591 section 2. What few
// clients need stands in groups, whose fields are the client's own.
type Client struct {
	ClientID     string
	ClientName   string // shown to people; empty means ClientID
	ClientSecret string // empty for a public client
	// FurtherSecrets are taken as well, while a secret is replaced by another.
	FurtherSecrets []string
	// RedirectURIs are compared as exact strings, save that http://127.0.0.1
	// and http://[::1] match with any port (RFC 8252 section 7.3).
	RedirectURIs []string
	// Origins are further web origins of the client besides those of its
	// redirect URIs. They may call the token and UserInfo endpoints from a
	// browser, and the browser may end up there after signing in.
	Origins []string
	// OnlyOrigins keeps the origins of the redirection URIs out that Origins does
	// not list, for whoever wants to see what a missing web origin does.
	OnlyOrigins bool
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
	// ResponseModes are those that the client may use: query, fragment,
	// form_post, and each of them with .jwt, or jwt alone, for a signed answer
	// (FAPI 2.0 Message Signing section 5.4). None means all.
	ResponseModes []string
	// TokenEndpointAuthMethod: empty means none when there is no secret, and
	// else client_secret_basic or client_secret_post, whichever a request uses
	// (RFC 6749 section 2.3.1), never both.
	TokenEndpointAuthMethod string
	// Scope is what the client may ask for, space-separated; empty means
	// every scope of the realm.
	Scope string
	// DefaultScope is what a request without scope asks for, space-separated
	// (RFC 6749 section 3.3); empty means the realm's, see Realm.DefaultScope.
	DefaultScope string
	// AuthorizationDetailsTypes are the names of those of the realm that the
	// client may use (RFC 9396 section 10); none means none.
	AuthorizationDetailsTypes []string
	// Audiences are the resource servers that the client is: the values of aud
	// with which a token is meant for it, besides its client_id. Such tokens it
	// may introspect (RFC 7662 section 4) and exchange (RFC 8693); a scope is
	// for one, see Scope.Audience. None means that it is no resource server.
	Audiences []string
	// AccessTokenFormat: "jwt" (RFC 9068) or "opaque"; empty means jwt.
	AccessTokenFormat string
	// AccessTokenType is the typ of access tokens that are JWTs: "at+jwt" (RFC
	// 9068 section 2.1), or "JWT" for resource servers that know no other;
	// empty means the realm's, see Realm.AccessTokenType.
	AccessTokenType string
	// IDTokenSID puts sid, which says in which session of the provider the person
	// signed in, into the ID tokens of a client that is not told of logouts; those
	// with a BackchannelLogoutURI have it as it is.
	IDTokenSID bool
	// IDTokenClaims and AccessTokenClaims are names of claims that the client's
	// tokens hold besides UserInfo, each as far as a granted scope releases it.
	IDTokenClaims, AccessTokenClaims []string
	// Claims are what tokens say of the client where it acts for itself, for
	// scopes that put them there.
	Claims []Claim
	// Lifetimes that differ from those of the realm.
	Lifetimes Lifetimes
	// Trusted spares people the consent page: what the client asks for is granted
	// as if they had agreed. For tests, and for a client of the house.
	Trusted bool
	// PKCEOptional lets a confidential client, and only such, do without PKCE.
	// RFC 9700 section 2.1.1 then leans on the nonce of OpenID Connect, which
	// the client has to send and to check by itself: this provider does not
	// demand it, as OpenID Connect Core section 3.1.2.1 does not.
	PKCEOptional bool
	// RequirePushedAuthorizationRequests refuses requests that were not pushed
	// (RFC 9126 section 6).
	RequirePushedAuthorizationRequests bool
	// DPoPBoundAccessTokens demands DPoP of the client (RFC 9449 section 5.2).
	DPoPBoundAccessTokens bool
	// Profile holds the client to further rules: [ProfileFAPI2], or empty for
	// the rules of everybody.
	Profile Profile

	ClientLinks
	ClientLogout
	ClientSigning
	ClientSignIn
	ClientSubject
	ClientTLS
	ClientExchange
}

// ClientLinks are the client's home page, its picture, and what it promises
// and demands; people see them when they sign in and are asked for their consent.
type ClientLinks struct {
	ClientURI, LogoURI, PolicyURI, TOSURI string
}

// ClientLogout is what happens to the client when a person signs out.
type ClientLogout struct {
	// PostLogoutRedirectURIs are where a person may be sent after signing out,
	// as exact strings (OpenID Connect RP-Initiated Logout 1.0 section 3.1).
	PostLogoutRedirectURIs []string
	// BackchannelLogoutURI is told when a person signs out (OpenID Connect
	// Back-Channel Logout section 2.2); with BackchannelLogoutSessionRequired
	// always with a sid.
	BackchannelLogoutURI             string
	BackchannelLogoutSessionRequired bool
	// FrontchannelLogoutURI is opened in a frame of the page that a person sees
	// after signing out, always with iss and sid (OpenID Connect Front-Channel
	// Logout 1.0 section 2). Its origin is that of a redirection URI.
	FrontchannelLogoutURI             string
	FrontchannelLogoutSessionRequired bool
}

// hearsOfLogout reports whether the client is told in some way that a person
// signed out.
func (c *Client) hearsOfLogout() bool {
	return c.BackchannelLogoutURI != "" || c.FrontchannelLogoutURI != ""
}

// ClientSigning says how what the client gets is signed, and what the client
// signs itself.
type ClientSigning struct {
	// IDTokenSignedResponseAlg: RS256, PS256, ES256 or EdDSA; empty means RS256.
	IDTokenSignedResponseAlg string
	// UserInfoSignedResponseAlg: likewise; empty means that UserInfo is plain JSON.
	UserInfoSignedResponseAlg string
	// AccessTokenSignedResponseAlg: RS256, which every resource server knows
	// (RFC 9068 section 2.1), PS256, ES256 or EdDSA; empty means RS256. RFC 7591
	// has no name for it; this one is Keycloak's.
	AccessTokenSignedResponseAlg string
	// AuthorizationSignedResponseAlg signs the answers of the authorization
	// endpoint where response_mode asks for it (JARM); IntrospectionSignedResponseAlg
	// those of the introspection endpoint where Accept does (RFC 9701 section 4).
	// Empty means RS256.
	AuthorizationSignedResponseAlg, IntrospectionSignedResponseAlg string
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
	// RequireRequestObjectTimes wants nbf, exp and aud in request objects: for
	// which hour, or less, they are meant, and for whom (FAPI 2.0 Message Signing
	// section 5.3.1). With the profile fapi2 it is always so.
	RequireRequestObjectTimes bool
	// RequestURIs are the addresses, with any fragment, that the client may
	// refer to by request_uri (OpenID Connect Dynamic Client Registration
	// section 2), see Realm.RequestURIParameterSupported.
	RequestURIs []string
}

// ClientSignIn says how people are to sign in for the client.
type ClientSignIn struct {
	// DefaultMaxAge and DefaultACRValues apply to requests that name none;
	// RequireAuthTime wants auth_time in every ID token, where it always is
	// (OpenID Connect Dynamic Client Registration section 2). The classes are
	// urn:grantwalk:acr:password, a password at some time in the session, and
	// urn:grantwalk:acr:fresh-password, one for this very request.
	DefaultMaxAge    *time.Duration
	DefaultACRValues []string
	RequireAuthTime  bool
}

// ClientSubject is by which sub the client knows people (OpenID Connect Core
// section 8).
type ClientSubject struct {
	// SubjectType: "public", the same sub as for every client, or "pairwise", one
	// that only clients of its sector know, see Realm.PairwiseSalt; empty means
	// public.
	SubjectType string
	// SectorIdentifierURI lists the redirection URIs of all clients of the
	// sector, which is its host. It is read where a client registers itself; the
	// config is believed. Empty means the host of RedirectURIs, which must then
	// be the same in all.
	SectorIdentifierURI string
}

// ClientTLS is about the client's certificate (RFC 8705).
type ClientTLS struct {
	// TLSClientCertificateBoundAccessTokens binds access tokens to the
	// client's certificate (RFC 8705 section 3.4).
	TLSClientCertificateBoundAccessTokens bool
	// TLSClientAuthSubjectDN and TLSClientAuthSANDNS are who the certificate
	// of tls_client_auth must be of: one of them is set (RFC 8705 section 2.1.2).
	TLSClientAuthSubjectDN string
	TLSClientAuthSANDNS    string
}

// ClientExchange is what the client may do with the tokens of others (RFC 8693).
type ClientExchange struct {
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

// The formats of access tokens. What a resource server reads by itself is a
// JWT (RFC 9068); an opaque one it asks about (RFC 7662).
const (
	formatJWT    = "jwt"
	formatOpaque = "opaque"
)

// mayRefresh reports whether the client is registered for refresh tokens.
func (c *Client) mayRefresh() bool { return slices.Contains(c.GrantTypes, grantRefreshToken) }
