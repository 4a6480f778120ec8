package diagnosis

import "strings"

// Words that are found say more or less: a whole sentence more than two words, and the innermost of what one fault was
// wrapped into more than what wraps it.

// phrased is how general words are that one thing is told by: the longer they are, the more they say, and the deeper
// they stand in what wraps it.
func (s said) phrased(phrases ...string) int {
	deep := 0
	for _, phrase := range phrases {
		deep = max(deep, s.depth(phrase))
	}
	return inPhrase + max(0, 2*breath-1-len(strings.Join(phrases, ""))-deep*perDepth)
}

// perDepth is how many letters of a phrase a level outweighs, and deepest how many levels count.
const (
	perDepth = 20
	deepest  = 4
)

// depth is how many times a line says before a phrase that something else is why: "failed to log in: no token: refused".
func (s said) depth(phrase string) int {
	if strings.Contains(s.described, phrase) {
		return deepest + 2
	}
	for _, text := range []string{s.told, s.spaced, s.plain, s.words} {
		if i := strings.LastIndex(text, phrase); i >= 0 {
			begins := strings.LastIndexByte(text[:i], '\n') + 1
			levels := 0
			for _, mark := range []string{": ", ":\"", "---> "} {
				levels += strings.Count(text[begins:i], mark)
			}
			levels = min(levels, deepest)
			if strings.HasPrefix(text[begins:], "caused by") {
				levels += min(strings.Count(text[:i], "caused by"), deepest)
			}
			return levels
		}
	}
	return 0
}
