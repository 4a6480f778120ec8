//go:build !race

package tutorials

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestADamagedFileIsNamedTogetherWithThePlace(t *testing.T) {
	const (
		flow      = "en/flows/authorization-code-pkce.md"
		mistakes  = "en/mistakes/authorization-code-pkce.md"
		dict      = "en/dictionary.toml"
		glossary  = "en/glossary.toml"
		checks    = "en/checks/authorization.toml"
		refused   = "en/refusals.toml"
		hotel     = "en/lenses/hotel.toml"
		firstStep = "## click-login\nPicture: scene-click\nTrade: delegation\n"
	)
	for name, row := range map[string]struct{ file, old, new, want string }{
		"a misspelt field": {
			flow, "Label: Clicks “Log in”", "Lable: Clicks",
			`section "click-login, Everyone": Lable is none of Label`,
		},
		"a field that stands twice": {
			flow, "Title: {person} asks the app to log in", "Label: x",
			`section "click-login, Everyone": Label stands twice`,
		},
		"a missing text": {
			flow, "Likeness: You hire an assistant", "Likeness:\nHappened: x\nRisk: x\nWhy: y\n### Other\n",
			`section "click-login"`,
		},
		"a missing picture": {
			flow, firstStep, "## click-login\nTrade: delegation\n",
			`section "click-login": Picture is missing`,
		},
		"a step without a word of the trade": {flow, "Trade: delegation\n", "", `section "click-login": Trade is missing`},
		"a word of the trade that is none": {
			flow, "Trade: delegation\n", "Trade: delegatoin\n",
			`section "click-login": Trade: there is no term "delegatoin"`,
		},
		"a part for a switch that is none": {
			flow, "### Executive\nLabel: Customer starts the login",
			"### Everyone, moon full\nTitle: x\n\n### Executive\nLabel: Customer starts the login",
			`section "click-login": "moon full" is no switch of this flow`,
		},
		"an unknown voice": {
			flow, firstStep + "\n### Everyone", firstStep + "\n### Everybody",
			`section "click-login": "Everybody" is neither a voice nor a lens`,
		},
		"a lens where a step is told plainly": {
			flow, "### Hotel\nLabel: “Please fetch my letters”", "### Protocol\nLabel: x",
			`section "click-login": "Protocol" is neither`,
		},
		"a lens that tells only a part": {
			flow, "Why: The clerk is to act for you", "\nThe clerk is to act for you",
			`section "click-login": the lens hotel tells only a part of Happened, Why and Risk`,
		},
		"a section that stands twice": {flow, "## login\n", "## click-login\n", `section "click-login" stands twice`},
		"a part that stands twice": {
			flow, "### Executive\nLabel: Customer starts the login", "### Everyone\nLabel: x",
			`section "click-login": "Everyone" stands twice`,
		},
		"a heading of another level": {
			flow, "### Executive\nLabel: Customer starts the login", "#### Executive\nLabel: x",
			`section "click-login": "#### Executive" is no heading`,
		},
		"text outside of a field": {
			flow, firstStep, firstStep[:len("## click-login\n")] + "Hello\n",
			`section "click-login": text stands before the first field`,
		},
		"a missing intro": {
			flow, "## intro", "## introduction",
			`section "introduction, Everyone": text stands before the first field`,
		},
		"a voice missing in the intro": {
			flow, "## done\n", "## done\n### Developer\nx\n## finished\n",
			`section "done": the everyone voice says nothing`,
		},
		"open front matter":            {flow, "+++\n\nHow to edit", "\nHow to edit", "the front matter has no closing +++"},
		"broken front matter":          {flow, `title = "Auth`, `title = Auth`, flow + ":2:"},
		"unknown front matter":         {flow, "use-when =", "use-whem =", `front matter: "use-whem" is not known`},
		"front matter that is missing": {flow, `short = "Code with PKCE"`, "", "front matter: short is missing"},
		"an unknown status":            {flow, `"recommended"`, `"fine"`, `status "fine"`},
		"a link that leads nowhere": {
			flow, "(glossary:delegation)", "(glossary:delegatoin)",
			`flows/authorization-code-pkce, click-login, everyone, Why: there is no term "delegatoin"`,
		},
		"an unknown name to fill in": {
			flow, "{provider}” in the {app}. Nothing", "{provder}” in the {app}. Nothing",
			`click-login, everyone, Happened: nobody fills in {provder}`,
		},
		"a name where none is filled in": {
			mistakes, "A thief writes", "{person} writes",
			`mistakes/authorization-code-pkce, other-redirect-uri, everyone, Tries: nobody fills in {person}`,
		},
		"a mistake in no step": {
			mistakes, "Step: authorize", "Step: authorise",
			`section "other-redirect-uri": there is no step "authorise"`,
		},
		"a mistake without a lesson":    {mistakes, "Lesson: The provider stops and explains why.", "", `section "other-redirect-uri`},
		"a mistake in an unknown voice": {mistakes, "### Everyone", "### Nobody", `section "other-redirect-uri": "Nobody" is no voice`},
		"an entry of an unknown kind":   {dict, "[parameter.state]", "[paramater.state]", `[paramater.state]: "paramater" is none of`},
		"an entry without a meaning": {
			dict, "exact = \"RECOMMENDED. An opaque", "protects2 = \"",
			`"parameter.state.protects2" is not known`,
		},
		"an entry with a bad reference": {
			dict, `spec = "RFC 6749 §3.1.1"`, `spec = "RFC 6749 3.1.1"`,
			`[parameter.response_type]: spec "RFC 6749 3.1.1"`,
		},
		"a dictionary that is no TOML": {dict, "[parameter.client_id]", "[parameter.client_id", dict + ":"},
		"a term without a likeness": {
			glossary, "likeness.hotel = \"The claim ticket", "likeness.motel = \"The claim ticket",
			"[authorization-code]: likeness.hotel is missing",
		},
		"a term without a title": {glossary, `title = "Authorization code"`, "", "[authorization-code]: title, plain and exact"},
		"a check without a voice": {
			checks, `executive = "The app is registered and approved."`, "",
			"[client-known]: the executive voice says nothing",
		},
		"a check in an unknown voice": {
			checks, `executive = "The app is registered and approved."`, `boss = "x"`,
			`[client-known]: "boss" is none of`,
		},
		"a check in two files": {
			checks, "", "[token-is-jwt]\neveryone = \"x\"\nexecutive = \"x\"\n",
			"[token-is-jwt]: it has words in another file already",
		},
		"a refusal without a voice": {
			refused, "developer = \"`client_id` is missing", "#",
			"[client-known]: the developer voice says nothing",
		},
		"refusals without a last resort": {refused, `["error:"]`, `["error:x"]`, `["error:"] is missing`},
		"a reason to be seen without a voice": {
			"en/witnesses.toml", "developer = \"Plain http", "#",
			`[network/plain]: the developer voice says nothing`,
		},
		"a lens without a party":     {hotel, "[roles.attacker]", "[roles.thief]", "roles.attacker needs name, phrase and also"},
		"a lens without an artefact": {hotel, `code = "claim ticket"`, "", "artefacts.code is missing"},
		"a lens without a title":     {hotel, `title = "Hotel"`, "", hotel + ": title is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			m := copyOfEnglish(t)
			before := string(m[row.file].Data)
			after := strings.Replace(before, row.old, row.new, 1)
			if after == before {
				t.Fatalf("%q does not occur in %s any more", row.old, row.file)
			}
			m[row.file] = &fstest.MapFile{Data: []byte(after)}
			_, err := Open(m, "en")
			if err == nil {
				t.Fatal("the damage went unnoticed")
			}
			base := row.file[len("en/"):]
			if !strings.Contains(err.Error(), row.want) || !strings.Contains(err.Error(), strings.TrimSuffix(base, ".md")) {
				t.Errorf("got  %v\nwant %s … %s", err, base, row.want)
			}
		})
	}
}

