package player

import (
	"reflect"
	"time"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// Changed returns the index of the first message that is not as it was in another
// plan of the same flow; -1 where all are.
func (p *Player) Changed(before *trace.Trace) int {
	now := p.Plan().Messages
	for i := range now {
		if i >= len(before.Messages) || !sameAs(&before.Messages[i], &now[i]) {
			return i
		}
	}
	return -1
}

// sameAs reports whether two messages say the same, whenever they crossed.
func sameAs(a, b *trace.Message) bool {
	x, y := *a, *b
	x.At, x.Took, x.Checks, y.At, y.Took, y.Checks = time.Time{}, 0, nil, time.Time{}, 0, nil
	return reflect.DeepEqual(x, y)
}
