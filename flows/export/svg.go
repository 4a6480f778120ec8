package export

import (
	"bufio"
	"fmt"
	"io"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// SVG writes the sequence diagram of the run as a picture of its own in SVG
// 1.1, without scripts, styles, links or anything from elsewhere.
func SVG(w io.Writer, t *trace.Trace, s telling.Story) error {
	c, err := newPicture(t, s)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if _, err := out.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n"); err != nil {
		return err
	}
	c.svg(out, c.rows(), true, true)
	return out.Flush()
}

// svg writes a picture with some of the rows.
func (c *picture) svg(out *bufio.Writer, rows []row, title, end bool) {
	height := c.height(rows, title, end)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" `+
		`font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif">`,
		pen.Number(c.width), pen.Number(height), pen.Number(c.width), pen.Number(height))
	fmt.Fprintf(out, "\n<title>%s</title>\n", pen.EscapeXML(c.teller.Title()))
	c.draw(&pen.SVG{Out: out}, rows, title, end)
	_, _ = out.WriteString("</svg>\n") // a bufio.Writer keeps its first error for Flush
}
