package stage_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/stage"
)

// fake is an identity provider that answers well, until a test has it break
// one thing: each party is then held to noticing exactly that. It asks nobody
// and remembers one sign-in; fields that are nil change nothing.
type fake struct {
	t   *testing.T
	env stage.Env

	metadata      func(document map[string]any)
	redirect      func(response url.Values)    // the authorization response
	idToken       func(*jwt)                   // each ID token
	accessToken   func(*jwt)                   // each access token
	tokens        func(answer map[string]any)  // the token response
	refuses       func(form url.Values) string // the error of a token request, "" for none
	userInfo      func(answer map[string]any)  //
	introspection func(answer map[string]any)
	keys          func(http.ResponseWriter) bool   // answers instead of the keys
	page          func(w http.ResponseWriter) bool // is shown instead of sending the browser back

	farewell struct { // when somebody signs out
		state string     // is added to the state that comes back
		token func(*jwt) // each logout token
		twice bool       // it comes once more
	}

	pages map[string]http.HandlerFunc // more of them, by method and path

	request url.Values   // the authorization request
	asked   []url.Values // the forms of token requests, with the user of an Authorization header
}

// jwt is a token that is about to be signed.
type jwt struct {
	alg      jose.SignatureAlgorithm
	key      *rsa.PrivateKey
	kid, typ string
	claims   map[string]any
	raw      string // instead of all that
}

//nolint:gochecknoglobals // made once: that takes longer than most tests
var rsaKey = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func keyOf(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsaKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// provider is what a stage is set with.
func (f *fake) provider(e stage.Env) (http.Handler, error) {
	f.env = e
	mux := http.NewServeMux()
	mux.HandleFunc("GET /realms/demo/.well-known/openid-configuration", f.discovery)
	mux.HandleFunc("GET /realms/demo/auth", f.authorize)
	mux.HandleFunc("POST /realms/demo/sign-in", f.signIn)
	mux.HandleFunc("POST /realms/demo/consent", f.consent)
	mux.HandleFunc("POST /realms/demo/token", f.token)
	mux.HandleFunc("POST /realms/demo/device-authorization", f.device)
	mux.HandleFunc("POST /realms/demo/introspect", f.introspect)
	mux.HandleFunc("GET /realms/demo/keys", f.jwks)
	mux.HandleFunc("GET /realms/demo/userinfo", f.who)
	for pattern, page := range f.pages {
		mux.HandleFunc(pattern, page)
	}
	return mux, nil
}

func (f *fake) issuer() string { return f.env.BaseURL + "/realms/demo" }

func (f *fake) write(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(document); err != nil {
		f.t.Error(err)
	}
}

func (f *fake) discovery(w http.ResponseWriter, _ *http.Request) {
	document := map[string]any{
		"issuer": f.issuer(), "authorization_endpoint": f.issuer() + "/auth", "token_endpoint": f.issuer() + "/token",
		"jwks_uri": f.issuer() + "/keys", "userinfo_endpoint": f.issuer() + "/userinfo",
		"introspection_endpoint":        f.issuer() + "/introspect",
		"device_authorization_endpoint": f.issuer() + "/device-authorization",
	}
	if f.metadata != nil {
		f.metadata(document)
	}
	f.write(w, http.StatusOK, document)
}

func (f *fake) authorize(w http.ResponseWriter, r *http.Request) {
	f.request = r.URL.Query()
	if f.page != nil && f.page(w) {
		return
	}
	f.sendBack(w)
}

// sendBack is the authorization response: in the query with a code, in the fragment with a token.
func (f *fake) sendBack(w http.ResponseWriter) {
	response := url.Values{"state": {f.request.Get("state")}, "iss": {f.issuer()}}
	mark := "?"
	if f.request.Get("response_type") == "token" {
		mark = "#"
		response.Set("access_token", f.access(nil))
	} else {
		response.Set("code", "a-code")
	}
	if f.redirect != nil {
		f.redirect(response)
	}
	w.Header().Set("Location", f.request.Get("redirect_uri")+mark+response.Encode())
	w.WriteHeader(http.StatusFound)
}

func (f *fake) signIn(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("password") != "jane" {
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, signInPage)
		return
	}
	_, _ = fmt.Fprint(w, consentPage)
}

func (f *fake) consent(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("decision") != "approve" {
		f.redirect = func(response url.Values) {
			response.Del("code")
			response.Set("error", "access_denied")
		}
	}
	f.request.Set("granted", r.FormValue("allow_mail.read"))
	f.sendBack(w)
}

const signInPage = `<title>Sign in</title><h1>Sign in</h1><form method="post" action="sign-in">
<input name="username"><input name="password" type="password"><button>Sign in</button></form>`

const consentPage = `<title>Share</title><form method="post" action="consent">
<ul><li><label><input type="checkbox" name="allow_mail.read" value="yes" checked>
<span>Read mail <code>mail.read</code></span></label></li></ul>
<button name="decision" value="approve">Allow</button><button name="decision" value="refuse">Refuse</button></form>`

