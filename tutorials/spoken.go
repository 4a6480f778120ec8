package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// Spoken is what is said by an id, in each voice: of rules, refusals, witnesses or workbenches.
type Spoken struct {
	read  part[spoken]
	file  string               // that it stands in, or the folder
	fills bool                 // whether {person}, {app} and {provider} are filled in
	names func(id string) bool // which of them are names; nil: none
}

// Text returns what is said of an id. Of rules "" is said to developers, who read [Library.Demanded].
func (s *Spoken) Text(id string, v Voice) (string, bool) {
	texts, ok := s.read.say().texts[id]
	return texts[v], ok
}

// IDs returns the ids of all that is said, in file order.
func (s *Spoken) IDs() []string { return slices.Clone(s.read.say().ids) }

// texts are all of them, where they stand.
func (s *Spoken) texts() []text {
	var out []text
	read := s.read.say()
	for _, id := range read.ids {
		for _, v := range Voices() {
			if body := read.texts[id][v]; body != "" {
				out = append(out, text{place: s.file + ", " + id + ", " + string(v), kind: s.kind(id), voice: v, body: body, fills: s.fills})
			}
		}
	}
	return out
}

// kind is that of a text: most are bodies.
func (s *Spoken) kind(id string) string {
	if s.names != nil && s.names(id) {
		return "name"
	}
	return "body"
}

// namesWitness reports whether the text of an id is a name: of a witness, or of a way to travel.
func namesWitness(id string) bool { return !strings.Contains(id, "/") || strings.HasPrefix(id, "how/") }

// Refusals say why a run ended and what would have helped. An id is a rule's,
// or "error:" and a protocol error code, such as "error:invalid_grant".
type Refusals struct{ *Spoken }

// For returns the words for the rule, else those for the error code,
// else a general sentence; so it always says something.
func (r Refusals) For(rule, code string, v Voice) string {
	for _, id := range []string{rule, "error:" + code, generalRefusal} {
		if text, ok := r.Text(id, v); ok {
			return text
		}
	}
	return ""
}

// generalRefusal is the entry of refusals.toml for a reason that has no words of its own.
const generalRefusal = "error:"

// check reports that nothing is said of a refusal that has no words of its own.
func (r Refusals) check() error {
	if _, ok := r.read.say().texts[generalRefusal]; !ok {
		return fmt.Errorf("refusals.toml: [%q] is missing", generalRefusal)
	}
	return nil
}

// spoken is a table of texts by id and voice, in file order.
type spoken struct {
	ids   []string
	texts map[string]map[Voice]string
}

// readSpoken reads every file that the pattern names into one table.
func readSpoken(fsys fs.FS, pattern string, voices ...Voice) (spoken, error) {
	all := spoken{texts: map[string]map[Voice]string{}}
	files, err := fs.Glob(fsys, pattern)
	if err != nil {
		return all, fmt.Errorf("list %s: %w", pattern, err)
	}
	if len(files) == 0 {
		return all, fmt.Errorf("%s: there is no such file", pattern)
	}
	for _, file := range files {
		s, err := readSpokenFile(fsys, file, voices)
		if err != nil {
			return all, err
		}
		for _, id := range s.ids {
			if _, twice := all.texts[id]; twice {
				return all, inTable(fsys, file, id, errors.New("it has words in another file already"))
			}
			all.texts[id] = s.texts[id]
		}
		all.ids = append(all.ids, s.ids...)
	}
	return all, nil
}

func readSpokenFile(fsys fs.FS, file string, voices []Voice) (spoken, error) {
	s := spoken{}
	order, err := readTOML(fsys, file, &s.texts, 1)
	if err != nil {
		return s, err
	}
	for _, key := range order {
		id := key[0]
		for v := range s.texts[id] {
			if !slices.Contains(voices, v) {
				return s, inTable(fsys, file, id, fmt.Errorf("%q is none of %v", v, voices))
			}
		}
		for _, v := range voices {
			if s.texts[id][v] == "" {
				return s, inTable(fsys, file, id, fmt.Errorf("the %s voice says nothing", v))
			}
		}
		s.ids = append(s.ids, id)
	}
	return s, nil
}
