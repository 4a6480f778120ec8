package diagnosis

// gramSize is how many bytes are looked at together.
const gramSize = 4

// grams are the runs of four bytes of some texts, each as a bit of its own or of a few others. Thousands of phrases are
// looked for in a refusal and few are there; the others have a run that the texts lack, which shows without reading
// them again.
type grams [1 << 10]uint64

// add takes in what a text has.
func (g *grams) add(text string) {
	for i := range len(text) - gramSize + 1 {
		bit := gramAt(text, i)
		g[bit/64] |= 1 << (bit % 64)
	}
}

// lack reports that no text has a phrase. Where it is silent, one may have it.
func (g *grams) lack(phrase string) bool {
	for i := range len(phrase) - gramSize + 1 {
		if bit := gramAt(phrase, i); g[bit/64]&(1<<(bit%64)) == 0 {
			return true
		}
	}
	return false
}

// gramAt is the bit of the run that begins there: the upper half of a product by which runs that look alike part.
func gramAt(text string, i int) uint32 {
	run := uint32(text[i]) | uint32(text[i+1])<<8 | uint32(text[i+2])<<16 | uint32(text[i+3])<<24
	return run * 2654435761 >> 16
}
