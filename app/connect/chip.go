package connect

import "github.com/grantwalk/grantwalk/app/room"

// choice is a chip with values of which the first, the zero one, leaves nothing out.
func choice[T ~string](title, every string, all []T, now *T, called func(T) string, chosen func()) room.Chip {
	c := room.Chip{Section: room.Section{Title: title}, Now: every, Differs: *now != ""}
	for _, one := range all {
		label := every
		if one != "" {
			label = called(one)
		}
		if one == *now {
			c.Now = label
		}
		c.Rows = append(c.Rows, room.Row{Label: label, Choice: true, On: one == *now, Do: func() { *now = one; chosen() }})
	}
	return c
}
