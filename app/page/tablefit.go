package page

// tableGap stands between two columns, and tablePad at the outer edges.
const (
	tableGap float32 = 16
	tablePad float32 = 12
)

// fitColumns shares a width among columns. Each has the width that its widest
// cell would like and the least that its longest word needs. It returns what
// each gets, and false where not even the least fits: then a table has to
// stand as a list.
func fitColumns(like, least []float32, width float32) ([]float32, bool) {
	room := width - 2*tablePad - tableGap*float32(len(like)-1)
	var all, needed float32
	for i := range like {
		all += like[i]
		needed += min(like[i], least[i])
	}
	out := make([]float32, len(like))
	switch {
	case len(like) == 0 || needed > room:
		return nil, false
	case all <= room:
		copy(out, like)
		out[len(out)-1] += room - all // the last one reaches to the edge
		return out, true
	}
	spare := room - needed
	for i := range like {
		low := min(like[i], least[i])
		out[i] = low + spare*(like[i]-low)/(all-needed)
	}
	return out, true
}
