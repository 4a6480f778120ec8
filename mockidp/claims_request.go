package mockidp

import (
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

// claimsRequest is the claims parameter (OpenID Connect Core section 5.5).
type claimsRequest struct {
	sent      string // as it came
	userInfo  claimWishes
	idToken   claimWishes
	atInfo    bool   // the member userinfo is sent
	malformed string // what is wrong with it; empty when nothing is
}

// claimWishes are claims that are asked for one by one.
type claimWishes []claimWish

type claimWish struct {
	name      string
	essential bool
	values    []any // what it may be; none means anything
}

// readClaims reads the parameter. Members that it does not know are passed
// over, as the standard demands.
func readClaims(sent string) claimsRequest {
	c := claimsRequest{sent: sent}
	if sent == "" {
		return c
	}
	v, err := wire.ReadJSON(sent)
	members, isObject := v.(map[string]any)
	switch {
	case err != nil:
		c.malformed = err.Error()
		return c
	case !isObject:
		c.malformed = errNotObject.Error()
		return c
	}
	_, c.atInfo = members["userinfo"]
	if c.userInfo, err = readWishes(members["userinfo"]); err != nil {
		c.malformed = "userinfo: " + err.Error()
		return c
	}
	if c.idToken, err = readWishes(members["id_token"]); err != nil {
		c.malformed = "id_token: " + err.Error()
	}
	return c
}

// readWishes reads one of the two members. Null is what a client with nothing
// to ask for may write.
func readWishes(v any) (claimWishes, error) {
	if v == nil {
		return nil, nil
	}
	members, isObject := v.(map[string]any)
	if !isObject {
		return nil, errNotObject
	}
	wishes := make(claimWishes, 0, len(members))
	for _, name := range slices.Sorted(maps.Keys(members)) {
		w, err := readWish(name, members[name])
		if err != nil {
			return nil, errors.New(wire.Printable(name, 64) + ": " + err.Error())
		}
		wishes = append(wishes, w)
	}
	return wishes, nil
}

// readWish reads how one claim is asked for (OpenID Connect Core section 5.5.1).
func readWish(name string, v any) (claimWish, error) {
	w := claimWish{name: name}
	if v == nil {
		return w, nil
	}
	about, isObject := v.(map[string]any)
	if !isObject {
		return w, errNotObject
	}
	if essential, sent := about["essential"]; sent {
		var isBool bool
		if w.essential, isBool = essential.(bool); !isBool {
			return w, errors.New("essential is neither true nor false")
		}
	}
	if one, sent := about["value"]; sent {
		w.values = append(w.values, one)
	}
	if values, sent := about["values"]; sent {
		some, isList := values.([]any)
		if !isList || len(some) == 0 {
			return w, errors.New("values is not a list of values")
		}
		w.values = append(w.values, some...)
	}
	return w, nil
}

var errNotObject = errors.New("not a JSON object")

// find returns how a claim is asked for, and whether it is.
func (c claimWishes) find(name string) (claimWish, bool) {
	for _, w := range c {
		if w.name == name {
			return w, true
		}
	}
	return claimWish{}, false
}

// take reports whether a value is one that the wish leaves room for. Both are
// compared as the JSON that they are written in.
func (w claimWish) take(value any) bool {
	if len(w.values) == 0 {
		return true
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return false
	}
	got, err := wire.ReadJSON(string(raw))
	if err != nil {
		return false
	}
	return slices.ContainsFunc(w.values, func(want any) bool { return reflect.DeepEqual(want, got) })
}

// servesSubject reports whether the request is content with this person: a
// sub claim that is asked for with a value names who must sign in (OpenID
// Connect Core section 3.1.2.2).
func (c *claimsRequest) servesSubject(subject string) bool {
	w, _ := c.idToken.find("sub")
	return w.take(subject)
}

// namesSubject reports whether the request is for certain people only.
func (c *claimsRequest) namesSubject() bool {
	w, _ := c.idToken.find("sub")
	return len(w.values) > 0
}
