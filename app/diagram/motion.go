package diagram

import (
	"time"

	"fyne.io/fyne/v2"
)

const travelTime = 400 * time.Millisecond

// journey is how far along the current arrow what it carries has come.
type journey struct {
	done      float32 // from 0 at the sender to 1 at rest
	animation *fyne.Animation
}

func (j *journey) start(redraw func()) {
	j.stop()
	j.done = 0
	j.animation = fyne.NewAnimation(travelTime, func(done float32) {
		j.done = done
		redraw()
	})
	j.animation.Curve = fyne.AnimationEaseInOut
	j.animation.Start()
}

// stop puts what travels where it rests.
func (j *journey) stop() {
	if j.animation != nil {
		j.animation.Stop()
		j.animation = nil
	}
	j.done = 1
}
