package amend

// With is what a desk does with one more change.
func With(all Changes, c Change) (Changes, error) { return all.with(c) }
