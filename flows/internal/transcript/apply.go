package transcript

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Apply makes the transcript again from the usual one and its [Difference].
func Apply(usual, difference string) (string, error) {
	r := reader{all: blocksOf(usual), usual: blocksOf(usual)}
	parts := blocksOf(difference)
	if parts[0][0] != opening {
		return "", fmt.Errorf("a difference begins with %q, not with %q", opening, parts[0][0])
	}
	for _, part := range parts[1:] {
		if err := r.read(part); err != nil {
			return "", fmt.Errorf("at %q: %w", part[0], err)
		}
	}
	if len(r.usual) > 0 {
		return "", fmt.Errorf("nothing is said of %q and what follows", r.usual[0][0])
	}
	return join(r.run), nil
}

// reader makes a run out of the usual one.
type reader struct {
	all   []block // of the usual run
	usual []block // that are still to come
	run   []block
	moved shift
}

func (r *reader) read(part block) error {
	switch {
	case strings.HasPrefix(part[0], skipped):
		return r.skip(strings.TrimPrefix(strings.TrimPrefix(part[0], skipped), " to "))
	case strings.HasPrefix(part[0], addedBy):
		return r.add(part)
	case strings.HasPrefix(part[0], goneBy):
		return r.drop(unmarked(part))
	case len(r.usual) == 0 || r.usual[0].key() != part.key():
		return fmt.Errorf("the usual run has no such step here")
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

// skip takes steps as they are, up to the one of that key or, where none is named, to the end.
func (r *reader) skip(to string) error {
	n := len(r.usual)
	if to != "" {
		key, number, _ := strings.Cut(to, ", number ")
		left, _ := strconv.Atoi(number)
		n = 1 + slices.IndexFunc(r.usual, func(b block) bool {
			if b.key() == key {
				left--
			}
			return left <= 0 && b.key() == key
		})
	}
	if n == 0 {
		return fmt.Errorf("the usual run has no such step after this")
	}
	for _, b := range r.usual[:n] {
		r.run = append(r.run, r.moved.of(b))
	}
	r.usual = r.usual[n:]
	return nil
}

func (r *reader) add(part block) error {
	model, ok := "", false
	if len(part) > 1 {
		model, ok = strings.CutPrefix(part[1], likeA)
	}
	if !ok {
		r.run = append(r.run, unmarked(part))
		return nil
	}
	i := slices.IndexFunc(r.all, func(b block) bool { return b.key() == model })
	if i < 0 {
		return fmt.Errorf("the usual run has no step %s", model)
	}
	lines, err := patch(r.all[i][1:], part[2:])
	r.run = append(r.run, append(unmarked(part[:1]), lines...))
	return err
}

func (r *reader) drop(heads []string) error {
	for _, head := range heads {
		if len(r.usual) == 0 || r.usual[0][0] != head {
			return fmt.Errorf("the usual run has no step %q here", head)
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
	if len(changes) == 0 {
		return usual, nil
	}
	p := patcher{usual: usual}
	for i, change := range changes {
		if err := p.read(change, changes[i+1:]); err != nil {
			return nil, err
		}
	}
	if len(p.usual) > 0 {
		return nil, fmt.Errorf("nothing is said of the line %q and what follows", p.usual[0])
	}
	return p.lines, nil
}

// patcher makes a step out of the usual one.
type patcher struct {
	usual []string // that are still to come
	lines []string
}

func (p *patcher) read(change string, rest []string) error {
	if strings.HasPrefix(change, skipped) {
		n, err := passed(p.usual, change, rest)
		p.lines, p.usual = append(p.lines, p.usual[:n]...), p.usual[n:]
		return err
	}
	end := min(len(both), len(change))
	mark, text := change[:end], change[end:]
	if mark != addedBy {
		n := standing(p.usual, mark, text)
		if n == 0 {
			return fmt.Errorf("the usual step has no line %q here", text)
		}
		p.usual = p.usual[n:]
	}
	if mark == addedBy || mark == both {
		p.lines = append(p.lines, text)
	}
	return nil
}

// standing counts the lines that a written one is about: none when it does not come next.
func standing(usual []string, mark, text string) int {
	if len(usual) == 0 || usual[0] != text {
		return 0
	}
	n := 1
	for mark == allGone && n < len(usual) && isUnder(usual[n], text) {
		n++
	}
	return n
}

// passed counts the lines that a mark stands for: as many as it says, or up to
// the next line that is written, or to the end.
func passed(usual []string, mark string, rest []string) (int, error) {
	var n int
	if _, err := fmt.Sscanf(mark, skipped+" %d lines", &n); err == nil && n <= len(usual) {
		return n, nil
	}
	if len(rest) == 0 {
		return len(usual), nil
	}
	if n = slices.Index(usual, rest[0][len(both):]); n < 0 {
		return 0, fmt.Errorf("the usual step has no line %q after this", rest[0])
	}
	return n, nil
}
