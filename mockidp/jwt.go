package mockidp

import (
	"encoding/json"
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// The typ of the two kinds of token. That an access token has one of its own
// keeps an ID token from passing for it (RFC 9068 section 2.1).
const (
	typeIDToken     = "JWT"
	typeAccessToken = "at+jwt"
	// typeUserInfo is what libraries take by default. A signed answer cannot pass
	// for an ID token all the same, as it has no exp.
	typeUserInfo = "JWT"
)

// audience is written as a string when there is one, else as a list (RFC 7519
// section 4.1.3).
type audience []string

// MarshalJSON implements json.Marshaler.
func (a audience) MarshalJSON() ([]byte, error) {
	if len(a) == 1 {
		return json.Marshal(a[0])
	}
	return json.Marshal([]string(a))
}

// UnmarshalJSON implements json.Unmarshaler.
func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// accessClaims is an access token (RFC 9068 section 2.2).
type accessClaims struct {
	Issuer   string          `json:"iss"`
	Subject  string          `json:"sub"`
	Audience audience        `json:"aud"`
	Expires  int64           `json:"exp"`
	IssuedAt int64           `json:"iat"`
	AuthTime int64           `json:"auth_time,omitempty"`
	ACR      string          `json:"acr,omitempty"`
	ID       string          `json:"jti"`
	ClientID string          `json:"client_id"`
	Scope    string          `json:"scope,omitempty"`
	Details  json.RawMessage `json:"authorization_details,omitempty"` // RFC 9396 section 9.1

	Roles       []string     `json:"roles,omitempty"` // RFC 9068 section 2.2.3.1
	RealmAccess *realmAccess `json:"realm_access,omitempty"`

	Confirmation *keys.Confirmation `json:"cnf,omitempty"`

	Actor  *actor `json:"act,omitempty"`     // RFC 8693 section 4.1
	MayAct *actor `json:"may_act,omitempty"` // RFC 8693 section 4.4
}

// idClaims is an ID token (OpenID Connect Core sections 2 and 3.1.3.6). It says
// no azp: that is for extensions that this provider does not have, and those
// without them are encouraged not to use it (section 2).
type idClaims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	Expires  int64    `json:"exp"`
	IssuedAt int64    `json:"iat"`
	AuthTime int64    `json:"auth_time"`
	Nonce    string   `json:"nonce,omitempty"`
	ACR      string   `json:"acr,omitempty"`
	Methods  []string `json:"amr"`
	AtHash   string   `json:"at_hash,omitempty"`
	CodeHash string   `json:"c_hash,omitempty"`
	Session  string   `json:"sid,omitempty"`

	Person []Claim `json:"-"` // what is said of the person
}

// jwt is a token as read, not as believed.
type jwt struct {
	keys.JWT
	session string // sid, of an ID token
	opaque  bool   // no JWT at all, nor meant to be one
	accessClaims
}

// parseJWT splits and decodes a JWT without verifying anything.
func parseJWT(token string) jwt {
	var j jwt
	var more struct {
		Session string `json:"sid"`
	}
	j.JWT = keys.ParseJWT(token, &j.accessClaims, &more)
	j.session = more.Session
	return j
}

func unix(t time.Time) int64 { return t.Unix() }
