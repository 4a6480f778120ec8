package mockidp

import (
	"bytes"
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

// writeClaims keeps the order, which encoding/json does not for a map.
func writeClaims(claims []Claim) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, c := range claims {
		name, err := json.Marshal(c.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(c.Value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// realmAccess is where Keycloak puts the roles of a person, next to the claim
// roles of RFC 9068 section 2.2.3.1.
type realmAccess struct {
	Roles []string `json:"roles"`
}

// addRoles puts the person's roles into an access token.
func (c *accessClaims) addRoles(person *Person) {
	if person == nil || len(person.Roles) == 0 {
		return
	}
	c.Roles, c.RealmAccess = person.Roles, &realmAccess{Roles: person.Roles}
}

// actor is who acts for the subject of a token (RFC 8693 section 4.1), or who
// may (section 4.4). Inside is who acted before.
type actor struct {
	Subject string `json:"sub"`
	Actor   *actor `json:"act,omitempty"`
}

// withMore writes a JSON object with further claims after its own.
type withMore struct {
	object any
	more   []Claim
}

// MarshalJSON implements json.Marshaler.
func (w withMore) MarshalJSON() ([]byte, error) {
	head, err := json.Marshal(w.object)
	if err != nil || len(w.more) == 0 {
		return head, err
	}
	tail, err := writeClaims(w.more)
	if err != nil {
		return nil, err
	}
	return append(append(head[:len(head)-1], ','), tail[1:]...), nil
}
