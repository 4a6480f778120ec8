package serve

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"log"
	"net"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// tlsFlags are what the command line of serve says about TLS.
type tlsFlags struct {
	on       bool
	caFile   string
	clientCA string
	pem      []byte // of the CA of this run; nil before there is one, and without TLS
}

func (f *tlsFlags) register(say *catalog.Catalog, flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "tls", false, say.Text("serving.flag.tls"))
	flags.StringVar(&f.caFile, "tls-ca-file", "", say.Text("serving.flag.tls-ca-file"))
	flags.StringVar(&f.clientCA, "tls-client-ca-file", "", say.Text("serving.flag.tls-client-ca-file"))
}

func (f *tlsFlags) scheme() string {
	if f.on {
		return "https"
	}
	return "http"
}

// usualPort is left out of URLs and Host headers (RFC 9110 section 4.2).
func (f *tlsFlags) usualPort() string {
	if f.on {
		return "443"
	}
	return "80"
}

// check refuses flags that mean nothing without --tls.
func (f *tlsFlags) check() error {
	switch {
	case f.on:
		return nil
	case f.caFile != "":
		return usage.Slip("serving.slip.ca-file-alone")
	case f.clientCA != "":
		return usage.Slip("serving.slip.client-ca-alone")
	}
	return nil
}

// clientCAs checks the flags and reads who vouches for clients; nil means
// nobody.
func (f *tlsFlags) clientCAs() (*x509.CertPool, error) {
	if err := f.check(); err != nil || f.clientCA == "" {
		return nil, err
	}
	pem, err := os.ReadFile(f.clientCA)
	if err != nil {
		return nil, fileSlip("--tls-client-ca-file", f.clientCA, err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, usage.Slip("serving.slip.no-certificate", "file", f.clientCA)
	}
	return pool, nil
}

// wrap puts TLS on a listener. The certificate is for the host that clients
// are told of, and for every address of this machine when all are let in.
//
// The others are further names by which clients come.
func (f *tlsFlags) wrap(ln net.Listener, base string, others []string, everywhere bool) (net.Listener, error) {
	if !f.on {
		return ln, nil
	}
	hosts := []string{hostOf(base)}
	for _, other := range others {
		hosts = append(hosts, hostOf(other))
	}
	if everywhere {
		hosts = append(hosts, ownAddresses()...)
	}
	ca, err := mockidp.NewLocalCA(hosts...)
	if err != nil {
		return nil, err
	}
	f.pem = ca.PEM()
	if err := f.writeCA(f.pem); err != nil {
		return nil, err
	}
	return tls.NewListener(ln, ca.ServerTLS()), nil
}

func hostOf(base string) string {
	if host, _, err := net.SplitHostPort(base); err == nil {
		return host
	}
	return strings.Trim(base, "[]")
}

func ownAddresses() []string {
	var own []string
	addresses, _ := net.InterfaceAddrs() // without them, the name must do
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok {
			own = append(own, ip.IP.String())
		}
	}
	return own
}

// writeCA writes the certificate for others to read. A file that holds
// something else is somebody's mistake, and stays.
func (f *tlsFlags) writeCA(pem []byte) error {
	if f.caFile == "" {
		return nil
	}
	old, err := os.ReadFile(f.caFile)
	if err == nil && len(old) > 0 && !bytes.HasPrefix(old, []byte("-----BEGIN CERTIFICATE-----")) {
		return usage.Slip("serving.slip.ca-file-taken", "file", f.caFile)
	}
	err = os.WriteFile(f.caFile, pem, 0o644) //nolint:gosec // a certificate is public
	if err != nil {
		return fileSlip("--tls-ca-file", f.caFile, err)
	}
	return nil
}

// words says what clients need to know; empty without TLS.
func (f *tlsFlags) words() logged {
	switch {
	case !f.on:
		return logged{}
	case f.caFile != "":
		return logged{Event: "tls", File: f.caFile, Message: "https: " +
			"let your client trust the CA in " + f.caFile + ", made for this run and no other."}
	}
	return logged{Event: "tls", Message: "https: the CA was made for this run; write it with --tls-ca-file FILE for your client to trust."}
}

// errorLog shows why a connection failed, most often because the client does
// not trust the CA, as a line like the others.
func (f *tlsFlags) errorLog(to *serverLog) *log.Logger {
	if !f.on {
		return nil // nothing can fail that is worth a line
	}
	return log.New(connectionLines{to}, "", 0)
}

// connectionLines is the io.Writer of that log.
type connectionLines struct{ to *serverLog }

// Write implements io.Writer. Browsers open connections that they never use,
// which is no news.
func (c connectionLines) Write(b []byte) (int, error) {
	words := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e {
			return ' '
		}
		return r
	}, string(b)))
	if !strings.HasSuffix(words, ": EOF") {
		words = strings.TrimPrefix(words[:min(len(words), 300)], "http: ")
		c.to.line(logged{Event: "connection", Reason: words, Message: words})
	}
	return len(b), nil
}

// secure readies a listener for https where that is asked for, and closes it
// when it can't.
func (f *serveFlags) secure(ln net.Listener, base string, others []string) (net.Listener, error) {
	wrapped, err := f.tls.wrap(ln, base, others, f.allowRemote)
	if err != nil {
		return nil, errors.Join(err, ln.Close())
	}
	return wrapped, nil
}
