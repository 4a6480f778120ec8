package configfile

import (
	"reflect"
	"slices"

	"github.com/grantwalk/grantwalk/mockidp"
)

func realmTable() table {
	return table{
		header: "[[realm]]", of: reflect.TypeFor[mockidp.Realm](),
		words: "A tenant: an issuer with clients and people of its own, at BASE_URL/realms/NAME. A realm has what is written below it and " +
			"nothing else.",
		keys: slices.Concat([]key{
			{"name", "Name", `"demo"`, "Needed. Part of the issuer; letters, digits, '-', '_' and '.'."},
			{
				"default_scope", "DefaultScope", `"openid profile"`,
				"What a request without scope asks for (RFC 6749 section 3.3). Left out: an authorization request without scope is refused, and a " +
					"token request asks for all that it may.",
			},
			{
				"access_token_type", "AccessTokenType", `"JWT"`,
				"The typ of access tokens: \"at+jwt\" (RFC 9068 section 2.1), or \"JWT\" for resource servers that refuse another, as Spring " +
					"Security's do when they are made from the issuer alone. Left out: at+jwt.",
			},
			{
				"dpop_nonce", "DPoPNonce", `"always"`,
				"Who must put a nonce of the provider into DPoP proofs (RFC 9449 section 8): \"always\" means everybody who sends a proof, \"never\" " +
					"nobody. Left out: clients with dpop_bound_access_tokens.",
			},
			{
				"auto_sign_in", "AutoSignIn", `"ann"`,
				"Signs this person in without a page and without a password. For tests; it is said at start.",
			},
			{
				"auto_sign_in_by_hint", "AutoSignInByHint", "true",
				"Signs in without a page whomever login_hint names, by user name. For tests; it is said at start.",
			},
			{
				"failed_sign_ins_per_address", "FailedSignInsPerAddress", "20",
				"How many sign-ins of one address may fail in a minute before everybody there has to wait. Left out: addresses are not counted, as " +
					"a class or an office shares one; a person in one browser has 5 attempts a minute, and 100 in all browsers together.",
			},
		}, signingKeys(), []key{
			{"lifetimes", "Lifetimes", "", "How long things are good for."},
			{"registration", "Registration", "", "Whether clients may register themselves."},
			{"scope", "Scopes", "", "What clients can ask for. Left out: the standard scopes of OpenID Connect."},
			{"client", "Clients", "", "The applications."},
			{"person", "People", "", "Who can sign in."},
			{"authorization_details_type", "AuthorizationDetailsTypes", "", "Types of authorization_details that clients may ask for."},
			{"fault", "Faults", "", "Deliberate trouble from the start."},
		}),
	}
}

// signingKeys are the keys of a realm that say what is signed with, and how people are named.
func signingKeys() []key {
	return []key{
		{
			"signing_alg", "SigningAlg", `"ES256"`,
			"What is signed with for clients that name nothing. Left out: RS256, as OpenID Connect has it; ES256 in a file " +
				"with several realms, because " +
				"two RSA signatures are most of a login. Clients that registered themselves have RS256.",
		},
		{
			"signing_algorithms", "SigningAlgorithms", `["RS256", "ES256"]`,
			"The only ones that the realm signs with, promises and publishes keys for; the first is the default of clients where RS256 is not " +
				"among them. For clients that stumble over keys of kinds that they do not know. Left out: RS256, PS256, ES256 and EdDSA.",
		},
		{
			"pairwise_salt", "PairwiseSalt", `"4f0a9c3b7d51e268"`,
			"Lets clients be of the subject_type pairwise, and makes their subs (OpenID Connect Core section 8.1): a secret of 16 bytes or more. " +
				"With another salt everybody is somebody else for them. Left out: there are no such clients.",
		},
		{
			"request_uri_parameter_supported", "RequestURIParameterSupported", "true",
			"Fetches signed requests from the request_uris of clients (OpenID Connect Core section 6.2), anew each time and from this machine " +
				"only, unless relaxed.remote_fetch is set. Anybody can then have those addresses called. Left out: request_uri is for pushed " +
				"requests.",
		},
		{
			"signing_keys_file", "SigningKeysFile", `"keys.pem"`,
			"The private keys of the realm: PEM blocks or a JWK Set; a path from this file's folder. The first key for each " +
				"algorithm signs, those after " +
				"it are published only, so that what they signed stays good. Left out: keys by signing_seed, or new ones at each start.",
		},
	}
}

func lifetimesTable() table {
	return table{
		header: "[realm.lifetimes]", of: reflect.TypeFor[mockidp.Lifetimes](),
		words: "How long things are good for, as text with a unit (\"90s\", \"10m\", \"8h\") or as a number of seconds. As " +
			"[realm.client.lifetimes], for one client.",
		keys: []key{
			{"code", "Code", `"60s"`, "An authorization code; at most 10 minutes (RFC 6749 section 4.1.2)."},
			{"access_token", "AccessToken", `"5m"`, "An access token."},
			{"id_token", "IDToken", `"5m"`, "An ID token."},
			{
				"refresh_token", "RefreshToken", `"720h"`,
				"A refresh token and all that come after it, since the person signed in or agreed. Left out: as long as the session; with " +
					"offline_access 30 days.",
			},
			{"refresh_idle", "RefreshIdle", `"1h"`, "A refresh token that is not used. Left out: 1 hour, with offline_access 7 days."},
			{
				"refresh_token_grace", "RefreshTokenGrace", `"10s"`,
				"How long a refresh token that was just used gives a further answer with the same next token; at most 5 minutes. " +
					"For clients that lose " +
					"answers or refresh from two tabs; it helps thieves who are as quick, so it is said at start. Left out: a second " +
					"use ends the family " +
					"(RFC 9700 section 4.14.2).",
			},
			{"session", "Session", `"8h"`, "A browser's sign-in."},
			{"device_code", "DeviceCode", `"10m"`, "A device code and the code that the person types (RFC 8628 section 3.2)."},
			{"pushed_request", "PushedRequest", `"60s"`, "The request_uri of a pushed authorization request (RFC 9126 section 2.2)."},
		},
	}
}

