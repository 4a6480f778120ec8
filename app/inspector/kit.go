package inspector

import (
	"github.com/grantwalk/grantwalk/app/page"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// kit is what every part of the pane shares: that of any page, the content, and what a message lets a person do.
type kit struct {
	*page.Kit
	say     *catalog.Catalog
	content *Content
	tall    float32 // how high the pane is

	follow  func(value string)
	watch   func(value string) // tell who can see it
	copy    func(text, what string)
	bench   func(id, value string) // put a value on a workbench
	benched func() bool            // whether there are any
	hint    func(h hint)           // what is pointed at
	relay   func()                 // something changed its height
}

// toggle follows a value, or stops following it.
func (k *kit) toggle(value string) {
	if k.content.Followed == value {
		value = ""
	}
	k.follow(value)
}

// explain asks for the meaning of a name; a name of one kind may be filed under its neighbour.
func (k *kit) explain(kind, name string) (Explain, bool) {
	if k.content.Explain == nil || name == "" {
		return Explain{}, false
	}
	for _, try := range kinsOf(kind) {
		if x, ok := k.content.Explain(try, name); ok {
			return x, true
		}
	}
	return Explain{}, false
}

func kinsOf(kind string) []string {
	switch kind {
	case "member":
		return []string{"member", "claim", "parameter"}
	case "claim":
		return []string{"claim", "member"}
	case "parameter":
		return []string{"parameter", "member"}
	case "header":
		return []string{"header"}
	}
	return nil
}
