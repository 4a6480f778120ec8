package address

// History is where somebody was, in order, and how far they went back.
type History struct {
	stops []Address
	at    int // of where they are, among the stops
}

// longest is how many stops are kept.
const longest = 100

// Here is where they are; zero before the first.
func (h *History) Here() Address { return h.stop(h.at) }

// Before is where back leads, and After where forward leads; zero where nothing is.
func (h *History) Before() Address { return h.stop(h.at - 1) }

// After is where forward leads.
func (h *History) After() Address { return h.stop(h.at + 1) }

func (h *History) stop(i int) Address {
	if i < 0 || i >= len(h.stops) {
		return Address{}
	}
	return h.stops[i]
}

// Go makes an address the next stop; what lay ahead is forgotten, as in a browser.
func (h *History) Go(to Address) {
	switch {
	case to.IsZero():
		return
	case h.Here().Equal(to):
		return
	case len(h.stops) > 0:
		h.stops = h.stops[:h.at+1]
	}
	h.stops = append(h.stops, to)
	h.stops = h.stops[max(0, len(h.stops)-longest):]
	h.at = len(h.stops) - 1
}

// Stand says where they stand by now. Steps within one thing are no stops of
// their own: back should lead out of a flow, not through it.
func (h *History) Stand(at Address) {
	if at.IsZero() {
		return
	}
	if len(h.stops) > 0 && h.Here().Shares(at) {
		h.stops[h.at] = at
		return
	}
	h.Go(at)
}

// Settle says what the stop turned out to be, whatever it is. Where that is the
// one before, it is none.
func (h *History) Settle(at Address) {
	if at.IsZero() || len(h.stops) == 0 {
		return
	}
	h.stops[h.at] = at
	if h.Before().Equal(at) {
		h.stops = append(h.stops[:h.at], h.stops[h.at+1:]...)
		h.at--
	}
}

// Move goes back with -1 and forward with +1, and returns what is there; zero where nothing is.
func (h *History) Move(by int) Address {
	to := h.stop(h.at + by)
	if !to.IsZero() {
		h.at += by
	}
	return to
}

// Last is the latest stop up to here that is not in a place; zero where there is none.
func (h *History) Last(not string) Address {
	for i := min(h.at, len(h.stops)-1); i >= 0; i-- {
		if h.stops[i].Place != not {
			return h.stops[i]
		}
	}
	return Address{}
}
