package mockidp

import (
	"reflect"
	"testing"
	"time"
)

// fill gives every field a value, so that none can be forgotten. What it can't
// make is the caller's.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("text é \x01")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int64:
		v.SetInt(7)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

// checkFilled fails for each part of a request that stayed behind.
func checkFilled(t *testing.T, req *approved) {
	t.Helper()
	whole := reflect.ValueOf(*req)
	for i := range whole.NumField() {
		if whole.Field(i).IsZero() {
			t.Errorf("%s of a request is not carried", whole.Type().Field(i).Name)
		}
	}
}

func TestAFormComesBackAsItWas(t *testing.T) {
	p, err := New(Config{BaseURL: "https://idp.example"})
	if err != nil {
		t.Fatal(err)
	}
	realm, now := p.tenants["/realms/demo"], noon()
	device := &device{code: "device", client: realm.clients.get("tv-client")}
	if !realm.devices.put("BCDFGHJK", device, now) {
		t.Fatal("the device is not kept")
	}
	parked := &pushed{uri: pushedPrefix + "name", client: realm.clients.get("react-client")}
	realm.pushed.put("name", parked, now)

	var carried carriedRequest
	fill(reflect.ValueOf(&carried).Elem())
	carried.Client, carried.Device, carried.Pushed = "react-client", "device", parked.uri
	carried.Claims = `{"id_token":{"acr":{"essential":true,"values":["a",1.50]}},"userinfo":{"name":null}}`
	carried.Details = `[{"amount":12.50,"type":"payment"}]`
	asked := realm.restoreRequest(&carried, now)
	if asked == nil || !reflect.DeepEqual(asked.carried(realm), carried) {
		t.Fatalf("what is carried of a request is\n%+v, want\n%+v", asked.carried(realm), carried)
	}
	checkFilled(t, asked)
	client := realm.clients.get("react-client")
	for what, f := range map[string]form{
		"a request":       {id: "id", made: now, session: "session", request: asked},
		"a sign-out":      {id: "id", made: now, session: "session", logout: &signOut{client: client, redirectURI: "https://a.example", state: "s"}},
		"a user code":     {id: "id", made: now, userCode: true},
		"nobody's logout": {id: "id", made: now, logout: &signOut{}},
	} {
		sealed, err := p.desk.seal(realm, &f)
		if err != nil {
			t.Fatal(err)
		}
		got, open := p.desk.open(realm, sealed, now)
		if got.made = got.made.UTC(); !open || !reflect.DeepEqual(got, f) {
			t.Errorf("%s comes back as\n%+v %t, want\n%+v", what, got, open, f)
		}
		if _, open := p.desk.open(realm, sealed, now.Add(formLifetime)); open {
			t.Errorf("%s is open after its time", what)
		}
		realm.answered.claim("here", f.id, now)
		if _, open := p.desk.open(realm, sealed, now.Add(time.Second)); open {
			t.Errorf("%s is open after it was answered", what)
		}
		realm.answered.reopen(f.id)
	}
}
