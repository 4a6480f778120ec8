package deck

import (
	"archive/zip"
	"fmt"
	"image/png"
	"io"

	"github.com/grantwalk/grantwalk/flows/pen"
	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/sheet"
)

// PNG writes an archive with a picture of each scene, 1920 pixels wide.
func PNG(w io.Writer, s *talk.Show, o Options) error {
	p, err := newPress(o, sheet.Dark())
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	for i := range s.Slides {
		file, err := archive.Create(fmt.Sprintf("%s-%02d-%s.png", s.Talk.ID, i+1, s.Slides[i].Scene.ID))
		if err != nil {
			return err
		}
		if err := p.picture(file, s, i); err != nil {
			return err
		}
	}
	return archive.Close()
}

// Picture writes one scene as a picture of 1920 by 1080 pixels.
func Picture(w io.Writer, s *talk.Show, i int, o Options) error {
	p, err := newPress(o, sheet.Dark())
	if err != nil {
		return err
	}
	return p.picture(w, s, i)
}

func (p *press) picture(w io.Writer, s *talk.Show, i int) error {
	pixels := pen.NewPixels(wide, high, 1.5, p.fonts)
	p.draw(pixels, &s.Slides[i], view(s, i))
	return png.Encode(w, pixels.Drawn())
}
