package transcript

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// block is one step, chapter or outcome of a transcript, by its lines.
type block []string

func blocksOf(transcript string) []block {
	var out []block
	for text := range strings.SplitSeq(strings.TrimSuffix(transcript, "\n"), "\n\n") {
		out = append(out, strings.Split(text, "\n"))
	}
	return out
}

func join(blocks []block) string {
	parts := make([]string, 0, len(blocks))
	for _, b := range blocks {
		parts = append(parts, strings.Join(b, "\n"))
	}
	return strings.Join(parts, "\n\n") + "\n"
}

const (
	outcomeMark = "== outcome"
)

// key says which steps of two runs are the same step.
func (b block) key() string {
	if h, ok := b.head(); ok {
		return h.step
	}
	if strings.HasPrefix(b[0], outcomeMark) {
		return outcomeMark
	}
	return b[0]
}

// likeness is zero for two that are not the same step, and greater where they also say the same.
func (b block) likeness(other block) int {
	switch {
	case b.key() != other.key():
		return 0
	case slices.Equal(b[1:], other[1:]):
		return 3
	}
	return 2
}

// head is the first line of a step: "21 mail-response: … -> client, back, exchange 8, depth 1, at 9.8s".
type head struct {
	number     int
	step, does string // does is "request user-agent -> client, front"
	exchange   int
	depth      string
	at         time.Duration
}

func (b block) head() (head, bool) {
	number, rest, _ := strings.Cut(b[0], " ")
	step, rest, _ := strings.Cut(rest, ": ")
	rest, at, _ := cutLast(rest, ", at ")
	rest, depth, nested := cutLast(rest, ", depth ")
	does, exchange, exchanged := cutLast(rest, ", exchange ")
	h := head{step: step, does: does}
	if nested {
		h.depth = ", depth " + depth
	}
	var errs [3]error
	h.number, errs[0] = strconv.Atoi(number)
	h.at, errs[1] = time.ParseDuration(at)
	if exchanged {
		h.exchange, errs[2] = strconv.Atoi(exchange)
	}
	return h, errors.Join(errs[:]...) == nil && h.String() == b[0]
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// isKindOf reports whether two steps are both requests, say.
func (b block) isKindOf(other block) bool {
	mine, ok := b.head()
	others, also := other.head()
	return ok && also && mine.kind() == others.kind()
}

func (h head) kind() string {
	kind, _, _ := strings.Cut(h.does, " ")
	return kind
}

func (h head) String() string {
	line := fmt.Sprintf("%d %s: %s", h.number, h.step, h.does)
	if h.exchange > 0 {
		line += fmt.Sprintf(", exchange %d", h.exchange)
	}
	return line + h.depth + ", at " + h.at.String()
}

// shift is how far the steps of one run stand behind those of another.
type shift struct {
	number, exchange int
	at               time.Duration
}

// of is a step of the usual run, moved.
func (s shift) of(b block) block {
	h, ok := b.head()
	if !ok {
		return b
	}
	h.number += s.number
	h.at += s.at
	if h.exchange > 0 {
		h.exchange += s.exchange
	}
	moved := slices.Clone(b)
	moved[0] = h.String()
	return moved
}

// seen is the shift after two of the same step.
func (s shift) seen(usual, run block) shift {
	a, ok := usual.head()
	b, also := run.head()
	if !ok || !also {
		return s
	}
	s.number, s.at = b.number-a.number, b.at-a.at
	if a.exchange > 0 && b.exchange > 0 {
		s.exchange = b.exchange - a.exchange
	}
	return s
}
