package mockidp

import (
	"time"

	"github.com/grantwalk/grantwalk/mockidp/internal/keys"
)

// services are the parts of a provider below its face: a few that the endpoints
// share, and the endpoints, each of which is handed what it needs.
type services struct {
	draw       source
	auth       authenticator
	possession possession
	mint       mint
	desk       desk
	pages      printer
	herald     herald
	greeter    greeter
	answers    answerer
	library    library
	demands    demands

	authorization       authorizationEndpoint
	signIn              signInEndpoint
	consent             consentEndpoint
	pushed              pushedEndpoint
	token               tokenEndpoint
	deviceAuthorization deviceAuthorizationEndpoint
	device              deviceEndpoint
	uses                tokenUses
	logout              logoutEndpoint
	userInfo            userInfoEndpoint
	registration        registrationEndpoint
	discovery           discoveryEndpoint
}

// build puts the parts together. The secret, which is drawn last, is filled in
// by the caller.
func (s *services) build(cfg *Config, at *addresses, rules *tables, secret []byte) {
	outbound := newOutbound(cfg)
	s.draw.from = cfg.Rand
	s.auth = authenticator{
		now: cfg.Now, fetched: keys.NewCache(outbound), certificates: cfg.ClientCertificates, cas: cfg.ClientCAs,
		assertion: rules.assertion, secrets: rules.secrets,
	}
	s.possession = possession{at: at, secret: secret, rows: rules.proof}
	s.mint = mint{draw: &s.draw, now: cfg.Now, strangers: &keys.Set{}}
	s.desk = desk{draw: &s.draw, secret: secret}
	s.pages = printer{at: at, now: cfg.Now, realms: cfg.Realms, words: cfg.Words, relaxed: cfg.Relaxed}
	s.herald = herald{draw: &s.draw, outbound: outbound, calls: newCalls(), told: cfg.OnLogoutCall}
	s.library = newLibrary(outbound)
	s.greeter = greeter{draw: &s.draw, herald: &s.herald}
	s.answers = answerer{draw: &s.draw, mint: &s.mint, pages: &s.pages}
	s.demands = demands{relaxed: cfg.Relaxed, grants: rules.grants, auth: &s.auth}
	s.buildPages(cfg, rules)
	s.buildTokens(rules, cfg.Now)
}

// buildPages puts together the endpoints that people see.
func (s *services) buildPages(cfg *Config, rules *tables) {
	s.authorization = authorizationEndpoint{
		auth: &s.auth, mint: &s.mint, desk: &s.desk, pages: &s.pages, answers: &s.answers, greeter: &s.greeter, library: &s.library,
		plainPKCE: cfg.Relaxed.PlainPKCE, trust: rules.trust, rows: rules.request,
	}
	s.signIn = signInEndpoint{desk: &s.desk, pages: &s.pages, answers: &s.answers, greeter: &s.greeter, rows: rules.signIn}
	s.consent = consentEndpoint{desk: &s.desk, pages: &s.pages, answers: &s.answers, rows: rules.consent}
	s.device = deviceEndpoint{desk: &s.desk, pages: &s.pages, page: rules.devicePage, code: rules.userCode}
	s.logout = logoutEndpoint{
		mint: &s.mint, desk: &s.desk, pages: &s.pages, herald: &s.herald, rows: rules.logout, form: rules.logoutForm,
	}
}

// buildTokens puts together the endpoints that clients call.
func (s *services) buildTokens(rules *tables, now func() time.Time) {
	s.pushed = pushedEndpoint{
		draw: &s.draw, auth: &s.auth, possession: &s.possession, authorization: &s.authorization,
		rows: rules.pushed, proof: rules.pushedProof,
	}
	s.token = tokenEndpoint{
		auth: &s.auth, possession: &s.possession, mint: &s.mint, grants: rules.grants, rows: rules.token, proof: rules.tokenProof,
	}
	s.deviceAuthorization = deviceAuthorizationEndpoint{draw: &s.draw, auth: &s.auth, rows: rules.deviceAuthorization}
	s.uses = tokenUses{
		auth: &s.auth, mint: &s.mint, revocation: rules.revocation, introspection: rules.introspection, state: rules.tokenState,
	}
	s.userInfo = userInfoEndpoint{auth: &s.auth, possession: &s.possession, mint: &s.mint, rows: rules.userInfo}
	s.registration = registrationEndpoint{
		draw: &s.draw, demands: &s.demands, library: &s.library, rows: rules.registration, configuration: rules.clientConfiguration,
	}
	s.discovery = discoveryEndpoint{
		auth: &s.auth, now: now, grants: rules.grants, rows: rules.public,
		challengeMethods: s.authorization.challengeMethods(),
	}
}
