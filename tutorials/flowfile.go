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
func (l *Library) findFlows(fsys fs.FS, lang string) error {
	names, err := fs.Glob(fsys, path.Join(lang, "flows", "*.md"))
	if err != nil {
		return fmt.Errorf("list the flows: %w", err)
	}
	l.flows = make(map[string]flowFile, len(names))
	for _, file := range names {
		id := baseName(file)
		own := later(func() (*flowWords, error) { return readOwn(fsys, lang, file, l.lenses) })
		l.flows[id] = flowFile{
			head: later(func() (*Flow, error) { return readHead(fsys, file) }), own: own,
			whole: later(func() (*flowWords, error) { return l.resolveLikes(file, own) }),
		}
	}
	return nil
}

// checkFlows reads every flow and returns the first that is wrong.
func (l *Library) checkFlows() error {
	for _, id := range l.flowIDs() {
		if err := l.flows[id].own.check(); err != nil {
			return err
		}
	}
	for _, id := range l.flowIDs() {
		if err := l.flows[id].whole.check(); err != nil {
			return err
		}
	}
	return nil
}

// flowIDs are the ids of all flows in alphabetical order.
func (l *Library) flowIDs() []string { return slices.Sorted(maps.Keys(l.flows)) }

// head returns what a flow is listed by, or nil where there is none.
func (l *Library) head(id string) *Flow {
	f, ok := l.flows[id]
	if !ok {
		return nil
	}
	return f.head.say()
}

// flow returns all the words of a flow, or nil where there is none.
func (l *Library) flow(id string) *flowWords {
	f, ok := l.flows[id]
	if !ok {
		return nil
	}
	return f.whole.say()
}

// step returns the words of a step, or nil where there are none.
func (l *Library) step(flow, id string) *stepWords {
	if w := l.flow(flow); w != nil {
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
func (l *Library) resolveLikes(file string, own part[*flowWords]) (*flowWords, error) {
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
		if f, ok := l.flows[like]; ok {
			if words := f.own.say(); words != nil {
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
