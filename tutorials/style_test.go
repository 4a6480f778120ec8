//go:build !race

package tutorials

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

var link = regexp.MustCompile(`\[([^\]]+)\]\(glossary:[a-z0-9-]+\)`)

var inside = regexp.MustCompile(`\[([^\]]+)\]\(at:[^)]+\)`)

// visible is a text as it is read: links without their address, names filled in, no markup.
func visible(s string) string {
	s = inside.ReplaceAllString(link.ReplaceAllString(s, "$1"), "$1")
	s = strings.NewReplacer("{person}", "Jane", "{app}", "Travel app", "{provider}", "Demo", "`", "", "**", "").Replace(s)
	return s
}

func TestTextsAreShort(t *testing.T) {
	limit := map[string]int{"label": 34, "title": 52, "body": 320, "name": 46, "passage": 900, "cell": 60, "question": 130, "choice": 60}
	for s := range english(t).texts() {
		if n := utf8.RuneCountInString(visible(s.body)); n > limit[s.kind] {
			t.Errorf("%s: %d characters, at most %d: %s", s.place, n, limit[s.kind], visible(s.body))
		}
	}
}

func TestTextsHaveAtMostThreeSentences(t *testing.T) {
	end := regexp.MustCompile(`[.?]”?( [A-Z“\[]|$)`)
	for s := range english(t).texts() {
		if n := len(end.FindAllString(visible(s.body), -1)); s.kind == "body" && n > 3 {
			t.Errorf("%s: %d sentences: %s", s.place, n, visible(s.body))
		}
	}
}

func TestNobodyShouts(t *testing.T) {
	for s := range english(t).texts() {
		if strings.ContainsAny(s.body, "!—") {
			t.Errorf("%s: no exclamation mark and no long dash, please: %s", s.place, s.body)
		}
		if strings.ContainsAny(s.body, `"'`) && s.voice != Developer {
			t.Errorf("%s: typographic quotation marks, please: %s", s.place, s.body)
		}
		if strings.Contains(s.body, "  ") || s.body != strings.TrimSpace(s.body) {
			t.Errorf("%s: stray spaces: %q", s.place, s.body)
		}
	}
}

func TestLabelsAndTitlesAreNoSentences(t *testing.T) {
	for s := range english(t).texts() {
		if s.kind != "label" && s.kind != "title" {
			continue
		}
		if strings.HasSuffix(s.body, ".") || strings.ContainsAny(s.body, "[`*") {
			t.Errorf("%s: no full stop, no link and no markup: %s", s.place, s.body)
		}
	}
}

// TestLabelsAndTitlesBeginWithACapital excepts names of the protocol, which keep their case, and {person}.
func TestLabelsAndTitlesBeginWithACapital(t *testing.T) {
	l := english(t)
	for s := range l.texts() {
		if s.kind != "label" && s.kind != "title" {
			continue
		}
		first := strings.TrimPrefix(visible(s.body), "“")
		if end := strings.IndexAny(first, " ="); end > 0 {
			first = first[:end]
		}
		r, _ := utf8.DecodeRuneInString(first)
		_, parameter := l.Dictionary().Entry("parameter", first)
		_, member := l.Dictionary().Entry("member", first)
		if !unicode.IsUpper(r) && !unicode.IsDigit(r) && !parameter && !member {
			t.Errorf("%s: sentence case, please: %s", s.place, s.body)
		}
	}
}

// TestADeveloperSeesTheStatusOfEveryRefusal holds the labels to the place where the real status is put.
func TestADeveloperSeesTheStatusOfEveryRefusal(t *testing.T) {
	l := english(t)
	for _, flow := range l.flows.ids() {
		for _, id := range l.Flows().Steps(flow) {
			refuses := strings.HasSuffix(id, "-refused") || id == "error-page" || id == "login-failed-page"
			if s, _ := l.Flows().Step(flow, id, Developer, ProtocolLens); refuses && !strings.HasPrefix(s.Label, "4xx ") {
				t.Errorf("%s, %s: %s", flow, id, s.Label)
			}
		}
	}
}

// withoutTrade takes out the trade's words that are said on purpose: a link that
// bears the title of its term, as in ([consent](glossary:consent)).
func withoutTrade(l *Library, s string) string {
	return link.ReplaceAllStringFunc(s, func(found string) string {
		said, rest, _ := strings.Cut(strings.TrimPrefix(found, "["), linkPrefix)
		term, _ := l.Glossary().Term(strings.TrimSuffix(rest, ")"))
		if named(said, term) {
			return ""
		}
		return found
	})
}

