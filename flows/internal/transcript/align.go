package transcript

// op is what becomes of a line or a step between two runs.
type op int

const (
	keep op = iota
	drop
	add
)

// edit is one of the changes that make b out of a: at i of a and j of b.
type edit struct {
	op   op
	i, j int
}

// align finds the changes that keep most of two sequences of n and m: the
// longest common subsequence, by the likeness of each pair; zero is none.
func align(n, m int, likeness func(i, j int) int) []edit {
	best := make([][]int, n+1) // of what follows i and j
	for i := range best {
		best[i] = make([]int, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if like := likeness(i, j); like > 0 {
				best[i][j] = max(best[i][j], like+best[i+1][j+1])
			}
		}
	}
	var out []edit
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && likeness(i, j) > 0 && best[i][j] == likeness(i, j)+best[i+1][j+1]:
			out = append(out, edit{keep, i, j})
			i, j = i+1, j+1
		case i < n && best[i][j] == best[i+1][j]:
			out = append(out, edit{drop, i, j})
			i++
		default:
			out = append(out, edit{add, i, j})
			j++
		}
	}
	return out
}
