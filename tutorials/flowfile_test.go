package tutorials

import (
	"io/fs"
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
	want, _ := english(t).Flows().Flow(flowID)
	if f, ok := l.Flows().Flow(flowID); !ok || !reflect.DeepEqual(f, want) {
		t.Errorf("the head is %+v, want %+v", f, want)
	}
	if steps := l.Flows().Steps(flowID); steps != nil {
		t.Errorf("a file that can't be read tells of the steps %v", steps)
	}
}

func TestTheHeadOfAFlowIsThatOfItsWholeFile(t *testing.T) {
	l := english(t)
	for _, id := range l.flows.ids() {
		head, _ := l.Flows().Flow(id)
		whole, _ := l.Flows().FlowWith(id, nil)
		whole.Intro, whole.Done = nil, nil
		if !reflect.DeepEqual(head, whole) {
			t.Errorf("%s is listed as %+v, and tells %+v", id, head, whole)
		}
	}
}

// seen writes down which files are opened.
type seen struct {
	fs.FS
	opened []string
}

func (s *seen) Open(name string) (fs.File, error) {
	s.opened = append(s.opened, name)
	return s.FS.Open(name)
}

func TestWhatAStepBringsUpIsReadWithoutTheLessons(t *testing.T) {
	words := &seen{FS: files}
	l, err := find(words, "en")
	if err != nil {
		t.Fatal(err)
	}
	if len(l.MixUps().At("implicit", "token-redirect")) == 0 {
		t.Fatal("the step brings nothing up")
	}
	for _, name := range words.opened {
		if strings.HasPrefix(name, "en/lessons") || strings.HasPrefix(name, "en/questions") {
			t.Errorf("a walk opens %s", name)
		}
	}
}

func TestAStartReadsNoFlow(t *testing.T) {
	words := &seen{FS: files}
	if _, err := find(words, "en"); err != nil {
		t.Fatal(err)
	}
	for _, name := range words.opened {
		if strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".toml") && !strings.HasPrefix(name, "en/lenses/") {
			t.Errorf("a start opens %s, which nobody has asked for", name)
		}
	}
}
