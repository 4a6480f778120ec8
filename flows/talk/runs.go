package talk

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// Runs are recorded runs by the addresses of their walks.
type Runs map[string]*trace.Trace

// runsFile is the JSON form of the runs of a talk.
type runsFile struct {
	Grantwalk int                        `json:"grantwalk-talk"`
	Talk      string                     `json:"talk"`
	Runs      map[string]json.RawMessage `json:"runs"`
}

// runsVersion counts changes of the form that an older reader would get wrong.
const runsVersion = 1

// mostRuns is how much of a file is read at most, in bytes.
const mostRuns = 64 << 20

// Save writes the runs of a talk, so that the same bytes are shown again
// whatever becomes of the program.
func (s *Show) Save(w io.Writer) error {
	file := runsFile{Grantwalk: runsVersion, Talk: s.Talk.ID, Runs: map[string]json.RawMessage{}}
	for at, run := range s.Runs {
		var text bytes.Buffer
		if err := export.JSON(&text, run); err != nil {
			return fmt.Errorf("save the run of %s: %w", at, err)
		}
		file.Runs[at] = text.Bytes()
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	return out.Encode(file)
}

// ReadRuns reads what [Show.Save] wrote.
func ReadRuns(r io.Reader) (Runs, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostRuns+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the runs of a talk: %w", err)
	case len(text) > mostRuns:
		return nil, errors.New("the file is larger than the runs of any talk")
	}
	var file runsFile
	if err := json.Unmarshal(text, &file); err != nil || file.Grantwalk == 0 {
		return nil, errors.New("the file holds no runs of a talk; such a file is written with --save")
	}
	if file.Grantwalk > runsVersion {
		return nil, fmt.Errorf("the file was written by a newer version (form %d); this one reads form %d", file.Grantwalk, runsVersion)
	}
	runs := Runs{}
	for at, raw := range file.Runs {
		if runs[at], err = export.ReadJSON(bytes.NewReader(raw)); err != nil {
			return nil, fmt.Errorf("the run of %s: %w", at, err)
		}
	}
	return runs, nil
}
