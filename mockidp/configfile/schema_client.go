package configfile

import (
	"reflect"
	"slices"

	"github.com/grantwalk/grantwalk/mockidp"
)

func clientTable() table {
	return table{
		header: "[[realm.client]]", of: reflect.TypeFor[mockidp.Client](),
		words: "An application, in the words of RFC 7591 section 2. With client_id and redirect_uris alone it is a public client that logs " +
			"people in by authorization code and PKCE; with a client_secret it is a confidential one.",
		keys: slices.Concat(clientKeys(), clientUseKeys(), clientProofKeys(), clientStrictKeys(), clientOpenIDKeys()),
	}
}

func clientKeys() []key {
	return []key{
		{"client_id", "ClientID", `"web"`, "Needed."},
		{"client_name", "ClientName", `"Web shop"`, "What people see. Left out: the client_id."},
		{"client_uri", "ClientURI", `"https://shop.example/"`, "Its home page; people see it when they sign in and are asked for their consent."},
		{"logo_uri", "LogoURI", `"https://shop.example/logo.png"`, "Its picture, likewise."},
		{"policy_uri", "PolicyURI", `"https://shop.example/privacy"`, "What it promises about data, likewise."},
		{"tos_uri", "TOSURI", `"https://shop.example/terms"`, "What it demands of people, likewise."},
		{"client_secret", "ClientSecret", `"web-secret"`, "Left out: a public client."},
		{"further_secrets", "FurtherSecrets", `["old-secret"]`, "Secrets that are taken as well, while one is replaced by another."},
		{
			"redirect_uris", "RedirectURIs", `["http://localhost:8080/callback"]`,
			"Compared as exact strings, save that http://127.0.0.1 and http://[::1] match with any port (RFC 8252 section 7.3).",
		},
		{
			"post_logout_redirect_uris", "PostLogoutRedirectURIs", `["http://localhost:8080/"]`,
			"Where a person may be sent after signing out, as exact strings.",
		},
		{
			"origins", "Origins", `["http://localhost:8080"]`,
			"Web origins besides those of the redirect URIs that may call from a browser (CORS).",
		},
		{
			"only_origins", "OnlyOrigins", "true",
			"Lets the listed origins call and not those of the redirect URIs as well, as providers do that ask for both: a page whose origin is " +
				"missing then gets no token. Left out: both may.",
		},
	}
}

// clientUseKeys are what a client may ask for, and what its tokens are like.
func clientUseKeys() []key {
	return []key{
		{"grant_types", "GrantTypes", `["authorization_code", "refresh_token"]`, "Left out: authorization_code. []: none."},
		{"response_types", "ResponseTypes", `["code"]`, "Left out: code, with the authorization code grant. []: none."},
		{
			"response_modes", "ResponseModes", `["jwt"]`,
			"How answers of the authorization endpoint may travel (FAPI 2.0 Message Signing section 5.4): query, fragment, form_post, and for " +
				"signed answers jwt, query.jwt, fragment.jwt, form_post.jwt. Left out: all.",
		},
		{"scope", "Scope", `"openid profile"`, "What the client may ask for, with spaces between. Left out: every scope of the realm."},
		{
			"default_scope", "DefaultScope", `"openid profile"`,
			"What a request without scope asks for (RFC 6749 section 3.3). Left out: the realm's default_scope.",
		},
		{"access_token_format", "AccessTokenFormat", `"opaque"`, "\"jwt\" (RFC 9068) or \"opaque\". Left out: jwt."},
		{
			"access_token_type", "AccessTokenType", `"JWT"`,
			"The typ of access tokens: \"at+jwt\" (RFC 9068 section 2.1), or \"JWT\" for resource servers that refuse another, as Spring " +
				"Security's do when they are made from the issuer alone. Left out: the realm's.",
		},
		{
			"id_token_claims", "IDTokenClaims", `["email"]`,
			"Claims that stand in the client's ID tokens too, as far as a granted scope releases them. Left out: they come from UserInfo (OpenID " +
				"Connect Core section 5.4).",
		},
		{
			"id_token_sid", "IDTokenSID", "true",
			"Puts sid, which says in which session of the provider the person signed in, into the client's ID tokens. With a logout URI it is " +
				"always so.",
		},
		{"access_token_claims", "AccessTokenClaims", `["tenant"]`, "Claims that stand in the client's access tokens too, likewise."},
		{
			"claims", "Claims", `{ tenant = "north" }`,
			"What tokens say of the client where it acts for itself, for scopes with access_token_claims.",
		},
		{
			"access_token_signed_response_alg", "AccessTokenSignedResponseAlg", `"ES256"`,
			"RS256, PS256, ES256 or EdDSA. Left out: RS256, which every API knows.",
		},
		{"lifetimes", "Lifetimes", "", "Those that differ from the realm's."},
	}
}

