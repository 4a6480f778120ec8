package configfile_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

// full returns a config in which every field that the file knows is set.
func full(t *testing.T) mockidp.Config {
	t.Helper()
	var cfg mockidp.Config
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	written, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: &private.PublicKey, KeyID: "k"}}})
	if err != nil {
		t.Fatal(err)
	}
	f := filler{keys: &jose.JSONWebKeySet{}}
	if err := json.Unmarshal(written, f.keys); err != nil {
		t.Fatal(err)
	}
	f.fill(t, reflect.ValueOf(&cfg).Elem())
	return cfg
}

type filler struct {
	keys *jose.JSONWebKeySet
	deep int // a field of authorization details can have fields
}

func (f filler) fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch field := v.Addr().Interface().(type) {
	case *any:
		*field = map[string]any{"a": []any{"b", true, int64(3)}, "ü \"": 1.5}
		return
	case *string:
		*field = "some \"text\"\\\n\u007f ü"
		return
	case *time.Duration:
		*field = 90 * time.Minute
		return
	case **jose.JSONWebKeySet:
		*field = f.keys
		return
	}
	switch v.Kind() {
	case reflect.String: // with a name of its own
		v.SetString("one of a few words")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(t, v.Elem())
	case reflect.Slice:
		if f.deep++; f.deep > 5 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			f.fill(t, v.Index(i))
		}
		if claims, ok := v.Interface().([]mockidp.Claim); ok {
			claims[1].Name = "other"
		}
	case reflect.Struct:
		for _, field := range reflect.VisibleFields(v.Type()) {
			name := v.Type().Name() + "." + field.Name
			_, left := configfile.LeftOut()[name]
			if !left && field.IsExported() && !field.Anonymous && !slices.Contains(configfile.Missing(), name) { // the latter is reported elsewhere
				f.fill(t, v.FieldByIndex(field.Index))
			}
		}
	default:
		t.Fatalf("the file has no way to say %s", v.Type())
	}
}
