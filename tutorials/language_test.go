package tutorials

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestALanguageIsFoundByItsFolder(t *testing.T) {
	built := Languages()
	if len(built) == 0 || built[0] != (Language{Tag: "en", Name: "English"}) {
		t.Fatalf("English comes first: %v", built)
	}
	some := fstest.MapFS{
		"de/screen/language.toml": {Data: []byte(`name = "Deutsch"`)},
		"en/screen/language.toml": {Data: []byte(`name = "English"`)},
		"catalog/catalog.go":      {},
	}
	if diff := cmp.Diff([]Language{{"en", "English"}, {"de", "Deutsch"}}, LanguagesIn(some)); diff != "" {
		t.Error(diff)
	}
}

func TestTheLanguageThatSuitsBestIsChosen(t *testing.T) {
	from := []Language{{Tag: "en"}, {Tag: "de"}, {Tag: "pt-BR"}}
	for name, row := range map[string]struct {
		known []string
		want  string
	}{
		"a locale of the environment":    {[]string{"de_AT.UTF-8"}, "de"},
		"the second that somebody knows": {[]string{"fi", "de-CH"}, "de"},
		"the next of kin":                {[]string{"pt"}, "pt-BR"},
		"no language that is here":       {[]string{"fi"}, "en"},
		"the locale of machines":         {[]string{"C"}, "en"},
		"an empty one":                   {[]string{""}, "en"},
		"nothing":                        {nil, "en"},
	} {
		if got := ChooseLanguage(from, row.known...); got != row.want {
			t.Errorf("%s: got %s, want %s", name, got, row.want)
		}
	}
	if got := ChooseLanguage(nil, "de"); got != DefaultLanguage {
		t.Errorf("without any language it is the default one, got %s", got)
	}
}

func TestABuiltInLanguageIsOpenedOnce(t *testing.T) {
	first, err := Catalog(DefaultLanguage)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Catalog(DefaultLanguage); err != nil || again != first {
		t.Errorf("the words are read again: %v", err)
	}
	if Languages()[0].Tag = "xx"; Languages()[0].Tag != DefaultLanguage {
		t.Error("whoever was given the languages changes them for everybody")
	}
}
