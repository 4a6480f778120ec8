package stage

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Steps of a machine that registers itself.
const (
	StepMakesKey          = "make-key"
	StepMakesNewKey       = "make-new-key"
	StepWritesCredentials = "write-credentials" //nolint:gosec // the id of a step
)

// LetterOfIntroduction is the initial access token with which an app of the
// story may register itself (RFC 7591 section 3). Everybody may know it: the
// provider lives as long as one run.
const LetterOfIntroduction = "a-letter-of-introduction"

// clientDocument is what a client says of itself when it registers (RFC 7591 section 2).
type clientDocument struct {
	ID         string              `json:"client_id,omitempty"` // when it changes what it said (RFC 7592 section 2.2)
	Name       string              `json:"client_name"`
	GrantTypes []string            `json:"grant_types"`
	Scope      string              `json:"scope"`
	AuthMethod string              `json:"token_endpoint_auth_method"`
	Keys       *jose.JSONWebKeySet `json:"jwks,omitempty"`
	Bound      bool                `json:"tls_client_certificate_bound_access_tokens,omitempty"`
}

// registeredAs is what the provider answers (RFC 7591 section 3.2.1, RFC 7592 section 3).
type registeredAs struct {
	ID     string `json:"client_id"`
	Secret string `json:"client_secret"`
	URI    string `json:"registration_client_uri"`
	Token  string `json:"registration_access_token"`
}

// SelfRegistered is a machine that nobody knows at first: it registers itself,
// and proves then who it is in the way that it registered for.
type SelfRegistered struct {
	Job

	stage    *Stage
	document clientDocument
	as       registeredAs
	told     metadata
	own      *tls.Certificate
	log      sent
}

// sent is what stood in the requests of the machine, for whoever reads a log of them.
type sent struct {
	secret, assertion, token string
}

// SelfRegistered brings a machine on stage that has to register first.
func (s *Stage) SelfRegistered(scope string) (*SelfRegistered, error) {
	j := &SelfRegistered{Job: *s.Job(), stage: s}
	j.document = clientDocument{
		Name: j.Name, GrantTypes: []string{"client_credentials"}, Scope: scope, AuthMethod: j.AuthMethod,
		Bound: j.AuthMethod == AuthTLS,
	}
	_, err := getJSON(j.ctx, j.quiet, j.issuer+"/.well-known/openid-configuration", "", &j.told)
	return j, err
}

// MakesKey has the machine make a pair of keys, and a certificate where it
// proves by one who it is. One with a secret gets that from the provider.
func (j *SelfRegistered) MakesKey() error {
	switch j.AuthMethod {
	case AuthKey:
		return j.makesPair(StepMakesKey, "client key", assertionKeyID)
	case AuthTLS:
		return j.makesCertificate(StepMakesKey, "billing-job")
	}
	return nil
}

func (j *SelfRegistered) makesPair(step, whose, kid string) error {
	key := keyFor(j.stage.seed, whose)
	j.key, j.kid = key, kid
	j.document.Keys = publicKeys(key, kid)
	private, public := jose.JSONWebKey{Key: key, KeyID: kid}, j.document.Keys
	own, err := json.Marshal(private)
	if err != nil {
		return fmt.Errorf("write the private key: %w", err)
	}
	shared, err := json.Marshal(public)
	if err != nil {
		return fmt.Errorf("write the public key: %w", err)
	}
	return j.note(trace.Client, step, trace.Calc{
		Inputs:  []trace.Field{{Name: "random bytes for private_key", Value: hex.EncodeToString(key.Seed())}},
		Steps:   []trace.CalcStep{{Does: "Ed25519 public key", Result: hex.EncodeToString(key[32:])}},
		Outputs: []trace.Field{{Name: "private_key", Value: string(own)}, {Name: "jwks", Value: string(shared)}},
	}, nil)
}

