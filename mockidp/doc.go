// Package mockidp is a strict OpenID Provider as an [http.Handler]: it signs
// people in, asks for their consent and gives out codes and tokens exactly as
// the RFCs demand, and it says by name and section which rule a request broke.
// It is for tests and for learning: everything is kept in memory, within
// limits, and the people and passwords are in the open.
//
// # In a test
//
// [Start] serves a provider on a loopback port until the test ends, [StartTLS]
// with a certificate of its own CA. [Provider.Realm] says where everything is;
// its Issuer is what most clients are configured with.
//
//	provider := mockidp.Start(t, mockidp.Config{})
//	issuer := provider.Realm("demo").Issuer()
//
// [Provider.SignInAs] is a person with a browser, so that a test gets a code
// without one. [ServedRealm.AccessToken] and [ServedRealm.IDToken] make tokens
// without a flow, good ones and bad ones, for the test of an API. A [Clock] of
// the test's own lets time pass, and [NewKeySet] brings keys of its own.
//
// Elsewhere, [New] makes a provider from a [Config], and whoever calls it
// serves it. A provider is safe for concurrent use. There can be any number
// in a process; they share nothing but the keys they are given, and making
// one makes no keys. Call [Provider.Close] when it is no longer needed.
//
// # What it is
//
// A [Config] has realms. A [Realm] is an issuer with a [Client] for each
// application and a [Person] for each who can sign in; a config without realms
// has the one of [StoryRealm], with clients of every kind. The fields of a
// client have the names of RFC 7591, in Go's spelling. Package
// [github.com/grantwalk/grantwalk/mockidp/configfile] reads all this from a
// file. What is wrong with a config is a [ConfigError].
//
// The zero value of each field is the strict one: PKCE with S256, exact
// redirect URIs, refresh tokens that rotate, https but for loopback, no
// registration by clients. Every way to have less is a field with a name, in
// [Relaxed] or in the client, and [Provider.Notices] lists those in use.
//
// # What it speaks
//
// The paths are those of Keycloak: /realms/{realm}/protocol/openid-connect/auth,
// token, userinfo and so on. What a realm's metadata names is on, and nothing
// else is, because it is made from the configuration. With the clients for it
// there are
//
//   - the grants: authorization code, client credentials, refresh token,
//     device code (RFC 8628), token exchange (RFC 8693) and, for old clients,
//     implicit, hybrid and password; each for the resource servers that the
//     client names (RFC 8707);
//   - pushed authorization requests (RFC 9126), signed request objects (RFC
//     9101) and authorization details (RFC 9396);
//   - clients that prove who they are by a secret, by a signature (RFC 7523)
//     or by a certificate (RFC 8705), and tokens that are bound to a key by
//     DPoP (RFC 9449) or to a certificate;
//   - the claims parameter, acr and step-up (OpenID Connect Core, RFC 9470);
//   - UserInfo, introspection (RFC 7662), revocation (RFC 7009), logout at the
//     front and over the back channel, and registration by clients (RFC 7591,
//     RFC 7592).
//
// # What it says
//
// Every rule is one named row. [Rules] lists them; each that runs is reported
// with [trace.Record] to the context of the request, and the first that fails
// is the error_description. [Provider.Watch] tells of every exchange with all
// its rules, fit for a log: no secret whole, and nothing that could forge a
// line.
//
// # Deliberate trouble
//
// To see what a client does when things go wrong, a [Fault] makes the provider
// answer an endpoint with an error, late or not at all, or spoil the tokens it
// gives out: from the start with Realm.Faults, by [Provider.Trouble], or over
// HTTP by [Provider.Control]. [Provider.RotateKeys] changes the signing keys.
//
// The package knows nothing of the screens, flows and words that are built on
// top of it, and has no global state.
package mockidp
