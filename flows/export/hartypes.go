package export

import "github.com/grantwalk/grantwalk/flows/trace"

// The types are those of the HTTP Archive format 1.2. A member that begins
// with an underscore is one of ours, as the format allows.
type (
	harCreator struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	}
	harPage struct {
		Started string    `json:"startedDateTime"`
		ID      string    `json:"id"`
		Title   string    `json:"title"`
		Timings harLoaded `json:"pageTimings"`
	}
	harLoaded struct {
		Content float64 `json:"onContentLoad"`
		Load    float64 `json:"onLoad"`
	}
	harEntry struct {
		Page     string      `json:"pageref"`
		Started  string      `json:"startedDateTime"`
		Time     float64     `json:"time"`
		Request  harRequest  `json:"request"`
		Response harResponse `json:"response"`
		Cache    struct{}    `json:"cache"`
		Timings  harTimings  `json:"timings"`
		Address  string      `json:"serverIPAddress,omitempty"` // of a run over sockets; in memory nobody has one
		Port     string      `json:"connection,omitempty"`
		Comment  string      `json:"comment,omitempty"`
		Step     string      `json:"_step"`
		From     trace.Role  `json:"_from"`
		To       trace.Role  `json:"_to"`

		// Certificate is what the client showed in the TLS handshake, which the format has no place for (RFC 8705).
		Certificate []harField `json:"_clientCertificate,omitempty"`

		// What Chromium writes and shows beyond the format.
		Initiator harInitiator `json:"_initiator"`
		Priority  string       `json:"_priority"`
		Resource  string       `json:"_resourceType"`
	}
	harInitiator struct {
		Type string `json:"type"`
	}
	harRequest struct {
		Method      string      `json:"method"`
		URL         string      `json:"url"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harField  `json:"headers"`
		Query       []harField  `json:"queryString"`
		Post        *harPost    `json:"postData,omitempty"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int         `json:"bodySize"`
	}
	harPost struct {
		MIME     string     `json:"mimeType"`
		Params   []harField `json:"params,omitempty"` // of a form, decoded
		Text     string     `json:"text"`             // always, although the format asks for one of the two: readers look here alone
		Encoding string     `json:"_encoding,omitempty"`
		Comment  string     `json:"comment,omitempty"`
	}
	harResponse struct {
		Status      int         `json:"status"`
		StatusText  string      `json:"statusText"`
		HTTPVersion string      `json:"httpVersion"`
		Cookies     []harCookie `json:"cookies"`
		Headers     []harField  `json:"headers"`
		Content     harContent  `json:"content"`
		RedirectURL string      `json:"redirectURL"`
		HeadersSize int         `json:"headersSize"`
		BodySize    int         `json:"bodySize"`

		// As Chromium writes them.
		Transferred int     `json:"_transferSize"`
		Error       *string `json:"_error"`
		ByWorker    bool    `json:"_fetchedViaServiceWorker"`
	}
	harContent struct {
		Size     int    `json:"size"`
		MIME     string `json:"mimeType"`
		Saved    int    `json:"compression"` // nothing is compressed here
		Text     string `json:"text,omitempty"`
		Encoding string `json:"encoding,omitempty"`
		Comment  string `json:"comment,omitempty"`
	}
	harField struct {
		Name    string `json:"name"`
		Value   string `json:"value"`
		Comment string `json:"comment,omitempty"` // "secret" for a value that is one
	}
	harCookie struct {
		Name     string `json:"name"`
		Value    string `json:"value"`
		Path     string `json:"path,omitempty"`
		Domain   string `json:"domain,omitempty"`
		Expires  string `json:"expires,omitempty"`
		HTTPOnly bool   `json:"httpOnly"`
		Secure   bool   `json:"secure"`
		SameSite string `json:"sameSite,omitempty"`
		Comment  string `json:"comment,omitempty"`
	}
	harTimings struct {
		Blocked float64 `json:"blocked"` // -1 for what there was not: here no connection is made
		DNS     float64 `json:"dns"`
		Connect float64 `json:"connect"`
		TLS     float64 `json:"ssl"`
		Send    float64 `json:"send"`
		Wait    float64 `json:"wait"`
		Receive float64 `json:"receive"`
	}
)
