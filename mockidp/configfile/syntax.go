package configfile

import "strings"

// inTOML says how to write what a parser stumbled over, by the words in which it says so.
func inTOML(words string) string {
	for _, way := range []struct{ said, write string }{
		{"already been defined", "write a key once in a table; a further one of a list of tables begins with its header, such as [[realm]]"},
		{"UTF-8", "use an editor that saves UTF-8"},
		{"control character", "use an editor that ends lines with LF or CRLF; in a text, write the character as an escape such as \\u0000"},
		{"got ';'", "leave the semicolon out: a line ends by itself"},
		{"got ':'", "write = between a key and its value, as in name = \"demo\"; YAML and JSON are other forms"},
		{"got '{'", "write a header such as [[realm]] and key = value below it; JSON is another form"},
		{"cannot contain newlines", "a text needs its quote at the end of the line too"},
		{"“", "use plain quotes, as in \"demo\""},
		{"”", "use plain quotes, as in \"demo\""},
		{"’", "use plain quotes, as in \"demo\""},
		{"table array name delimiter", "a list of tables needs two brackets at both ends, as in [[realm]]"},
	} {
		if strings.Contains(words, way.said) {
			return way.write
		}
	}
	return "texts need quotes, tables a header such as [[realm]]"
}
