// Package palette holds the colours by the role that they play, each once: the
// window makes its theme of them, and the pictures and handouts that are
// written to files take those of the light one.
//
// It knows the parties of a flow and what travels by id only, and no screen.
package palette

// Tone is the three colours of a party or of something that travels.
type Tone struct {
	Ink    uint32 // text and icons on Ground
	Ground uint32 // fill
	Line   uint32 // border
}

// Palette is the colours of one theme, as 0xRRGGBB.
type Palette struct {
	Ink, InkSoft, InkFaint                         uint32 // text, secondary text, what has not happened yet
	Line, Ground, Card, CardSoft                   uint32
	Primary, OnPrimary, Band, OnBand, Past         uint32
	Arrow, ArrowSoft, Edge, Quiet, Selected, Focus uint32
	Lifeline                                       uint32
	Pass, PassGround, Fail, FailGround             uint32
	Caution, CautionGround                         uint32
	WireName, WireValue, WireKeyword, WireQuiet    uint32 // names, values, keywords and punctuation of the wire

	roles, artefacts map[string]Tone
}

// The parties of a flow, by the ids that flows/trace gives them.
const (
	ResourceOwner       = "resource-owner"
	UserAgent           = "user-agent"
	Client              = "client"
	OtherClient         = "other-client"
	AuthorizationServer = "authorization-server"
	ResourceServer      = "resource-server"
	Attacker            = "attacker"
)

// Roles lists the parties that have a tone of their own.
func Roles() []string {
	return []string{ResourceOwner, UserAgent, Client, OtherClient, AuthorizationServer, ResourceServer, Attacker}
}

// What travels, by the ids that flows/telling gives it. Each keeps one tone everywhere.
const (
	Code         = "code"          // authorization code: amber
	AccessToken  = "access-token"  // orange
	IDToken      = "id-token"      // violet
	RefreshToken = "refresh-token" // green
	Secret       = "secret"        // code verifier: slate
	ClientSecret = "client-secret" // slate too
	Password     = "password"      // slate too
)

// Artefacts lists what has a tone of its own.
func Artefacts() []string {
	return []string{Code, AccessToken, IDToken, RefreshToken, Secret}
}

// Role returns the tone of a party; an unknown one gets the user agent's.
func (p Palette) Role(id string) Tone {
	if t, ok := p.roles[id]; ok {
		return t
	}
	return p.roles[UserAgent]
}

// Artefact returns the tone of what travels; an unknown one gets the secret's.
func (p Palette) Artefact(id string) Tone {
	if t, ok := p.artefacts[id]; ok {
		return t
	}
	return p.artefacts[Secret]
}

// What stands on white paper, where a screen has a card.
const (
	PaperLine   uint32 = 0x8694AF // lifelines
	CautionLine uint32 = 0xE8C28F // around a note of caution
)

