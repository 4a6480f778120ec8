package mockidp

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// answer is what an endpoint decided to say. Endpoints return one; only
// ServeHTTP writes it.
type answer struct {
	status int
	header [][2]string
	body   []byte
	client string // client_id of a known client, for Exchange
	drop   bool   // deliberate trouble: nothing is to be written
}

func (a *answer) set(name, value string) {
	for i := range a.header {
		if a.header[i][0] == name && name != "Set-Cookie" && name != "Vary" {
			a.header[i][1] = value
			return
		}
	}
	a.header = append(a.header, [2]string{name, value})
}

// challenge says how to get in, a header for each way (RFC 9110 section
// 11.6.1).
func (a *answer) challenge(ways ...string) {
	for _, way := range ways {
		a.header = append(a.header, [2]string{"WWW-Authenticate", way})
	}
}

func (a *answer) write(w http.ResponseWriter, r *http.Request) {
	if a.drop {
		hangUp(w, r)
		return
	}
	h := w.Header()
	for _, f := range a.header {
		h.Add(f[0], f[1])
	}
	h.Set("X-Content-Type-Options", "nosniff")
	if len(a.body) > 0 {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.body) //nolint:gosec // pages are escaped templates; a caller that went away is nobody to tell
	}
}

// jsonAnswer writes v without escaping HTML: the media type says what it is,
// and people read it.
func jsonAnswer(status int, v any) (answer, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return answer{}, err
	}
	a := answer{status: status, body: bytes.TrimSpace(b.Bytes())}
	a.set("Content-Type", "application/json")
	return a, nil
}

// uncached marks an answer that nobody may keep (RFC 6749 section 5.1).
func uncached(a answer) answer {
	a.set("Cache-Control", "no-store")
	a.set("Pragma", "no-cache")
	return a
}

// redirect sends the browser on. 303, never 307: the browser must not send
// the password form again to the client (RFC 9700 section 4.12).
func redirect(to string) answer {
	a := uncached(answer{status: http.StatusSeeOther})
	a.set("Location", to)
	a.set("Referrer-Policy", "no-referrer")
	return a
}

// serverError is the answer when the provider itself is broken: its source of
// randomness or its keys, never anything that a request can bring about.
func serverError(err error) answer {
	a := uncached(answer{status: http.StatusInternalServerError, body: []byte("the provider is broken: " + err.Error() + "\n")})
	a.set("Content-Type", "text/plain; charset=utf-8")
	return a
}

// preflight answers a browser that asks whether a page may call an endpoint.
func preflight(t *tenant, e *endpoint, r *request) answer {
	a := answer{status: http.StatusNoContent}
	a.set("Allow", e.methods)
	allowOrigin(&a, t, r)
	if t.allowsOrigin(r.Header.Get("Origin")) {
		a.set("Access-Control-Allow-Methods", strings.ReplaceAll(e.methods, ", OPTIONS", ""))
		a.set("Access-Control-Allow-Headers", "Authorization, Content-Type, "+headerDPoP)
		a.set("Access-Control-Max-Age", "600")
	}
	return a
}

// allowOrigin lets pages of the realm's own clients read the answer. These
// endpoints look at no cookies, but some clients have the browser send them
// all the same, Keycloak's adapter among them; it would then keep the answer
// back without the word that this is all right. It stays unsaid where a
// certificate came with the request (RFC 8705): the browser adds that one by
// itself for whichever page asks, so a page of one client could read what the
// certificate of another one gives.
func allowOrigin(a *answer, t *tenant, r *request) {
	a.set("Vary", "Origin")
	if origin := r.Header.Get("Origin"); t.allowsOrigin(origin) {
		a.set("Access-Control-Allow-Origin", origin)
		if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
			a.set("Access-Control-Allow-Credentials", "true")
		}
		a.set("Access-Control-Expose-Headers", "WWW-Authenticate, "+headerDPoPNonce)
	}
}

// describe turns the reason of a refusal into an error_description, which
// knows neither quotes nor backslashes (RFC 6749 section 5.2).
func describe(reason string) string {
	return strings.NewReplacer(`"`, "'", `\`, "/").Replace(printable(reason, 400))
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// without returns list without the values of remove, in order.
func without(list, remove []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(remove, s) })
}
