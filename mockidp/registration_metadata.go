package mockidp

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

const (
	maxMetadata = 16 << 10 // bytes of a registration
	maxListed   = 32       // values in one list, and translations
	maxValue    = 2048     // bytes of one text
)

// clientMetadata is what a client says of itself (RFC 7591 section 2, OpenID
// Connect Dynamic Client Registration 1.0 section 2, and the registries of
// the other standards that [Client] names).
type clientMetadata struct {
	RedirectURIs            []string            `json:"redirect_uris,omitempty"`
	PostLogoutRedirectURIs  []string            `json:"post_logout_redirect_uris,omitempty"`
	ClientName              string              `json:"client_name,omitempty"`
	ClientURI               string              `json:"client_uri,omitempty"`
	LogoURI                 string              `json:"logo_uri,omitempty"`
	PolicyURI               string              `json:"policy_uri,omitempty"`
	TOSURI                  string              `json:"tos_uri,omitempty"`
	Contacts                []string            `json:"contacts,omitempty"`
	SoftwareID              string              `json:"software_id,omitempty"`
	SoftwareVersion         string              `json:"software_version,omitempty"`
	ApplicationType         string              `json:"application_type,omitempty"`
	SubjectType             string              `json:"subject_type,omitempty"`
	SectorIdentifierURI     string              `json:"sector_identifier_uri,omitempty"`
	InitiateLoginURI        string              `json:"initiate_login_uri,omitempty"`
	GrantTypes              []string            `json:"grant_types"`
	ResponseTypes           []string            `json:"response_types"`
	Scope                   string              `json:"scope,omitempty"`
	TokenEndpointAuthMethod string              `json:"token_endpoint_auth_method"`
	TokenEndpointAuthAlg    string              `json:"token_endpoint_auth_signing_alg,omitempty"`
	JWKS                    *jose.JSONWebKeySet `json:"jwks,omitempty"`
	JWKSURI                 string              `json:"jwks_uri,omitempty"`
	IDTokenAlg              string              `json:"id_token_signed_response_alg,omitempty"`
	UserInfoAlg             string              `json:"userinfo_signed_response_alg,omitempty"`
	AuthorizationAlg        string              `json:"authorization_signed_response_alg,omitempty"`
	IntrospectionAlg        string              `json:"introspection_signed_response_alg,omitempty"`
	ResponseModes           []string            `json:"response_modes,omitempty"`
	RequestObjectAlg        string              `json:"request_object_signing_alg,omitempty"`
	RequireSignedRequest    bool                `json:"require_signed_request_object,omitempty"`
	RequestURIs             []string            `json:"request_uris,omitempty"`
	RequirePushed           bool                `json:"require_pushed_authorization_requests,omitempty"`
	DPoPBound               bool                `json:"dpop_bound_access_tokens,omitempty"`
	CertificateBound        bool                `json:"tls_client_certificate_bound_access_tokens,omitempty"`
	SubjectDN               string              `json:"tls_client_auth_subject_dn,omitempty"`
	SANDNS                  string              `json:"tls_client_auth_san_dns,omitempty"`
	BackchannelURI          string              `json:"backchannel_logout_uri,omitempty"`
	BackchannelSession      bool                `json:"backchannel_logout_session_required,omitempty"`
	FrontchannelURI         string              `json:"frontchannel_logout_uri,omitempty"`
	FrontchannelSession     bool                `json:"frontchannel_logout_session_required,omitempty"`
	DefaultMaxAge           *uint32             `json:"default_max_age,omitempty"` // seconds
	DefaultACRValues        []string            `json:"default_acr_values,omitempty"`
	RequireAuthTime         bool                `json:"require_auth_time,omitempty"`
	DetailsTypes            []string            `json:"authorization_details_types,omitempty"`
}

// submission is the body of a registration, read but not believed.
type submission struct {
	clientMetadata
	members      map[string]json.RawMessage // all that were sent with a value
	translations map[string]string          // "client_name#de": what people read, in their languages (RFC 7591 section 2.2)
	malformed    string                     // why it is no JSON object; empty when it is one
	mistyped     string                     // which member has the wrong type; empty when none has
}

// readSubmission reads a body. Members that nobody here knows are left out, as
// RFC 7591 section 2 demands; null stands for a value that was not sent.
func readSubmission(body []byte) submission {
	var s submission
	if s.members, s.malformed = readMembers(body); s.malformed != "" {
		return s
	}
	s.translations = map[string]string{}
	known := map[string]json.RawMessage{}
	for _, name := range slices.Sorted(maps.Keys(s.members)) {
		plain, tag, translated := strings.Cut(name, "#")
		switch {
		case translated && slices.Contains(translatable(), plain):
			var text string
			if json.Unmarshal(s.members[name], &text) != nil || !isLanguageTag(tag) || len(s.translations) >= maxListed {
				s.mistyped = cmp.Or(s.mistyped,
					wire.Printable(name, 64)+" must be a text under a language tag, and there may be "+strconv.Itoa(maxListed)+" of them")
				continue
			}
			s.translations[name] = text
		case slices.Contains(knownMembers(), name):
			known[name] = s.members[name]
		}
	}
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if err := s.decode(name, known[name]); err != nil {
			s.mistyped = cmp.Or(s.mistyped, err.Error())
		}
	}
	return s
}

// decode reads one member. One by one, because encoding/json would take names
// in any case for the same.
func (s *submission) decode(name string, value json.RawMessage) error {
	one, err := json.Marshal(map[string]json.RawMessage{name: value})
	if err != nil {
		return fmt.Errorf("%s cannot be read", name)
	}
	err = json.Unmarshal(one, &s.clientMetadata)
	var mismatch *json.UnmarshalTypeError
	switch {
	case errors.As(err, &mismatch):
		return fmt.Errorf("%s must be %s, not %s", name, jsonType(mismatch.Type), mismatch.Value)
	case err != nil:
		return fmt.Errorf("%s cannot be read: %w", name, err)
	}
	return nil
}

