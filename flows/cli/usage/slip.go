package usage

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/grantwalk/grantwalk/flows/spelling"
	"github.com/grantwalk/grantwalk/tutorials"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// mistake is a slip on the command line; its text says what is allowed.
type mistake struct{ error }

// Mistakef makes the command end with StatusUsage, with words that are the same in every language.
func Mistakef(format string, args ...any) error { return mistake{fmt.Errorf(format, args...)} }

// Unwrap lets the cause be found.
func (e mistake) Unwrap() error { return e.error }

// slip is a text of the catalog, said in the language of whoever made it.
type slip struct {
	id    string
	pairs []string
	cause error
}

// Slip makes the command end with StatusUsage. It says a text of the catalog,
// whose placeholders the pairs fill in.
func Slip(id string, pairs ...string) error { return mistake{slip{id: id, pairs: pairs}} }

// SlipOf is Slip with a cause, which stands for {problem}.
func SlipOf(cause error, id string, pairs ...string) error {
	return mistake{slip{id, append(pairs, "problem", cause.Error()), cause}}
}

// Error says it in English, for whoever has no language to say it in.
func (s slip) Error() string {
	say, err := tutorials.Catalog(tutorials.DefaultLanguage)
	if err != nil {
		return s.id
	}
	return say.Text(s.id, s.pairs...)
}

// Unwrap lets the cause be found.
func (s slip) Unwrap() error { return s.cause }

// told is what is said of an error in a language.
func told(err error, say *catalog.Catalog) string {
	if m, wrong := err.(mistake); wrong { //nolint:errorlint // one that is wrapped has words around it
		if s, ok := m.error.(slip); ok { //nolint:errorlint // likewise
			return say.Text(s.id, s.pairs...)
		}
	}
	return err.Error()
}

// Quote puts what was typed between marks, so that one sees where it ends.
func Quote(s string) string { return fmt.Sprintf("%q", s) }

// NearSlip is the slip of that name about something that was typed: where that
// is nearly one of those that are allowed, it asks whether that was meant.
func NearSlip(name, typed string, allowed []string, pairs ...string) error {
	if near := Nearest(typed, allowed); near != "" {
		return Slip("cli.near."+name, append(pairs, "near", near)...)
	}
	return Slip("cli.slip."+name, pairs...)
}

// Nearest is the one of the words that was meant, if one lies near enough: at
// most a third of its letters are others.
func Nearest(typed string, words []string) string {
	best, least := "", 1+max(1, len(typed)/3)
	for _, w := range words {
		if d := spelling.Slips(strings.ToLower(typed), strings.ToLower(w)); d < least {
			best, least = w, d
		}
	}
	return best
}

// OneOf checks a flag against what is allowed.
func OneOf(flag, got string, allowed []string) error {
	if slices.Contains(allowed, got) {
		return nil
	}
	return NearSlip("one-of", got, allowed, "flag", flag, "value", Quote(got), "allowed", strings.Join(allowed, ", "))
}

// Given is OneOf for a flag that may be left out.
func Given(flag, got string, allowed []string) error {
	if got == "" {
		return nil
	}
	return OneOf(flag, got, allowed)
}

// isMistake reports whether an error is a slip.
func isMistake(err error) bool {
	var wrong mistake
	return errors.As(err, &wrong)
}
