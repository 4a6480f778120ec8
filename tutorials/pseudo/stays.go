package pseudo

// Stay is something that is English in every language.
type Stay struct {
	What  string // it is
	Why   string // it stays
	Words string // by which a test knows it; empty where it is known by the run
}

// Stays lists all that is English in every language. docs/translating.md tells it to translators.
func Stays() []Stay {
	return []Stay{
		{
			"names of the protocol",
			"they stand so on the wire, in logs and in the standards, where a translation would not be found",
			`HTTP GET POST OPTIONS OK No Found Forbidden Unauthorized Bad Request Content Created See Other OAuth UTC PKCE SHA base64url JSON
			JWT RSA EC OKP Location Referer WWW Access Control Allow Origin prompt acr amr aud exp alg sid jku jwk crv jwt none consent state
			login nonce challenge verifier plain signature issuer password implicit credentials client auth profile email openid
			offline access address phone otp`,
		},
		{
			"titles of standards",
			"readers look them up under these",
			`RFC rfc OIDC OpenID Connect Core Appendix NIST SP FAPI RP Initiated Logout Back Front Channel Dynamic Client Registration Unmet
			Authentication Requirements Device`,
		},
		{
			"error codes, error_description, and what a check expected and got",
			"they are of the record, which reads the same in whatever language a saved run is opened; error_description is ASCII " +
				"(RFC 6749 section 5.2), and a client shows it to its developers as it is. On a page of another language they are marked as English",
			`expired ago`,
		},
		{
			"HAR files, saved runs, and JSON reports but for the texts in them",
			"programs read them, and go by the words",
			"",
		},
		{
			"the lines that serve logs, and what it says of a config file",
			"the one is read by programs and searched for, the other speaks of keys, which are English",
			"",
		},
		{
			"commands, flags, addresses, shells and other notations",
			"they are typed, or read by a program, so",
			`grantwalk serve control curl printf openssl tr dgst binary head localhost localStorage location hash href title li submit button class
			primary sequenceDiagram actor participant as Note over rect rgb end`,
		},
		{
			"what stands on keys, units and kinds of files",
			"keyboards and programs call them so",
			`KB kB ms px PNG SVG HTML HAR CSP Ctrl Alt Shift Esc Enter Page Down Up Left Right Home End Tab Space Plus Minus Return Escape`,
		},
		{
			"code of stacks, and what a vendor calls a switch of its own product",
			"people look for the words that stand on their screen",
			"",
		},
		{
			"names of the apps, people and permissions of the stories",
			"they are registered at the provider under these, and cross the wire",
			`Grantwalk Demo Jane Doe Sam Reyes Dana Okafor Travel Finance Billing Expenses Old single app App TV portal job browser desktop
			mail read write invoices Owner Browser OtherClient Provider API Attacker dana sam jane English cM cb`,
		},
	}
}
