package page

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/flows/telling/markup"
)

// Table is rows of cells under a head. Cells wrap. Where there is too little
// room for the columns beside each other, each row stands as a list of its
// cells, every one with the head of its column before it, so that a table can
// be read at any width and never has to be moved sideways.
type Table struct {
	Base
	kit  *Kit
	head []Paragraph
	rows [][]Cell

	like, least []float32 // widths of the columns, once they are measured
	texts       []*Text   // of the head, and then of the rows
	names       []*Text   // of the columns, before each cell of a list
	lines       []*canvas.Rectangle
	back        *canvas.Rectangle
}

// Cell is what stands in one place of a table.
type Cell []Paragraph

// leastCell is what a column gets at least, so that a long word is broken rather than all others squeezed.
const (
	leastCell float32 = 56
	mostLeast float32 = 140
)

// NewTable returns an empty table.
func NewTable(k *Kit) *Table {
	t := &Table{kit: k, back: &canvas.Rectangle{CornerRadius: look.Round}}
	t.Extend(t)
	return t
}

// Set gives the heads of the columns and the rows; a row that is too short has empty cells at its end.
func (t *Table) Set(head []string, rows ...[]Cell) *Table {
	t.head, t.rows = t.head[:0], rows
	for _, h := range head {
		t.head = append(t.head, Plain(markup.Plain(h), Face{Size: look.Small, Bold: true}, look.InkSoft))
	}
	t.like, t.least, t.names = nil, nil, nil
	for i := range t.head {
		t.text(0, i).Set(t.head[i])
	}
	for r := range t.rows {
		for i := range t.head {
			t.text(r+1, i).Set(t.cell(r, i)...)
		}
	}
	return t
}

func (t *Table) cell(row, column int) Cell {
	if column < len(t.rows[row]) {
		return t.rows[row][column]
	}
	return nil
}

// text is the one in a place; row 0 is the head.
func (t *Table) text(row, column int) *Text {
	return Nth(&t.texts, row*len(t.head)+column, func() *Text { return NewText(t.kit) })
}

// measure finds out how wide the columns would like to be, and how wide they have to be.
func (t *Table) measure() {
	if t.like != nil {
		return
	}
	t.like, t.least = make([]float32, len(t.head)), make([]float32, len(t.head))
	for i := range t.head {
		t.measureCell(i, Cell{t.head[i]})
		for r := range t.rows {
			t.measureCell(i, t.cell(r, i))
		}
		t.least[i] = min(max(t.least[i], leastCell), mostLeast)
	}
}

func (t *Table) measureCell(column int, c Cell) {
	for _, p := range c {
		wide := p.Indent
		for _, r := range p.Spans {
			wide += t.kit.Ruler.Width(r.Face, r.Text)
			for _, word := range strings.Fields(r.Text) {
				t.least[column] = max(t.least[column], p.Indent+t.kit.Ruler.Width(r.Face, word))
			}
		}
		t.like[column] = max(t.like[column], wide+1) // a letter more than fits would begin a line
	}
}

// HeightFor is part of [Part].
func (t *Table) HeightFor(width float32) float32 { return t.lay(width, false) }

// Arrange is part of [Part].
func (t *Table) Arrange(size fyne.Size) {
	t.Shown = t.Shown[:0]
	t.lay(size.Width, true)
}

// lay walks the cells and places them if asked; it returns the height.
func (t *Table) lay(width float32, put bool) float32 {
	t.measure()
	columns, fits := fitColumns(t.like, t.least, width)
	if !fits {
		return t.asList(width, put)
	}
	var y float32
	for row := range len(t.rows) + 1 {
		high := t.rowHigh(row, columns)
		if put {
			t.putRow(row, columns, width, y, high)
		}
		y += high
	}
	return y
}

const (
	cellPad   float32 = 8 // over and under the text of a cell
	tableEdge float32 = 1 // of the card that a table stands on, which nothing is drawn over
)

func (t *Table) rowHigh(row int, columns []float32) float32 {
	var high float32
	for i, w := range columns {
		high = max(high, t.text(row, i).HeightFor(w))
	}
	return high + 2*cellPad
}

func (t *Table) putRow(row int, columns []float32, width, y, high float32) {
	if row == 0 {
		Fill(t.back, look.CardSoft, "", 0)
		Put(t.back, tableEdge, y+tableEdge, width-2*tableEdge, high-tableEdge)
		t.Shown = append(t.Shown, t.back)
	} else if row < len(t.rows) { // under the last one is the edge of the card
		t.putLine(row-1, width, y+high-1)
	}
	x := tablePad
	for i, w := range columns {
		cell := t.text(row, i)
		Place(cell, x, y+cellPad, w, high-2*cellPad)
		t.Shown = append(t.Shown, cell)
		x += w + tableGap
	}
}

func (t *Table) putLine(n int, width, y float32) {
	line := Nth(&t.lines, n, func() *canvas.Rectangle { return &canvas.Rectangle{} })
	Fill(line, look.Line, "", 0)
	Put(line, tableEdge, y, width-2*tableEdge, 1)
	t.Shown = append(t.Shown, line)
}

func (t *Table) nameOf(column int) *Text {
	name := NewText(t.kit)
	name.Set(t.head[column])
	return name
}

// asList stands each row as its cells below each other, each under the head of its column.
func (t *Table) asList(width float32, put bool) float32 {
	var y float32
	names, inner := 0, max(1, width-2*tablePad)
	place := func(text *Text) {
		high := text.HeightFor(inner)
		if put {
			Place(text, tablePad, y, inner, high)
			t.Shown = append(t.Shown, text)
		}
		y += high
	}
	for row := range t.rows {
		y += cellPad
		for i := range t.head {
			if len(t.cell(row, i)) == 0 {
				continue
			}
			place(Nth(&t.names, names, func() *Text { return t.nameOf(i) }))
			names++
			place(t.text(row+1, i))
			y += cellPad / 2
		}
		y += cellPad / 2
		if put && row < len(t.rows)-1 {
			t.putLine(row, width, y)
		}
		y++
	}
	return y
}