func TestAMissingFileIsNamed(t *testing.T) {
	for _, name := range []string{"en/dictionary.toml", "en/glossary.toml", "en/refusals.toml", "en/lenses/protocol.toml"} {
		m := copyOfEnglish(t)
		delete(m, name)
		if _, err := Open(m, "en"); err == nil {
			t.Errorf("%s: not missed", name)
		}
	}
}

func TestWindowsLineEndsAndAByteOrderMarkDoNoHarm(t *testing.T) {
	m := copyOfEnglish(t)
	for name, f := range m {
		if strings.HasSuffix(name, ".md") {
			f.Data = []byte("\ufeff" + strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
		}
	}
	l, err := Open(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := english(t).Flows().Step(flowID, "token", Developer, ProtocolLens)
	if got, _ := l.Flows().Step(flowID, "token", Developer, ProtocolLens); got != want {
		t.Errorf("got %+v", got)
	}
}

func TestAStepMayHaveTheWordsOfAnotherFlow(t *testing.T) {
	m := copyOfEnglish(t)
	const original = "en/flows/authorization-code-pkce.md"
	src := string(m[original].Data)
	head, rest, _ := strings.Cut(src, "\n## click-login")
	_, after, _ := strings.Cut(rest, "\n## login\n")
	m["en/flows/other.md"] = &fstest.MapFile{Data: []byte(head + "\n## click-login\nLike: authorization-code-pkce\n\n## login\n" + after)}
	l, err := Open(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := l.Flows().Step("authorization-code-pkce", "click-login", Everyone, ProtocolLens)
	if got, ok := l.Flows().Step("other", "click-login", Everyone, ProtocolLens); !ok || got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for name, like := range map[string]string{
		"half a voice": "authorization-code-pkce\n\n### Everyone\nLabel: Clicks", "no flow": "nothing",
		"a step that is like another": "other",
	} {
		m["en/flows/third.md"] = &fstest.MapFile{Data: []byte(head + "\n## click-login\nLike: " + like + "\n\n## login\n" + after)}
		if _, err := Open(m, "en"); err == nil || !strings.Contains(err.Error(), "third.md") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAStepMayHaveSomeWordsOfItsOwnAndTheOthersOfAnotherFlow(t *testing.T) {
	m := copyOfEnglish(t)
	const original = "en/flows/authorization-code-pkce.md"
	head, rest, _ := strings.Cut(string(m[original].Data), "\n## click-login")
	_, after, _ := strings.Cut(rest, "\n## login\n")
	const own = "Picture: scene-desk\n\n### Executive\nLabel: Own label\nTitle: Own title\nLikeness: A.\nHappened: B.\nWhy: C.\nRisk: D.\n" +
		"\n### Hotel\nLabel: Own lens\nTitle: Own title\nLikeness: A.\n"
	m["en/flows/other.md"] = &fstest.MapFile{Data: []byte(head + "\n## click-login\nLike: authorization-code-pkce\n" + own + "\n## login\n" +
		after)}
	l, err := Open(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		voice Voice
		lens  string
		label string
	}{{Executive, ProtocolLens, "Own label"}, {Everyone, ProtocolLens, "Clicks “Log in”"}, {Everyone, "hotel", "Own lens"}} {
		if got, _ := l.Flows().Step("other", "click-login", row.voice, row.lens); got.Label != row.label || got.Picture != "scene-desk" {
			t.Errorf("%s, %s: got %+v", row.voice, row.lens, got)
		}
	}
	if got, _ := l.Flows().Step("authorization-code-pkce", "click-login", Executive, ProtocolLens); got.Label == "Own label" ||
		got.Picture == "scene-desk" {
		t.Errorf("the other flow's words changed: %+v", got)
	}
}

func TestAFlowMayHaveOtherPartiesThanTheLens(t *testing.T) {
	m := copyOfEnglish(t)
	const file = "en/flows/authorization-code-pkce.md"
	src := string(m[file].Data)
	with := func(toml string) error {
		m[file] = &fstest.MapFile{Data: []byte(strings.Replace(src, "[chapters]", toml+"\n[chapters]", 1))}
		l, err := Open(m, "en")
		if err == nil {
			if name, _ := (Narrator{
				Words: l, Flow: "authorization-code-pkce", Voice: Developer,
				Lens: "hotel",
			}).Role("client"); name != "Night porter" {
				t.Errorf("the client is called %q", name)
			}
		}
		return err
	}
	if err := with("[roles.hotel.client]\nname = \"Night porter\"\nphrase = \"the porter\"\nalso = \"Client\""); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{
		"[roles.ship.client]\nname = \"x\"\nphrase = \"x\"\nalso = \"y\"", "[roles.hotel.captain]\nname = \"x\"\nphrase = \"x\"\nalso = \"y\"",
		"[roles.hotel.client]\nname = \"x\"", "[roles.hotel.client]\nname = \"x\"\nalso = \"y\"", "[switches.a]\ntitle = \"x\"",
	} {
		if err := with(wrong); err == nil {
			t.Errorf("%s: went unnoticed", wrong)
		}
	}
}

func TestTheWordsThatAreBuiltInHoldWhatLoadDoesNotLookAt(t *testing.T) {
	if _, err := Open(files, "en"); err != nil {
		t.Error(err)
	}
}
