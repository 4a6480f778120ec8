package report

import (
	"encoding/xml"
	"fmt"
	"io"
)

// Suite is JUnit's form, as CI servers read it.
type Suite struct {
	Name  string
	Cases []Case
}

// Case is one test. Without a message it passed.
type Case struct {
	Name    string   `xml:"name,attr"`
	Class   string   `xml:"classname,attr"`
	Failure *Message `xml:"failure,omitempty"`
	Skipped *Message `xml:"skipped,omitempty"`
}

// Message says why a case did not pass.
type Message struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// Write writes the suite and counts its cases.
func (s *Suite) Write(out io.Writer) error {
	counted := struct {
		XMLName  xml.Name `xml:"testsuite"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Skipped  int      `xml:"skipped,attr"`
		Cases    []Case   `xml:"testcase"`
	}{Name: s.Name, Tests: len(s.Cases), Cases: s.Cases}
	for _, c := range s.Cases {
		switch {
		case c.Failure != nil:
			counted.Failures++
		case c.Skipped != nil:
			counted.Skipped++
		}
	}
	text, err := xml.MarshalIndent(counted, "", "  ")
	if err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	_, err = io.WriteString(out, xml.Header+string(text)+"\n")
	return err //nolint:wrapcheck // who writes knows where
}
