package talk

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// spans reads a sentence. What is bold and goes by the name of something that travels is shown in its colour.
func (p *preparer) spans(text string) []Words {
	var all []Words
	for i, b := range markup.Parse(text) {
		if i > 0 {
			all = append(all, Words{Text: " "})
		}
		for _, s := range b.Spans {
			w := Words{Text: s.Text, Bold: s.Bold}
			if s.Bold {
				w.Artefact = p.named(s.Text)
			}
			all = append(all, w)
		}
	}
	return all
}

// longestEnding is how long the ending may be by which a word is more than one, in any language.
const longestEnding = 2

func (p *preparer) named(words string) telling.Artefact {
	lens, _ := p.words.Lens(p.talk.Lens)
	words = strings.ToLower(words)
	for _, a := range telling.Artefacts() {
		rest, same := strings.CutPrefix(words, strings.ToLower(cmp.Or(lens.Artefacts[string(a)], "\x00")))
		if same && len(rest) <= longestEnding && !strings.Contains(rest, " ") {
			return a
		}
	}
	return ""
}

// Plain is the sentence without its marks.
func (s *Slide) Plain() string {
	var b strings.Builder
	for _, w := range s.Words {
		b.WriteString(w.Text)
	}
	return b.String()
}

// token opens the first token that message i carries; nil where there is none that can be read.
func (p *preparer) token(t *telling.Teller, i int) *Token {
	for _, c := range telling.Cargos(&t.Run().Messages[i]) {
		raw := c.Place.Value
		if _, after, scheme := strings.Cut(raw, " "); scheme {
			raw = after
		}
		jwt, err := trace.DecodeJWT(raw)
		if err != nil {
			continue
		}
		out := &Token{Name: t.Artefact(c.Artefact)}
		for _, f := range jwt.Payload {
			if claim, shown := p.claim(f, jwt.Payload); shown {
				out.Rows = append(out.Rows, claim)
			}
		}
		if len(out.Rows) > 0 {
			return out
		}
	}
	return nil
}

// claim says a line of a token: to developers as it stands there, to all others those that mean something to them.
func (p *preparer) claim(f trace.Field, all []trace.Field) (Claim, bool) {
	say := p.words.Catalog()
	value := plain(f.Value)
	switch f.Name {
	case "iss", "aud", "sub", "scope", "name", "email", "client_id":
	case "exp":
		if p.talk.Voice != tutorials.Developer {
			value = say.Count("present.minutes", lifetime(all))
		}
	default:
		return Claim{}, false
	}
	if p.talk.Voice == tutorials.Developer {
		return Claim{f.Name, value}, true
	}
	if f.Name == "client_id" || f.Name == "email" {
		return Claim{}, false
	}
	return Claim{say.Text("present.claim." + f.Name), value}, true
}

// plain is a value as people write it: a text without quotation marks, a list with commas.
func plain(value string) string {
	var list []string
	if err := json.Unmarshal([]byte(value), &list); err == nil {
		return strings.Join(list, ", ")
	}
	return trace.Unquote(value)
}

// lifetime is how many minutes a token is good for.
func lifetime(all []trace.Field) int {
	at := map[string]int64{}
	for _, f := range all {
		if n, err := strconv.ParseInt(f.Value, 10, 64); err == nil {
			at[f.Name] = n
		}
	}
	return int((at["exp"] - at["iat"] + 30) / 60)
}
