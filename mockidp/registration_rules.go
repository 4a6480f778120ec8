package mockidp

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// registrationRows are the rules of the client registration endpoint.
func registrationRows() []rule.Row[registering] {
	return append([]rule.Row[registering]{
		{
			ID: "method-post", Rule: "the request uses POST",
			Spec: rule.RFC("7591", "3.1"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *registering) rule.Finding { return in.r.CheckMethod(http.MethodPost) },
		},
		{
			ID: "initial-access-token-sent", Rule: "the initial access token is sent, where one is demanded",
			Spec: rule.RFC("7591", "3"), Status: http.StatusUnauthorized,
			Check: func(in *registering) rule.Finding {
				if in.t.registration.InitialAccessToken == "" {
					return rule.Skip("anybody may register")
				}
				return checkOneToken(in, "an initial access token")
			},
		},
		{
			ID: "initial-access-token-matches", Rule: "the initial access token is the right one",
			Spec: rule.RFC("7591", "3"), Error: "invalid_token", Status: http.StatusUnauthorized,
			Check: func(in *registering) rule.Finding {
				if in.t.registration.InitialAccessToken == "" {
					return rule.Skip("anybody may register")
				}
				ok := keys.Same(in.t.registration.InitialAccessToken, in.tokens[0])
				return rule.Verdict(ok, "the token of this realm", rightOrOther(ok), "the initial access token is not the one of this realm")
			},
		},
	}, submissionRows()...)
}

// clientConfigurationRows are the rules of the client configuration endpoint
// (RFC 7592).
func clientConfigurationRows() []rule.Row[registering] {
	updating := func(in *registering) bool { return in.r.Method == http.MethodPut }
	return slices.Concat([]rule.Row[registering]{
		{
			ID: "method-get-put-or-delete", Rule: "the request uses GET, PUT or DELETE",
			Spec: rule.RFC("7592", "2"), Error: "invalid_request", Status: http.StatusMethodNotAllowed,
			Check: func(in *registering) rule.Finding {
				return in.r.CheckMethod(http.MethodGet, http.MethodPut, http.MethodDelete)
			},
		},
		{
			ID: "registration-access-token-sent", Rule: "the registration access token is sent",
			Spec: rule.RFC("7592", "2"), Status: http.StatusUnauthorized,
			Check: func(in *registering) rule.Finding {
				return checkOneToken(in, "the registration access token of the client")
			},
		},
		{
			// A client that does not exist is no other case: who has no
			// token is told nothing (RFC 7592 section 2.1).
			ID: "registration-access-token-matches", Rule: "the registration access token is the client's",
			Spec: rule.RFC("7592", "2.1"), Error: "invalid_token", Status: http.StatusUnauthorized,
			Check: func(in *registering) rule.Finding {
				return rule.Verdict(in.current != nil, "the token of this client", rightOrOther(in.current != nil),
					"the registration access token is not the one of this client, or there is no such client")
			},
		},
	}, rule.OnlyWhen(updating, submissionRows()), rule.OnlyWhen(updating, updateRows()))
}

func rightOrOther(ok bool) string {
	if ok {
		return "that token"
	}
	return "another token"
}

func checkOneToken(in *registering, expected string) rule.Finding {
	return rule.Verdict(len(in.tokens) == 1, expected, strconv.Itoa(len(in.tokens))+" bearer tokens",
		"the Authorization header must hold "+expected+", once")
}

// updateRows hold a client to what it may change (RFC 7592 section 2.2).
func updateRows() []rule.Row[registering] {
	own := func(in *registering, name string) (string, bool) {
		raw, sent := in.sent.members[name]
		return strings.Trim(string(raw), `"`), sent
	}
	return []rule.Row[registering]{
		{
			ID: "client-id-kept", Rule: "client_id is the one that was given out",
			Spec: rule.RFC("7592", "2.2"), Error: "invalid_client_metadata", Status: http.StatusBadRequest,
			Check: func(in *registering) rule.Finding {
				id, _ := own(in, "client_id")
				want := in.current.client.ClientID
				return rule.Verdict(id == want, want, cmp.Or(wire.Shown(id), "none"), "an update must name its client_id, "+want)
			},
		},
		{
			ID: "client-secret-kept", Rule: "client_secret, if sent, is the one that was given out",
			Spec: rule.RFC("7592", "2.2"), Error: "invalid_client_metadata", Status: http.StatusBadRequest,
			Check: func(in *registering) rule.Finding {
				secret, sent := own(in, "client_secret")
				if !sent {
					return rule.Skip("no client_secret is sent")
				}
				ok := keys.Same(secret, in.current.client.ClientSecret)
				got := "another secret"
				if ok {
					got = "that secret"
				}
				return rule.Verdict(ok, "the secret that was given out", got, "a client cannot choose its own client_secret")
			},
		},
		{
			ID: "server-fields-absent", Rule: "nothing is sent that only the provider decides",
			Spec: rule.RFC("7592", "2.2"), Error: "invalid_client_metadata", Status: http.StatusBadRequest,
			Check: func(in *registering) rule.Finding {
				for _, name := range []string{
					"registration_access_token", "registration_client_uri", "client_secret_expires_at",
					"client_id_issued_at",
				} {
					if _, sent := own(in, name); sent {
						return rule.Fail("none of them", name, name+" must not be sent in an update; the provider decides it")
					}
				}
				return rule.Pass("none of them", "none")
			},
		},
	}
}

