package wire

import (
	"net/url"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// AppendParams adds parameters to a redirection URI and keeps the query that
// it has (RFC 6749 section 3.1.2).
func AppendParams(uri string, add []trace.Field) string {
	separator := "?"
	if strings.Contains(uri, "?") {
		separator = "&"
	}
	if encoded := FormEncoded(add); encoded != "" {
		return uri + separator + encoded
	}
	return uri
}

// FormEncoded writes application/x-www-form-urlencoded in the order of the
// fields. Those without a value are left out.
func FormEncoded(fields []trace.Field) string {
	var parts []string
	for _, f := range fields {
		if f.Value != "" {
			parts = append(parts, f.Name+"="+url.QueryEscape(f.Value))
		}
	}
	return strings.Join(parts, "&")
}
