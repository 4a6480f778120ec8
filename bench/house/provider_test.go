package main

import "testing"

// A record or a helper in the file of an endpoint that uses it ties the layers
// of the provider together again: once it was 115 of 127 files.
func TestTheFilesOfTheProviderAreNoKnot(t *testing.T) {
	const most = 20
	packages, err := load("../..", "./mockidp")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range packages {
		if c.name != "mockidp" {
			continue
		}
		if got := largestKnot(c.names()); got > most {
			t.Errorf("%d files of mockidp reach each other, more than %d: something low lies in the file of something high", got, most)
		}
		return
	}
	t.Fatal("there is no package mockidp")
}
