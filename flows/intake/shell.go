package intake

import "strings"

// shellWords takes a command apart as a POSIX shell does, also one that was
// copied for cmd (lines that end in ^) or PowerShell (in `). It returns how many
// lines the command has; what follows a pipe or a redirection is left out. A
// quotation mark that nothing closes ends with the text.
func shellWords(lines []string) (words []string, used int) {
	var s shell
	for _, line := range lines {
		used++
		line = strings.TrimRight(line, " \t\r")
		goesOn := s.quote == 0 && (strings.HasSuffix(line, `\`) || strings.HasSuffix(line, "^") || strings.HasSuffix(line, "`"))
		if goesOn {
			line = line[:len(line)-1]
		}
		s.line(line)
		if s.over || !goesOn && s.quote == 0 {
			break
		}
		if s.quote != 0 {
			s.word.WriteByte('\n')
		}
	}
	s.end()
	return s.words, used
}

// shell is what has been read of a command.
type shell struct {
	words []string
	word  strings.Builder
	open  bool // a word has begun, which may be empty
	quote byte // the quotation mark that is open, or 0
	ansi  bool // it is $'…', which has escapes (as Chromium copies a request)
	over  bool // a pipe or the like was read
}

func (s *shell) line(text string) {
	for i := 0; i < len(text) && !s.over; i++ {
		c := text[i]
		next := byte(0)
		if i+1 < len(text) {
			next = text[i+1]
		}
		switch {
		case c == '\\' && s.escapes(next):
			s.put(s.escaped(next))
			i++
		case s.quote != 0 && c == s.quote:
			s.quote, s.ansi = 0, false
		case s.quote != 0:
			s.put(c)
		case c == '$' && next == '\'':
			s.quote, s.ansi, s.open = '\'', true, true
			i++
		case c == '\'' || c == '"':
			s.quote, s.open = c, true
		case c == ' ' || c == '\t':
			s.end()
		case !s.open && strings.IndexByte("|;&>#", c) >= 0:
			s.over = true
		default:
			s.put(c)
		}
	}
	if s.quote == 0 {
		s.end()
	}
}

// escapes reports whether a backslash before a letter means that letter (POSIX, Shell
// Command Language, section 2.2).
func (s *shell) escapes(next byte) bool {
	switch {
	case next == 0:
		return false
	case s.quote == '"':
		return strings.IndexByte("\"\\$`", next) >= 0
	case s.quote == '\'':
		return s.ansi
	}
	return true
}

func (s *shell) escaped(letter byte) byte {
	if s.ansi && letter == 'n' {
		return '\n'
	}
	return letter
}

func (s *shell) put(c byte) {
	s.word.WriteByte(c)
	s.open = true
}

func (s *shell) end() {
	if s.open {
		s.words = append(s.words, s.word.String())
	}
	s.word.Reset()
	s.open = false
}
