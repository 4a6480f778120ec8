package wire

import (
	"mime"
	"strconv"
	"strings"
)

// Prefers reports whether an Accept header names a media type, and no other one
// that could be had instead before it (RFC 9110 section 12.5.1). What the
// header takes by a wildcard it does not name.
func Prefers(accept []string, media, instead string) bool {
	weight := weights(accept)
	return weight[media] > 0 && weight[media] >= weight[instead]
}

// weights reads the quality value of each media type that is named.
func weights(accept []string) map[string]float64 {
	named := map[string]float64{}
	for one := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		media, params, err := mime.ParseMediaType(one)
		if err != nil {
			continue
		}
		weight := 1.0
		if q, sent := params["q"]; sent {
			if weight, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		named[media] = max(named[media], weight)
	}
	return named
}
