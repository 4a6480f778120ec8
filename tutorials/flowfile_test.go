package tutorials

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAFlowIsListedByItsHeadAlone(t *testing.T) {
	m := copyOfEnglish(t)
	const file = "en/flows/" + flowID + ".md"
	head, _, _ := strings.Cut(string(m[file].Data), "\n## ")
	m[file] = &fstest.MapFile{Data: []byte("\ufeff" + strings.ReplaceAll(head, "\n", "\r\n") + "\n#### a section that can't be read")}
	l, err := find(m, "en")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := english(t).Flow(flowID)
	if f, ok := l.Flow(flowID); !ok || !reflect.DeepEqual(f, want) {
		t.Errorf("the head is %+v, want %+v", f, want)
	}
	if steps := l.Steps(flowID); steps != nil {
		t.Errorf("a file that can't be read tells of the steps %v", steps)
	}
}

func TestTheHeadOfAFlowIsThatOfItsWholeFile(t *testing.T) {
	l := english(t)
	for _, id := range l.flowIDs() {
		head, _ := l.Flow(id)
		whole, _ := l.FlowWith(id, nil)
		whole.Intro, whole.Done = nil, nil
		if !reflect.DeepEqual(head, whole) {
			t.Errorf("%s is listed as %+v, and tells %+v", id, head, whole)
		}
	}
}