// TestTheHotelHasOneNameForEachThing keeps the standards' words, and other names for the same thing, out of the hotel.
func TestTheHotelHasOneNameForEachThing(t *testing.T) {
	stray := regexp.MustCompile(`\b([Pp]rovider|[Cc]odes?|[Tt]okens?|[Pp]asswords?|[Bb]rowser|[Ff]ingerprint|[Mm]ailbox|private proof|travel app’s clerk|clerk of the travel app)\b`)
	l := english(t)
	for s := range l.texts() {
		body := strings.ReplaceAll(visible(withoutTrade(l, s.body)), "a passport stands for a name and a password", "")
		if found := stray.FindString(body); found != "" && strings.Contains(s.place, ", hotel") {
			t.Errorf("%s: %q: %s", s.place, found, s.body)
		}
	}
}

func TestBodiesEndLikeSentences(t *testing.T) {
	for s := range english(t).texts() {
		if s.kind == "body" && s.body != "" && !strings.HasSuffix(strings.TrimRight(visible(s.body), "”"), ".") &&
			!strings.HasSuffix(s.body, "?") {
			t.Errorf("%s: %s", s.place, s.body)
		}
	}
}

// jargonOf reads testdata/jargon.toml: what a person who never heard of OAuth
// would stumble over, and which of it an executive knows.
func jargonOf(t *testing.T, v Voice) []string {
	t.Helper()
	var file struct{ Everyone, Known, Bits []string }
	if _, err := toml.DecodeFile("testdata/jargon.toml", &file); err != nil {
		t.Fatal(err)
	}
	if v == Everyone {
		return file.Everyone
	}
	return append(slices.DeleteFunc(file.Everyone, func(w string) bool { return slices.Contains(file.Known, w) }), file.Bits...)
}

func TestTheEveryoneVoiceHasNoJargon(t *testing.T) {
	forbid(t, Everyone, jargonOf(t, Everyone), "claim ticket", "claim check", "OAuth 2.0")
}

func TestTheExecutiveVoiceHasNoBitsAndBytes(t *testing.T) {
	forbid(t, Executive, jargonOf(t, Executive), "every bit")
}

func forbid(t *testing.T, v Voice, words []string, allowed ...string) {
	t.Helper()
	stumble := regexp.MustCompile(`\b(` + strings.Join(words, "|") + `)s?\b`)
	l := english(t)
	for s := range l.texts() {
		if s.voice != v {
			continue
		}
		body := visible(withoutTrade(l, s.body))
		for _, a := range allowed {
			body = strings.ReplaceAll(body, a, "")
		}
		if found := stumble.FindString(body); found != "" {
			t.Errorf("%s: %q: %s", s.place, found, s.body)
		}
		if strings.Contains(s.body, "`") {
			t.Errorf("%s: no code in this voice: %s", s.place, s.body)
		}
	}
}

// A heading has no room for an explanation, so that it has to be plain by itself.
func TestOnlyDevelopersReadOfTokensInAHeading(t *testing.T) {
	for s := range english(t).texts() {
		if s.voice != Developer && strings.Contains(s.place, ", chapter ") && strings.Contains(strings.ToLower(s.body), "token") {
			t.Errorf("%s, in the voice %s: it is headed %q", s.place, s.voice, s.body)
		}
	}
}

// A rule is a line of its own, in which "token" would stand unexplained. Of the proofs of a key, "key" says what signs.
func TestRulesSpeakOfKeysAndVouchersAsTheWalksDo(t *testing.T) {
	signing := []string{"dpop-ath", "token-scheme", "token-bound-key"}
	read := 0
	for s := range english(t).texts() {
		of, id, _ := strings.Cut(s.place, ", ")
		if of != "checks" && of != "refusals.toml" || s.voice == Developer {
			continue
		}
		read++
		signs := slices.ContainsFunc(signing, func(rule string) bool { return strings.HasPrefix(id, rule) })
		if strings.Contains(strings.ToLower(s.body), "token") && !signs {
			t.Errorf("%s, in the voice %s: %q", s.place, s.voice, s.body)
		}
	}
	if read < 200 {
		t.Errorf("%d rules were read", read)
	}
}

func TestEveryGlossaryLinkLeadsSomewhereAndEveryTermIsLinked(t *testing.T) {
	l := english(t)
	linked := map[string]bool{}
	for s := range l.texts() {
		if strings.Count(s.body, "](") != len(linksOf(s.body))+strings.Count(s.body, "](at:") {
			t.Errorf("%s: only glossary links, and addresses of the program, please: %s", s.place, s.body)
		}
		for _, id := range linksOf(s.body) {
			if _, ok := l.Glossary().Term(id); !ok {
				t.Errorf("%s: no term %q", s.place, id)
			}
			if !strings.HasPrefix(s.place, "glossary.toml, "+id+",") {
				linked[id] = true
			}
		}
	}
	maps.Copy(linked, inTrade(l))
	for _, term := range l.Glossary().Terms() {
		if !linked[term.ID] {
			t.Errorf("nothing links to %q", term.ID)
		}
	}
	if n := len(l.Glossary().Terms()); n < 40 {
		t.Errorf("only %d terms", n)
	}
}

