package mockidp

// neighbours are the rest of the realm that a client is held to.
type neighbours struct {
	scopes map[string]bool
	people []Person // nil for a client that registers itself, whose client_id is drawn

	algorithms []string // Realm.SigningAlgorithms
}
