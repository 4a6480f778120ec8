package stage

import (
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Cast says who plays in a flow: which app asks for access, and which API
// guards what it wants. The provider, the browser and the people are always
// there, whether a flow needs them or not.
type Cast struct {
	Client Registration
	API    Guard
	// Registers says that the app registers itself in the story (RFC 7591): the provider knows nothing of it before.
	Registers bool
	// Other is a second app, where the story has one.
	Other Registration
	// Person is the user name of whom the story is about when nobody else is
	// chosen; empty for the first of [People].
	Person string
	// Way is how the API finds out whether a token is good; empty for [ByKeys].
	Way Way
	// Remembers is how long the API goes by what the provider said of a token,
	// where it asks; zero is not at all (RFC 7662 section 4).
	Remembers time.Duration
}

// asker is by what the API proves who it is when it asks about a token (RFC
// 7662 section 2.1): a client of the story's realm, as the apps are.
func (k Cast) asker() Registration {
	if k.Way == "" || k.Way == ByKeys {
		return Registration{}
	}
	name := k.API.Realm + "-api"
	return Registration{ID: name, Name: k.API.Name, Secret: name + "-secret", AuthMethod: AuthBasic}
}

// Registration is how the app of a flow is known to the provider (RFC 7591 section 2).
type Registration struct {
	ID     string // client_id
	Name   string // what people call it: "Travel app"
	Secret string // client_secret; empty for a public client
	// AuthMethod is how the client sends its secret, [AuthBasic] or [AuthPost], or that it
	// signs, [AuthKey], or has a certificate, [AuthTLS]; empty for a public client.
	AuthMethod string
	// Keys are the client's public keys where it signs ([AuthKey]); the stage makes them.
	Keys *jose.JSONWebKeySet
	// PKCEOptional excuses a confidential client from PKCE (RFC 9700 section 2.1.1).
	PKCEOptional bool
	// IDTokenClaims are the facts about the person that its ID tokens hold besides who it is.
	IDTokenClaims []string
	// OpaqueTokens are access tokens that the provider alone can read.
	OpaqueTokens bool
	// PostLogoutRedirectURI is where a person comes back to who signed out (OpenID
	// Connect RP-Initiated Logout 1.0 section 3.1), BackchannelLogoutURI where the app is told of it (OpenID
	// Connect Back-Channel Logout 1.0 section 2.2); the stage says them.
	PostLogoutRedirectURI, BackchannelLogoutURI string
	Host                                        string // where it answers in memory: "travel.example"
	// Metadata is how somebody set it up, Secret and AuthMethod included; nil: as the story has it.
	Metadata *Metadata
}

// Metadata is what an administrator says of a client (RFC 7591 section 2).
type Metadata struct {
	RedirectURIs  []string `json:"redirect_uris"`
	GrantTypes    []string `json:"grant_types"`
	ResponseTypes []string `json:"response_types"`
	// Origins are the only ones whose pages may call the provider.
	Origins []string `json:"origins"`
}

// SetUp is a client as somebody set it up in a form. One that proves who it is has [SetUpSecret].
type SetUp struct {
	Metadata
	AuthMethod   string `json:"token_endpoint_auth_method,omitempty"` // [AuthBasic] or [AuthPost]; empty for a public client
	PKCEOptional bool   `json:"pkce_optional,omitempty"`
}

// SetUpSecret is the client_secret of a client that somebody set up in a form; everybody may know it.
const SetUpSecret = "change-me-please"

// Of is the app of a story, set up so.
func (s *SetUp) Of(r Registration) Registration {
	r.Secret, r.AuthMethod, r.PKCEOptional, r.Metadata = "", s.AuthMethod, s.PKCEOptional, &s.Metadata
	if s.AuthMethod != "" {
		r.Secret = SetUpSecret
	}
	return r
}

// RefusedError is a provider that does not take a client as it is set up.
type RefusedError struct {
	Field string // the name of RFC 7591, or of a config file, for what is wrong; "" where it is nothing in particular
	Err   error
}

func (e *RefusedError) Error() string { return e.Err.Error() }

func (e *RefusedError) Unwrap() error { return e.Err }

// The ways to prove who a client is (OpenID Connect Core 1.0 section 9, RFC 8705 section 2).
const (
	AuthBasic = "client_secret_basic"
	AuthPost  = "client_secret_post"
	AuthKey   = "private_key_jwt"             // no secret: a statement that it signs (RFC 7523 section 2.2)
	AuthTLS   = "self_signed_tls_client_auth" // no secret: a certificate in the TLS handshake (RFC 8705 section 2.2)
)

// TravelApp is the public client of the stories about Jane's flights.
func TravelApp() Registration {
	return Registration{ID: "mobile-pkce-client", Name: "Travel app", Host: "travel.example"}
}

// TravelAppWithSecret is the Travel app with a secret that each phone has a
// copy of, which is none then (RFC 8252 section 8.5). A provider that is told it
// could keep one lets it do without PKCE.
func TravelAppWithSecret() Registration {
	r := TravelApp()
	r.Secret, r.AuthMethod, r.PKCEOptional = "travel-app-secret", AuthPost, true
	return r
}

// person is the user name of whoever signs in.
func (k Cast) person(c Choices) string {
	if c.Person == "" {
		return k.Person
	}
	return c.Person
}

// FirstName is what the story calls whoever signs in.
func (k Cast) FirstName(c Choices) string {
	c.Person = k.person(c)
	first, _, _ := strings.Cut(c.person().Name, " ")
	return first
}

// FinancePortal is a web app with a server that keeps a secret.
func FinancePortal() Registration {
	return Registration{
		ID: "spring-client-app", Name: "Finance portal", Host: "portal.example",
		Secret: "spring-client-secret", AuthMethod: AuthBasic, PKCEOptional: true,
	}
}

// TravelAppThatStays is the Travel app with refresh tokens.
func TravelAppThatStays() Registration {
	return Registration{ID: "mobile-refresh-client", Name: "Travel app", Host: "travel.example"}
}

// TravelTV is the Travel app on a television.
func TravelTV() Registration {
	return Registration{ID: "tv-client", Name: "Travel TV", Host: "tv.example"}
}

// CompanyTravel and CompanyExpenses are two apps of one company, whose people
// sign in once for both and are asked for no consent.
func CompanyTravel() Registration {
	return Registration{ID: "company-travel-client", Name: "Travel app", Host: "travel.example"}
}

// CompanyExpenses is the other one of them, see [CompanyTravel].
func CompanyExpenses() Registration {
	return Registration{
		ID: "company-expenses-client", Name: "Expenses app", Host: "expenses.example",
		Secret: "company-expenses-secret", AuthMethod: AuthBasic,
	}
}

// OldBrowserApp is a page whose script holds the tokens itself.
func OldBrowserApp() Registration {
	return Registration{ID: "legacy-implicit-client", Name: "Old browser app", Host: "travel.example"}
}

// OldDesktopApp is an app that asks for the password itself.
func OldDesktopApp() Registration {
	return Registration{ID: "legacy-password-client", Name: "Old desktop app", Host: "desktop.example"}
}

// BillingJob is the machine that writes the company's invoices at night.
func BillingJob() Registration {
	return Registration{ //nolint:gosec // a secret that everybody may know
		ID: "my-service-client", Name: "Billing job", Secret: "my-service-secret", AuthMethod: AuthBasic, Host: "billing.example",
	}
}

// NewBillingJob is the same machine before anybody knows it; it gets its name
// at the provider, and its secret, when it registers.
func NewBillingJob() Registration {
	return Registration{Name: "Billing job", AuthMethod: AuthBasic, Host: "billing.example"}
}

// roles lists who of the cast answers at an address, in the order of [Options].Ports.
func roles() []trace.Role {
	return []trace.Role{trace.Client, trace.AuthorizationServer, trace.ResourceServer, trace.OtherClient}
}
