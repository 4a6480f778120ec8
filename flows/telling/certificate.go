package telling

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Presented is what there is to read in the certificate that the sender of a
// request showed in the TLS handshake before it: whose it is, until when it is
// good, and the thumbprint by which a token is bound to it (RFC 8705 section
// 3.1). It is nothing where none was shown.
func Presented(m *trace.Message) []trace.Field {
	der, err := base64.StdEncoding.DecodeString(m.Certificate)
	if err != nil || len(der) == 0 {
		return nil
	}
	sum := sha256.Sum256(der)
	thumbprint := trace.Field{Name: "x5t#S256", Value: base64.RawURLEncoding.EncodeToString(sum[:])}
	c, err := x509.ParseCertificate(der)
	if err != nil { // its thumbprint is that of the bytes, whatever they are
		return []trace.Field{thumbprint}
	}
	fields := []trace.Field{{Name: "subject DN", Value: c.Subject.String()}}
	if c.Issuer.String() != c.Subject.String() {
		fields = append(fields, trace.Field{Name: "issuer DN", Value: c.Issuer.String()})
	}
	return append(fields, trace.Field{Name: "notAfter", Value: c.NotAfter.UTC().Format(http.TimeFormat)}, thumbprint)
}