func registrationTable() table {
	return table{
		header: "[realm.registration]", of: reflect.TypeFor[mockidp.Registration](),
		words: "Lets clients register themselves (RFC 7591). Left out: they can't. The header alone turns it on. Whoever " +
			"registers names addresses " +
			"that the provider then calls: a jwks_uri, sector_identifier_uri or request_uri by GET, a backchannel_logout_uri by POST. On this " +
			"machine only, unless remote_fetch is on in [relaxed]: without initial_access_token, anybody can have one GET sent " +
			"to any port here, and is not shown the answer.",
		keys: []key{
			{"initial_access_token", "InitialAccessToken", `"let-me-in"`, "Must be shown to register (RFC 7591 section 3). Left out: anybody may."},
			{
				"grant_types", "GrantTypes", `["authorization_code", "client_credentials"]`,
				"What clients may register for. Left out: authorization_code, refresh_token and urn:ietf:params:oauth:grant-type:device_code.",
			},
			{"pkce_optional", "PKCEOptional", "true", "Registers confidential clients with pkce_optional."},
			{
				"symbols_in_secrets", "SymbolsInSecrets", "true",
				"Gives out secrets that hold a +, a % and a /: a client that does not form-encode them for the Authorization header (RFC 6749 " +
					"section 2.3.1) is found out.",
			},
		},
	}
}

func scopeTable() table {
	return table{
		header: "[[realm.scope]]", of: reflect.TypeFor[mockidp.Scope](),
		words: "A permission that clients can ask for. With one scope written, the realm has those that are written: name openid too if you " +
			"want it.",
		keys: []key{
			{"name", "Name", `"invoices.read"`, "Needed. One scope-token (RFC 6749 section 3.3)."},
			{"description", "Description", `"read your invoices"`, "Completes \"This app would like to …\" on the consent page."},
			{
				"audience", "Audience", `"https://invoices.example"`,
				"The resource server that it is for: the aud claim of access tokens (RFC 9068 section 3). Left out: the provider itself.",
			},
			{"claims", "Claims", `["department", "roles"]`, "Claims about the person that UserInfo tells for it."},
			{
				"id_token_claims", "IDTokenClaims", `["department"]`,
				"Claims that stand in the ID token itself. Left out: none, as in OpenID Connect Core section 5.4.",
			},
			{
				"access_token_claims", "AccessTokenClaims", `["tenant"]`,
				"Claims about the person, or about the client that acts for itself, that stand in the access token. Such a scope serves services too.",
			},
		},
	}
}

func personTable() table {
	return table{
		header: "[[realm.person]]", of: reflect.TypeFor[mockidp.Person](),
		words: "Somebody who can sign in.",
		keys: []key{
			{"username", "Username", `"ann"`, "Needed."},
			{"password", "Password", `"ann"`, "Needed. Everybody who can open this file knows it."},
			{"subject", "Subject", `"user-ann"`, "The sub claim: what clients know the person by. Left out: the user name."},
			{"about", "About", `"tester"`, "A word for the sign-in page."},
			{
				"roles", "Roles", `["user", "editor"]`,
				"What the person may do, in the access tokens: as roles (RFC 9068 section 2.2.3.1) and as realm_access.roles for clients made for " +
					"Keycloak.",
			},
			{
				"claims", "Claims", `{ name = "Ann Lee", email = "ann@example.com", email_verified = true, roles = ["admin"], ` +
					`address = { locality = "Bern", country = "CH" } }`,
				"What can be told about the person: any names, any values, nested ones too. " +
					"A scope says by its claims which of them a client gets.",
			},
		},
	}
}

func detailsTable() table {
	return table{
		header: "[[realm.authorization_details_type]]", of: reflect.TypeFor[mockidp.AuthorizationDetailsType](),
		words: "A type of authorization_details that clients may ask for (RFC 9396 section 2), if they are registered for it with " +
			"authorization_details_types. Left out: none.",
		keys: []key{
			{"type", "Type", `"payment_initiation"`, "Needed. The value of type."},
			{"description", "Description", `"make a payment"`, "Completes \"This app would like to …\" on the consent page."},
			{"audience", "Audience", `"https://bank.example"`, "The resource server that it is for. Left out: the provider itself."},
			{"field", "Fields", "", "Fields besides type. An object with any other field is refused."},
		},
	}
}

func detailsFieldTable() table {
	return table{
		header: "[[realm.authorization_details_type.field]]", of: reflect.TypeFor[mockidp.DetailsField](),
		words: "A field of the type above. A field of the kind object has fields of its own: [[realm.authorization_details_type.field.field]].",
		keys: []key{
			{"name", "Name", `"amount"`, "Needed."},
			{"label", "Label", `"the amount"`, "How the consent page calls it. Left out: the name."},
			{"kind", "Kind", `"strings"`, "Needed. What it holds: string, number, boolean, object, or strings for a list of strings."},
			{"values", "Values", `["EUR", "CHF"]`, "The strings that are allowed. Left out: any."},
			{"optional", "Optional", "true", "It may be left out of a request."},
			{"field", "Fields", "", "Fields of an object."},
		},
	}
}
