package mockidp

import "slices"

// StoryRealms returns the realms of the lessons as a server has them: myrealm
// for services, and the one of [StoryRealm] with everything that the lessons
// have people type into clients of their own. Spring's clients may do without
// PKCE there, because Spring does for a client with a secret. That realm is the
// last, so that what is added to the end of a printed config belongs to it.
func StoryRealms() []Realm {
	demo := StoryRealm().WithClient("mobile-pkce-client", func(c *Client) {
		c.RedirectURIs = append(c.RedirectURIs, "com.myapp://callback", "http://localhost:4200/callback")
	}).WithClient("spring-client-app", func(c *Client) {
		c.PKCEOptional, c.FurtherSecrets = true, []string{"xyz-secret-value", "xyz"}
		c.RedirectURIs = append(c.RedirectURIs, "https://myapp.com/login/oauth2/code/oidc", "https://oauth.pstmn.io/v1/callback")
	}).WithClient("my-spring-client", func(c *Client) { c.PKCEOptional = true })
	demo.Registration = storyRegistration()
	return []Realm{serviceRealm(), demo}
}

// StoryIntroduction is the initial access token with which a client may register
// itself in the served realm of the lessons. Everybody may know it, as the secrets there.
const StoryIntroduction = "a-letter-of-introduction"

// storyRegistration lets people repeat the walk in which a machine registers
// itself, and meet there what it meets: a secret that has to be encoded.
func storyRegistration() *Registration {
	return &Registration{
		InitialAccessToken: StoryIntroduction, SymbolsInSecrets: true,
		GrantTypes: []string{grantAuthorizationCode, grantRefreshToken, grantDeviceCode, grantClientCredentials},
	}
}

// serviceRealm is where the lesson about services sends its requests.
func serviceRealm() Realm {
	return Realm{
		Name: "myrealm",
		Clients: []Client{{
			ClientID: "my-service-client", ClientName: "Invoice service", ClientSecret: "abc123xyz",
			GrantTypes: []string{grantClientCredentials}, Scope: "read:invoices write:invoices",
		}},
		Scopes: invoiceScopes(),
	}
}

func invoiceScopes() []Scope {
	return []Scope{
		{Name: "read:invoices", Description: "read invoices", Audience: "https://invoices.example"},
		{Name: "write:invoices", Description: "write invoices", Audience: "https://invoices.example"},
	}
}

// StoryRealm returns the realm of the lessons: demo, with its clients and
// people. The password of each person is the user name.
func StoryRealm() Realm {
	return Realm{
		Name:    "demo",
		Clients: storyClients(),
		People:  storyPeople(),
		Scopes: slices.Concat(StandardScopes(), []Scope{{
			Name:        "mail.read",
			Description: "read your emails (it cannot send, change or delete any)",
			Audience:    storyMailbox,
		}}, invoiceScopes()),
		AuthorizationDetailsTypes: storyDetailsTypes(),
	}
}

// storyMailbox is the Mailbox API.
const storyMailbox = "https://mailbox.example"

// WithAudience returns a copy of the realm in which the scope is for another
// resource server, e.g. for a Mailbox API on a loopback port. Clients that
// are that resource server are then the other one too.
func (r Realm) WithAudience(scope, audience string) Realm {
	r.Scopes, r.Clients = slices.Clone(r.Scopes), slices.Clone(r.Clients)
	for i := range r.Scopes {
		if s := &r.Scopes[i]; s.Name == scope {
			r.renameAudience(s.Audience, audience)
			s.Audience = audience
		}
	}
	return r
}

func (r Realm) renameAudience(old, name string) {
	for i := range r.Clients {
		if c := &r.Clients[i]; old != "" && slices.Contains(c.Audiences, old) {
			c.Audiences = append(slices.Clone(c.Audiences), name)
		}
	}
}

// storyDetailsTypes holds what the finance director is asked for when an
// invoice is to be paid: this one, to that supplier, this much, and no other.
func storyDetailsTypes() []AuthorizationDetailsType {
	return []AuthorizationDetailsType{{
		Type: "invoice_payment", Description: "pay an invoice", Audience: "https://invoices.example",
		Fields: []DetailsField{
			{Name: "actions", Label: "May", Kind: kindStrings, Values: []string{"approve", "pay", "cancel"}},
			{Name: "locations", Label: "At", Kind: kindStrings, Values: []string{"https://invoices.example"}, Optional: true},
			{Name: "invoice", Label: "Invoice", Kind: kindString},
			{Name: "creditorName", Label: "To", Kind: kindString},
			{Name: "instructedAmount", Label: "Amount", Kind: kindObject, Fields: []DetailsField{
				{Name: "currency", Label: "in", Kind: kindString, Values: []string{"EUR", "GBP", "USD"}},
				{Name: "amount", Label: "of", Kind: kindString},
			}},
		},
	}}
}

func storyPeople() []Person {
	return []Person{
		storyPerson("jane", "Jane", "Doe", "traveller", "Maria", "female", "1990-05-17", "+1 (425) 555-0117", "Seattle", "98101"),
		storyPerson("sam", "Sam", "Reyes", "sales representative", "Luis", "male", "1985-11-02", "+1 (425) 555-0142", "Tacoma", "98402"),
		storyPerson("dana", "Dana", "Okafor", "finance director", "Ngozi", "female", "1978-08-23", "+1 (425) 555-0169", "Bellevue", "98004"),
	}
}

// storyPerson has every standard claim of OpenID Connect Core section 5.1.
// Nobody has these addresses: example.com and the 555-01 numbers are kept free
// for stories.
func storyPerson(username, given, family, about, middle, gender, birthdate, phone, town, postcode string) Person {
	home := "https://people.example.com/" + username
	street := "12 Harbor Street"
	return Person{
		Username: username, Password: username, Subject: "user-" + username, About: about,
		Claims: []Claim{
			{"name", given + " " + family},
			{"given_name", given},
			{"family_name", family},
			{"middle_name", middle},
			{"nickname", given},
			{"preferred_username", username},
			{"profile", home},
			{"picture", home + "/picture.png"},
			{"website", home + "/"},
			{"gender", gender},
			{"birthdate", birthdate},
			{"zoneinfo", "America/Los_Angeles"},
			{"locale", "en"},
			{"updated_at", int64(1735689600)}, // 1 January 2025
			{"email", username + "@example.com"},
			{"email_verified", true},
			{"phone_number", phone},
			{"phone_number_verified", true},
			{"address", map[string]any{
				"formatted":      street + "\n" + town + ", WA " + postcode + "\nUnited States",
				"street_address": street, "locality": town, "region": "WA", "postal_code": postcode, "country": "US",
			}},
		},
	}
}