// submissionRows are about the metadata itself.
func submissionRows() []rule.Row[registering] {
	bad := func(id, phrase string, spec trace.Spec, code string, check func(*registering) rule.Finding) rule.Row[registering] {
		return rule.Row[registering]{ID: id, Rule: phrase, Spec: spec, Error: code, Status: http.StatusBadRequest, Check: check}
	}
	const invalid = "invalid_client_metadata"
	return []rule.Row[registering]{
		bad("body-is-json", "the body is application/json", rule.RFC("7591", "3.1"), invalid, func(in *registering) rule.Finding {
			return rule.Verdict(in.isJSON, "application/json", cmp.Or(wire.Shown(in.r.MediaType), "no Content-Type"),
				"the body is not application/json")
		}),
		bad("metadata-object", "the body is one JSON object, each name in it once", rule.RFC("7591", "3.1"), invalid,
			func(in *registering) rule.Finding {
				return rule.Verdict(in.sent.malformed == "", "one JSON object", cmp.Or(in.sent.malformed, "one JSON object"),
					"the body cannot be read: "+in.sent.malformed)
			}),
		bad("software-statement-absent", "no software statement is sent", rule.RFC("7591", "3.2.2"), "invalid_software_statement",
			func(in *registering) rule.Finding {
				_, sent := in.sent.members["software_statement"]
				got := "none"
				if sent {
					got = "a software statement"
				}
				return rule.Verdict(!sent, "none", got, "this provider trusts no issuer of software statements; send the metadata themselves")
			}),
		bad("metadata-types", "each member has the type that the standard gives it", rule.RFC("7591", "2"), invalid,
			func(in *registering) rule.Finding {
				return rule.Verdict(in.sent.mistyped == "", "the types of RFC 7591", cmp.Or(wire.Shown(in.sent.mistyped), "the types of RFC 7591"),
					in.sent.mistyped)
			}),
		bad("metadata-short", "the metadata are of a sensible size", rule.RFC("7591", "5"), invalid, checkMetadataShort),
		bad("metadata-supported", "nothing is asked for that this provider does not have", registrationSpec("2"), invalid,
			checkMetadataSupported),
		bad("redirect-uris-valid", "every redirection URI is one that can be registered", rule.RFC("7591", "5"), "invalid_redirect_uri",
			checkRedirectURIs),
		bad("grant-and-response-types-agree", "grant types and response types go together", rule.RFC("7591", "2.1"), invalid, checkTypesAgree),
		bad("grant-types-open", "clients may register for these grant types by themselves", rule.RFC("7591", "5"), invalid,
			func(in *registering) rule.Finding {
				open := in.t.registration.GrantTypes
				extra := wire.Without(in.client.GrantTypes, open)
				return rule.Verdict(len(extra) == 0, strings.Join(open, " or "), cmp.Or(strings.Join(in.client.GrantTypes, " "), "none"),
					"grant_types: a client cannot register itself for "+wire.Shown(strings.Join(extra, ", "))+"; open are "+strings.Join(open, ", "))
			}),
		bad("metadata-valid", "the client keeps what every client must", rule.RFC("7591", "3.2.2"), invalid, checkAsConfigured),
		bad("sector-lists-redirect-uris", "sector_identifier_uri lists every redirection URI", registrationSpec("5"), invalid, checkSector),
	}
}

func checkMetadataShort(in *registering) rule.Finding {
	expected := fmt.Sprintf("at most %d KiB, %d values and %d bytes in each", maxMetadata>>10, maxListed, maxValue)
	if long := in.sent.tooLong(); long != "" {
		return rule.Fail(expected, long+" is longer", long+" is too long; allowed: "+expected)
	}
	return rule.Verdict(len(in.r.Body) <= maxMetadata, expected, strconv.Itoa(len(in.r.Body))+" bytes",
		"the metadata are too long; allowed: "+expected)
}

