package walk

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows"
)

// chapters are the parts of the flow that is open. A run need not come to all of them.
type chapters struct{ screen *player.Screen }

// here is that of the message that is looked at.
func (c chapters) here() string {
	p := c.screen.Player()
	if p == nil || p.Current() == nil {
		return ""
	}
	return p.Current().Chapter
}

func (c chapters) visit(id string) {
	if i := c.first(id); i >= 0 {
		c.screen.Seek(i)
	}
}

// first is the index of the first message of a chapter, or -1.
func (c chapters) first(id string) int {
	p := c.screen.Player()
	for i := range p.Len() {
		if p.At(i).Chapter == id {
			return i
		}
	}
	return -1
}

// from is the next chapter that this run comes to, or the one before; "" where there is none.
func (c chapters) from(by int) string {
	p := c.screen.Player()
	if p == nil {
		return ""
	}
	now := c.here()
	for i := p.Cursor() + by; i >= 0 && i < p.Len(); i += by {
		if id := p.At(i).Chapter; id != now && id != "" {
			return id
		}
	}
	return ""
}

// turn goes to the beginning of the next chapter, or of the one before.
func (c chapters) turn(by int) {
	if id := c.from(by); id != "" {
		c.visit(id)
	} else if by < 0 {
		c.screen.Home()
	}
}

// rows lists them for the rail.
func (c chapters) rows(f flows.Flow) []room.Row {
	var rows []room.Row
	for _, id := range f.Chapters {
		row := room.Row{Label: c.screen.Narrator().Chapter(id), Indent: true, Do: func() { c.visit(id) }}
		if row.Note = c.span(id); row.Note == "" {
			row.Note, row.Off = c.screen.Narrator().Say().Text("player.rail.not-reached"), true
		} else {
			row.Here = c.here() == id
		}
		rows = append(rows, row)
	}
	return rows
}

// span is the numbers of a chapter's steps, or "" when this run does not come to it.
func (c chapters) span(id string) string {
	p := c.screen.Player()
	first, last := 0, 0
	for i := range p.Len() {
		if p.At(i).Chapter == id {
			if first == 0 {
				first = i + 1
			}
			last = i + 1
		}
	}
	switch first {
	case 0:
		return ""
	case last:
		return strconv.Itoa(first)
	}
	return fmt.Sprintf("%d–%d", first, last)
}

// commands go from chapter to chapter.
func (c chapters) commands() []room.Command {
	say := c.screen.Narrator().Say()
	told := say.Text("command.told.chapter-next")
	p := c.screen.Player()
	return []room.Command{
		{
			ID: "chapter.next", Menu: room.MenuGo, Words: say.Text("command.chapter.next"), Told: told, Apart: true,
			Keys: room.And(room.Alt, fyne.KeyPageDown), Off: c.from(+1) == "", Do: func() { c.turn(+1) },
		},
		{
			ID: "chapter.before", Menu: room.MenuGo, Words: say.Text("command.chapter.before"), Told: told,
			Keys: room.And(room.Alt, fyne.KeyPageUp), Off: p == nil || p.Cursor() < 0, Do: func() { c.turn(-1) },
		},
	}
}
