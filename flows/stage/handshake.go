package stage

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Certificates that an [Edit] can name instead of the sender's own.
const (
	NoCertificate       = "none"
	StrangerCertificate = "stranger"
)

// identities are the certificates of a run, each with its private key. Who
// presents one in a TLS handshake has to prove that the key is theirs (RFC 8446
// section 4.4.3), in memory as over TCP.
type identities struct {
	now   func() time.Time
	seed  [32]byte
	known map[string]tls.Certificate // by what a message says of it: base64 of the DER
}

// certificateLife is how long a certificate of a run is good for.
const certificateLife = 90 * 24 * time.Hour

// issue makes a self-signed certificate (RFC 8705 section 2.2). The same name
// in the same run gets the same one.
func (id *identities) issue(name string, hosts ...string) (tls.Certificate, error) {
	key := keyFor(id.seed, "certificate of "+name)
	template := x509.Certificate{
		SerialNumber: big.NewInt(int64(len(id.known) + 1)), Subject: pkix.Name{CommonName: name},
		NotBefore: id.now().Add(-time.Minute), NotAfter: id.now().Add(certificateLife),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
	}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key) // Ed25519 draws nothing
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the certificate of %s: %w", name, err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("read the certificate of %s: %w", name, err)
	}
	c := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
	id.known[nameOf(&c)] = c
	return c, nil
}

// keyFor makes a private key of the run's seed, for whom it is.
func keyFor(seed [32]byte, whose string) ed25519.PrivateKey {
	b := make([]byte, ed25519.SeedSize)
	_, _ = io.ReadFull(stream(seed, whose), b) // the stage's stream never ends
	return ed25519.NewKeyFromSeed(b)
}

// show has a request come with another certificate than its sender's.
func (n *network) show(m *trace.Message, which string) error {
	before := m.Certificate
	switch which {
	case "":
		return nil
	case NoCertificate:
		m.Certificate = ""
	default:
		c, err := n.identities.issue(which)
		if err != nil {
			return err
		}
		m.Certificate = nameOf(&c)
	}
	m.Edited = append(m.Edited, trace.EditMark{What: "certificate", Before: before, After: m.Certificate})
	return nil
}

// nameOf is what a message says of a certificate.
func nameOf(c *tls.Certificate) string { return base64.StdEncoding.EncodeToString(c.Certificate[0]) }

// thumbprint is x5t#S256 (RFC 8705 section 3.1); "" where no certificate came.
func thumbprint(state *tls.ConnectionState) string {
	if state == nil || len(state.PeerCertificates) == 0 {
		return ""
	}
	sum := sha256.Sum256(state.PeerCertificates[0].Raw)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// presentedKey is the key of a context that holds the certificate to present.
type presentedKey struct{}

func withCertificate(ctx context.Context, c *tls.Certificate) context.Context {
	return context.WithValue(ctx, presentedKey{}, c)
}

// certificateOf is the certificate to present in the handshake before a request, or nil.
func certificateOf(req *http.Request) *tls.Certificate {
	c, _ := req.Context().Value(presentedKey{}).(*tls.Certificate)
	return c
}

// clientTLS is how a party connects that shows this certificate, or none, to one that has that.
func clientTLS(own, server *tls.Certificate, now func() time.Time) *tls.Config {
	roots := x509.NewCertPool()
	roots.AddCert(server.Leaf)
	c := &tls.Config{RootCAs: roots, Time: now, MinVersion: tls.VersionTLS13}
	if own != nil {
		c.Certificates = []tls.Certificate{*own}
	}
	return c
}

// serverTLS asks for a certificate and takes any: whether it is the right one
// is for the rules to say. That its key is the client's, the handshake proves.
func serverTLS(own *tls.Certificate, now func() time.Time) *tls.Config {
	return &tls.Config{
		Certificates: []tls.Certificate{*own}, ClientAuth: tls.RequestClientCert, Time: now,
		MinVersion: tls.VersionTLS13, SessionTicketsDisabled: true,
	}
}

// shakeHands is a TLS handshake between two ends of a pipe. It returns what the
// server knows of the connection then.
func shakeHands(own, server *tls.Certificate, host string, now func() time.Time) (*tls.ConnectionState, error) {
	near, far := net.Pipe()
	config := clientTLS(own, server, now)
	config.ServerName = host
	caller, answerer := tls.Client(near, config), tls.Server(far, serverTLS(server, now))
	called := make(chan error, 1)
	go func() { called <- caller.Handshake() }()
	err := errors.Join(answerer.Handshake(), <-called)
	state := answerer.ConnectionState()
	err = errors.Join(err, near.Close(), far.Close())
	if err != nil {
		return nil, fmt.Errorf("shake hands with %s: %w", host, err)
	}
	return &state, nil
}
