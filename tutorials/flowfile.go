package tutorials

import (
	"bufio"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// flowFile is the words of a flow. A list of flows wants their heads alone,
// which are a small part of them.
type flowFile struct {
	head  part[*Flow]      // without what stands around the steps
	own   part[*flowWords] // all of the file
	whole part[*flowWords] // with the words of the steps that are like those of another flow
}

// findFlows finds the files of the flows.
func findFlows(fsys fs.FS, lang string, lenses []Lens, terms *Glossary) (*Flows, error) {
	names, err := fs.Glob(fsys, path.Join(lang, "flows", "*.md"))
	if err != nil {
		return nil, fmt.Errorf("list the flows: %w", err)
	}
	f := &Flows{file: make(map[string]flowFile, len(names)), terms: terms}
	for _, file := range names {
		id := baseName(file)
		own := later(func() (*flowWords, error) { return readOwn(fsys, lang, file, lenses) })
		f.file[id] = flowFile{
			head: later(func() (*Flow, error) { return readHead(fsys, file) }), own: own,
			whole: later(func() (*flowWords, error) { return f.resolveLikes(file, own) }),
		}
	}
	return f, nil
}

// check reads every flow and returns the first that is wrong.
func (f *Flows) check() error {
	for _, id := range f.ids() {
		if err := f.file[id].own.check(); err != nil {
			return err
		}
	}
	for _, id := range f.ids() {
		if err := f.file[id].whole.check(); err != nil {
			return err
		}
	}
	return nil
}

// ids are those of all flows in alphabetical order.
func (f *Flows) ids() []string { return slices.Sorted(maps.Keys(f.file)) }

// head returns what a flow is listed by, or nil where there is none.
func (f *Flows) head(id string) *Flow {
	if file, ok := f.file[id]; ok {
		return file.head.say()
	}
	return nil
}

// flow returns all the words of a flow, or nil where there is none.
func (f *Flows) flow(id string) *flowWords {
	if file, ok := f.file[id]; ok {
		return file.whole.say()
	}
	return nil
}

// step returns the words of a step, or nil where there are none.
func (f *Flows) step(flow, id string) *stepWords {
	if w := f.flow(flow); w != nil {
		return w.step[id]
	}
	return nil
}

// readHead reads no more of a flow's file than its front matter.
func readHead(fsys fs.FS, file string) (*Flow, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read the words: %w", err)
	}
	defer func() { _ = f.Close() }() // nothing was written
	var lines []string
	for text := bufio.NewScanner(f); text.Scan(); {
		lines = append(lines, strings.TrimPrefix(text.Text(), byteOrderMark))
		if n := len(lines); n > 1 && lines[n-1] == fence {
			break
		}
	}
	doc := &document{}
	if _, err := doc.readFront(file, append(lines, "")); err != nil {
		return nil, err
	}
	head, err := readFront(file, baseName(file), doc)
	return &head, err
}

// readOwn reads a flow and its suggested mistakes, which not every flow has.
func readOwn(fsys fs.FS, lang, file string, lenses []Lens) (*flowWords, error) {
	src, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("read the words: %w", err)
	}
	id := baseName(file)
	w, err := readFlow(file, id, string(src), lenses)
	if err != nil {
		return nil, err
	}
	mistakes := path.Join(lang, "mistakes", id+".md")
	if src, err = fs.ReadFile(fsys, mistakes); err != nil {
		return w, nil //nolint:nilerr // a flow without suggested mistakes
	}
	return w, w.readMistakes(mistakes, string(src))
}

// resolveLikes gives the steps that are like those of another flow the words that they lack.
func (f *Flows) resolveLikes(file string, own part[*flowWords]) (*flowWords, error) {
	read, err := own()
	if err != nil {
		return nil, err
	}
	w := *read
	w.step = maps.Clone(read.step)
	for _, id := range w.steps {
		like := w.step[id].like
		if like == "" {
			continue
		}
		var other *stepWords
		if theirs, ok := f.file[like]; ok {
			if words := theirs.own.say(); words != nil {
				other = words.step[id]
			}
		}
		if other == nil || other.like != "" {
			return nil, fmt.Errorf("%s: section %q: the flow %q has no such step with words of its own", file, id, like)
		}
		w.step[id] = w.step[id].over(other).only(w.flow.Switches)
	}
	return &w, nil
}
