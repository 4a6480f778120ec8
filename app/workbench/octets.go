package workbench

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/app/page"
)

// octets shows bytes in hexadecimal, in rows as long as there is room for:
// eight of them, or a multiple of that.
type octets struct {
	page.Base
	kit    *page.Kit
	bytes  []byte
	perRow int
	text   *page.Text
}

func newOctets(k *page.Kit) *octets {
	o := &octets{kit: k, text: page.NewText(k)}
	o.Shown = []fyne.CanvasObject{o.text}
	o.Extend(o)
	return o
}

func (o *octets) set(bytes []byte) *octets {
	o.bytes, o.perRow = bytes, 0
	return o
}

// HeightFor is part of [page.Part].
func (o *octets) HeightFor(width float32) float32 {
	if n := octetsPerRow(o.kit.Ruler.Columns(page.MonoFace(), width)); n != o.perRow {
		o.perRow = n
		rows := octetRows(o.bytes, n)
		paras := make([]page.Paragraph, 0, len(rows))
		for _, row := range rows {
			p := page.Plain(row, page.MonoFace(), look.WireValue)
			p.Fixed = true
			paras = append(paras, p)
		}
		o.text.Set(paras...)
	}
	return o.text.HeightFor(width)
}

// Arrange is part of [page.Part].
func (o *octets) Arrange(size fyne.Size) {
	page.Place(o.text, 0, 0, size.Width, o.HeightFor(size.Width))
}

// octetsPerRow is how many stand in a row of so many letters, two each and a space between them.
func octetsPerRow(columns int) int { return max(8, (columns+1)/3/8*8) }

// octetRows writes bytes in hexadecimal, in rows.
func octetRows(bytes []byte, perRow int) []string {
	if len(bytes) == 0 {
		return []string{"none"}
	}
	var rows []string
	for from := 0; from < len(bytes); from += perRow {
		rows = append(rows, strings.TrimSpace(fmt.Sprintf("% x", bytes[from:min(from+perRow, len(bytes))])))
	}
	return rows
}
