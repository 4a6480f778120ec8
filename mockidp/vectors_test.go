package mockidp

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp/internal/wire"
)

func TestAccessTokenOfRFC9068IsReadWhole(t *testing.T) {
	var v struct {
		Source         string
		Header, Claims json.RawMessage
	}
	raw, err := os.ReadFile("testdata/rfc9068-section-3.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	j := parseJWT(wire.Base64URL(v.Header) + "." + wire.Base64URL(v.Claims) + ".AA")
	if j.Malformed != "" || !strings.EqualFold(j.Typ, typeAccessToken) || j.KeyID != "RjEwOwOA" {
		t.Errorf("%+v", j)
	}
	// What was read is written again without loss, member by member.
	written, err := json.Marshal(j.accessClaims)
	if err != nil {
		t.Fatal(err)
	}
	var got, want map[string]any
	if err := errors.Join(json.Unmarshal(written, &got), json.Unmarshal(v.Claims, &want)); err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, want %v (%v)", got, want, err)
	}
}
