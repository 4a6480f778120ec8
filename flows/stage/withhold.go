package stage

import (
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// boxPrefix stands before the permission in the name of a box of the consent page.
const boxPrefix = "allow_"

// Unticked is what the person's act says of a box that was ticked at first.
const Unticked = "unticked"

// Permission returns what a box of the consent page stands for, a scope or a
// claim; "" for any other field.
func Permission(field string) string {
	permission, is := strings.CutPrefix(field, boxPrefix)
	if !is {
		return ""
	}
	return permission
}

// Permissions lists what the boxes of a page stand for.
func (p *Page) Permissions() []string {
	var out []string
	for _, b := range p.Blocks {
		if permission := Permission(b.Box.Name); b.Kind == Tick && permission != "" {
			out = append(out, permission)
		}
	}
	return out
}

// untick returns what a person who withholds some permissions changes in the
// page's form, and how their act tells of it.
func (p *Page) untick(withheld []string) (typed map[string]string, told []trace.Field) {
	typed = map[string]string{}
	for _, permission := range p.Permissions() {
		if slices.Contains(withheld, permission) {
			typed[boxPrefix+permission] = ""
			told = append(told, trace.Field{Name: boxPrefix + permission, Value: Unticked})
		}
	}
	return typed, told
}
