package keys

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// attributeOIDs are the short names of RFC 4514 section 3, and those that are
// usual besides.
func attributeOIDs() map[string]string {
	return map[string]string{
		"cn": "2.5.4.3", "l": "2.5.4.7", "st": "2.5.4.8", "o": "2.5.4.10", "ou": "2.5.4.11", "c": "2.5.4.6", "street": "2.5.4.9",
		"dc": "0.9.2342.19200300.100.1.25", "uid": "0.9.2342.19200300.100.1.1",
		"serialnumber": "2.5.4.5", "postalcode": "2.5.4.17", "emailaddress": "1.2.840.113549.1.9.1",
		"organizationidentifier": "2.5.4.97", "businesscategory": "2.5.4.15",
	}
}

// ReadName reads the string form of a distinguished name (RFC 4514 section 3)
// into one that can be compared: each part as its object identifier and value,
// without regard to case and spaces that do not count (RFC 4518 section 2).
func ReadName(text string) ([]string, error) {
	parts, err := cutName(text, ",")
	if err != nil {
		return nil, err
	}
	name := make([]string, 0, len(parts))
	for _, part := range parts {
		pairs, err := cutName(part, "+")
		if err != nil {
			return nil, err
		}
		for i, pair := range pairs {
			if pairs[i], err = readPair(pair); err != nil {
				return nil, err
			}
		}
		slices.Sort(pairs)
		name = append(name, strings.Join(pairs, "+"))
	}
	return name, nil
}

var errNameEnds = errors.New("a backslash at its end escapes nothing")

// cutName splits at separators that are not escaped.
func cutName(text, separator string) ([]string, error) {
	var parts []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if i++; i == len(text) {
				return nil, errNameEnds
			}
		case separator[0]:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:]), nil
}

func readPair(pair string) (string, error) {
	attribute, value, found := strings.Cut(pair, "=")
	attribute = strings.ToLower(strings.TrimSpace(attribute))
	if !found || attribute == "" {
		return "", fmt.Errorf("%q is not TYPE=value", pair)
	}
	oid := attribute
	if known := attributeOIDs()[attribute]; known != "" {
		oid = known
	} else if strings.Trim(attribute, "0123456789.") != "" {
		return "", fmt.Errorf("%q is no attribute type that is known here; write its object identifier", attribute)
	}
	plain, err := readNameValue(trimValue(value))
	return oid + "=" + plain, err
}

// trimValue removes the spaces around a value, but none that is escaped.
func trimValue(value string) string {
	value = strings.TrimLeft(value, " ")
	for strings.HasSuffix(value, " ") && !strings.HasSuffix(value, `\ `) {
		value = value[:len(value)-1]
	}
	return value
}

// readNameValue undoes the escapes, or decodes a value that is given in BER.
func readNameValue(value string) (string, error) {
	if encoded, ok := strings.CutPrefix(value, "#"); ok {
		return readEncoded(encoded)
	}
	var plain []byte
	for i := 0; i < len(value); i++ {
		if value[i] != '\\' {
			plain = append(plain, value[i])
			continue
		}
		rest := value[i+1:]
		if len(rest) >= 2 {
			if b, err := hex.DecodeString(rest[:2]); err == nil {
				plain = append(plain, b...)
				i += 2
				continue
			}
		}
		if rest == "" {
			return "", errNameEnds
		}
		plain = append(plain, rest[0])
		i++
	}
	return foldValue(string(plain)), nil
}

func readEncoded(encoded string) (string, error) {
	der, err := hex.DecodeString(encoded)
	if err != nil {
		return "", fmt.Errorf("#%s is not hexadecimal", encoded)
	}
	var text string
	if rest, err := asn1.Unmarshal(der, &text); err == nil && len(rest) == 0 {
		return foldValue(text), nil
	}
	return "#" + strings.ToLower(encoded), nil
}

// foldValue makes values that differ in case or in spaces alone the same.
func foldValue(value string) string {
	return strings.Join(strings.Fields(strings.ToLower(value)), " ")
}

// NameOf reads the subject of a certificate likewise. The string form begins
// with what the certificate has last (RFC 4514 section 2.1).
func NameOf(rawSubject []byte) []string {
	var sequence pkix.RDNSequence
	if rest, err := asn1.Unmarshal(rawSubject, &sequence); err != nil || len(rest) > 0 {
		return nil
	}
	name := make([]string, 0, len(sequence))
	for _, set := range slices.Backward(sequence) {
		var pairs []string
		for _, a := range set {
			value, ok := a.Value.(string)
			if ok {
				value = foldValue(value)
			} else if der, err := asn1.Marshal(a.Value); err == nil {
				value = "#" + hex.EncodeToString(der)
			}
			pairs = append(pairs, a.Type.String()+"="+value)
		}
		slices.Sort(pairs)
		name = append(name, strings.Join(pairs, "+"))
	}
	return name
}
