package wire

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/rule"
)

// Door returns the rules of plain HTTP that every request must keep before
// anybody looks at what it asks for.
func Door() []rule.Row[Request] {
	return []rule.Row[Request]{
		{
			ID: "forwarded-once", Rule: "proxies do not contradict each other about where the request came from",
			Spec: rule.RFC("7239", "4"), Error: "invalid_request", Status: http.StatusBadRequest,
			Check: func(r *Request) rule.Finding {
				return rule.Verdict(r.contrary == "", "one account", cmp.Or(r.contrary, "one account"),
					r.contrary+"; have the proxy remove the headers that it does not set itself, or anybody can write them")
			},
		},
		{
			ID: "host-known", Rule: "the Host header names this provider",
			Spec: rule.RFC("9110", "7.4"), Error: "invalid_request", Status: http.StatusMisdirectedRequest,
			Check: func(r *Request) rule.Finding {
				if len(r.hosts) == 0 {
					return rule.Skip("Config.Hosts is empty, so every host is answered")
				}
				return rule.Verdict(slices.Contains(r.hosts, r.Host), strings.Join(r.hosts, " or "), Shown(r.Host),
					"the request was sent to a host name that is not this provider's; a page of somebody else may have pointed its name at this machine "+
						"(DNS rebinding). "+
						"To be answered under a name of your own, write it into hosts and base_url of the config"+r.proxyHint())
			},
		},
		{
			ID: "url-short", Rule: "the URL is at most 16 KiB long",
			Spec: rule.RFC("9110", "15.5.15"), Error: "invalid_request", Status: http.StatusRequestURITooLong,
			Check: func(r *Request) rule.Finding {
				size := len(r.URL.Path) + len(r.URL.RawQuery)
				return rule.Verdict(size <= MaxURL, "at most "+strconv.Itoa(MaxURL)+" bytes", strconv.Itoa(size)+" bytes",
					"the URL is too long; send the parameters by POST")
			},
		},
		{
			ID: "body-short", Rule: "the body is at most 64 KiB long",
			Spec: rule.RFC("9110", "15.5.14"), Error: "invalid_request", Status: http.StatusRequestEntityTooLarge,
			Check: func(r *Request) rule.Finding {
				expected := "at most " + strconv.Itoa(MaxBody) + " bytes"
				return rule.Verdict(r.bodySize <= MaxBody, expected, "more", "the body is too long; send "+expected)
			},
		},
	}
}

// proxyHint says why the host that a proxy names is not the one that counts.
func (r *Request) proxyHint() string {
	if r.Header.Get("X-Forwarded-Host") == "" && r.Header.Get("Forwarded") == "" {
		return ""
	}
	return "; what Forwarded and X-Forwarded-* say counts only from proxies that stand in trusted_proxies"
}

// CheckMethod is the rule that an endpoint takes only these methods.
func (r *Request) CheckMethod(allowed ...string) rule.Finding {
	expected := strings.Join(allowed, " or ")
	return rule.Verdict(slices.Contains(allowed, r.ReadMethod()), expected, Shown(r.Method),
		"this endpoint does not answer "+Printable(r.Method, 16)+"; send "+expected)
}

// CheckFormBody is the rule that the body is a form.
func (r *Request) CheckFormBody() rule.Finding {
	const expected = "application/x-www-form-urlencoded"
	got := cmp.Or(Shown(r.MediaType), "no Content-Type")
	return rule.Verdict(r.isForm, expected, got, "the body is not a form, but has "+got+"; send "+expected)
}

// CheckEncoding is the rule that parameters can be read in one way only (RFC
// 6749 appendix B).
func (p Params) CheckEncoding() rule.Finding {
	return rule.Verdict(p.malformed == "", "form-encoded UTF-8", cmp.Or(p.malformed, "form-encoded UTF-8"),
		"the parameters hold "+p.malformed)
}

// CheckOnce is the rule that no parameter is sent twice, save the exceptions (RFC
// 6749 section 3.1).
func (p Params) CheckOnce(except ...string) rule.Finding {
	name := Printable(p.repeated(except...), MaxName)
	return rule.Verdict(name == "", "each parameter at most once", cmp.Or(Prefixed(name, " is sent more than once"), "no parameter twice"),
		"the parameter "+name+" is sent more than once")
}

// CheckShort is the rule that no parameter is longer than [MaxParameter].
func (p Params) CheckShort() rule.Finding {
	name, size := p.longest()
	expected := "at most " + strconv.Itoa(MaxParameter) + " bytes"
	return rule.Verdict(size <= MaxParameter, expected, strconv.Itoa(size)+" bytes",
		"the parameter "+Printable(name, MaxName)+" is too long; send "+expected)
}

// CheckPresent is the rule that a parameter is sent. What it is, is not shown.
func (p Params) CheckPresent(name string) rule.Finding {
	got := "none"
	if p.Has(name) {
		got = "sent"
	}
	return rule.Verdict(p.Has(name), "a "+name, got, name+" is missing")
}
