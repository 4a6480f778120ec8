package diagram

// lanesOf and story are what the happy path of a real flow looks like, in the
// words of the standards and in the words of a likeness.

func protocolLanes() []Lane {
	return []Lane{
		{ID: "resource-owner", Name: "User", Also: "resource owner"},
		{ID: "user-agent", Name: "Browser", Also: "user agent"},
		{ID: "client", Name: "Travel app", Also: "client"},
		{ID: "authorization-server", Name: "Identity provider", Also: "authorization server"},
		{ID: "resource-server", Name: "Mailbox API", Also: "resource server"},
	}
}

func hotelLanes() []Lane {
	return []Lane{
		{ID: "resource-owner", Name: "You, the guest", Also: "User"},
		{ID: "user-agent", Name: "The lobby", Also: "Browser"},
		{ID: "client", Name: "Travel app", Also: "Client"},
		{ID: "authorization-server", Name: "Front desk", Also: "Identity provider"},
		{ID: "resource-server", Name: "Your room", Also: "Resource server"},
	}
}

// leg is an arrow of the story with its words in both lenses.
type leg struct {
	from, to        string
	line            Line
	reply           bool
	protocol, hotel string
	chips           []Chip
	chapter         string
}

const (
	ro, ua, cl, as, rs = "resource-owner", "user-agent", "client", "authorization-server", "resource-server"
)

func legs() []leg {
	chip := func(artefact, label string) Chip { return Chip{Artefact: artefact, Label: label} }
	return []leg{
		{ro, ua, Gesture, false, "Clicks “Log in with Travel ID”", "“I would like to check in”", nil, "Ask"},
		{ua, cl, Front, false, "GET /login", "Asks the travel app to arrange it", nil, ""},
		{cl, cl, Note, false, "state, nonce", "Notes who asked", nil, ""},
		{cl, cl, Note, false, "verifier → SHA-256 → challenge", "Seals a secret in an envelope", []Chip{chip("secret", "verifier")}, ""},
		{
			cl, ua, Front, true, "302 → /auth?response_type=code&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=af0ifjsldkj",
			"“Please see the front desk”", nil, "",
		},
		{ua, as, Front, false, "GET /auth code_challenge, state, nonce", "Takes the sealed envelope along", nil, ""},
		{as, ua, Front, true, "200 sign-in page", "“May I see your ID?”", nil, ""},
		{ro, ua, Gesture, false, "Types name and password", "Shows an ID", nil, "Sign in"},
		{ua, as, Front, false, "POST username, password", "Hands the ID over", []Chip{chip("secret", "password")}, ""},
		{as, ua, Front, true, "200 consent page", "“May the app open your room?”", nil, ""},
		{ro, ua, Gesture, false, "Agrees", "Nods", nil, ""},
		{ua, as, Front, false, "POST consent", "“Yes, it may”", nil, "Code"},
		{as, ua, Front, true, "303 → /callback?code=SplxlOB…&state&iss", "One-time claim ticket", []Chip{chip("code", "code")}, ""},
		{ua, cl, Front, false, "GET /callback?code&state", "Hands over the claim ticket", []Chip{chip("code", "code")}, ""},
		{
			cl, as, Back, false, "POST /token code + code_verifier", "Trades ticket + opened envelope",
			[]Chip{chip("code", "code"), chip("secret", "verifier")},
			"Tokens",
		},
		{
			as, cl, Back, true, "200 access_token, id_token", "Key card and photo ID",
			[]Chip{chip("access-token", "access token"), chip("id-token", "ID token")},
			"",
		},
		{cl, as, Back, false, "GET /certs", "Asks how to tell a real photo ID", nil, ""},
		{as, cl, Back, true, "200 keys", "The hologram to look for", nil, ""},
		{cl, cl, Note, false, "validates the ID token", "Checks the photo ID", []Chip{chip("id-token", "ID token")}, ""},
		{cl, rs, Back, false, "GET /messages Bearer …", "Opens the door with the key card", []Chip{chip("access-token", "access token")}, "Use"},
		{rs, cl, Back, true, "200 messages", "Welcome in", nil, ""},
		{cl, ua, Front, true, "200 welcome page", "“Your room is ready”", nil, ""},
		{ua, ro, Gesture, false, "Sees the flights", "Steps inside", nil, ""},
	}
}

// story returns the arrows with everything before arrow current in the past.
func story(current int, hotel bool) []Arrow {
	var arrows []Arrow
	for i, l := range legs() {
		a := Arrow{From: l.from, To: l.to, Label: l.protocol, Line: l.line, Reply: l.reply, Chips: l.chips, Chapter: l.chapter}
		if hotel {
			a.Label = l.hotel
		}
		switch {
		case i < current:
			a.State = Past
		case i == current:
			a.State = Current
		case i == current+1:
			a.State = Waiting
		}
		arrows = append(arrows, a)
	}
	return arrows
}

// refusal returns the story up to a token request that is refused.
func refusal(current int) []Arrow {
	arrows := append(story(current, false)[:15:15],
		Arrow{From: as, To: cl, Line: Back, Reply: true, Label: "400 invalid_grant"},
		Arrow{From: cl, To: ua, Line: Front, Reply: true, Label: "502 sign-in did not work"},
		Arrow{From: ua, To: ro, Line: Gesture, Label: "Sees what went wrong"},
	)
	for i := range arrows {
		if i > 13 && i <= current {
			arrows[i].State = Past
		}
	}
	arrows[14].Sign = Cross
	for i := range arrows[14:] {
		arrows[14+i].News = BadNews
	}
	arrows[14].Edited = true
	arrows[14].Label = "POST /token code + code_verifier=wrong"
	return arrows
}
