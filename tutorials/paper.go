package tutorials

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Kinds of papers, each a folder of a language.
const (
	PaperStacks  = "stacks"  // settings of a library for the provider that runs now
	PaperCourses = "courses" // for a trainer: what is done in which minutes
	PaperBoard   = "board"   // half a page each, for those who decide
)

// Paper is a page that is read from top to bottom, and printed. It speaks to
// one kind of reader, so it has one voice.
type Paper struct {
	Kind    string
	ID      string // "spring"
	Number  int    // its place among those of its kind, from 1
	Title   string
	Line    string // what it is, in one line
	Minutes int    // of a course
	voice   Voice
	Tried   string  // of a stack: the judge that ran these settings, by its name in interop/clients.toml; "" for none
	Version string  // of a stack: with which it was run, or written for
	Pin     string  // of a stack that our own tests run: the file that has these versions; "" for none
	Client  string  // of a stack: the client_id that it uses
	Shows   []Shown // what it claims of runs
	Blocks  []Block
}

// Shown is something that a paper says of a run.
type Shown struct {
	Run  string `toml:"run"`  // the address of the run
	When string `toml:"when"` // what has to be true of it, see package flows/ask
}

// Block is one part of a paper: a heading, words, a table, or code.
type Block struct {
	Head  string
	Words string // in the Markdown of package markup
	Table Table
	Code  string // it may hold {issuer}
	File  string // where the code is from, such as "web-app.yml"; "" where nobody ran it
}

// Voice is to whom a paper speaks.
func (p *Paper) Voice() Voice {
	switch {
	case p.voice != "":
		return p.voice
	case p.Kind == PaperStacks:
		return Developer
	case p.Kind == PaperBoard:
		return Executive
	}
	return Everyone
}

type paperFront struct {
	Title   string  `toml:"title"`
	Line    string  `toml:"line"`
	Number  int     `toml:"number"`
	Minutes int     `toml:"minutes"`
	Voice   Voice   `toml:"voice"`
	Tried   string  `toml:"tried"`
	Version string  `toml:"version"`
	Pin     string  `toml:"pin"`
	Client  string  `toml:"client"`
	Shows   []Shown `toml:"shows"`
}

// readPapers reads the papers of all kinds, each kind in the order of its numbers.
func readPapers(fsys fs.FS, lang string) ([]Paper, error) {
	var all []Paper
	for _, kind := range []string{PaperStacks, PaperCourses, PaperBoard} {
		of, err := ReadPapers(fsys, lang, kind)
		if err != nil {
			return nil, err
		}
		all = append(all, of...)
	}
	return all, nil
}

// ReadPapers reads those of a kind in a language, for who needs nothing else of a [Library].
func ReadPapers(words fs.FS, lang, kind string) ([]Paper, error) {
	return readNumbered(words, path.Join(lang, kind), func(file string) (Paper, error) { return readPaper(words, file, kind) },
		func(p Paper) (string, int) { return p.ID, p.Number })
}

func readPaper(fsys fs.FS, file, kind string) (Paper, error) {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return Paper{}, fmt.Errorf("read a paper: %w", err)
	}
	lines := strings.Split(strings.TrimPrefix(strings.ReplaceAll(string(src), "\r\n", "\n"), "\ufeff"), "\n")
	doc := new(document)
	first, err := doc.readFront(file, lines)
	if err != nil {
		return Paper{}, err
	}
	var f paperFront
	if err := decodeFront(file, doc.front, doc.frontLine, &f); err != nil {
		return Paper{}, err
	}
	if f.Title == "" || f.Line == "" || f.Number < 1 {
		return Paper{}, fmt.Errorf("%s:1: front matter: title, line and number are all needed", file)
	}
	p := Paper{
		Kind: kind, ID: baseName(file), Number: f.Number, Title: f.Title, Line: f.Line, Minutes: f.Minutes, voice: f.Voice,
		Tried: f.Tried, Version: f.Version, Pin: f.Pin, Client: f.Client, Shows: f.Shows,
	}
	r := paperReader{file: file, lines: lines, at: first}
	if p.Blocks, err = r.read(); err != nil {
		return p, err
	}
	if len(p.Blocks) == 0 {
		return p, fmt.Errorf("%s:1: there is nothing to read in it", file)
	}
	return p, nil
}

// paperReader takes a paper apart, block by block.
type paperReader struct {
	file   string
	lines  []string
	at     int // the line that is read next
	blocks []Block
}

const codeFence = "```"

func (r *paperReader) read() ([]Block, error) {
	for r.at < len(r.lines) {
		line := strings.TrimSpace(r.lines[r.at])
		var err error
		switch head, isHead := strings.CutPrefix(line, "## "); {
		case line == "":
			r.at++
		case isHead:
			r.blocks = append(r.blocks, Block{Head: head})
			r.at++
		case strings.HasPrefix(line, "#"):
			err = fmt.Errorf("%s:%d: %q is no heading that is known here; use ## and a space", r.file, r.at+1, line)
		case strings.HasPrefix(line, codeFence):
			err = r.code(line)
		case strings.HasPrefix(line, "|"):
			err = r.table()
		default:
			r.words()
		}
		if err != nil {
			return nil, err
		}
	}
	return r.blocks, nil
}

// code reads up to the fence that closes; its opening may name the file that it is from.
func (r *paperReader) code(opening string) error {
	_, file, _ := strings.Cut(strings.TrimPrefix(opening, codeFence), " ")
	first := r.at + 1
	for end := first; end < len(r.lines); end++ {
		if strings.TrimSpace(r.lines[end]) == codeFence {
			r.blocks = append(r.blocks, Block{Code: strings.Join(r.lines[first:end], "\n"), File: strings.TrimSpace(file)})
			r.at = end + 1
			return nil
		}
	}
	return fmt.Errorf("%s:%d: the code has no closing %s", r.file, first, codeFence)
}

func (r *paperReader) table() error {
	first := r.at
	for r.at < len(r.lines) && strings.HasPrefix(strings.TrimSpace(r.lines[r.at]), "|") {
		r.at++
	}
	t, err := readTable(strings.Join(r.lines[first:r.at], "\n"))
	if err != nil {
		return fmt.Errorf("%s:%d: %w", r.file, first+1, err)
	}
	r.blocks = append(r.blocks, Block{Table: t})
	return nil
}

// words reads paragraphs and lists, up to something else.
func (r *paperReader) words() {
	var lines []string
	for ; r.at < len(r.lines); r.at++ {
		line := strings.TrimSpace(r.lines[r.at])
		if strings.HasPrefix(line, "#") || strings.HasPrefix(line, "|") || strings.HasPrefix(line, codeFence) {
			break
		}
		lines = append(lines, line)
	}
	r.blocks = append(r.blocks, Block{Words: strings.TrimSpace(joinLines(lines))})
}
