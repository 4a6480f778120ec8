package diagnosis

// NearestOf is the cause that a text reads like most.
func NearestOf(text string) string {
	near := readBefore().nearest(text)
	if len(near) == 0 {
		return ""
	}
	return near[0].cause
}
