//go:build interop

// Package talk_test has two programs that are not ours open the files of every
// talk: Chromium shows its slideshow, is typed into as by a presenter, and prints
// it and the handout; LibreOffice opens its presentation. It needs Node.js and
// what `npm ci` installs in the folder above, Chromium (CHROMIUM says where, if
// not in /usr/bin), LibreOffice and poppler; `make interop-all` sees to that.
package talk_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/talk"
	"github.com/grantwalk/grantwalk/flows/talk/deck"
	"github.com/grantwalk/grantwalk/mockidp/onstage"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

// written are the talks, each in its longest version, and their files in a format by the names of the talks.
func written(t *testing.T, folder string, formats ...string) (shows []*talk.Show) {
	t.Helper()
	words := wordstest.English(t)
	provider, err := onstage.Providers(true)
	if err != nil {
		t.Fatal(err)
	}
	talks, err := words.Talks().All()
	if err != nil {
		t.Fatal(err)
	}
	for _, which := range talks {
		show, err := talk.Prepare(t.Context(), words, which, which.Lengths[len(which.Lengths)-1], talk.Options{Provider: provider})
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range formats {
			var file bytes.Buffer
			o := deck.Options{Say: words.Catalog(), Web: "https://grantwalk.example/talks/" + which.ID}
			if err := deck.Write(&file, format, show, o); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, which.ID+deck.Extension(format)), file.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		shows = append(shows, show)
	}
	return shows
}

func TestChromiumShowsEverySlideshowWithThoseKeysAndPrintsWhatIsTakenAlong(t *testing.T) {
	folder := t.TempDir()
	written(t, folder, "slideshow", "handout")
	files, err := filepath.Glob(filepath.Join(folder, "*.html"))
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "node", append([]string{"judge.mjs"}, files...)...).CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

func TestLibreOfficeOpensEveryPresentationWithItsNotes(t *testing.T) {
	folder := t.TempDir()
	shows := written(t, folder, "pptx")
	args := []string{
		"--headless", "-env:UserInstallation=file://" + filepath.Join(folder, "office"),
		"--convert-to", `pdf:impress_pdf_Export:{"ExportNotesPages":{"type":"boolean","value":"true"}}`, "--outdir", folder,
	}
	for _, show := range shows {
		args = append(args, filepath.Join(folder, show.Talk.ID+".pptx"))
	}
	if out, err := exec.CommandContext(t.Context(), "soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, show := range shows {
		pages := printed(t, filepath.Join(folder, show.Talk.ID+".pdf"))
		n := len(show.Slides)
		if len(pages) != 2*n { // each slide, and then each with its notes
			t.Errorf("%s: %d slides become %d pages with their notes", show.Talk.ID, n, len(pages))
			continue
		}
		for i := range show.Slides {
			s := &show.Slides[i]
			says(t, show.Talk.ID+", slide "+strconv.Itoa(i+1), pages[i], onSlide(s)...)
			says(t, show.Talk.ID+", notes "+strconv.Itoa(i+1), pages[n+i], beside(s)...)
		}
	}
}

// onSlide is what stands on a slide.
func onSlide(s *talk.Slide) []string {
	all := []string{s.Heading, s.Plain()}
	for _, lane := range s.Lanes {
		if lane.Bright {
			all = append(all, lane.Name)
		}
	}
	if s.Ask != nil {
		all = append(all, s.Ask.Choices...)
	}
	return all
}

// beside is the first sentence of its notes, and the questions.
func beside(s *talk.Slide) []string {
	first, _, _ := strings.Cut(s.Scene.Say, ". ")
	all := []string{first}
	for _, r := range s.Scene.Asked {
		all = append(all, r.Question)
	}
	return all
}

// printed is the text of each page.
func printed(t *testing.T, file string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "pdftotext", "-raw", file, "-").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// says reports words that a page lacks, however they are broken into lines.
func says(t *testing.T, where, page string, words ...string) {
	t.Helper()
	squeeze := func(text string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("ﬁ", "fi", "ﬂ", "fl", "ﬀ", "ff", "ﬃ", "ffi", "**", "").Replace(text)), "")
	}
	have := squeeze(page)
	for _, want := range words {
		if !strings.Contains(have, squeeze(want)) {
			t.Errorf("%s lacks %q:\n%s", where, want, page)
		}
	}
}