// Light is the theme for daylight, and for paper.
func Light() Palette {
	return Palette{
		Ink: 0x1C2433, InkSoft: 0x5A6680, InkFaint: 0x606A80, Line: 0xE1E6EF, Ground: 0xF3F5F9, Card: 0xFFFFFF, CardSoft: 0xF7F8FC,
		Primary: 0x4A3AFF, OnPrimary: 0xFFFFFF, Band: 0xECE9FF, OnBand: 0x3A2BD6, Past: 0x847BFF, Arrow: 0x38445C, Lifeline: 0x8694AF,
		Selected: 0xFFE3A3, Focus: 0x4A3AFF,
		ArrowSoft: 0x7686A4, Edge: 0x7B8DAE, Quiet: 0xE6EAF2,
		Pass: 0x0B6B4F, PassGround: 0xE0F4EC, Fail: 0xA31D24, FailGround: 0xFBE3E4, Caution: 0x8A4B00, CautionGround: 0xFDEEDC,
		WireName: 0x5B2BC4, WireValue: 0x1C2433, WireKeyword: 0x0F4FBF, WireQuiet: 0x5A6680,
		roles: map[string]Tone{
			ResourceOwner:       {0x9A5C00, 0xFDF3E4, 0xF0C98A},
			UserAgent:           {0x55627A, 0xF0F2F5, 0xC3CBD8},
			Client:              {0x1F63E0, 0xEAF1FE, 0xA9C5F8},
			OtherClient:         {0x0E7490, 0xE6F6FA, 0x93CEDD},
			AuthorizationServer: {0x6D3BE8, 0xF3EEFE, 0xCDB8FA},
			ResourceServer:      {0x0A776D, 0xE9F5F3, 0x9CD4CB},
			Attacker:            {0xC3272F, 0xFDECEC, 0xF2B3B6},
		},
		artefacts: map[string]Tone{
			Code:         {0x4A3200, 0xFFB020, 0xB57700},
			AccessToken:  {0x4F2100, 0xFF9A5C, 0xD4631B},
			IDToken:      {0x3B1A9E, 0xDCCEFF, 0x9167FF},
			RefreshToken: {0x0B5A33, 0xBFEBD0, 0x37955D},
			Secret:       {0x2F3B52, 0xDDE3EE, 0x7085A9},
		},
	}
}

// Dark is the theme for the evening.
func Dark() Palette {
	return Palette{
		Ink: 0xF1F3F9, InkSoft: 0xA6B0C6, InkFaint: 0x8E98AF, Line: 0x323549, Ground: 0x12131C, Card: 0x1B1D2A, CardSoft: 0x232636,
		Primary: 0x5B4DFF, OnPrimary: 0xFFFFFF, Band: 0x2D2A52, OnBand: 0xC9C2FF, Past: 0x7A6FFF, Arrow: 0xC3CADB, Lifeline: 0x616887,
		Selected: 0x6B4E0C, Focus: 0xA99FFF,
		ArrowSoft: 0x6F7994, Edge: 0x697092, Quiet: 0x2B2E40,
		Pass: 0x6FDDB4, PassGround: 0x12372B, Fail: 0xFF9BA0, FailGround: 0x43191D, Caution: 0xFFC27A, CautionGround: 0x3F2A10,
		WireName: 0xC5A9FF, WireValue: 0xF1F3F9, WireKeyword: 0x8FB8FF, WireQuiet: 0xA6B0C6,
		roles: map[string]Tone{
			ResourceOwner:       {0xF2B45C, 0x2E2618, 0x7A5A26},
			UserAgent:           {0xB3BDCF, 0x252936, 0x535D73},
			Client:              {0x7FABFF, 0x1C2740, 0x3B5C9E},
			OtherClient:         {0x67D3EE, 0x152E36, 0x2C6F80},
			AuthorizationServer: {0xBB9EFF, 0x292340, 0x644FA8},
			ResourceServer:      {0x5FD0C2, 0x16302E, 0x2C756C},
			Attacker:            {0xFF9499, 0x3A1B1F, 0x8F3B41},
		},
		artefacts: map[string]Tone{
			Code:         {0x3A2700, 0xFFB020, 0xFFC55C},
			AccessToken:  {0x431B00, 0xFF9A5C, 0xFFB98F},
			IDToken:      {0x230B70, 0xBFA6FF, 0xD6C6FF},
			RefreshToken: {0x06391F, 0x83D9A6, 0xA9E8C2},
			Secret:       {0x1B2333, 0xB9C3D8, 0xD3DAE8},
		},
	}
}

