package telling_test

import (
	"encoding/base64"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func jwt(header string) string {
	part := base64.RawURLEncoding.EncodeToString
	return part([]byte(header)) + "." + part([]byte(`{"sub":"jane"}`)) + ".c2ln"
}

func header(name, value string) []trace.Field { return []trace.Field{{Name: name, Value: value}} }

func TestAMessageCarriesWhatCrossesWithIt(t *testing.T) {
	form := header("Content-Type", "application/x-www-form-urlencoded")
	for sentence, c := range map[string]struct {
		message trace.Message
		want    []telling.Artefact
	}{
		"a request brings what stands in its query": {
			trace.Message{Kind: trace.Request, URL: "https://app.example/cb?code=c&state=s"}, []telling.Artefact{telling.Code},
		},
		"a request leaves its fragment in the browser": {
			trace.Message{Kind: trace.Request, URL: "https://app.example/cb#access_token=a"}, nil,
		},
		"a redirect hands the browser its fragment": {
			trace.Message{Kind: trace.Response, Header: header("Location", "https://app.example/cb#access_token=a")},
			[]telling.Artefact{telling.AccessToken},
		},
		"an access token says that it is one": {
			trace.Message{Kind: trace.Request, Header: header("Authorization", "Bearer "+jwt(`{"typ":"at+jwt"}`))},
			[]telling.Artefact{telling.AccessToken},
		},
		"its media type may be written in full": {
			trace.Message{Kind: trace.Request, Header: header("Authorization", "DPoP "+jwt(`{"typ":"application/AT+JWT"}`))},
			[]telling.Artefact{telling.AccessToken},
		},
		"an ID token that is brought as a bearer token is an ID token": {
			trace.Message{Kind: trace.Request, Header: header("Authorization", "Bearer "+jwt(`{"typ":"JWT"}`))},
			[]telling.Artefact{telling.IDToken},
		},
		"an opaque bearer token is an access token": {
			trace.Message{Kind: trace.Request, Header: header("Authorization", "Bearer opaque")},
			[]telling.Artefact{telling.AccessToken},
		},
		"what lets a client be registered is no access token": {
			trace.Message{
				Kind: trace.Request, To: trace.AuthorizationServer,
				Header: append(header("Authorization", "Bearer opaque"), header("Content-Type", "application/json")...),
			}, nil,
		},
		"an API is shown an access token with JSON as well": {
			trace.Message{
				Kind: trace.Request, To: trace.ResourceServer,
				Header: append(header("Authorization", "Bearer opaque"), header("Content-Type", "application/json")...),
			}, []telling.Artefact{telling.AccessToken},
		},
		"a secret in the header is a secret": {
			trace.Message{Kind: trace.Request, Header: header("Authorization", "Basic YXBwOnM=")},
			[]telling.Artefact{telling.ClientSecret},
		},
		"a hint is the ID token": {
			trace.Message{Kind: trace.Request, URL: "https://idp.example/logout?id_token_hint=" + jwt(`{}`)},
			[]telling.Artefact{telling.IDToken},
		},
		"each is carried once, in the order in which it stands": {
			trace.Message{
				Kind: trace.Request, Header: form,
				Body: []byte("code=c&code_verifier=v&client_secret=s&password=p&refresh_token=r&code=d"),
			},
			[]telling.Artefact{telling.Code, telling.Secret, telling.ClientSecret, telling.Password, telling.RefreshToken},
		},
		"what was computed or compared did not travel": {
			trace.Message{
				Kind: trace.Note, Calc: &trace.Calc{Outputs: []trace.Field{{Name: "code_verifier", Value: "v"}}},
				Checks: []trace.Check{{Expected: "v", Got: "v"}},
			}, nil,
		},
	} {
		var got []telling.Artefact
		for _, cargo := range telling.Cargos(&c.message) {
			got = append(got, cargo.Artefact)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", sentence, diff)
		}
	}
}

func TestACargoSaysWhereItStands(t *testing.T) {
	m := trace.Message{Kind: trace.Request, URL: "https://app.example/cb?code=first&code=second"}
	want := []telling.Cargo{{Artefact: telling.Code, Place: trace.Place{Part: trace.InURL, Name: "code", Value: "first"}}}
	if diff := cmp.Diff(want, telling.Cargos(&m)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