// clientProofKeys are about how a client proves who it is.
func clientProofKeys() []key {
	return []key{
		{
			"token_endpoint_auth_method", "TokenEndpointAuthMethod", `"client_secret_post"`,
			"Left out: none when there is no secret; else client_secret_basic and client_secret_post are both taken, one at a time.",
		},
		{
			"token_endpoint_auth_signing_alg", "TokenEndpointAuthSigningAlg", `"ES256"`,
			"How the client signs to prove who it is. Left out: any algorithm that its method allows.",
		},
		{
			"jwks", "JWKS", `{ keys = [{ kty = "EC", crv = "P-256", x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", ` +
				`y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }] }`,
			"The client's public keys, as a JWK Set (RFC 7517): a table, or JSON in a string. Not together with jwks_uri.",
		},
		{"jwks_uri", "JWKSURI", `"http://127.0.0.1:8080/jwks"`, "Where to get the client's public keys."},
		{
			"tls_client_auth_subject_dn", "TLSClientAuthSubjectDN", `"CN=web,O=Example"`,
			"Whose certificate it is, for tls_client_auth (RFC 8705 section 2.1.2).",
		},
		{"tls_client_auth_san_dns", "TLSClientAuthSANDNS", `"web.example"`, "Likewise, by a DNS name in the certificate."},
	}
}

// clientStrictKeys are about what is demanded of a client beyond what is demanded of all.
func clientStrictKeys() []key {
	return []key{
		{"trusted", "Trusted", "true", "Spares people the consent page. For tests without pages, and for a client of the house."},
		{"pkce_optional", "PKCEOptional", "true", "Lets a confidential client, and only such, do without PKCE."},
		{
			"require_pushed_authorization_requests", "RequirePushedAuthorizationRequests", "true",
			"Refuses authorization requests that were not pushed (RFC 9126 section 6).",
		},
		{"dpop_bound_access_tokens", "DPoPBoundAccessTokens", "true", "Demands DPoP (RFC 9449 section 5.2)."},
		{
			"tls_client_certificate_bound_access_tokens", "TLSClientCertificateBoundAccessTokens", "true",
			"Binds access tokens to the client's certificate (RFC 8705 section 3.4).",
		},
		{
			"request_object_signing_alg", "RequestObjectSigningAlg", `"ES256"`,
			"How the client signs request objects (RFC 9101). Left out: any algorithm that is supported.",
		},
		{"require_signed_request_object", "RequireSignedRequestObject", "true", "Refuses plain parameters (RFC 9101 section 10.5)."},
		{
			"require_request_object_times", "RequireRequestObjectTimes", "true",
			"Wants nbf, exp and aud in request objects: for which hour, or less, they are meant, and for whom (FAPI 2.0 Message Signing section " +
				"5.3.1). With the profile fapi2 it is always so.",
		},
		{
			"request_uris", "RequestURIs", `["https://shop.example/request.jwt"]`,
			"Where the client's signed requests may be fetched (OpenID Connect Dynamic Client Registration section 2); a fragment is passed over. " +
				"Needs request_uri_parameter_supported of the realm, and jwks or jwks_uri.",
		},
		{
			"authorization_details_types", "AuthorizationDetailsTypes", `["payment_initiation"]`,
			"Types of the realm that the client may ask for (RFC 9396 section 10). Left out: none.",
		},
		{
			"audiences", "Audiences", `["https://api.example"]`,
			"Resource servers that the client is: it may introspect and exchange tokens for them.",
		},
		{
			"exchange_impersonation", "ExchangeImpersonation", "true",
			"With the grant token exchange: lets the client leave out actor_token (RFC 8693 section 1.1).",
		},
		{
			"exchange_scope", "ExchangeScope", `"read:invoices"`,
			"With the grant token exchange: scopes that the client gets besides those of the token it shows.",
		},
		{"may_act", "MayAct", `"exchange-client"`, "Sub of who may act for the subjects of the client's access tokens (RFC 8693 section 4.4)."},
		{
			"profile", "Profile", `"fapi2"`,
			"Holds the client to the FAPI 2.0 Security Profile, and what it signs to FAPI 2.0 Message Signing. Left out: the rules of everybody.",
		},
	}
}

