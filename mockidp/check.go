package mockidp

import "github.com/grantwalk/grantwalk/flows/trace"

// The nouns in which the provider says what it verified, under names that a
// user of this package finds. They are those of the record that every party of
// a flow writes, so whoever reads a record of the provider reads any.
type (
	// Check is one rule, run on the values of one request: [Exchange.Checks].
	Check = trace.Check
	// Spec names a section of a standard: [Rule.Spec].
	Spec = trace.Spec
	// Field is a named value, in the order in which it was sent: [Exchange.Params].
	Field = trace.Field
)
