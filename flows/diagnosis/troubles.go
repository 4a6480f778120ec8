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
		{"certificate-untrusted", "the app does not trust the TLS certificate of the provider", rfc("9110", "4.3.4"), bySaying(
			"certificate signed by unknown authority", "unable to find valid certification path", "unable to verify the first certificate",
			"unable_to_verify_leaf_signature", "unable to get local issuer", "unable to get issuer cert", "sec_error_unknown_issuer",
			"self signed certificate", "self-signed certificate", "self_signed_cert", "certificate verify failed",
			"err_cert_authority_invalid", "the remote certificate is invalid", "ssl certificate problem",
			"peer certificate", "curl: (60)", "certificate has expired", "cert has expired",
			"does not match certificate's altnames", "certificate is not valid for any names", "err_cert_common_name_invalid",
		)},
		{"https-required", "the provider was asked by http, and answers https alone", rfc("6749", "3.1"), bySaying(
			"https required", "https is required", "must use https", "https scheme is required", "requirehttpsmetadata",
			"must utilize https", "must be https", "requests to https are allowed", "insecure transport",
		)},
		{"too-many-requests", "the server has had enough requests for now", rfc("6585", "4"), byStatus(429)},
		{"headers-too-large", "the headers are larger than a server or a proxy takes", rfc("6585", "5"), either(byStatus(431), bySaying(
			"too big header", "header too large", "headers too large", "header is too large", "headers are too large", "fields too large",
			"cookie too large", "header too long", "headers too long", "header is too long", "headers is too long", "headers are too long",
		))},
		{"server-broken", "the server answered that it is broken or not there", rfc("9110", "15.6"), func(c *Case) *sighting {
			e := c.refused(func(e *logins.Exchange) bool { return e.Status() >= 500 && e.Endpoint != logins.Callback })
			if e == nil {
				return nil
			}
			return certain(e, quote(e, "address", e.Address()), answered(e, "status", strconv.Itoa(e.Status())))
		}},
		{"no-answer", "a request got no answer that the program could read", rfc("9110", "15.6"), either(
			unless((*Case).silenced, unanswered), bySaying(
				"connection refused", "econnrefused", "no such host", "enotfound", "i/o timeout", "etimedout", "idx20803",
				"request timed out", "connection timed out", "connect timed out", "read timed out", "timed out after", "timeout exceeded",
				"econnreset", "eai_again",
				"connection reset", "socket hang up", "could not reach", "couldn't reach", "failed to establish a new connection",
				"unable to obtain configuration from", "unable to resolve the configuration",
			))},
	}
}

// unanswered sees a request that a browser recorded without an answer: the
// server is not there, its certificate is not trusted, or the browser blocked it.
func unanswered(c *Case) *sighting {
	if !c.Known.Ended {
		return nil
	}
	for i, e := range c.Login.Exchanges {
		if e.Preflight || e.Answer != nil && e.Status() != 0 || e.Endpoint == logins.Callback && i == len(c.Login.Exchanges)-1 ||
			c.Known.Asked {
			continue
		}
		if again := c.answeredLater(e); again {
			continue
		}
		return likely(e, quote(e, "address", e.Address()), answered(e, "status", "none"))
	}
	return nil
}

func (c *Case) answeredLater(e *logins.Exchange) bool {
	for _, o := range c.later(e) {
		if o.Address() == e.Address() && o.Status() != 0 {
			return true
		}
	}
	return false
}