// clientOpenIDKeys are the client metadata of OpenID Connect.
func clientOpenIDKeys() []key {
	return []key{
		{"id_token_signed_response_alg", "IDTokenSignedResponseAlg", `"ES256"`, "RS256, PS256, ES256 or EdDSA. Left out: RS256."},
		{"userinfo_signed_response_alg", "UserInfoSignedResponseAlg", `"RS256"`, "Makes UserInfo a signed JWT. Left out: plain JSON."},
		{
			"authorization_signed_response_alg", "AuthorizationSignedResponseAlg", `"ES256"`,
			"Signs answers of the authorization endpoint, where a request asks for it by response_mode (JARM). Left out: RS256.",
		},
		{
			"introspection_signed_response_alg", "IntrospectionSignedResponseAlg", `"ES256"`,
			"Signs answers of the introspection endpoint, where a request asks for it by Accept (RFC 9701 section 4). Left out: RS256.",
		},
		{
			"default_max_age", "DefaultMaxAge", `3600`,
			"How long ago people may have signed in, for requests without max_age; in seconds, or as \"1h\".",
		},
		{"default_acr_values", "DefaultACRValues", `["2"]`, "For requests without acr_values."},
		{
			"subject_type", "SubjectType", `"pairwise"`,
			"\"public\": people have the same sub as for every client; \"pairwise\": one that clients of other sectors do not know. Needs " +
				"pairwise_salt of the realm. Left out: public.",
		},
		{
			"sector_identifier_uri", "SectorIdentifierURI", `"https://shop.example/sector.json"`,
			"Its host is the client's sector; what is there is read when a client registers itself. Left out: the host of redirect_uris.",
		},
		{"require_auth_time", "RequireAuthTime", "true", "Puts auth_time into every ID token."},
		{
			"backchannel_logout_uri", "BackchannelLogoutURI", `"http://127.0.0.1:8080/logout"`,
			"Is told when a person signs out (OpenID Connect Back-Channel Logout section 2.2).",
		},
		{"backchannel_logout_session_required", "BackchannelLogoutSessionRequired", "true", "Always with a sid."},
		{
			"frontchannel_logout_uri", "FrontchannelLogoutURI", `"http://127.0.0.1:8080/front-logout"`,
			"Is opened in a frame when a person signs out, with iss and sid (OpenID Connect Front-Channel Logout section 2). " +
				"Scheme, host and port are " +
				"those of one of redirect_uris.",
		},
		{"frontchannel_logout_session_required", "FrontchannelLogoutSessionRequired", "true", "Always with iss and sid."},
	}
}
