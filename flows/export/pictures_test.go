package export_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func svg(t *testing.T, tr *trace.Trace, s telling.Story) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.SVG(w, tr, s) })
}

func TestSVGDrawsTheRun(t *testing.T) {
	golden(t, "happy.svg", svg(t, happy(), developer()))
	golden(t, "refused.svg", svg(t, refused(), everyone()))
}

// elements counts what an XML document is made of, and fails where it is none.
func elements(t *testing.T, document []byte) (names, attributes map[string]int) {
	t.Helper()
	names, attributes = map[string]int{}, map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(document)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return names, attributes
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, document)
		}
		if e, ok := token.(xml.StartElement); ok {
			names[e.Name.Local]++
			for _, a := range e.Attr {
				attributes[a.Name.Local]++
			}
		}
	}
}

func TestSVGIsAPictureAndNothingElse(t *testing.T) {
	names, attributes := elements(t, svg(t, happy(), everyone()))
	for name := range names {
		if !strings.Contains(" svg title g rect circle line polygon text ", " "+name+" ") {
			t.Errorf("there is a <%s> in it", name)
		}
	}
	for name := range attributes {
		if strings.HasPrefix(name, "on") || strings.Contains(" href style class id src ", " "+name+" ") {
			t.Errorf("there is an attribute %q in it", name)
		}
	}
	if got, want := names["g"], len(happy().Messages); got != want {
		t.Errorf("%d messages are drawn of %d", got, want)
	}
}

func TestNothingFromTheWireBecomesXML(t *testing.T) {
	want, _ := elements(t, svg(t, hostile("plain"), telling.Story{Say: english()}))
	for _, evil := range append(attacks(), "</text><script>alert(1)</script>", `" onload="alert(1)`, "]]>", "<!--", "&lt;", "\x00", "\xff",
		"\ufffe", "<?xml version='1.0'?>") {
		got, attributes := elements(t, svg(t, hostile(evil), telling.Story{Say: english()}))
		for name, n := range attributes {
			if strings.HasPrefix(name, "on") {
				t.Errorf("%q made %d attributes %s", evil, n, name)
			}
		}
		delete(got, "text") // a label may need two lines, or none of its own
		delete(got, "rect")
		wanted := map[string]int{}
		for k, v := range want {
			if k != "text" && k != "rect" {
				wanted[k] = v
			}
		}
		if diff := cmp.Diff(wanted, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", evil, diff)
		}
	}
}

func TestPNGIsTheDiagramInPixels(t *testing.T) {
	t.Parallel()
	data := write(t, func(w io.Writer) error { return export.PNG(w, refused(), everyone()) })
	picture, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds(); size.Dx() < 1280 || size.Dy() < 1000 {
		t.Errorf("it is %v", size)
	}
	red, dark := 0, 0
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			switch r, g, b, _ := picture.At(x, y).RGBA(); {
			case r>>8 == 0xa3 && g>>8 == 0x1d && b>>8 == 0x24:
				red++
			case r>>8 < 0x60 && g>>8 < 0x60 && b>>8 < 0x70:
				dark++
			}
		}
	}
	if red < 500 || dark < 2000 {
		t.Errorf("%d pixels are of the colour of a refusal and %d are dark", red, dark)
	}
}

func TestPNGRefusesWhatNoProgramOpens(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := export.PNG(&out, long(10000), developer()); !errors.Is(err, export.ErrTooTall) || out.Len() > 0 {
		t.Errorf("got error %v and %d bytes", err, out.Len())
	}
}

// long repeats the messages of a run until there are so many.
func long(n int) *trace.Trace {
	tr := happy()
	one := tr.Messages
	tr.Messages = make([]trace.Message, 0, n)
	for i := range n {
		m := one[i%len(one)]
		m.Exchange += i / len(one) * 10
		tr.Messages = append(tr.Messages, m)
	}
	return tr
}
