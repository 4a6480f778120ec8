package amend

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/grantwalk/grantwalk/flows/tape"
	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

// Options are what changes need of whoever serves.
type Options struct {
	// Config is what is served now, with the changes, as a file would say it.
	Config func() mockidp.Config
	// Provider answers now.
	Provider func() *mockidp.Provider
	// Serve serves with these changes to the file instead of those before, or says
	// what is wrong and serves as before.
	Serve func(Changes) error
	// Reread reads the file again and serves it without any change.
	Reread func() error
	File   string     // the config file; "" where there is none
	Tape   *tape.Tape // is told of each change; may be nil
}

// Desk takes changes. It is safe for concurrent use.
type Desk struct {
	options Options

	mu      sync.Mutex // guards all below, and the order of changes
	changes Changes
	before  string // the text of the file when the first of them was made
}

// New returns a desk where nothing was changed.
func New(o Options) *Desk { return &Desk{options: o} }

// Errors that are no slips.
var (
	ErrAbsent  = errors.New("there is no such realm, list or name")
	ErrNoFile  = errors.New("the server was started without --config, so there is no file to write; save what GET /config says")
	ErrChanged = errors.New(`somebody else has changed the file since; send {"over": true} to write into what they made of it`)
)

// Ended is what ended with what was taken out.
type Ended struct {
	mockidp.Holdings

	Unwritten int `json:"unwritten"` // changes that no file has
}

// Put puts a table of a list of a realm, as JSON with the keys of the file, in
// the place of the one of that name. One that gets another name is another one,
// and what the old one held has ended.
func (d *Desk) Put(realm, list, name string, object []byte) (Ended, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	cfg := d.options.Config()
	r := realmOf(&cfg, realm)
	if r == nil || !slices.Contains(configfile.Lists(), list) {
		return Ended{}, fmt.Errorf("%w: %s/%s", ErrAbsent, realm, list)
	}
	scratch := *r
	called, err := configfile.Put(&scratch, list, name, object)
	if err != nil {
		return Ended{}, err //nolint:wrapcheck // the words of the reader of the file
	}
	if called != name && configfile.Has(r, list, called) {
		return Ended{}, fmt.Errorf("%s is there already; give this one another name, or change that one", called)
	}
	gone := ""
	if called != name && configfile.Has(r, list, name) {
		gone = name
	}
	next, err := d.changes.with(Change{realm, list, called, object})
	if err == nil && gone != "" {
		next, err = next.with(Change{realm, list, gone, nil})
	}
	if err != nil {
		return Ended{}, err
	}
	return d.serve(next, realm, list, called, gone)
}

// Remove takes a table out of a list of a realm. What a client or person held has ended.
func (d *Desk) Remove(realm, list, name string) (Ended, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	cfg := d.options.Config()
	r := realmOf(&cfg, realm)
	if r == nil || !configfile.Has(r, list, name) {
		return Ended{}, fmt.Errorf("%w: %s/%s/%s", ErrAbsent, realm, list, name)
	}
	next, err := d.changes.with(Change{realm, list, name, nil})
	if err != nil {
		return Ended{}, err
	}
	return d.serve(next, realm, list, "", name)
}

// serve puts changes in force: one table was made, or is gone, or both; "" is neither.
func (d *Desk) serve(next Changes, realm, list, made, gone string) (Ended, error) {
	text := ""
	if d.options.File != "" && len(d.changes) == 0 {
		read, err := os.ReadFile(d.options.File) // the operator named it
		if err != nil {
			return Ended{}, fmt.Errorf("read the config file: %w", err)
		}
		text = string(read)
	}
	var held mockidp.Holdings
	switch { // the realm is there, and nobody holds a scope
	case gone == "":
	case list == "client":
		held, _ = d.options.Provider().HeldBy(realm, gone, "")
	case list == "person":
		held, _ = d.options.Provider().HeldBy(realm, "", gone)
	}
	if err := d.options.Serve(next); err != nil {
		return Ended{}, err
	}
	if len(d.changes) == 0 {
		d.before = text
	}
	d.changes = next
	e := tape.Event{Deed: tape.EntryChanged, Realm: realm, Says: list + " " + made}
	if gone != "" {
		e.Deed, e.Says = tape.EntryRemoved, list+" "+gone+ended(held)
	}
	d.options.Tape.Tell(e)
	return Ended{held, len(next)}, nil
}

