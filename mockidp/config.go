package mockidp

import (
	"crypto/x509"
	"io"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/pages"
)

// Config describes a provider. Only BaseURL must be set; every zero value is
// the strict one.
type Config struct {
	// BaseURL is scheme and host, and the path that a proxy in front adds, if it
	// does: "https://idp.example", "https://dev.example/idp". The issuers are
	// BaseURL + "/realms/" + realm. On loopback, each name of this machine by
	// which a client comes is an issuer of its own: of one realm, with the same
	// keys, sessions and clients.
	BaseURL string
	// BackChannelURL is another address of the provider, for servers that cannot
	// reach BaseURL because they sit in a container: "http://idp:8180". Whoever
	// reads the metadata there is told to send people to BaseURL and to call the
	// token endpoint and the others here; the issuer is the same.
	BackChannelURL string
	// Realms are the tenants; none means the one of [StoryRealm].
	Realms []Realm
	// Keys sign the tokens of every realm that has none of its own; nil means
	// that each realm makes its own when it needs the first one.
	Keys *KeySet
	// SigningSeed is a secret of 16 bytes or more that the keys of each realm are
	// derived from, so that they are the same after the next start; whoever knows
	// it can sign tokens. It counts for realms without keys where Keys is nil.
	SigningSeed string
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
	// TrustedProxies are the addresses and networks ("10.0.0.0/8") of proxies in
	// front: only from them are Forwarded (RFC 7239) and X-Forwarded-For, -Host,
	// -Port and -Proto taken, for where a request came from and which host it was
	// sent to. The scheme is always that of BaseURL.
	TrustedProxies []string
	// OnLogoutCall is told how each client took it that a person signed out, mostly
	// on a goroutine of the background. It must be quick, and must not call
	// [Provider.Close].
	OnLogoutCall func(LogoutCall)
	// Words are what the pages say; the zero value speaks English.
	Words pages.Words
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
	// jwks_uri, a request_uri, a sector_identifier_uri, a back-channel logout URI. Nil means a client that reaches
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
	// Keys sign the tokens of this realm; nil means those of Config.Keys or, where
	// there are none either, keys of its own.
	Keys *KeySet
	// SigningKeysFile is a file of private keys, instead of Keys: PEM blocks or a
	// JWK Set. The first key for each of RS256, PS256, ES256 and EdDSA signs, those
	// after it are published only; a key that is needed and not there is made.
	SigningKeysFile string
	// Registration lets clients register themselves (RFC 7591); nil means that
	// they can't.
	Registration *Registration
	// AuthorizationDetailsTypes are the types of authorization_details that
	// clients may ask for (RFC 9396 section 2); none means that there are none.
	AuthorizationDetailsTypes []AuthorizationDetailsType
	// AutoSignIn is the username of a person who is signed in without a page;
	// AutoSignInByHint signs in whomever login_hint names, by username. For
	// tests: nobody gives a password. See [Provider.SignInAutomatically].
	AutoSignIn       string
	AutoSignInByHint bool
	// FailedSignInsPerAddress is how many sign-ins of one address may fail in a
	// minute before all of it has to wait. Zero means that addresses are not
	// counted: a class or an office shares one. Each person is counted always.
	FailedSignInsPerAddress int
	// Faults are deliberate trouble from the start; none is the rule.
	Faults []Fault
	// DefaultScope is what a request without scope asks for, space-separated
	// (RFC 6749 section 3.3). Empty means that an authorization request without
	// scope is refused, and a token request asks for all that it may.
	DefaultScope string
	// AccessTokenType is the typ of the access tokens: "at+jwt" (RFC 9068
	// section 2.1), or "JWT" for resource servers that know no other, Spring
	// Security's among them; empty means at+jwt.
	AccessTokenType string
	// DPoPNonce says who must put a nonce of the provider into DPoP proofs,
	// against proofs made long beforehand (RFC 9449 section 8): empty means
	// clients with DPoPBoundAccessTokens, who rely on DPoP; [DPoPNonceAlways]
	// means everybody who sends a proof, [DPoPNonceNever] nobody.
	DPoPNonce string
	// SigningAlg is what is signed with for the clients of the config that name
	// nothing; empty means RS256, as OpenID Connect has it. ES256 is much cheaper:
	// two RSA signatures are most of a login.
	SigningAlg string
	// SigningAlgorithms are the only ones that the realm signs with: what its
	// metadata promise, whose keys its JWK Set holds, and what its clients may
	// ask for. For clients that stumble over keys of a kind that they do not know,
	// which RFC 7517 section 5 has them pass over. None means all of the key set.
	SigningAlgorithms []string
	// PairwiseSalt lets clients be of the subject type pairwise, and is what their
	// subs are made with: a secret of 16 bytes or more that stays the same, or
	// everybody becomes somebody else. Empty means that there are no such clients.
	PairwiseSalt string
	// RequestURIParameterSupported fetches signed request objects from the
	// addresses that clients registered with RequestURIs (OpenID Connect Core
	// section 6.2). Whoever can send a browser here can then have those called,
	// as often as they like; of pushed requests, which need no such call, a
	// request_uri is good all the same.
	RequestURIParameterSupported bool
}

// Lifetimes say how long things are good for. A zero means the default, or for
// a client the realm's.
type Lifetimes struct {
	Code        time.Duration // an authorization code: 60 s; at most 10 min (RFC 6749 section 4.1.2)
	AccessToken time.Duration // 5 min
	IDToken     time.Duration // 5 min
	// since the person signed in: as the session, and never longer; with offline_access since the person agreed: 30 days
	RefreshToken time.Duration
	RefreshIdle  time.Duration // since it was last used: 1 h, with offline_access 7 days
	// how long a refresh token that was just used gives a further answer: 0; at most 5 min. For
	// clients that lose answers or refresh from two tabs, and for thieves who are as quick.
	RefreshTokenGrace time.Duration
	Session           time.Duration // 8 h; of a client: how old a sign-in may be for it
	DeviceCode        time.Duration // 10 min
	PushedRequest     time.Duration // 60 s (RFC 9126 section 2.2)
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
	// SymbolsInSecrets gives out secrets that hold a +, a % and a /, which are
	// other ones after a client that forgets to form-encode them (RFC 6749 section 2.3.1).
	SymbolsInSecrets bool
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
