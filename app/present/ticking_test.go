package present

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2/test"
)

// TestTheClockOfATalkTicksUntilItIsStopped runs on a clock that passes when nobody
// has anything to do. The bubble fails where somebody is left in it, and the race
// detector looks on, since ticking starts something beside the talk.
func TestTheClockOfATalkTicksUntilItIsStopped(t *testing.T) {
	test.NewTempApp(t)
	synctest.Test(t, func(t *testing.T) {
		ticks := 0
		stop := Ticking(func() { ticks++ })
		time.Sleep(3*time.Second + time.Second/2)
		synctest.Wait()
		if ticks != 3 {
			t.Errorf("in three seconds it ticked %d times", ticks)
		}
		stop()
		time.Sleep(time.Minute)
		synctest.Wait()
		if ticks != 3 {
			t.Errorf("it ticked %d times, and was stopped after three", ticks)
		}
	})
}
