package address_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/stage"
)

func parse(t *testing.T, text string) address.Address {
	t.Helper()
	a, err := address.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnAddressIsReadAndWrittenInOneWay(t *testing.T) {
	for text, want := range map[string]string{
		"home":                                  "home",
		" /walk/refresh-token/ ":                "walk/refresh-token",
		"walk/refresh-token?thief=late&deny=no": "walk/refresh-token?deny=no&thief=late",
		"walk/implicit?a=1&a=2":                 "walk/implicit?a=2",
		"glossary/id%20token?":                  "glossary/id%20token",
		"standards/rfc7636/4.6":                 "standards/rfc7636/4.6",
		"a?b=c%26d+e":                           "a?b=c%26d+e",
		"a/b%2Fc":                               "a/b%2Fc",
	} {
		a := parse(t, text)
		if a.String() != want || !parse(t, a.String()).Equal(a) {
			t.Errorf("%q is read as %q", text, a)
		}
	}
	a := parse(t, "walk/refresh-token/renew?thief=late")
	if a.Place != "walk" || a.Part(1) != "renew" || a.Part(2) != "" || a.Get("thief") != "late" || a.Get("deny") != "" || a.IsZero() {
		t.Errorf("it is read as %+v", a)
	}
	if b := a.Choose("thief", "").Choose("voice", "developer"); b.String() != "walk/refresh-token/renew?voice=developer" || a.Get("thief") == "" {
		t.Errorf("chosen otherwise it is %q, and the first one is now %q", b, a)
	}
}

func TestWhatIsNoAddressSaysWhy(t *testing.T) {
	for text, told := range map[string]string{
		"":                        "is empty",
		" / ":                     "is empty",
		"walk//renew":             "can't be read",
		"walk/%zz":                "can't be read",
		"walk/x?a=%zz":            "name=value",
		"walk/\x00":               "one line",
		strings.Repeat("a", 2001): "2000 are the most",
	} {
		if a, err := address.Parse(text); err == nil || !strings.Contains(err.Error(), told) {
			t.Errorf("%.20q is read as %q, %v; it should say %q", text, a, err, told)
		}
	}
}

func TestEveryChoiceOfEveryFlowHasAnAddress(t *testing.T) {
	var all []string
	for _, f := range flows.All() {
		all = append(all, "walk/"+f.ID, "walk/"+f.ID+"/end", "walk/"+f.ID+"?person=dana", "walk/"+f.ID+"?deny=yes", "walk/"+f.ID+"?password=wrong",
			"walk/"+f.ID+"/"+f.Chapters[0],
			"walk/"+f.ID+"?withhold=mail.read%2Cprofile", "walk/"+f.ID+"?client=redirect_uri%3D",
			"walk/"+f.ID+"?client=auth%3Dclient_secret_post%26grant_type%3Dauthorization_code%26origin%3Dhttps%253A%252F%252Fa.example"+
				"%26pkce%3Doptional%26redirect_uri%3Dhttps%253A%252F%252Fa.example%252Fb%26response_type%3Dcode")
		for _, s := range f.Steps {
			all = append(all, "walk/"+f.ID+"/"+s.ID, "walk/"+f.ID+"/"+s.ID+".2", "walk/"+f.ID+"?jump="+s.ID+"%3A1m0s")
		}
		for _, m := range f.Mistakes {
			all = append(all, "walk/"+f.ID+"?mistake="+m.ID)
		}
		for _, s := range f.Switches {
			for _, value := range s.Values[1:] {
				all = append(all, "walk/"+f.ID+"?"+s.ID+"="+value)
			}
		}
	}
	for _, text := range all {
		visit, missing := address.Walk(parse(t, text))
		if len(missing) > 0 || visit.Address().String() != text {
			t.Errorf("%s leads to %s, and lacks %v", text, visit.Address(), missing)
		}
	}
}

func TestABrokenAddressLeadsToTheNearestThingAndSaysWhatIsMissing(t *testing.T) {
	first := flows.Default().ID
	for text, want := range map[string]struct {
		at      string
		missing []address.Missing
	}{
		"walk":                               {"walk/" + first, nil},
		"walk/saml?thief=late":               {"walk/" + first, []address.Missing{{Kind: "flow", Name: "saml"}}},
		"walk/implicit/mial":                 {"walk/implicit/mail", []address.Missing{{Kind: "step", Name: "mial", Instead: "mail"}}},
		"walk/implicitt/zzzz":                {"walk/implicit", []address.Missing{{Kind: "flow", Name: "implicitt", Instead: "implicit"}, {Kind: "step", Name: "zzzz"}}},
		"walk/implicit?client=colour%3Dred":  {"walk/implicit", []address.Missing{{Kind: "value", Name: "colour=red"}}},
		"walk/implicit?client=pkce%3Dnever":  {"walk/implicit", []address.Missing{{Kind: "value", Name: "pkce=never"}}},
		"walk/implicit?client=auth%3Dguess":  {"walk/implicit", []address.Missing{{Kind: "value", Name: "auth=guess"}}},
		"walk/implicit?password=right":       {"walk/implicit", []address.Missing{{Kind: "password", Name: "right"}}},
		"walk/implicit/mail.0":               {"walk/implicit", []address.Missing{{Kind: "step", Name: "mail.0"}}},
		"walk/implicit/mail?person=eve":      {"walk/implicit/mail", []address.Missing{{Kind: "person", Name: "eve"}}},
		"walk/implicit?mistake=m":            {"walk/implicit", []address.Missing{{Kind: "mistake", Name: "m"}}},
		"walk/implicit?thief=late":           {"walk/implicit", []address.Missing{{Kind: "choice", Name: "thief"}}},
		"walk/refresh-token?thief=never":     {"walk/refresh-token", []address.Missing{{Kind: "value", Name: "never"}}},
		"walk/refresh-token?deny=perhaps":    {"walk/refresh-token", []address.Missing{{Kind: "value", Name: "perhaps"}}},
		"walk/implicit?jump=mail:soon":       {"walk/implicit", []address.Missing{{Kind: "time", Name: "soon"}}},
		"walk/implicit?jump=never:1m":        {"walk/implicit", []address.Missing{{Kind: "step", Name: "never"}}},
		"walk/refresh-token?thief=absent":    {"walk/refresh-token", nil},
		"walk/implicit?change=never%3Fa%3Db": {"walk/implicit", []address.Missing{{Kind: "step", Name: "never"}}},
		"walk/implicit?change=mail":          {"walk/implicit", []address.Missing{{Kind: "value", Name: "mail"}}},
		"walk/implicit?voice=executive&x=1":  {"walk/implicit", []address.Missing{{Kind: "choice", Name: "x"}}},
	} {
		visit, missing := address.Walk(parse(t, text), "voice")
		if visit.Address().String() != want.at || !cmp.Equal(missing, want.missing) {
			t.Errorf("%s leads to %s and lacks %v", text, visit.Address(), missing)
		}
	}
}

func TestAnAddressCanChangeARequest(t *testing.T) {
	a := address.At(address.PlaceWalk, "refresh-token", "refresh").Choose(address.ChoiceChange, "refresh.2?scope=openid+mail.read&client_id=")
	visit, missing := address.Walk(parse(t, a.String()))
	want := []stage.Edit{{Step: "refresh", Occurrence: 1, Params: []stage.Change{
		{Name: "scope", Value: "openid mail.read"}, {Name: "client_id", Remove: true},
	}}}
	if len(missing) > 0 || !cmp.Equal(visit.Choices.Edits, want) {
		t.Errorf("it changes %+v and lacks %v", visit.Choices.Edits, missing)
	}
	if back := visit.Address().String(); back != "walk/refresh-token/refresh" {
		t.Errorf("whoever comes back is at %s", back)
	}
}
