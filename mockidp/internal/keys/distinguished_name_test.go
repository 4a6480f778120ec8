package keys

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"strings"
	"testing"
)

func TestNamesAreComparedAsTheStandardHasThem(t *testing.T) {
	raw := func(r pkix.RDNSequence) []byte {
		der, err := asn1.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return der
	}
	pair := func(oid asn1.ObjectIdentifier, value any) pkix.AttributeTypeAndValue {
		return pkix.AttributeTypeAndValue{Type: oid, Value: value}
	}
	cn, dc := asn1.ObjectIdentifier{2, 5, 4, 3}, asn1.ObjectIdentifier{0, 9, 2342, 19200300, 100, 1, 25}
	subject := raw(pkix.RDNSequence{
		{pair(dc, "net")},
		{pair(dc, "example")},
		{pair(cn, "Jim  Smith, \"III\""), pair(asn1.ObjectIdentifier{2, 5, 4, 11}, "Sales")},
	})
	for name, same := range map[string]bool{
		`CN=Jim Smith\, \"III\"+OU=Sales,DC=example,DC=net`:                                   true,
		`ou = sales + cn=JIM SMITH\2c \22III\22 , dc=Example, 0.9.2342.19200300.100.1.25=net`: true,
		`OU=#130553616C6573+CN=Jim Smith\, \"III\",DC=example,DC=net`:                         true,
		`DC=net,DC=example,CN=Jim Smith\, \"III\"+OU=Sales`:                                   false,
		`CN=Jim Smith\, \"III\",DC=example,DC=net`:                                            false,
		`CN=Jim Smith\, \"III\"+OU=Sales,DC=example`:                                          false,
		``: false,
	} {
		read, err := ReadName(name)
		if got := err == nil && slices.Equal(read, NameOf(subject)); got != same {
			t.Errorf("%s is the name of the certificate: %t, want %t (%v)", name, got, same, err)
		}
	}
}

func TestANameThatCannotBeReadSaysWhy(t *testing.T) {
	for name, want := range map[string]string{
		`Jim`:         "is not TYPE=value",
		`=Jim`:        "is not TYPE=value",
		`nick=Jim`:    "write its object identifier",
		`CN=Jim\`:     "a backslash at its end escapes nothing",
		`CN=#zz`:      "is not hexadecimal",
		`CN=Jim+nick`: "is not TYPE=value",
	} {
		if read, err := ReadName(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is read as %q: %v, want %q", name, read, err, want)
		}
	}
	if got := NameOf([]byte("no DER")); got != nil {
		t.Errorf("a subject that is none is %q", got)
	}
}