// ended says what somebody held; nothing where that was nothing.
func ended(h mockidp.Holdings) string {
	var said []string
	for _, part := range []struct {
		n         int
		one, more string
	}{
		{h.Sessions, "session", "sessions"},
		{h.Codes, "code", "codes"},
		{h.RefreshTokens, "refresh token", "refresh tokens"},
		{h.Devices, "device", "devices"},
	} {
		switch {
		case part.n == 1:
			said = append(said, "1 "+part.one)
		case part.n > 1:
			said = append(said, fmt.Sprint(part.n, " ", part.more))
		}
	}
	if len(said) == 0 {
		return ""
	}
	return ", and with it " + strings.Join(said, ", ") + " ended"
}

// Listed are the lists of a realm.
type Listed struct {
	File      string                      `json:"file,omitempty"`
	Unwritten int                         `json:"unwritten"`
	Lists     map[string]json.RawMessage  `json:"lists"`
	Keys      map[string][]configfile.Key `json:"keys"`
}

// List tells the lists of a realm and the keys that their tables may have.
func (d *Desk) List(realm string) (Listed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	cfg := d.options.Config()
	r := realmOf(&cfg, realm)
	if r == nil {
		return Listed{}, fmt.Errorf("%w: %s", ErrAbsent, realm)
	}
	l := Listed{d.options.File, len(d.changes), map[string]json.RawMessage{}, map[string][]configfile.Key{}}
	for _, list := range configfile.Lists() {
		text, err := configfile.Entries(*r, list)
		if err != nil {
			return l, fmt.Errorf("tell %s: %w", list, err)
		}
		l.Lists[list], l.Keys[list] = text, configfile.Keys(list)
	}
	return l, nil
}

// Written is a config file as it would be written, or was.
type Written struct {
	File      string `json:"file,omitempty"`
	Text      string `json:"text"`
	Kept      bool   `json:"comments_kept"` // false: what somebody noted in the file is not in the text
	Changed   bool   `json:"changed_by_others"`
	Unwritten int    `json:"unwritten"`
}

// Text is the config as a file that reads as what is served.
func (d *Desk) Text() (Written, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text()
}

func (d *Desk) text() (Written, error) {
	w := Written{File: d.options.File, Unwritten: len(d.changes)}
	if w.File == "" {
		var text strings.Builder
		err := configfile.Write(&text, d.options.Config())
		w.Text = text.String()
		return w, err //nolint:wrapcheck // says what can't be written
	}
	read, err := os.ReadFile(w.File)
	if err != nil {
		return w, fmt.Errorf("read the config file: %w", err)
	}
	w.Changed = len(d.changes) > 0 && string(read) != d.before
	f, err := configfile.Read(filepath.Base(w.File), string(read))
	if err != nil {
		return w, err //nolint:wrapcheck // the words of the reader of the file
	}
	want, err := d.changes.Apply(f.Config)
	if err == nil {
		w.Text, w.Kept, err = configfile.Edit(filepath.Base(w.File), string(read), want)
	}
	return w, err
}

// Write writes the changes into the config file. Where somebody else changed it
// since the first of them, it has to be told to.
func (d *Desk) Write(over bool) (Written, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.options.File == "" {
		return Written{}, ErrNoFile
	}
	w, err := d.text()
	switch {
	case err != nil:
		return w, err
	case w.Changed && !over:
		return w, ErrChanged
	}
	if err := replace(w.File, w.Text); err != nil {
		return w, err
	}
	d.changes, d.before, w.Unwritten = nil, "", 0
	return w, d.options.Reread()
}

// replace writes a file so that who reads it meanwhile finds all of it or the old
// one. Where nothing may be put beside it, as in a container, it is written in its place.
func replace(name, text string) error {
	mode := os.FileMode(0o600)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	if at, err := filepath.EvalSymlinks(name); err == nil {
		name = at
	}
	beside := name + ".new"
	err := os.WriteFile(beside, []byte(text), mode)
	if err == nil {
		err = os.Rename(beside, name)
	}
	if err != nil {
		_ = os.Remove(beside) // it may not be there
		err = os.WriteFile(name, []byte(text), mode)
	}
	if err != nil {
		return fmt.Errorf("write the config file: %w", err)
	}
	return nil
}
