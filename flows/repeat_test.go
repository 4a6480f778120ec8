package flows_test

import (
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/internal/transcript"
	"github.com/grantwalk/grantwalk/flows/stage"
)

// TestEveryFlowRepeatsByteForByteInAClassroom walks each flow twice, in memory
// and over sockets, and writes it down in every way.
func TestEveryFlowRepeatsByteForByteInAClassroom(t *testing.T) {
	t.Parallel()
	for _, f := range flows.All() {
		for _, transport := range []stage.Transport{stage.Memory, stage.Loopback} {
			t.Run(f.ID+"/"+string(transport), func(t *testing.T) {
				ports := freePorts(t)
				first, again := told(t, f, transport, ports), told(t, f, transport, ports)
				if first == "" || first != again {
					t.Errorf("the second run differs from the first:\n%s\n%s", first, again)
				}
			})
		}
	}
}

func told(t *testing.T, f flows.Flow, transport stage.Transport, ports []int) string {
	t.Helper()
	w := startFlow(t, f, flows.Options{Provider: provider(t), Classroom: true, Transport: transport, Ports: ports})
	text := transcript.Of(finish(t, w))
	if err := w.Close(); err != nil { // its ports are those of the next run
		t.Fatal(err)
	}
	return text
}