// HighContrast is the dark theme for whoever needs every contrast there is.
func HighContrast() Palette {
	return Palette{
		Ink: 0xFFFFFF, InkSoft: 0xE6E9F0, InkFaint: 0xB8BECC, Line: 0x7A8296, Ground: 0x000000, Card: 0x000000, CardSoft: 0x14151C,
		Primary: 0xFFE14D, OnPrimary: 0x000000, Band: 0x2B2600, OnBand: 0xFFE14D, Past: 0xC9B23D, Arrow: 0xFFFFFF, Lifeline: 0x8A93A8,
		Selected: 0x6B4E0C, Focus: 0xFFE14D,
		ArrowSoft: 0x8A93A8, Edge: 0xB8BECC, Quiet: 0x1F2128,
		Pass: 0x7DFFC8, PassGround: 0x00291B, Fail: 0xFFA6AA, FailGround: 0x3D0005, Caution: 0xFFD08A, CautionGround: 0x332000,
		WireName: 0xD9C6FF, WireValue: 0xFFFFFF, WireKeyword: 0xA9CBFF, WireQuiet: 0xE6E9F0,
		roles: map[string]Tone{
			ResourceOwner:       {0xFFC871, 0x241A05, 0xFFC871},
			UserAgent:           {0xDDE3EE, 0x1A1D26, 0xDDE3EE},
			Client:              {0x9FC2FF, 0x0A1730, 0x9FC2FF},
			OtherClient:         {0x8AE6FF, 0x03222B, 0x8AE6FF},
			AuthorizationServer: {0xD2BDFF, 0x1C1236, 0xD2BDFF},
			ResourceServer:      {0x80EBDD, 0x052421, 0x80EBDD},
			Attacker:            {0xFFA6AA, 0x2E0508, 0xFFA6AA},
		},
		artefacts: map[string]Tone{
			Code:         {0x000000, 0xFFB020, 0xFFFFFF},
			AccessToken:  {0x000000, 0xFF9A5C, 0xFFFFFF},
			IDToken:      {0x000000, 0xCDB8FF, 0xFFFFFF},
			RefreshToken: {0x000000, 0x8CE6B0, 0xFFFFFF},
			Secret:       {0x000000, 0xDDE3EE, 0xFFFFFF},
		},
	}
}

// HighContrastLight is the light theme for whoever needs every contrast there is.
func HighContrastLight() Palette {
	return Palette{
		Ink: 0x000000, InkSoft: 0x22262E, InkFaint: 0x3F4550, Line: 0x6B7280, Ground: 0xFFFFFF, Card: 0xFFFFFF, CardSoft: 0xF4F5F7,
		Primary: 0x1A0DAB, OnPrimary: 0xFFFFFF, Band: 0xE3E0FF, OnBand: 0x1A0DAB, Past: 0x4B40C9, Arrow: 0x000000, Lifeline: 0x5B6270,
		Selected: 0xFFDD80, Focus: 0x1A0DAB,
		ArrowSoft: 0x5B6270, Edge: 0x3F4550, Quiet: 0xE3E5EA,
		Pass: 0x00472F, PassGround: 0xE2F7EE, Fail: 0x7D0009, FailGround: 0xFFE8E9, Caution: 0x5C3000, CautionGround: 0xFFF1DF,
		WireName: 0x3D0F9E, WireValue: 0x000000, WireKeyword: 0x00308F, WireQuiet: 0x22262E,
		roles: map[string]Tone{
			ResourceOwner:       {0x5C3600, 0xFFF6E8, 0x5C3600},
			UserAgent:           {0x2B3342, 0xF1F3F6, 0x2B3342},
			Client:              {0x0A3691, 0xEAF1FE, 0x0A3691},
			OtherClient:         {0x004559, 0xE6F6FA, 0x004559},
			AuthorizationServer: {0x44148F, 0xF3EEFE, 0x44148F},
			ResourceServer:      {0x004A43, 0xE6F6F3, 0x004A43},
			Attacker:            {0x7D0009, 0xFFECEC, 0x7D0009},
		},
		artefacts: map[string]Tone{
			Code:         {0x000000, 0xFFB020, 0x000000},
			AccessToken:  {0x000000, 0xFF9A5C, 0x000000},
			IDToken:      {0x000000, 0xDCCEFF, 0x000000},
			RefreshToken: {0x000000, 0xBFEBD0, 0x000000},
			Secret:       {0x000000, 0xDDE3EE, 0x000000},
		},
	}
}