// asksThePerson shows a sign-in page, and a consent page after it.
func asksThePerson(w http.ResponseWriter) bool {
	_, _ = fmt.Fprint(w, signInPage)
	return true
}

func (f *fake) token(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		f.t.Error(err)
	}
	form := maps.Clone(r.PostForm)
	if id, secret, ok := r.BasicAuth(); ok {
		form["basic"] = []string{id, secret}
	}
	f.asked = append(f.asked, form)
	if f.refuses != nil {
		if code := f.refuses(form); code != "" {
			f.write(w, http.StatusBadRequest, map[string]any{"error": code, "error_description": "for a test"})
			return
		}
	}
	access := f.access(nil)
	answer := map[string]any{
		"access_token": access, "token_type": "Bearer", "refresh_token": fmt.Sprintf("refresh-%d", len(f.asked)),
		"id_token": f.identity(access, form.Get("grant_type") == "refresh_token"),
	}
	if f.tokens != nil {
		f.tokens(answer)
	}
	f.write(w, http.StatusOK, answer)
}

// identity is an ID token. One that comes with renewed tokens has no nonce.
func (f *fake) identity(access string, renewed bool) string {
	sum := sha256.Sum256([]byte(access))
	now := f.env.Now()
	j := jwt{alg: jose.RS256, key: keyOf(f.t), kid: "k1", typ: "JWT", claims: map[string]any{
		"iss": f.issuer(), "sub": "user-jane", "aud": f.env.Client.ID, "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(),
		"nonce": f.request.Get("nonce"), "at_hash": base64.RawURLEncoding.EncodeToString(sum[:16]),
	}}
	if f.request.Has("max_age") {
		j.claims["auth_time"] = now.Unix()
	}
	if renewed {
		delete(j.claims, "nonce")
	}
	if f.idToken != nil {
		f.idToken(&j)
	}
	return f.sign(j)
}

// access is an access token for the API of the stage, with a change of its own.
func (f *fake) access(change func(*jwt)) string {
	now := f.env.Now()
	j := jwt{alg: jose.RS256, key: keyOf(f.t), kid: "k1", typ: "at+jwt", claims: map[string]any{
		"iss": f.issuer(), "sub": "user-jane", "aud": f.env.Audience, "exp": now.Add(5 * time.Minute).Unix(),
		"scope": "openid mail.read read:invoices write:invoices",
	}}
	for _, c := range []func(*jwt){f.accessToken, change} {
		if c != nil {
			c(&j)
		}
	}
	return f.sign(j)
}

func (f *fake) sign(j jwt) string {
	f.t.Helper()
	if j.raw != "" {
		return j.raw
	}
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: j.alg, Key: jose.JSONWebKey{Key: j.key, KeyID: j.kid}},
		(&jose.SignerOptions{}).WithType(jose.ContentType(j.typ)),
	)
	if err != nil {
		f.t.Fatal(err)
	}
	text, err := json.Marshal(j.claims)
	if err != nil {
		f.t.Fatal(err)
	}
	signed, err := signer.Sign(text)
	if err != nil {
		f.t.Fatal(err)
	}
	raw, err := signed.CompactSerialize()
	if err != nil {
		f.t.Fatal(err)
	}
	return raw
}

func (f *fake) jwks(w http.ResponseWriter, _ *http.Request) {
	if f.keys != nil && f.keys(w) {
		return
	}
	f.write(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{
		{Key: keyOf(f.t).Public(), KeyID: "k1", Algorithm: "RS256", Use: "sig"},
	}})
}

func (f *fake) who(w http.ResponseWriter, _ *http.Request) {
	answer := map[string]any{"sub": "user-jane", "name": "Jane Doe", "email": "jane@travel.example"}
	if f.userInfo != nil {
		f.userInfo(answer)
	}
	f.write(w, http.StatusOK, answer)
}

func (f *fake) introspect(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if id != "api" || secret != "of+the+API" || r.PostFormValue("token") == "" {
		f.t.Errorf("the API asks as %q with %q about %v", id, secret, r.PostForm)
	}
	answer := map[string]any{
		"active": true, "iss": f.issuer(), "sub": "user-dana", "aud": f.env.Audience, "client_id": "mobile-pkce-client",
		"scope": "openid mail.read read:invoices write:invoices",
	}
	if f.introspection != nil {
		f.introspection(answer)
	}
	f.write(w, http.StatusOK, answer)
}

func (f *fake) device(w http.ResponseWriter, _ *http.Request) {
	f.write(w, http.StatusOK, map[string]any{
		"device_code": "a-device-code", "user_code": "WDJB-MJHT", "expires_in": 600,
		"verification_uri": f.issuer() + "/device", "verification_uri_complete": f.issuer() + "/device?user_code=WDJB-MJHT",
	})
}
