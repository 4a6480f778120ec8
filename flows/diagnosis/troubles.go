package diagnosis

import (
	"strconv"

	"github.com/grantwalk/grantwalk/flows/logins"
)

// troubleRows are about a provider that does not do its work.
func troubleRows() []Row {
	return []Row{
		{"deliberate-trouble", "the provider was made to do this wrong on purpose", rfc("6749", "5.2"), func(c *Case) *sighting {
			for _, e := range c.Login.Exchanges {
				if t := e.Trouble(); t != nil {
					return certain(e, quote(e, "trouble", t.Rule))
				}
			}
			return nil
		}},
		{"proxy-headers", "two proxies say different things of where the request came from", rfc("7239", "4"), byRule("forwarded-once")},
		{"host-unknown", "the provider was asked under a name that it does not have", rfc("9110", "7.4"), either(
			byRule("host-known"), func(c *Case) *sighting {
				e := c.refused(func(e *logins.Exchange) bool { return e.Status() == 421 })
				if e == nil {
					return nil
				}
				return likely(e, quote(e, "host", e.Host()), answered(e, "status", "421"))
			},
		)},
		{
			"certificate-of-other-host", "the TLS certificate of the provider names another host than the one that was asked",
			rfc("9110", "4.3.4"), ofOtherHost(),
		},
		{"certificate-untrusted", "the app does not trust the TLS certificate of the provider", rfc("9110", "4.3.4"), unless(
			ofOtherHost(), untrusted(),
		)},
		{"https-required", "the provider was asked by http, and answers https alone", rfc("6749", "3.1"), bySaying(
			"https is required", "must use https", "https scheme is required", "requirehttpsmetadata",
			"must utilize https", "must be https", "requests to https are allowed", "insecure transport", "only requests to https",
			"https only", "requires https", "secure contexts", "crypto.subtle is available only in secure",
			"crypto.subtle", "insecure http", "allowinsecure",
		)},
		{"too-many-requests", "the server has had enough requests for now", rfc("6585", "4"), byStatus(429)},
		{"headers-too-large", "the headers are larger than a server or a proxy takes", rfc("6585", "5"), either(byStatus(431), bySaying(
			"too big header", "header too large", "headers too large", "header is too large", "headers are too large", "fields too large",
			"cookie too large", "header too long", "headers too long", "header is too long", "headers is too long", "headers are too long",
		))},
		{"server-broken", "the server answered that it is broken or not there", rfc("9110", "15.6"), either(func(c *Case) *sighting {
			e := c.refused(func(e *logins.Exchange) bool { return e.Status()/100 == 5 && e.Endpoint != logins.Callback })
			if e == nil {
				return nil
			}
			return certain(e, quote(e, "address", e.Address()), answered(e, "status", strconv.Itoa(e.Status())))
		}, weak(bySaying("server_error", "temporarily_unavailable", "502 bad gateway", "503 service", "504 gateway",
			"500 internal server error",
			"status code 50", "status code: 50", "status: 50", "bad gateway", "service unavailable", "gateway timeout")))},
	}
}

// untrusted knows by the words of the libraries that check who made a certificate, and until when it is good.
func untrusted() look {
	return either(bySaying(
		"certificate signed by unknown authority", "unable to find valid certification path", "unable to verify the first certificate",
		"unable to get local issuer", "unable to get issuer cert",
		"self signed certificate", "self-signed certificate", "self_signed_cert", "certificate verify failed",
		"the remote certificate is invalid", "ssl certificate problem",
		"peer certificate", "curl: (60)", "certificate has expired", "cert has expired",
	), tells([]string{"certificate", "certificates", "x509", "pkix", "ssl cert", "certificate chain", "ca"}, []string{
		"verify", "unknown authority", "not trusted", "untrusted", "expired", "failed", "invalid", "not valid", "self signed", "unable to",
		"not standards compliant", "unknown", "cannot validate",
	}))
}

// ofOtherHost knows by the words of the libraries that compare the names of a certificate with the host (RFC 9110 section 4.3.4).
func ofOtherHost() look {
	names := either(bySaying(
		"certificate's altnames", "certificate is not valid for any names", "certificate is valid for",
		"no alternative certificate subject name", "no subject alternative", "hostname mismatch", "ip address mismatch",
		"no name matching", "ssl_error_bad_cert_domain", "any ip sans",
		"certificate subject name", "hostname in certificate",
	), tells([]string{"certificate", "certificate name", "hostname", "host name", "peer certificate"}, []string{
		"does not match", "n't match", "didn't match", "did not match", "not valid for",
	}))
	return func(c *Case) *sighting {
		s := names(c)
		if s != nil {
			s.general = byItself // the name is what was compared
		}
		return s
	}
}
