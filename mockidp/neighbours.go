package mockidp

// neighbours are the rest of the realm that a client is held to.
type neighbours struct {
	scopes map[string]bool
	// subjects are the user names of people by their sub; nil for a client that
	// registers itself, whose client_id is drawn.
	subjects map[string]string

	algorithms []string // Realm.SigningAlgorithms
}

func subjectsOf(people []Person) map[string]string {
	subjects := make(map[string]string, len(people))
	for i := range people {
		subjects[people[i].Subject] = people[i].Username
	}
	return subjects
}
