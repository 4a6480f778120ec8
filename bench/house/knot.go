package main

import "slices"

// largestKnot is how many nodes of a directed graph reach each other, at most
// (Tarjan, Depth-first search and linear graph algorithms, 1972).
func largestKnot(graph map[string][]string) int {
	w := walk{graph: graph, order: map[string]int{}, low: map[string]int{}}
	for node := range graph {
		if w.order[node] == 0 {
			w.visit(node)
		}
	}
	return w.largest
}

type walk struct {
	graph      map[string][]string
	order, low map[string]int // when a node was met, and the first that is met again from it
	open       []string
	met        int
	largest    int
}

func (w *walk) visit(node string) {
	w.met++
	w.order[node], w.low[node] = w.met, w.met
	w.open = append(w.open, node)
	for _, next := range w.graph[node] {
		if w.order[next] == 0 {
			w.visit(next)
			w.low[node] = min(w.low[node], w.low[next])
		} else if slices.Contains(w.open, next) {
			w.low[node] = min(w.low[node], w.order[next])
		}
	}
	if w.low[node] == w.order[node] { // a knot is whole: all that was met since
		first := slices.Index(w.open, node)
		w.largest = max(w.largest, len(w.open)-first)
		w.open = w.open[:first]
	}
}