// checkMetadataSupported refuses what would be a promise that is not kept: who
// asks for encryption must not get plain text instead.
func checkMetadataSupported(in *registering) rule.Finding {
	const expected = "only what the metadata of the provider promise"
	for _, name := range []string{
		"id_token_encrypted_response_alg", "id_token_encrypted_response_enc",
		"userinfo_encrypted_response_alg", "userinfo_encrypted_response_enc",
		"request_object_encryption_alg", "request_object_encryption_enc",
		"authorization_encrypted_response_alg", "authorization_encrypted_response_enc",
		"introspection_encrypted_response_alg", "introspection_encrypted_response_enc",
	} {
		if _, sent := in.sent.members[name]; sent {
			return rule.Fail(expected, name, name+" is not supported")
		}
	}
	if types := in.t.subjectTypes(); !slices.Contains(types, cmp.Or(in.sent.SubjectType, subjectPublic)) {
		asked := wire.Shown(in.sent.SubjectType)
		return rule.Fail(expected, asked, "subject_type "+asked+" is not supported; supported: "+
			strings.Join(types, ", ")+"; the key pairwise_salt of the realm turns pairwise on")
	}
	if app := cmp.Or(in.sent.ApplicationType, applicationWeb); app != applicationWeb && app != applicationNative {
		return rule.Fail(expected, wire.Shown(app), "application_type is web or native, not "+wire.Shown(app))
	}
	return rule.Pass(expected, "only that")
}

func checkRedirectURIs(in *registering) rule.Finding {
	const expected = "absolute URIs without fragment; https, or http on loopback, or an app's own scheme"
	implicit := slices.Contains(in.client.GrantTypes, grantImplicit) && in.sent.ApplicationType != applicationNative
	for _, uri := range in.client.RedirectURIs {
		if err := checkRedirectURI("redirect_uris", uri, in.p.demands.relaxed); err != nil {
			return rule.Fail(expected, wire.Shown(uri), err.Error())
		}
		// OpenID Connect Dynamic Client Registration 1.0 section 2, application_type.
		if u, err := url.Parse(uri); implicit && (err != nil || u.Scheme != "https" || u.Hostname() == "localhost") {
			return rule.Fail(expected, wire.Shown(uri),
				"redirect_uri "+wire.Shown(uri)+": a web client with the implicit grant uses https, and not localhost")
		}
	}
	needs := slices.Contains(in.client.GrantTypes, grantAuthorizationCode) || len(in.client.ResponseTypes) > 0
	return rule.Verdict(!needs || len(in.client.RedirectURIs) > 0, expected, strconv.Itoa(len(in.client.RedirectURIs))+" of them",
		"redirect_uris is missing; the authorization endpoint answers to no other address")
}

// checkTypesAgree is the table of RFC 7591 section 2.1 and of OpenID Connect
// Dynamic Client Registration 1.0 section 2.
func checkTypesAgree(in *registering) rule.Finding {
	grants := in.client.GrantTypes
	for _, t := range in.client.ResponseTypes {
		kind, _ := readResponseType(t)
		if missing := wire.Without(kind.grants(), grants); len(missing) > 0 {
			return rule.Fail("response types that the grant types serve", wire.Shown(t),
				"response_types: "+wire.Shown(t)+" needs the grant type "+missing[0])
		}
	}
	code := in.client.anyType(func(k responseType) bool { return k.code })
	return rule.Verdict(code || !slices.Contains(grants, grantAuthorizationCode), "response types that the grant types serve",
		cmp.Or(strings.Join(in.client.ResponseTypes, ", "), "none"), "grant_types: authorization_code needs a response type with code")
}

// checkAsConfigured holds the client to the rules for clients of the config.
func checkAsConfigured(in *registering) rule.Finding {
	const expected = "a client as the config could have it"
	trial := in.client
	trial.ClientID = "new"
	if usesSecret(trial.TokenEndpointAuthMethod) {
		trial.ClientSecret = strings.Repeat("x", 64) // as long as the one that it gets
	}
	realm := &neighbours{scopes: in.t.scopeNames(), algorithms: in.t.algorithms}
	err := errors.Join(checkSeen(in.sent), checkClient(&trial, realm, in.p.demands.with(in.t.keys)))
	if err != nil {
		reason, _, _ := strings.Cut(err.Error(), "\n")
		member, _, _ := strings.Cut(reason, ":")
		return rule.Fail(expected, "a wrong "+wire.Shown(member), reason)
	}
	return rule.Pass(expected, "one")
}

// checkSeen is about what people see of a client, or are led to, in their
// languages.
func checkSeen(s submission) error {
	if !strings.HasPrefix(cmp.Or(s.InitiateLoginURI, "https://"), "https://") {
		return wrong("initiate_login_uri", "%q must use https (OpenID Connect Dynamic Client Registration 1.0 section 2)",
			wire.Shown(s.InitiateLoginURI))
	}
	uris := map[string]string{"initiate_login_uri": s.InitiateLoginURI}
	for name, text := range s.translations {
		if !strings.HasPrefix(name, "client_name#") {
			uris[name] = text
		}
	}
	return checkShownURIs(uris)
}
