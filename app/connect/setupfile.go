package connect

import (
	"io"
	"net/http"
	"path/filepath"

	"fyne.io/fyne/v2"

	"github.com/grantwalk/grantwalk/app/look"
)

// setupText is what a config file is, or would be.
type setupText struct {
	File    string `json:"file"`
	Text    string `json:"text"`
	Kept    bool   `json:"comments_kept"`
	Changed bool   `json:"changed_by_others"`
}

// writeFile writes the changes into the file of the server, or saves one where it
// has none. What somebody else wrote, or noted, is not lost unasked.
func (u *setup) writeFile(over bool) {
	var now setupText
	u.server.order(http.MethodGet, "/config", nil, &now, func() {
		say, file := u.words.say, filepath.Base(now.File)
		switch {
		case now.File == "":
			u.window.Files().Save("grantwalk.toml", func(w io.Writer) error {
				_, err := io.WriteString(w, now.Text)
				return err //nolint:wrapcheck // the file's own words
			}, func(at fyne.URI) { u.window.Say(say("who.file.saved", "file", at.Name())) })
		case now.Changed && !over:
			u.over = say("who.file.changed", "file", file)
			u.leaves.turn(u)
		case !now.Kept && !over:
			u.over = say("who.file.anew", "file", file)
			u.leaves.turn(u)
		default:
			u.server.order(http.MethodPost, "/config", map[string]bool{"over": over}, nil, func() {
				u.window.Say(say("who.file.written", "file", file))
				u.openRealm(u.realm)
			})
		}
	})
}

// drawFile says what no file has yet, and writes it.
func (u *setup) drawFile() {
	s, say := u.sheet, u.words.say
	card := s.card(say("who.file.title"))
	words, write := say("who.file.none"), say("who.file.save")
	if u.File != "" {
		words = say("who.file.all", "file", filepath.Base(u.File))
		if n := u.Unwritten; n > 0 {
			words = u.words.count("who.waiting", n, "file", filepath.Base(u.File))
		}
		write = say("who.file.write", "file", filepath.Base(u.File))
	}
	card.Add(look.Gap, s.prose(words))
	b := s.button(write, func() { u.writeFile(false) })
	if u.over != "" {
		card.Add(look.Gap, s.stock.Signed(look.IconAlarm, look.Caution, s.prose(u.over)))
		b = s.button(say("who.file.over"), func() { u.writeFile(true) })
	}
	card.Add(look.Gap, s.bar(b))
	s.column.Add(look.Gutter, card)
}
