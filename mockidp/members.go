package mockidp

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// mapMembers rewrites a JSON object in base64url, its members in their order.
// What is none stays as it is.
func mapMembers(part string, change func(Claim) (Claim, bool)) string {
	raw, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return part
	}
	members, err := trace.Members(raw)
	if err != nil {
		return part
	}
	var claims []Claim
	for _, m := range members {
		if c, keep := change(Claim{m.Name, json.RawMessage(m.Value)}); keep {
			claims = append(claims, c)
		}
	}
	written, err := writeClaims(claims)
	if err != nil {
		return part
	}
	return wire.Base64URL(written)
}

// withClaims returns a payload with claims in the place of those of the same
// name, the others after all that there is.
func withClaims(part string, claims []Claim) (json.RawMessage, error) {
	rest := slices.Clone(claims)
	part = mapMembers(part, func(c Claim) (Claim, bool) {
		if i := slices.IndexFunc(rest, func(other Claim) bool { return other.Name == c.Name }); i >= 0 {
			c.Value = rest[i].Value
			rest = slices.Delete(rest, i, i+1)
		}
		return c, c.Value != nil
	})
	head, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return nil, fmt.Errorf("not base64url: %w", err)
	}
	rest = slices.DeleteFunc(rest, func(c Claim) bool { return c.Value == nil })
	if len(rest) == 0 {
		return head, nil
	}
	tail, err := writeClaims(rest)
	if err != nil {
		return nil, err
	}
	return append(append(head[:len(head)-1], ','), tail[1:]...), nil
}

// rewritten returns a part of a JWT with a member changed, or removed where the
// value is nil. The other members stay as they are.
func rewritten(part, name string, value any) string {
	return mapMembers(part, func(c Claim) (Claim, bool) {
		if c.Name == name {
			c.Value = value
		}
		return c, c.Value != nil
	})
}

// older returns a payload with a time moved back.
func older(part, name string, by time.Duration) string {
	return mapMembers(part, func(c Claim) (Claim, bool) {
		var at int64
		if raw, ok := c.Value.(json.RawMessage); ok && c.Name == name && json.Unmarshal(raw, &at) == nil {
			c.Value = at - int64(by.Seconds())
		}
		return c, true
	})
}
