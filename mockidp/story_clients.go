package mockidp

import "slices"

// WithClient returns a copy of the realm in which that client is registered
// otherwise. A realm without such a client stays as it is.
func (r Realm) WithClient(id string, change func(*Client)) Realm {
	r.Clients = slices.Clone(r.Clients)
	for i := range r.Clients {
		if r.Clients[i].ClientID == id {
			change(&r.Clients[i])
		}
	}
	return r
}

func storyClients() []Client {
	return slices.Concat(storyApps(), storyCompanyApps(), storyOldApps(), storyMachines())
}

func storyApps() []Client {
	return []Client{
		{
			ClientID: "mobile-pkce-client", ClientName: "Travel app",
			RedirectURIs: []string{"https://travel.example/callback", "http://127.0.0.1/callback", "com.myapp:/callback"},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"https://travel.example/"}},
			Scope:        "openid profile email mail.read",
		},
		{
			ClientID: "spring-client-app", ClientName: "Spring web app", ClientSecret: "spring-client-secret",
			RedirectURIs: []string{
				"http://localhost:8080/login/oauth2/code/spring-client-app",
				"http://127.0.0.1:8080/login/oauth2/code/spring-client-app",
				"https://portal.example/callback", "http://127.0.0.1/callback",
			},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"http://localhost:8080/", "http://127.0.0.1:8080/"}},
			GrantTypes:   []string{grantAuthorizationCode, grantRefreshToken},
			Scope:        "openid profile email address phone mail.read read:invoices offline_access",
		},
		{
			// Spring Security as it comes sends no scope unless it is told to.
			ClientID: "my-spring-client", ClientName: "Spring Boot app", ClientSecret: "super-secret",
			RedirectURIs: []string{"http://localhost:8080/login/oauth2/code/keycloak", "http://127.0.0.1:8080/login/oauth2/code/keycloak"},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"http://localhost:8080/", "http://127.0.0.1:8080/"}},
			GrantTypes:   []string{grantAuthorizationCode, grantRefreshToken},
			Scope:        "openid profile email mail.read", DefaultScope: "openid profile email",
		},
		{ //nolint:gosec // a secret that everybody may know
			// Sends its requests to the provider itself, never through the
			// browser.
			ClientID: "par-client", ClientName: "Accounts portal", ClientSecret: "par-client-secret",
			RedirectURIs:                       []string{"https://accounts.example/callback", "http://127.0.0.1/accounts/callback"},
			GrantTypes:                         []string{grantAuthorizationCode, grantRefreshToken},
			Scope:                              "openid profile email read:invoices write:invoices",
			AuthorizationDetailsTypes:          []string{"invoice_payment"},
			RequirePushedAuthorizationRequests: true,
		},
		{
			// The Travel app with a longer memory: a public client whose
			// refresh tokens rotate (RFC 9700 section 4.14).
			ClientID: "mobile-refresh-client", ClientName: "Travel app",
			RedirectURIs: []string{"https://travel.example/callback", "http://127.0.0.1/callback"},
			GrantTypes:   []string{grantAuthorizationCode, grantRefreshToken},
			Scope:        "openid profile email mail.read offline_access",
		},
		{
			ClientID: "angular-client", ClientName: "Angular app",
			RedirectURIs: []string{"http://localhost:4200/callback"},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"http://localhost:4200/"}},
			Scope:        "openid profile email mail.read",
		},
		{
			ClientID: "react-client", ClientName: "React app",
			RedirectURIs: []string{"http://localhost:3000/callback"},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"http://localhost:3000/"}},
			Scope:        "openid profile email mail.read",
		},
		{
			ClientID: "postman", ClientName: "Postman",
			RedirectURIs: []string{"https://oauth.pstmn.io/v1/callback"},
			Scope:        "openid profile email mail.read",
		},
	}
}

