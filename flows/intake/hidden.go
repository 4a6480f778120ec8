package intake

import (
	"regexp"
	"strconv"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
)

// blanks puts a mark where somebody blacked a value out or let a shell fill it in:
// $TOKEN, <code>, {{secret}}, ****, eyJ…. Each mark is another, since nobody knows
// which of the values were the same.
type blanks struct{ n int }

func (b *blanks) out(text string) string {
	return blank().ReplaceAllStringFunc(text, func(string) string {
		b.n++
		return diagnosis.LeftOut + strconv.Itoa(b.n)
	})
}

// blank matches the ways in which people leave a value out, with what is left of it.
func blank() *regexp.Regexp {
	return regexp.MustCompile(`[\w~.-]*(` +
		`\$\{[^}]*\}|\$\([^)]*\)|\$env:\w+|\$[A-Za-z_]\w*` + // a shell's
		`|<[^<>=\n]{1,60}>|\{\{[^{}\n]{1,60}\}\}|\{[A-Za-z][A-Za-z_ -]{0,40}\}|\[[A-Za-z][A-Za-z_ -]{2,40}\]|%[A-Z_]{3,}%` + // a template's
		`|\*{3,}|•{3,}|[xX]{4,}|\.{3,}|…|(?i:\byour[-_]\w+)|(?i:\bredacted\b)|\bxxx\b|\bXXX\b` + // of somebody who is careful
		`)[\w~.-]*`)
}