func (j *SelfRegistered) makesCertificate(step, name string) error {
	c, err := j.stage.network.identities.issue(name)
	if err != nil {
		return err
	}
	j.shows(&c)
	sum := sha256.Sum256(c.Leaf.Raw)
	j.document.Keys = &jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{
		Key: c.Leaf.PublicKey, KeyID: name, Use: "sig", Certificates: []*x509.Certificate{c.Leaf},
	}}}
	return j.note(trace.Client, step, trace.Calc{
		Inputs: []trace.Field{
			{Name: "subject", Value: c.Leaf.Subject.String()},
			{Name: "good until", Value: c.Leaf.NotAfter.UTC().Format(http.TimeFormat)},
		},
		Steps: []trace.CalcStep{
			{Does: "SHA-256(certificate)", Result: hex.EncodeToString(sum[:])},
			{Does: "base64url(SHA-256)", Result: base64.RawURLEncoding.EncodeToString(sum[:])},
		},
		Outputs: []trace.Field{{Name: "certificate", Value: nameOf(&c)}, {Name: "x5t#S256", Value: base64.RawURLEncoding.EncodeToString(sum[:])}},
		Command: "printf '%s' " + nameOf(&c) + " | openssl base64 -d -A | openssl x509 -inform DER -noout -subject -fingerprint -sha256",
	}, nil)
}

// shows has every connection of the machine present a certificate.
func (j *SelfRegistered) shows(c *tls.Certificate) {
	j.own = c
	j.port = &port{network: j.stage.network, from: trace.Client, channel: trace.Back, certificate: nameOf(c)}
	j.http = client(j.port)
}

// Registers sends what the machine says of itself, with a token that the
// company got for this, and keeps what it is given (RFC 7591 section 3).
func (j *SelfRegistered) Registers() error {
	return j.says(http.MethodPost, j.told.Registration, LetterOfIntroduction)
}

// Changes replaces what the machine proves by who it is: by a new key in every
// case, so that what somebody saw of the old one is worth nothing (RFC 7592 section 2.2).
func (j *SelfRegistered) Changes() error {
	var err error
	if j.AuthMethod == AuthTLS {
		err = j.makesCertificate(StepMakesNewKey, "billing-job-2")
	} else {
		j.AuthMethod = AuthKey
		err = j.makesPair(StepMakesNewKey, "next client key", nextKeyID)
	}
	if err != nil {
		return err
	}
	j.document.ID, j.document.AuthMethod = j.ID, j.AuthMethod
	return j.says(http.MethodPut, j.as.URI, j.as.Token)
}

func (j *SelfRegistered) says(method, address, bearer string) error {
	text, err := sendJSON(j.ctx, j.http, method, address, bearer, j.document)
	if err != nil {
		return err
	}
	var as registeredAs
	if err := json.Unmarshal(text, &as); err != nil {
		return fmt.Errorf("read the registration: %w", err)
	}
	j.as, j.ID, j.Secret = as, as.ID, as.Secret
	return nil
}

// Token asks for a token as [Job.Token] does, and shows how a secret is
// written into a header.
func (j *SelfRegistered) Token(scope string) (string, error) {
	if j.AuthMethod == AuthBasic {
		if err := j.writesCredentials(); err != nil {
			return "", err
		}
	}
	t, err := j.Job.Token(scope)
	j.log = sent{secret: j.Secret, assertion: j.signed, token: t}
	return t, err
}

// writesCredentials shows the arithmetic of RFC 6749 section 2.3.1: each part
// is form-encoded before the two are joined.
func (j *SelfRegistered) writesCredentials() error {
	joined, encoded := basicCredentials(j.ID, j.Secret)
	return j.note(trace.Client, StepWritesCredentials, trace.Calc{
		Inputs: []trace.Field{{Name: "client_id", Value: j.ID}, {Name: "client_secret", Value: j.Secret}},
		Steps: []trace.CalcStep{
			{Does: "form-encode(client_id)", Result: url.QueryEscape(j.ID)},
			{Does: "form-encode(client_secret)", Result: url.QueryEscape(j.Secret)},
			{Does: "base64(client_id:client_secret)", Result: encoded},
		},
		Outputs: []trace.Field{{Name: "Authorization", Value: "Basic " + encoded}},
		Command: "printf '%s' '" + joined + "' | openssl base64 -A",
	}, nil)
}

// basicCredentials are name and secret as HTTP Basic joins them, and as the header has them (RFC 6749 section 2.3.1).
func basicCredentials(id, secret string) (joined, encoded string) {
	joined = url.QueryEscape(id) + ":" + url.QueryEscape(secret)
	return joined, base64.StdEncoding.EncodeToString([]byte(joined))
}
