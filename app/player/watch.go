package player

import "slices"

// watcher is somebody who wants to know when a player changed. It is kept by
// pointer, so that two who gave the same function are told apart.
type watcher struct{ told func() }

// watchers are all of them.
type watchers struct{ all []*watcher }

// Watch calls told after the cursor, the run or the followed value changed,
// until stop is called. Any number may watch, and they are told in the order in
// which they came. Who comes while the others are being told hears of the next
// change; who stops meanwhile hears of nothing more.
func (p *watchers) Watch(told func()) (stop func()) {
	w := &watcher{told}
	p.all = append(slices.Clip(p.all), w)
	return func() {
		w.told = nil
		p.all = slices.DeleteFunc(slices.Clone(p.all), func(other *watcher) bool { return other == w })
	}
}

func (p *watchers) changed() {
	for _, w := range p.all {
		if w.told != nil {
			w.told()
		}
	}
}