// storyCompanyApps are two apps of one company, whose people agreed to both at work.
func storyCompanyApps() []Client {
	return []Client{
		{
			ClientID: "company-travel-client", ClientName: "Travel app", Trusted: true,
			RedirectURIs: []string{"https://travel.example/callback", "http://127.0.0.1/callback"},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"https://travel.example/logged-out"}},
			Scope:        "openid profile",
		},
		{
			ClientID: "company-expenses-client", ClientName: "Expenses app", ClientSecret: "company-expenses-secret", Trusted: true,
			RedirectURIs: []string{"https://expenses.example/callback", "http://127.0.0.1/callback"},
			ClientLogout: ClientLogout{PostLogoutRedirectURIs: []string{"https://expenses.example/logged-out"}},
			Scope:        "openid profile",
		},
	}
}

// storyOldApps do what RFC 9700 says that nobody should do any more.
func storyOldApps() []Client {
	return []Client{
		{
			// Legacy: the person's password passes through the client.
			ClientID: "legacy-password-client", ClientName: "Old desktop app",
			GrantTypes: []string{grantPassword, grantRefreshToken},
			Scope:      "openid profile email mail.read",
		},
		{
			// Deprecated: tokens in the address bar, with nothing that binds
			// them to this app (RFC 9700 section 2.1.2).
			ClientID: "legacy-implicit-client", ClientName: "Old single-page app",
			RedirectURIs:  []string{"http://localhost:4300/callback", "https://travel.example/legacy/callback", "http://127.0.0.1/legacy/callback"},
			ClientLogout:  ClientLogout{PostLogoutRedirectURIs: []string{"http://localhost:4300/", "https://travel.example/legacy/"}},
			GrantTypes:    []string{grantImplicit},
			ResponseTypes: []string{"token", "id_token", "id_token token"},
			Scope:         "openid profile email address phone mail.read",
		},
	}
}

// storyMachines are no web pages: services, and what proves who it is by more
// than a secret.
func storyMachines() []Client {
	return []Client{
		{ //nolint:gosec // a secret that everybody may know
			ClientID: "dpop-client", ClientName: "Bank app", ClientSecret: "dpop-client-secret",
			RedirectURIs:          []string{"http://localhost:3000/callback", "http://127.0.0.1/callback"},
			GrantTypes:            []string{grantAuthorizationCode, grantRefreshToken},
			Scope:                 "openid profile email mail.read offline_access",
			DPoPBoundAccessTokens: true,
		},
		{ //nolint:gosec // a secret that everybody may know
			ClientID: "my-service-client", ClientName: "Invoice service", ClientSecret: "my-service-secret",
			GrantTypes: []string{grantClientCredentials},
			Scope:      "read:invoices write:invoices",
		},
		{
			// It is the Mailbox API's helper: with a token for the mailbox it
			// gets one for the invoices that came by mail.
			ClientID: "exchange-client", ClientName: "Mail assistant", ClientSecret: "exchange-client-secret",
			GrantTypes: []string{grantTokenExchange, grantClientCredentials},
			Scope:      "read:invoices", ClientExchange: ClientExchange{ExchangeScope: "read:invoices", ExchangeImpersonation: true},
			Audiences: []string{storyMailbox},
		},
		{ //nolint:gosec // a secret that everybody may know
			// The Mailbox API itself, which asks about tokens (RFC 7662 section 2.1).
			ClientID: "mailbox-api", ClientName: "Mailbox API", ClientSecret: "mailbox-api-secret",
			TokenEndpointAuthMethod: authBasic, GrantTypes: []string{}, ResponseTypes: []string{}, Audiences: []string{storyMailbox},
		},
		{
			// Its key is published: see DemoClientKey.
			ClientID: "private-key-jwt-client", ClientName: "Payroll portal",
			RedirectURIs:            []string{"https://payroll.example/callback", "http://127.0.0.1/payroll/callback"},
			TokenEndpointAuthMethod: authPrivateKeyJWT, ClientSigning: ClientSigning{JWKS: demoClientKeys()},
			GrantTypes: []string{grantAuthorizationCode, grantClientCredentials, grantRefreshToken},
			Scope:      "openid profile email read:invoices write:invoices",
		},
		{
			ClientID: "tv-client", ClientName: "Travel TV",
			GrantTypes: []string{grantDeviceCode, grantRefreshToken},
			Scope:      "openid profile mail.read offline_access",
		},
	}
}
