//go:build !race

package tutorials

import (
	"regexp"
	"strings"
	"testing"
)

// namesDocument finds the name of a document, and the sections that are named right
// after it: “RFC 6749 §3.3, §5.1”. In these texts Core 1.0 is OpenID Connect's.
var namesDocument = regexp.MustCompile(`(RFC \d+|(?:OpenID Connect )?Core 1\.0|OpenID Connect [A-Z][A-Za-z -]+ 1\.0|OAuth 2\.0 [A-Z][A-Za-z ]+ 1\.0|NIST SP 800-207)((?:,? §[0-9A-Z.]*[0-9A-Z])+)`)

var namesSection = regexp.MustCompile(`§([0-9A-Z.]*[0-9A-Z])`)

// cited returns the sections that a text names together with their document,
// and those that it names alone, which belong to the document named before.
func cited(body, doc string) [][2]string {
	var all [][2]string
	for body != "" {
		at := namesDocument.FindStringSubmatchIndex(body)
		before := body
		if at != nil {
			before = body[:at[0]]
		}
		for _, m := range namesSection.FindAllStringSubmatch(before, -1) {
			all = append(all, [2]string{doc, m[1]})
		}
		if at == nil {
			return all
		}
		doc = strings.Replace(body[at[2]:at[3]], "OpenID Connect Core", "Core", 1)
		doc = strings.Replace(doc, "Core 1.0", "OpenID Connect Core 1.0", 1)
		for _, m := range namesSection.FindAllStringSubmatch(body[at[4]:at[5]], -1) {
			all = append(all, [2]string{doc, m[1]})
		}
		body = body[at[1]:]
	}
	return all
}

func TestEverySectionThatIsCitedExists(t *testing.T) {
	known, err := ReadStandards()
	if err != nil {
		t.Fatal(err)
	}
	checked := map[[2]string]bool{}
	look := func(place, body, doc string) {
		for _, c := range cited(body, doc) {
			checked[c] = true
			if heading, ok := known.Heading(c[0], c[1]); !ok || heading == "" {
				t.Errorf("%s: %s §%s is not in sections.toml: %s", place, c[0], c[1], body)
			}
		}
	}
	l := english(t)
	for s := range l.texts() {
		look(s.place, s.body, specOf(l, s.place))
	}
	for _, e := range l.Dictionary().Entries() {
		look(e.Kind+" "+e.Name, e.Spec, "")
		for _, at := range e.at {
			look(e.Kind+" "+e.Name, at.Spec, "")
		}
	}
	for _, term := range l.Glossary().Terms() {
		look(term.ID, term.Spec, "")
	}
	for _, id := range l.flows.ids() {
		look(id, l.flows.head(id).Because[Developer], "")
	}
	if len(checked) < 200 {
		t.Errorf("only %d sections were looked at", len(checked))
	}
	t.Logf("%d sections of %d documents are cited", len(checked), len(documentsOf(checked)))
}

// specOf returns the document of an entry or a term, to which “§5.1” alone refers in its texts.
func specOf(l *Library, place string) string {
	spec := ""
	name := strings.Split(place, ", ")
	if len(name) < 2 {
		return ""
	}
	switch name[0] {
	case "dictionary.toml":
		kind, rest, _ := strings.Cut(name[1], " ")
		rest, at, _ := strings.Cut(rest, " at ")
		e, _ := l.Dictionary().EntryAt(kind, rest, at)
		spec = e.Spec
	case "glossary.toml":
		term, _ := l.Glossary().Term(name[1])
		spec = term.Spec
	}
	doc, _, _ := strings.Cut(spec, " §")
	return doc
}

func documentsOf(cited map[[2]string]bool) map[string]bool {
	all := map[string]bool{}
	for c := range cited {
		all[c[0]] = true
	}
	return all
}

func TestASectionIsReadWithTheDocumentThatItBelongsTo(t *testing.T) {
	for _, row := range []struct {
		body, doc string
		want      [][2]string
	}{
		{"See RFC 6749 §3.3, §5.1 and RFC 7636 §4.2.", "", [][2]string{{"RFC 6749", "3.3"}, {"RFC 6749", "5.1"}, {"RFC 7636", "4.2"}}},
		{"REQUIRED (§5.1).", "RFC 6749", [][2]string{{"RFC 6749", "5.1"}}},
		{
			"OpenID Connect Core 1.0 §3.1.3.7, point 6, and §3.1.3.8", "",
			[][2]string{{"OpenID Connect Core 1.0", "3.1.3.7"}, {"OpenID Connect Core 1.0", "3.1.3.8"}},
		},
		{"RFC 6749 speaks of it in §10.12.", "", [][2]string{{"", "10.12"}}},
	} {
		got := cited(row.body, row.doc)
		if len(got) != len(row.want) {
			t.Errorf("%s: got %v", row.body, got)
			continue
		}
		for i := range got {
			if got[i] != row.want[i] {
				t.Errorf("%s: got %v, want %v", row.body, got[i], row.want[i])
			}
		}
	}
}
