package player

import (
	"testing"

	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/tutorials/wordstest"
)

func TestNoTwoFlowsOpenWithTheSamePicture(t *testing.T) {
	words := wordstest.English(t)
	opens := map[string]string{}
	for _, f := range flows.All() {
		about, _ := words.Flows().Flow(f.ID)
		if about.Opening == "" {
			continue // with that of its first step
		}
		if _, there := assets.Illustration(about.Opening); !there {
			t.Errorf("%s opens with %s, which is no picture", f.ID, about.Opening)
		}
		if other := opens[about.Opening]; other != "" {
			t.Errorf("%s and %s both open with %s", f.ID, other, about.Opening)
		}
		opens[about.Opening] = f.ID
	}
	if len(opens) < 8 {
		t.Errorf("only %d flows say with which picture they open", len(opens))
	}
}
