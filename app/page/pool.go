package page

// Nth returns the n-th object of a pool that grows.
func Nth[T any](pool *[]T, n int, fresh func() T) T {
	for len(*pool) <= n {
		*pool = append(*pool, fresh())
	}
	return (*pool)[n]
}
