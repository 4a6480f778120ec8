package configfile

import (
	"cmp"
	"maps"
	"slices"
)

// node is one value of the file and where it stands: a table has keys, a list
// has items, everything else is in value.
type node struct {
	line  int // from 1
	order int // among all keys of the file
	span  span
	value any // as the TOML decoder gave it: string, int64, map[string]any, …
	keys  map[string]*node
	items []*node
}

// span is where something stands in the text, in bytes: a table from its header
// on, a value from its name on. It is empty for what the text has in no one piece.
type span struct {
	from, to int
	value    int // where the value of a key begins
}

// child returns what is under a key, and makes it when it is not there yet.
func (n *node) child(name string, at node) *node {
	if c := n.keys[name]; c != nil {
		return c
	}
	if n.keys == nil {
		n.keys = map[string]*node{}
	}
	n.keys[name] = &at
	return n.keys[name]
}

// inside is the table that more keys under n belong to: of a list of tables the last one.
func (n *node) inside() *node {
	if len(n.items) > 0 {
		return n.items[len(n.items)-1]
	}
	return n
}

// sorted returns the keys in the order of the file.
func (n *node) sorted() []string {
	return slices.SortedFunc(maps.Keys(n.keys), func(a, b string) int {
		return cmp.Or(cmp.Compare(n.keys[a].order, n.keys[b].order), cmp.Compare(a, b))
	})
}

// attach gives every node its value. What the scan has not seen gets the place
// of what it is in, so that an error has a line whatever happens.
func (n *node) attach(value any) {
	n.value = value
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			n.child(name, node{line: n.line, order: n.order}).attach(inner)
		}
	case []map[string]any:
		for i, inner := range v {
			n.item(i).attach(inner)
		}
	case []any:
		for i, inner := range v {
			n.item(i).attach(inner)
		}
	}
}

func (n *node) item(i int) *node {
	for len(n.items) <= i {
		n.items = append(n.items, &node{line: n.line, order: n.order})
	}
	return n.items[i]
}
