package tutorials

import (
	"errors"
	"fmt"
	"io/fs"
)

// Chooser leads to a flow by a few plain questions.
type Chooser struct {
	First   string // id of the question that is asked first
	Asks    map[string]Asking
	Results map[string]Recommendation
	Order   []string // ids of the results, in file order
}

// Asking is one question of the chooser.
type Asking struct {
	ID      string
	Asks    map[Voice]string
	Options []Option
}

// Option is an answer that leads on to another question, or to a result.
type Option struct {
	ID     string
	Says   map[Voice]string
	Next   string // id of a question, or ""
	Result string // id of a result, or ""
}

// Recommendation is where the questions end.
type Recommendation struct {
	ID       string
	Walk     string // address of the walk that shows it
	SetUp    string // address of where it is set up
	Stacks   []string
	Title    map[Voice]string
	Because  map[Voice]string
	RulesOut []RuledOut
}

// RuledOut is a flow that is not for this app, and why.
type RuledOut struct {
	Flow    string
	Because map[Voice]string
}

type chooserFile struct {
	First    string                  `toml:"first"`
	Question map[string]askingFile   `toml:"question"`
	Result   map[string]resultedFile `toml:"result"`
}

type askingFile struct {
	Asks   map[Voice]string `toml:"asks"`
	Option []struct {
		ID     string           `toml:"id"`
		Says   map[Voice]string `toml:"says"`
		Next   string           `toml:"next"`
		Result string           `toml:"result"`
	} `toml:"option"`
}

type resultedFile struct {
	Walk     string           `toml:"walk"`
	SetUp    string           `toml:"set-up"`
	Stacks   []string         `toml:"stacks"`
	Title    map[Voice]string `toml:"title"`
	Because  map[Voice]string `toml:"because"`
	RulesOut []struct {
		Flow    string           `toml:"flow"`
		Because map[Voice]string `toml:"because"`
	} `toml:"rules-out"`
}

// readChooser reads the questions of a language; one that has none has no chooser.
func readChooser(fsys fs.FS, file string) (Chooser, error) {
	if _, err := fs.Stat(fsys, file); errors.Is(err, fs.ErrNotExist) {
		return Chooser{}, nil
	}
	var read chooserFile
	keys, err := readTOML(fsys, file, &read, 2)
	if err != nil {
		return Chooser{}, err
	}
	c := Chooser{First: read.First, Asks: map[string]Asking{}, Results: map[string]Recommendation{}}
	for _, key := range keys {
		switch key[0] {
		case "question":
			c.Asks[key[1]], err = read.Question[key[1]].asking(key[1])
		case "result":
			c.Results[key[1]], err = read.Result[key[1]].recommendation(key[1])
			c.Order = append(c.Order, key[1])
		}
		if err != nil {
			return c, inTable(fsys, file, key.String(), err)
		}
	}
	if err := c.check(); err != nil {
		return c, fmt.Errorf("%s: %w", file, err)
	}
	return c, nil
}

func (f askingFile) asking(id string) (Asking, error) {
	a := Asking{ID: id, Asks: f.Asks}
	if err := inEachVoice(a.Asks); err != nil {
		return a, err
	}
	for _, o := range f.Option {
		if o.ID == "" || (o.Next == "") == (o.Result == "") {
			return a, fmt.Errorf("the option %q needs an id, and either next or result", o.ID)
		}
		if err := inEachVoice(o.Says); err != nil {
			return a, fmt.Errorf("the option %q: %w", o.ID, err)
		}
		a.Options = append(a.Options, Option{ID: o.ID, Says: o.Says, Next: o.Next, Result: o.Result})
	}
	if len(a.Options) < 2 {
		return a, errors.New("a question needs two options or more")
	}
	return a, nil
}

func (f resultedFile) recommendation(id string) (Recommendation, error) {
	r := Recommendation{ID: id, Walk: f.Walk, SetUp: f.SetUp, Stacks: f.Stacks, Title: f.Title, Because: f.Because}
	if r.Walk == "" {
		return r, errors.New("walk is missing, the address of the walk that shows it")
	}
	for _, words := range []map[Voice]string{r.Title, r.Because} {
		if err := inEachVoice(words); err != nil {
			return r, err
		}
	}
	for _, out := range f.RulesOut {
		if err := inEachVoice(out.Because); err != nil {
			return r, fmt.Errorf("what it rules out, %q: %w", out.Flow, err)
		}
		r.RulesOut = append(r.RulesOut, RuledOut{Flow: out.Flow, Because: out.Because})
	}
	return r, nil
}

// check reports a question or a result that is named and is not there.
func (c *Chooser) check() error {
	if _, ok := c.Asks[c.First]; !ok {
		return fmt.Errorf("first names the question %q, which is not there", c.First)
	}
	for id, a := range c.Asks {
		for _, o := range a.Options {
			_, asks := c.Asks[o.Next]
			_, ends := c.Results[o.Result]
			if !asks && !ends {
				return fmt.Errorf("[question.%s]: the option %q leads to %q, which is not there", id, o.ID, o.Next+o.Result)
			}
		}
	}
	return nil
}

// Along follows the options that somebody chose, as far as there are such: the
// question that comes then, or the result.
func (c *Chooser) Along(chosen []string) (went []string, next *Asking, result *Recommendation) {
	at, ok := c.Asks[c.First]
	if !ok {
		return nil, nil, nil
	}
	for _, id := range chosen {
		found := false
		for _, o := range at.Options {
			if o.ID != id {
				continue
			}
			went, found = append(went, id), true
			if o.Result != "" {
				r := c.Results[o.Result]
				return went, nil, &r
			}
			at = c.Asks[o.Next]
			break
		}
		if !found {
			break
		}
	}
	return went, &at, nil
}
