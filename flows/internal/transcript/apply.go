package transcript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Apply makes the transcript again from the usual one and its [Difference].
func Apply(usual, difference string) (string, error) {
	r := reader{models: blocksOf(usual), usual: blocksOf(usual)}
	parts := blocksOf(difference)
	if parts[0][0] != opening {
		return "", fmt.Errorf("a difference begins with %q, not with %q", opening, parts[0][0])
	}
	for _, part := range parts[1:] {
		if err := r.read(part); err != nil {
			return "", fmt.Errorf("at %q: %w", part[0], err)
		}
	}
	r.take(len(r.usual))
	return join(r.run), nil
}

// reader makes a run out of the usual one.
type reader struct {
	models []block // the usual steps and those that were added, which others may be like
	usual  []block // that are still to come
	run    []block
	moved  shift
}

func (r *reader) read(part block) error {
	switch {
	case strings.HasPrefix(part[0], skipped):
		return r.skip(strings.TrimPrefix(part[0], skipped+" to "))
	case strings.HasPrefix(part[0], addedBy):
		return r.add(part)
	case strings.HasPrefix(part[0], goneBy):
		return r.drop(strings.Split(strings.Join(unmarked(part), between), between))
	}
	if err := r.come(part.key()); err != nil {
		return err
	}
	usual := r.usual[0]
	lines, err := patch(usual[1:], part[1:])
	if err != nil {
		return err
	}
	r.moved = r.moved.seen(usual, part)
	r.run = append(r.run, append(block{part[0]}, lines...))
	r.usual = r.usual[1:]
	return nil
}

// take takes so many steps as they are.
func (r *reader) take(n int) {
	for _, b := range r.usual[:n] {
		r.run = append(r.run, r.moved.of(b))
	}
	r.usual = r.usual[n:]
}

// come takes steps as they are, as far as one of that key.
func (r *reader) come(key string) error {
	n := slices.IndexFunc(r.usual, func(b block) bool { return b.key() == key })
	if n < 0 {
		return fmt.Errorf("the usual run has no step %q after this", key)
	}
	r.take(n)
	return nil
}

// skip takes steps as they are, up to the one of that key.
func (r *reader) skip(to string) error {
	key, number, _ := strings.Cut(to, ", number ")
	left, err := strconv.Atoi(number)
	if err != nil {
		left = 1
	}
	for ; left > 0; left-- {
		if err := r.come(key); err != nil {
			return err
		}
		r.take(1)
	}
	return nil
}

func (r *reader) add(part block) error {
	head := unmarked(part[:1])
	model, ok := "", false
	if len(part) > 1 {
		model, ok = strings.CutPrefix(part[1], likeA)
	}
	if !ok {
		r.grow(unmarked(part))
		return nil
	}
	i := slices.IndexFunc(r.models, func(b block) bool { return b.key() == model })
	if i < 0 {
		return fmt.Errorf("there is no step %s before this", model)
	}
	lines, err := patch(r.models[i][1:], part[2:])
	r.grow(append(head, lines...))
	return err
}

func (r *reader) grow(added block) {
	r.run, r.models = append(r.run, added), append(r.models, added)
}

func (r *reader) drop(keys []string) error {
	for i, key := range keys {
		if i == 0 {
			if err := r.come(key); err != nil {
				return err
			}
		}
		if len(r.usual) == 0 || r.usual[0].key() != key {
			return fmt.Errorf("the usual run has no step %q here", key)
		}
		r.usual = r.usual[1:]
	}
	return nil
}

func unmarked(part block) block {
	out := make(block, 0, len(part))
	for _, text := range part {
		out = append(out, text[len(addedBy):])
	}
	return out
}

// patch makes the lines of a step from the usual ones.
func patch(usual, changes []string) ([]string, error) {
	p := patcher{usual: usual}
	for _, change := range changes {
		if err := p.read(change); err != nil {
			return nil, err
		}
	}
	return append(p.lines, p.usual...), nil
}

// patcher makes a step out of the usual one.
type patcher struct {
	usual []string // that are still to come
	lines []string
}

func (p *patcher) read(change string) error {
	if strings.HasPrefix(change, skipped) {
		return p.skip(change)
	}
	end := min(len(both), len(change))
	mark, text := change[:end], change[end:]
	if mark != addedBy {
		n := slices.Index(p.usual, text)
		if n < 0 {
			return fmt.Errorf("the usual step has no line %q after this", text)
		}
		p.take(n)
		p.usual = p.usual[standing(p.usual, mark):]
	}
	if mark == addedBy || mark == both {
		p.lines = append(p.lines, text)
	}
	return nil
}

// skip goes over as many lines as are written to be as usual, or gone.
func (p *patcher) skip(change string) error {
	var n int
	if _, err := fmt.Sscanf(change, skipped+" %d", &n); err != nil || n > len(p.usual) {
		return fmt.Errorf("the usual step does not go on for %q", change)
	}
	if change == fmt.Sprintf(leaving, n) {
		p.usual = p.usual[n:]
		return nil
	}
	p.take(n)
	return nil
}

// take takes so many lines as they are.
func (p *patcher) take(n int) { p.lines, p.usual = append(p.lines, p.usual[:n]...), p.usual[n:] }

// standing counts the lines, from the first on, that a mark before it is about.
func standing(usual []string, mark string) int {
	n := 1
	for mark == allGone && n < len(usual) && isUnder(usual[n], usual[0]) {
		n++
	}
	return n
}
