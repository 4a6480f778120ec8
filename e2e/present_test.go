//go:build e2e

package e2e_test

import (
	"testing"
	"time"
)

func at(n int) func(state) bool { return func(now state) bool { return now.At == n } }

func TestATalkIsGivenOnTwoScreens(t *testing.T) {
	t.Parallel()
	s := newScreens(t)
	s.plugIn()
	g := s.give(t)
	g.until("both windows are open", func(now state) bool { return now.Stage && now.Speaker && now.Screens == 2 && now.Full })
	g.lies(stageWindow, "800x600 at 1024,0")
	for _, window := range []string{speakerWindow, stageWindow} {
		g.front(window)
		g.keys()
	}
	g.thirtyMinutes()
	g.losesItsScreen()
	g.front(stageWindow)
	g.press("Escape")
	g.key("Escape", "the talk has ended", func(now state) bool { return now.At == 0 && !now.Stage && !now.Speaker })
	g.shut()
}

// keys presses those that presenters and their remotes have; it begins and ends at the first scene.
func (g *given) keys() {
	g.t.Helper()
	g.key("Next", "on", at(2))
	g.key("space", "on", at(3))
	g.key("Prior", "back", at(2))
	g.key("b", "black", func(now state) bool { return now.Cover == "black" })
	g.key("Right", "the first key brings the stage back", func(now state) bool { return now.Cover == "" && now.At == 2 })
	g.key("w", "white", func(now state) bool { return now.Cover == "white" })
	g.key("w", "not white", func(now state) bool { return now.Cover == "" })
	g.key("o", "all scenes", func(now state) bool { return now.All })
	g.key("Right Return", "the next of them", func(now state) bool { return !now.All && now.At == 3 })
	g.key("g 1 2 Return", "scene 12", at(12))
	g.key("End", "the last", at(17))
	g.key("Home", "the first", at(1))
}

// thirtyMinutes pass at once: the talk's clock goes as far as the machine's, and no second more.
func (g *given) thirtyMinutes() {
	g.t.Helper()
	before := time.Now()
	from := g.key("F5 b", "the time starts", func(now state) bool { return now.Cover == "black" }).Seconds
	g.turn("30m")
	to := g.key("b", "half an hour later", func(now state) bool { return now.Cover == "" }).Seconds
	if passed, most := to-from, 1800+time.Since(before).Seconds(); passed < 1800 || passed > most {
		g.t.Errorf("%.3f seconds passed, and should between 1800 and %.3f", passed, most)
	}
}

// losesItsScreen pulls the projector out, goes on without it, and plugs it in again.
func (g *given) losesItsScreen() {
	g.t.Helper()
	g.pullOut()
	g.until("the stage went with its screen", func(now state) bool { return now.Screens == 1 && !now.Stage && now.Speaker })
	g.front(speakerWindow)
	g.key("Next", "the talk goes on", at(2))
	g.plugIn()
	g.until("the stage is back", func(now state) bool { return now.Screens == 2 && now.Stage && now.Full && now.At == 2 })
	g.lies(stageWindow, "800x600 at 1024,0")
}

func TestATalkIsGivenOnOneScreen(t *testing.T) {
	t.Parallel()
	g := newScreens(t).give(t)
	g.lies(stageWindow, "1024x768 at 0,0")
	g.front(stageWindow)
	g.key("n", "the notes", func(now state) bool { return now.Notes && !now.Speaker })
	g.key("n", "no notes", func(now state) bool { return !now.Notes })
	g.key("F11", "a window", func(now state) bool { return now.Stage && !now.Full })
	g.key("F11", "the whole screen", func(now state) bool { return now.Full })
	g.lies(stageWindow, "1024x768 at 0,0")
	g.key("s", "the speaker’s window", func(now state) bool { return now.Speaker })
	g.plugIn()
	g.lies(stageWindow, "800x600 at 1024,0")
	g.shut()
}

// shut closes the window that all others belong to.
func (g *given) shut() {
	g.t.Helper()
	g.window = g.found(mainWindow, "open", func(place) bool { return true })
	g.close()
}