// TestEveryStandardIsNamedWithItsSection also keeps a slip of the pen, such as RFC 7663, from going unnoticed.
func TestEveryStandardIsNamedWithItsSection(t *testing.T) {
	known := strings.Fields("6265 6454 6585 6749 6750 6797 7009 7034 7239 7515 7517 7518 7519 7523 7591 7592 7636 7662 8037 8176 8252 8414 8446 8628 8693 8705 8707 8725 " +
		"9068 9101 9110 9111 9126 9207 9396 9449 9700 9728")
	cited := regexp.MustCompile(`RFC (\d+)( §\d+(\.\d+)*)?`)
	for s := range english(t).texts() {
		for _, m := range cited.FindAllStringSubmatch(s.body, -1) {
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: RFC %s is not one that this flow rests on", s.place, m[1])
			}
			if m[2] == "" && s.kind == "body" && !strings.HasSuffix(s.place, ", intro") && !strings.HasPrefix(s.place, "glossary.toml") {
				t.Errorf("%s: RFC %s without a section: %s", s.place, m[1], s.body)
			}
		}
	}
	for _, e := range english(t).Dictionary().Entries() {
		if err := checkSpec(e.Spec); err != nil {
			t.Errorf("%s %s: %v", e.Kind, e.Name, err)
		}
	}
}

func TestSpecReferencesAreReadStrictly(t *testing.T) {
	for _, good := range []string{"RFC 7636 §4.3", "OpenID Connect Core 1.0 §3.1.3.7", "Fetch Standard"} {
		if err := checkSpec(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{
		"", "RFC 7636", "RFC 7636 4.3", "RFC 07636 §4", "RFC §4", "RFC 7636 §", "RFC 7636 §4.", "RFC 7636 §4.x",
		"OpenID Connect §3", "RFC 7636 Appendix A",
	} {
		if checkSpec(bad) == nil {
			t.Errorf("%q was taken for a reference", bad)
		}
	}
}

// TestEveryPictureIsOneThatIsDrawn holds the words to the list of illustrations in assets.
func TestEveryPictureIsOneThatIsDrawn(t *testing.T) {
	scenes := assets.Illustrations()
	l := english(t)
	for _, id := range l.flows.ids() {
		for _, step := range l.Flows().Steps(id) {
			if s, _ := l.Flows().Step(id, step, Everyone, ProtocolLens); !slices.Contains(scenes, s.Picture) {
				t.Errorf("%s, %s: no illustration %q", id, step, s.Picture)
			}
		}
	}
}

func TestEveryRefusalSaysWhyAndWhatWouldHaveHelped(t *testing.T) {
	l := english(t)
	for _, id := range l.Refusals().IDs() {
		for _, v := range []Voice{Everyone, Executive} {
			text, _ := l.Refusals().Text(id, v)
			if n := len(regexp.MustCompile(`\.( |$)`).FindAllString(text, -1)); n != 2 {
				t.Errorf("%s, %s: two sentences, please: %s", id, v, text)
			}
		}
	}
}

func TestEveryRuleThatIsExplainedWhenItFailsIsAlsoExplainedWhenItHolds(t *testing.T) {
	l := english(t)
	for _, id := range l.Refusals().IDs() {
		rule := strings.TrimSuffix(id, "/withheld")
		if _, ok := l.Rules().Text(rule, Everyone); !ok && !strings.HasPrefix(id, "error:") {
			t.Errorf("%s has a refusal and no words as a check", id)
		}
	}
}

func TestNoFileOfWordsIsForgotten(t *testing.T) {
	read := regexp.MustCompile(`^en/((asked|chooser|cures|dictionary|examination|glossary|providers|refusals|witnesses|workbench)\.toml|(causes|lenses|checks|screen|questions|exercises)/[a-z-]+\.toml|(flows|mistakes|lessons|talks|mix-ups|stacks|courses|board)/[a-z-]+\.md)$`)
	err := fs.WalkDir(files, "en", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !read.MatchString(name) {
			t.Errorf("%s is embedded, but nobody reads it", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestNoMarkIsLeftOfAnyText holds every text to the marks that there are: one
// that does not close would be read as it stands.
func TestNoMarkIsLeftOfAnyText(t *testing.T) {
	for s := range english(t).texts() {
		if read := markup.Plain(s.body); strings.Contains(read, "**") || strings.Contains(read, "`") || strings.Contains(read, "](") {
			t.Errorf("%s: a mark does not close: %s", s.place, read)
		}
	}
}
