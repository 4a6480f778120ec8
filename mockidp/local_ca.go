package mockidp

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// localLife is how long the certificates of a [LocalCA] are good: longer than
// anybody leaves a test provider running, shorter than anybody forgets that a
// CA of it is still trusted somewhere.
const localLife = 30 * 24 * time.Hour

// LocalCA is a certificate authority that was made in memory, signed one
// server certificate, and forgot its private key: nobody can sign anything
// else with it. It is for providers on this machine, whose clients insist on
// TLS. It may be used by many servers at the same time.
type LocalCA struct {
	root   *x509.Certificate
	server tls.Certificate
}

// NewLocalCA makes a CA and a server certificate for localhost, 127.0.0.1, ::1
// and further hosts, which are names or IP addresses without port. Keys are
// ECDSA P-256; both certificates are good for 30 days; the CA may sign for
// those hosts alone (RFC 5280 section 4.2.1.10).
func NewLocalCA(hosts ...string) (*LocalCA, error) {
	names, addresses := splitHosts(append([]string{"localhost", "127.0.0.1", "::1"}, hosts...))
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the key of the local CA: %w", err)
	}
	serial, err := serialNumber()
	if err != nil {
		return nil, err
	}
	now := time.Now() // certificates are about real clocks, never about Config.Now
	root := &x509.Certificate{
		SerialNumber: serial, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(localLife),
		// A name of its own, so that one of an earlier run is not taken for it.
		Subject:               pkix.Name{CommonName: "Grantwalk local CA " + hex.EncodeToString(serial.Bytes()[:4])},
		IsCA:                  true,
		BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage:                    x509.KeyUsageCertSign,
		ExtKeyUsage:                 []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		PermittedDNSDomainsCritical: true,
		PermittedDNSDomains:         names,
	}
	for _, ip := range addresses {
		root.PermittedIPRanges = append(root.PermittedIPRanges, &net.IPNet{IP: ip, Mask: net.CIDRMask(len(ip)*8, len(ip)*8)})
	}
	if root, err = signCertificate(root, root, rootKey, rootKey); err != nil {
		return nil, fmt.Errorf("make the certificate of the local CA: %w", err)
	}
	return newLocalCA(root, rootKey, names, addresses)
}

func newLocalCA(root *x509.Certificate, rootKey *ecdsa.PrivateKey, names []string, addresses []net.IP) (*LocalCA, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make the key of the server: %w", err)
	}
	serial, err := serialNumber()
	if err != nil {
		return nil, err
	}
	leaf, err := signCertificate(&x509.Certificate{
		SerialNumber: serial, NotBefore: root.NotBefore, NotAfter: root.NotAfter,
		Subject:  pkix.Name{CommonName: names[0]},
		DNSNames: names, IPAddresses: addresses,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}, root, key, rootKey)
	if err != nil {
		return nil, fmt.Errorf("make the certificate of the server: %w", err)
	}
	return &LocalCA{root: root, server: tls.Certificate{Certificate: [][]byte{leaf.Raw}, PrivateKey: key, Leaf: leaf}}, nil
}

func signCertificate(template, parent *x509.Certificate, key, signer *ecdsa.PrivateKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// serialNumber draws 127 bits (RFC 5280 section 4.1.2.2 wants it positive and
// at most 20 bytes long).
func serialNumber() (*big.Int, error) {
	b := make([]byte, 16)
	if _, err := rand.Read(b); err != nil {
		return nil, fmt.Errorf("draw a serial number: %w", err)
	}
	b[0] = b[0]&0x7f | 0x40
	return new(big.Int).SetBytes(b), nil
}

// splitHosts tells names from addresses, each once.
func splitHosts(hosts []string) (names []string, addresses []net.IP) {
	for _, host := range hosts {
		ip, err := netip.ParseAddr(host)
		if err != nil {
			if host = strings.ToLower(host); host != "" && !slices.Contains(names, host) {
				names = append(names, host)
			}
			continue
		}
		raw := net.IP(ip.Unmap().WithZone("").AsSlice())
		if !slices.ContainsFunc(addresses, raw.Equal) {
			addresses = append(addresses, raw)
		}
	}
	return names, addresses
}

// PEM returns the certificate of the CA, which clients must trust.
func (ca *LocalCA) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.root.Raw})
}

// Pool returns a pool with the CA alone, for the RootCAs of a Go client.
func (ca *LocalCA) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(ca.root)
	return pool
}

// tls12Suites are those of BCP 195 (RFC 9325 section 4.2), which the FAPI 2.0
// Security Profile section 5.2.2 allows alone. TLS 1.3 chooses its own.
func tls12Suites() []uint16 {
	return []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	}
}

// ServerTLS returns how to serve with the certificate. Clients are asked for a
// certificate of their own, any at all: what it is worth is for the provider
// to say, see Config.ClientCertificates. A browser whose person has a personal
// certificate may ask whether to send it.
func (ca *LocalCA) ServerTLS() *tls.Config {
	return &tls.Config{
		MinVersion:   tls.VersionTLS12,
		CipherSuites: tls12Suites(),
		Certificates: []tls.Certificate{ca.server},
		ClientAuth:   tls.RequestClientCert,
		NextProtos:   []string{"h2", "http/1.1"},
	}
}
