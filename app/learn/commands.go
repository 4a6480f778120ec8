package learn

import (
	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Commands are going on and back, and the choices of a question by their letters.
func (r *Room) Commands() []room.Command {
	say := r.manner.Words.Catalog()
	first, last := r.at == place{}, r.screen() == nil && r.at.lesson >= len(r.lessons)-1
	table := []room.Command{
		{
			ID: "lesson.next", Menu: room.MenuGo, Words: say.Text("learn.next"), Off: last,
			Keys: room.Keys(fyne.KeyRight, fyne.KeySpace), Also: room.Keys(fyne.KeyPageDown), Do: func() { r.turn(1) },
		},
		{
			ID: "lesson.back", Menu: room.MenuGo, Words: say.Text("learn.back"), Off: first,
			Keys: room.Keys(fyne.KeyLeft), Also: room.Keys(fyne.KeyPageUp), Do: func() { r.turn(-1) },
		},
		{
			ID: "lesson.watch", Menu: room.MenuGo, Words: say.Text("learn.watch"), Off: r.watching() == "",
			Keys: room.Keys(fyne.KeyW), Do: r.watch,
		},
	}
	for i, letter := range []fyne.KeyName{fyne.KeyA, fyne.KeyB, fyne.KeyC} {
		table = append(table, room.Command{
			ID: "lesson.choose-" + string(letter), Words: say.Text("learn.choose"), Keys: room.Keys(letter),
			Off: r.asking() == nil, Do: func() { r.choose(r.asking(), i+1) },
		})
	}
	table = append(table, room.Turning("lesson.turn", say.Text("learn.turn"), r.sheet.scroll,
		fyne.KeyDown, fyne.KeyUp, fyne.KeyHome, fyne.KeyEnd)...)
	return append(table, room.Command{
		ID: "lesson.forget", Menu: room.MenuGo, Words: say.Text("learn.forget"), Apart: true, Do: r.forget,
	})
}

// asking is the question of the screen, nil where there is none or it has its answer.
func (r *Room) asking() *tutorials.Question {
	q := r.question()
	if q == nil || r.answers.of(q.ID).chosen != 0 {
		return nil
	}
	return q
}

// question is that of the screen, or nil.
func (r *Room) question() *tutorials.Question {
	s := r.screen()
	if s == nil || s.Question == "" {
		return nil
	}
	if q, ok := r.manner.Words.Lessons().Question(s.Question); ok {
		return &q
	}
	return nil
}

// forget begins anew: nothing was read and nothing was answered.
func (r *Room) forget() {
	r.record.forget()
	r.answers = answers{}
	r.begin(0)
}