// jsonType names a type in the words of JSON.
func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list of texts"
	case reflect.String:
		return "a text"
	case reflect.Uint32:
		return "a whole number of seconds"
	default:
		return "an object"
	}
}

// knownMembers lists what [clientMetadata] has.
func knownMembers() []string {
	t := reflect.TypeFor[clientMetadata]()
	names := make([]string, 0, t.NumField())
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// translatable lists the members that people read (RFC 7591 section 2.2).
func translatable() []string {
	return []string{"client_name", "client_uri", "logo_uri", "policy_uri", "tos_uri"}
}

// isLanguageTag is the outer form of a BCP 47 tag.
func isLanguageTag(tag string) bool {
	for part := range strings.SplitSeq(tag, "-") {
		if part == "" || len(part) > 8 || !wire.EveryByte(part, wire.IsAlphanumeric) {
			return false
		}
	}
	return true
}

// readMembers reads one JSON object, in which no name may come twice: nobody
// could tell which of the two counts.
func readMembers(body []byte) (map[string]json.RawMessage, string) {
	if !json.Valid(body) {
		return nil, "it is not JSON"
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	if open, err := dec.Token(); err != nil || open != json.Delim('{') {
		return nil, "it is not an object"
	}
	members, names := map[string]json.RawMessage{}, map[string]bool{}
	for dec.More() {
		token, err := dec.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || dec.Decode(&value) != nil {
			return nil, "it is not an object"
		}
		if names[name] {
			return nil, "it names " + wire.Printable(name, 64) + " twice"
		}
		names[name] = true
		if string(value) != "null" {
			members[name] = value
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, "it is not an object"
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, "more follows after the object"
	}
	return members, ""
}

// tooLong names the first list or text that is longer than it may be, or "".
func (s *submission) tooLong() string {
	v := reflect.ValueOf(s.clientMetadata)
	for i := range v.NumField() {
		name := knownMembers()[i]
		switch field := v.Field(i).Interface().(type) {
		case string:
			if len(field) > maxValue {
				return name
			}
		case []string:
			if len(field) > maxListed || slices.ContainsFunc(field, func(s string) bool { return len(s) > maxValue }) {
				return name
			}
		}
	}
	for name, text := range s.translations {
		if len(text) > maxValue {
			return wire.Printable(name, 64)
		}
	}
	return ""
}

// client makes the client that was submitted, without client_id and secret.
func (s *submission) client(policy *Registration) Client {
	m := s.clientMetadata
	c := Client{
		ClientName: m.ClientName, ClientLinks: ClientLinks{ClientURI: m.ClientURI, LogoURI: m.LogoURI, PolicyURI: m.PolicyURI, TOSURI: m.TOSURI},
		RedirectURIs: m.RedirectURIs,
		ClientLogout: ClientLogout{
			PostLogoutRedirectURIs: m.PostLogoutRedirectURIs, BackchannelLogoutURI: m.BackchannelURI,
			BackchannelLogoutSessionRequired: m.BackchannelSession,
			FrontchannelLogoutURI:            m.FrontchannelURI, FrontchannelLogoutSessionRequired: m.FrontchannelSession,
		},
		GrantTypes: m.GrantTypes, ResponseTypes: m.ResponseTypes, ResponseModes: m.ResponseModes, Scope: m.Scope,
		TokenEndpointAuthMethod: cmp.Or(m.TokenEndpointAuthMethod, authBasic),
		ClientSigning: ClientSigning{
			TokenEndpointAuthSigningAlg: m.TokenEndpointAuthAlg, JWKS: m.JWKS, JWKSURI: m.JWKSURI,
			IDTokenSignedResponseAlg: m.IDTokenAlg, UserInfoSignedResponseAlg: m.UserInfoAlg, RequestObjectSigningAlg: m.RequestObjectAlg,
			AuthorizationSignedResponseAlg: m.AuthorizationAlg, IntrospectionSignedResponseAlg: m.IntrospectionAlg,
			RequireSignedRequestObject: m.RequireSignedRequest, RequestURIs: m.RequestURIs,
		},
		RequirePushedAuthorizationRequests: m.RequirePushed, DPoPBoundAccessTokens: m.DPoPBound,
		ClientTLS: ClientTLS{
			TLSClientCertificateBoundAccessTokens: m.CertificateBound, TLSClientAuthSubjectDN: m.SubjectDN,
			TLSClientAuthSANDNS: m.SANDNS,
		}, ClientSignIn: ClientSignIn{DefaultACRValues: m.DefaultACRValues, RequireAuthTime: m.RequireAuthTime},
		ClientSubject:             ClientSubject{SubjectType: m.SubjectType, SectorIdentifierURI: m.SectorIdentifierURI},
		AuthorizationDetailsTypes: m.DetailsTypes,
	}
	// RFC 7592 section 2.2: what is empty counts as not sent.
	if len(c.GrantTypes) == 0 {
		c.GrantTypes = nil
	}
	if len(c.ResponseTypes) == 0 {
		c.ResponseTypes = nil
	}
	c.PKCEOptional = policy.PKCEOptional && c.TokenEndpointAuthMethod != authNone
	if m.DefaultMaxAge != nil {
		age := time.Duration(*m.DefaultMaxAge) * time.Second
		c.DefaultMaxAge = &age
	}
	return c
}

const (
	applicationWeb    = "web"
	applicationNative = "native"
)
