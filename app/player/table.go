package player

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// What a screen can be asked to do, as rows of the table of commands.

const menuWalk, menuClock = "Walk", "Clock"

// Commands are those that walk, and that look closer at what crossed.
func (s *Screen) Commands() []room.Command {
	say := s.narrator.Say()
	on := s.player != nil
	begun, ended := on && s.player.Cursor() >= 0, !on || s.player.AtEnd()
	following := on && s.player.Followed() != ""
	return append(s.stepCommands(say, begun, ended), []room.Command{
		{
			ID: "walk.play", Menu: menuWalk, Words: say.Text("command.walk.play"), Apart: true, Off: ended && !s.auto.on, Do: s.auto.toggle,
			Keys: room.And(room.Ctrl, fyne.KeyP, room.Keys(fyne.KeyP)...),
		},
		{ID: "walk.speed", Menu: menuWalk, Words: say.Text("command.walk.speed"), Off: !on, Do: s.auto.faster},
		{
			ID: "walk.tamper", Menu: menuWalk, Words: say.Text("command.walk.tamper"), Told: say.Text("command.told.walk-tamper"),
			Keys: room.And(room.Ctrl, fyne.KeyT, room.Keys(fyne.KeyT)...), Off: !on || s.player.IsSaved(), Do: s.ToggleTamper,
		},
		{
			ID: "walk.restart", Menu: menuWalk, Words: say.Text("command.walk.restart"), Keys: room.And(room.Ctrl, fyne.KeyR),
			Off: !on || !begun && unchanged(s.player.Choices()), Do: s.Restart,
		},
		{
			ID: "walk.curl", Menu: menuWalk, Words: say.Text("command.walk.curl"), Apart: true,
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyC), Off: s.copying().request() == nil, Do: s.copying().putCurl,
		},
		{
			ID: "walk.copy-step", Menu: menuWalk, Words: say.Text("command.walk.copy-step"), Keys: room.And(room.Ctrl|room.Shift, fyne.KeyS),
			Off: !begun, Do: s.copying().putStep,
		},
		{
			ID: "walk.follow-next", Menu: menuWalk, Words: say.Text("command.walk.follow-next"), Told: say.Text("command.told.walk-follow-next"),
			Keys: room.And(room.Ctrl, fyne.KeyG), Off: !following, Do: func() { s.following.visit(+1) },
		},
		{
			ID: "walk.follow-before", Menu: menuWalk, Words: say.Text("command.walk.follow-before"),
			Told: say.Text("command.told.walk-follow-next"),
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyG), Off: !following, Do: func() { s.following.visit(-1) },
		},
		{
			ID: "walk.seen", Menu: menuWalk, Words: say.Text("command.walk.seen"), Told: say.Text("command.told.walk-seen"),
			Keys: room.And(room.Ctrl, fyne.KeyE, room.Keys(fyne.KeyW)...), Off: !on, Do: s.ShowSeen,
		},
		{ID: "walk.follow-stop", Menu: menuWalk, Words: say.Text("command.walk.follow-stop"), Off: !following, Do: s.following.end},
		{
			ID: "walk.aside", Menu: room.MenuView, Words: say.Text("command.walk.aside"), Told: say.Text("command.told.walk-aside"), Apart: true,
			Keys: room.And(room.Ctrl, fyne.KeyD, room.Keys(fyne.KeyD)...), Off: !on, Do: s.TogglePane,
		},
		{ID: "walk.mark", Words: say.Text("command.walk.mark"), Keys: room.Keys(fyne.KeyUp, fyne.KeyDown)},
		{
			ID: "walk.escape", Words: say.Text("command.walk.escape"), Keys: room.Keys(fyne.KeyEscape),
			Off: !following && !s.Tampering(), Do: s.escape,
		},
	}...)
}

// stepCommands go from step to step.
func (s *Screen) stepCommands(say *catalog.Catalog, begun, ended bool) []room.Command {
	return []room.Command{
		{
			ID: "walk.next", Menu: menuWalk, Words: say.Text("command.walk.next"), Off: ended, Do: s.Next,
			Keys: room.And(room.Alt, fyne.KeyDown, room.Keys(fyne.KeyRight, fyne.KeySpace, fyne.KeyPageDown)...),
		},
		{
			ID: "walk.back", Menu: menuWalk, Words: say.Text("command.walk.back"), Told: say.Text("command.told.walk-back"), Off: !begun,
			Do:   s.Back,
			Keys: room.And(room.Alt, fyne.KeyUp, room.Keys(fyne.KeyLeft, fyne.KeyPageUp)...),
		},
		{
			ID: "walk.skip", Menu: menuWalk, Words: say.Text("command.walk.skip"), Off: ended, Do: s.SkipToNew,
			Keys: room.And(room.Ctrl|room.Shift, fyne.KeyN, room.Keys(fyne.KeyN)...),
		},
		{
			ID: "walk.home", Menu: menuWalk, Words: say.Text("command.walk.home"), Told: say.Text("command.told.walk-home"), Off: !begun,
			Do:   s.Home,
			Keys: room.And(room.Alt, fyne.KeyHome, room.Keys(fyne.KeyHome)...),
		},
		{
			ID: "walk.end", Menu: menuWalk, Words: say.Text("command.walk.end"), Told: say.Text("command.told.walk-home"), Off: ended, Do: s.End,
			Keys: room.And(room.Alt, fyne.KeyEnd, room.Keys(fyne.KeyEnd)...),
		},
	}
}

// ClockCommands let time pass on the stage.
func (s *Screen) ClockCommands() []room.Command {
	say := s.narrator.Say()
	told := say.Text("command.told.clock-offer")
	on := s.player != nil && !s.player.IsSaved()
	ended, jumped := !on || s.player.AtEnd(), false
	if on {
		_, by := s.player.Jumped()
		jumped = by > 0
	}
	clock := []room.Command{{
		ID: "clock.offer", Words: say.Text("command.clock.offer"),
		Keys: room.Keys(fyne.KeyC), Off: ended && !jumped, Do: s.clock.offer,
	}}
	for i, leap := range Leaps(say) {
		n := strconv.Itoa(i + 1)
		clock = append(clock, room.Command{
			ID: "clock." + n, Menu: menuClock, Words: say.Text("command.clock.leap", "leap", leap.Words), Told: told,
			Keys: room.And(room.Alt, fyne.KeyName(n)), Off: ended, Do: func() { s.clock.jump(leap.By) },
		})
	}
	return append(clock, room.Command{
		ID: "clock.back", Menu: menuClock, Words: say.Text("command.clock.back"), Told: told, Apart: true,
		Keys: room.And(room.Alt, fyne.Key0), Off: !jumped, Do: s.clock.takeBack,
	})
}

// TabCommands open the tabs of the inspector.
func (s *Screen) TabCommands() []room.Command {
	var tabs []room.Command
	for i, tab := range inspector.Tabs() {
		tabs = append(tabs, room.Command{
			ID: "tab." + tab, Menu: room.MenuGo, Words: s.narrator.Say().Text("command.tab", "tab", inspector.TabTitle(s.narrator.Say(),
				tab)), Apart: i == 0,
			Off: s.player == nil || !s.inspector.Has(tab), Do: func() { s.ShowTab(tab) },
		})
	}
	return tabs
}
