// Package pages holds what the provider shows to people: a template for each
// page, their style, and the English words on them. [Page.Render] makes one.
//
// The words lie in en.json by their ids; [Words] of another language take their
// place. A page is handed what it shows and knows no rule, no realm and no
// request.
package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"strings"
	"sync"
)

//go:embed *.html style.css en.json
var files embed.FS

// Page is what every page is made from.
type Page struct {
	Words Words
	Title string
	Realm string // empty where a page belongs to none
	// Notices say what deliberate trouble and which relaxations there are.
	Notices []string
	Body    any // what the page's own template shows
}

// Words are what the pages say in a language. The zero value speaks English.
type Words struct {
	Tag string // BCP 47: "de"; empty for English
	// Find returns what is said under an id of [English], and whether there is
	// anything: what is missing is said in English. It is asked when a text is
	// shown, so that a start need not read them all.
	Find func(id string) (text string, ok bool)
}

// English returns what the pages say in English, by id. What stands in braces is filled in.
func English() map[string]string { return maps.Clone(english().texts) }

// Text says what is filed under an id. The pairs are names of placeholders and
// what stands in their place. An id that nobody knows is said as it is.
func (w Words) Text(id string, pairs ...string) string {
	text, ok := "", false
	if w.Find != nil {
		text, ok = w.Find(id)
	}
	if !ok {
		text, ok = english().texts[id]
	}
	if !ok {
		return id
	}
	return fill(text, pairs)
}

// Rule says what a rule demands, by its id; where a language does not say it, in the English of the rule.
func (w Words) Rule(id, english string) string {
	if w.Find != nil {
		if text, ok := w.Find(RulePrefix + id); ok {
			return text
		}
	}
	return english
}

// RulePrefix begins the id of what a rule demands. [English] has none: rules bring theirs along.
const RulePrefix = "rules."

func fill(text string, pairs []string) string {
	if len(pairs) == 0 {
		return text
	}
	swaps := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		swaps = append(swaps, "{"+pairs[i]+"}", pairs[i+1])
	}
	return strings.NewReplacer(swaps...).Replace(text)
}

// Say is [Words.Text] for a template: everything is escaped but what the template made.
func (p Page) Say(id string, pairs ...any) template.HTML {
	safe := make([]string, len(pairs))
	for i, v := range pairs {
		if html, made := v.(template.HTML); made {
			safe[i] = string(html)
		} else {
			safe[i] = escape(fmt.Sprint(v))
		}
	}
	return template.HTML(fill(escape(p.Words.Text(id)), safe)) //nolint:gosec // every part of it was escaped
}

// Language is the language of the page (HTML Standard, section 3.2.6.2).
func (p Page) Language() string {
	if p.Words.Tag == "" {
		return "en"
	}
	return p.Words.Tag
}

// InEnglish marks what is English on a page of another language (WCAG 2.2, success criterion 3.1.2): the reason
// of a refusal is what a client gets as error_description, and that is ASCII (RFC 6749 section 5.2).
func (p Page) InEnglish() template.HTMLAttr {
	if p.Language() == "en" {
		return ""
	}
	return ` lang="en"`
}

// Style is the style sheet, which stands in the page.
func (p Page) Style() template.CSS { return load().style }

// Render makes the page of a template, such as "consent.html". The hash of its
// style is how a Content-Security-Policy names it.
func (p Page) Render(name string) (html []byte, styleHash string, err error) {
	set := load()
	if set.err != nil {
		return nil, "", set.err
	}
	var b bytes.Buffer
	if err := set.templates.ExecuteTemplate(&b, name, p); err != nil {
		return nil, "", fmt.Errorf("page %s: %w", name, err)
	}
	return b.Bytes(), set.styleHash, nil
}

// set is the parsed pages, the same for every provider.
type set struct {
	templates *template.Template
	style     template.CSS
	styleHash string
	err       error
}

// told is the English words.
type told struct {
	texts map[string]string
	err   error
}

//nolint:gochecknoglobals // read once and never changed; apart from the pages, because a notice needs no page
var english = sync.OnceValue(func() told {
	words, err := files.ReadFile("en.json")
	if err != nil {
		return told{err: fmt.Errorf("pages: %w", err)}
	}
	var t told
	if err := json.Unmarshal(words, &t.texts); err != nil {
		return told{err: fmt.Errorf("pages: en.json: %w", err)}
	}
	return t
})

//nolint:gochecknoglobals // parsed once and never changed; a provider must not take the time for every rehearsal
var load = sync.OnceValue(func() set {
	css, err := files.ReadFile("style.css")
	if err != nil {
		return set{err: fmt.Errorf("pages: %w", err)}
	}
	sum := sha256.Sum256(css)
	s := set{
		style:     template.CSS(css), //nolint:gosec // our own file
		styleHash: "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'",
	}
	if err := english().err; err != nil {
		return set{err: err}
	}
	s.templates, s.err = template.New("pages").Funcs(template.FuncMap{"strong": strong}).ParseFS(files, "*.html")
	return s
})

// strong sets a name apart from the text in which it stands.
func strong(s string) template.HTML {
	return template.HTML("<strong>" + escape(s) + "</strong>") //nolint:gosec // escaped
}

// escape is what the templates do to a text: also to a plus sign, which old browsers read as UTF-7.
func escape(s string) string {
	return strings.ReplaceAll(template.HTMLEscapeString(s), "+", "&#43;")
}
