package page

import (
	"math"
	"slices"
	"testing"
)

func TestColumnsShareTheWidthThatThereIs(t *testing.T) {
	for name, c := range map[string]struct {
		like, least []float32
		width       float32
		want        []float32
	}{
		"all fit, and the last reaches to the edge": {[]float32{50, 80}, []float32{30, 30}, 240, []float32{50, 150}},
		"what is spare goes where it is missed":     {[]float32{100, 200}, []float32{50, 50}, 240, []float32{75, 125}},
		"a narrow one keeps what it likes":          {[]float32{20, 400}, []float32{60, 60}, 240, []float32{20, 180}},
		"the least fits":                            {[]float32{100, 100}, []float32{100, 100}, 240, []float32{100, 100}},
		"not even the least fits":                   {[]float32{300, 300}, []float32{101, 100}, 240, nil},
		"no column at all":                          {nil, nil, 240, nil},
	} {
		got, ok := fitColumns(c.like, c.least, c.width)
		if !slices.Equal(got, c.want) || ok != (c.want != nil) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func FuzzColumnsNeverReachPastTheirTable(f *testing.F) {
	f.Add(float32(100), float32(300), float32(40), float32(200))
	f.Add(float32(0), float32(0), float32(0), float32(0))
	f.Fuzz(func(t *testing.T, a, b, least, width float32) {
		for _, v := range []float32{a, b, least, width} {
			if v < 0 || v > 1e6 || math.IsNaN(float64(v)) {
				return // no width
			}
		}
		got, ok := fitColumns([]float32{a, b}, []float32{least, least}, width)
		if !ok {
			return
		}
		if sum := got[0] + got[1] + tableGap + 2*tablePad; sum > width*1.0001+0.1 || got[0] < 0 || got[1] < 0 {
			t.Errorf("%v in %v take %v", got, width, sum)
		}
	})
}

func TestTheHeadOfATableShowsNoMarksOfCode(t *testing.T) {
	table := NewTable(NewKit()).Set([]string{"`grant_type`"})
	if said := table.head[0].Spans[0].Text; said != "grant_type" {
		t.Errorf("the head says %s", said)
	}
}
