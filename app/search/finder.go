package search

import (
	"sync"

	"github.com/grantwalk/grantwalk/app/room"
	"github.com/grantwalk/grantwalk/flows/address"
	"github.com/grantwalk/grantwalk/flows/search"
	"github.com/grantwalk/grantwalk/tutorials"
)

// Finder is the index of the words of now, made when somebody first looks for something.
type Finder struct {
	index func() *search.Index
	words *tutorials.Library
	voice tutorials.Voice
}

// Ways are where what was found leads, after the panel was left.
type Ways struct {
	Go    func(address.Address)
	Act   func(id string)            // does what a command says
	Read  func(address.Address)      // beside what one looks at
	Reads func(address.Address) bool // whether that is to be had
	Leave func()
}

// Panel is a field in which all words of a language can be looked for, and those
// of the commands that can act now. The provider is what the story calls it.
func (f *Finder) Panel(m room.Manner, provider string, table []room.Command, ways Ways) *Panel {
	return New(m.Words.Catalog(), Calls{
		Find: f.Find(m, provider, table), Leave: ways.Leave,
		Reads: func(e search.Entry) bool { return ways.Reads(e.To) },
		Beside: func(e search.Entry) {
			ways.Leave()
			ways.Read(e.To)
		},
		Pick: func(e search.Entry) {
			ways.Leave()
			if e.Kind == search.Command {
				ways.Act(e.ID)
				return
			}
			ways.Go(e.To)
		},
	})
}

// Find returns what looks for a text, which waits for the index: that is longer
// to make than a person should wait for the field, and shorter than they take to type.
func (f *Finder) Find(m room.Manner, provider string, table []room.Command) func(typed string) []search.Group {
	index, commands := f.in(m.Words, provider, m.Voice), Commands(table)
	return func(typed string) []search.Group { return index().Find(typed, commands...) }
}

// in begins to make the index and returns what waits for it.
func (f *Finder) in(words *tutorials.Library, provider string, voice tutorials.Voice) func() *search.Index {
	if f.words != words || f.voice != voice {
		f.index = sync.OnceValue(func() *search.Index { return search.New(words, provider, voice) })
		f.words, f.voice = words, voice
		go f.index() // beside the window
	}
	return f.index
}

// Commands are those of a table that can act now, each also by the name of the menu below which it stands.
func Commands(table []room.Command) []search.Entry { return commands(table, "") }

func commands(table []room.Command, below string) []search.Entry {
	var all []search.Entry
	for i := range table {
		c := &table[i]
		if !c.Off && c.Do != nil && c.Words != "" {
			keys := ""
			if len(c.Keys) > 0 {
				keys = c.Keys[0].String()
			}
			all = append(all, search.Of(search.Entry{Kind: search.Command, Title: c.Words, Line: keys, ID: c.ID}, c.Told, below))
		}
		all = append(all, commands(c.Below, c.Words)...)
	}
	return all
}
