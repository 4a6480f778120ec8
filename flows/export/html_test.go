package export_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/flows/telling"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func page(t *testing.T, tr *trace.Trace, s telling.Story) []byte {
	t.Helper()
	return write(t, func(w io.Writer) error { return export.HTML(w, tr, s) })
}

func TestHTMLTellsTheRun(t *testing.T) {
	golden(t, "happy-developer.html", page(t, happy(), developer()))
	golden(t, "refused-everyone.html", bare(page(t, refused(), everyone())))
}

// bare is a page without its picture, its style and its script, which stand in the golden of the first page and in files of their own.
func bare(page []byte) []byte {
	for _, of := range []string{"svg", "style", "script"} {
		page = regexp.MustCompile(`(?s)(<`+of+`[ >]).*?(</`+of+`>)`).ReplaceAll(page, []byte("$1…$2"))
	}
	return page
}

// nodes returns every element of a page, as a browser would read it.
func nodes(t *testing.T, document []byte) []*html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestHTMLNeedsNothingAndDoesNothing(t *testing.T) {
	for name, s := range map[string]telling.Story{"developer": developer(), "everyone": everyone()} {
		policy, style := "", ""
		for _, n := range nodes(t, page(t, happy(), s)) {
			harmless(t, n)
			switch {
			case n.Data == "style":
				style = n.FirstChild.Data
			case attribute(n, "http-equiv") == "Content-Security-Policy":
				policy = attribute(n, "content")
			}
		}
		hash := sha256.Sum256([]byte(style))
		want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
		if policy != want {
			t.Errorf("%s: the policy is %q, want %q", name, policy, want)
		}
		if strings.Contains(style, "url(") || strings.Contains(style, "@import") || !strings.Contains(style, "size: A4") {
			t.Errorf("%s: the style loads something, or is not made for A4", name)
		}
	}
}

// harmless holds an element to be one that neither loads nor runs anything.
func harmless(t *testing.T, n *html.Node) {
	t.Helper()
	if slices.Contains([]string{
		"script", "link", "img", "iframe", "object", "embed", "form", "a", "base", "audio", "video", "image", "use",
		"foreignObject",
	}, n.Data) {
		t.Errorf("there is a <%s> in it", n.Data)
	}
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "on") || slices.Contains([]string{"style", "src", "href", "srcset", "background"}, a.Key) {
			t.Errorf("<%s> has an attribute %s", n.Data, a.Key)
		}
	}
}

func TestHTMLHoldsTheWholeDiagram(t *testing.T) {
	for _, tr := range []*trace.Trace{happy(), refused(), long(200), happy().Upto(0)} {
		groups := 0
		for _, n := range nodes(t, page(t, tr, developer())) {
			if n.Data == "g" {
				groups++
			}
		}
		if groups != len(tr.Messages) {
			t.Errorf("%d messages are drawn of %d", groups, len(tr.Messages))
		}
	}
}

// outline counts the elements of a page.
func outline(t *testing.T, document []byte) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, n := range nodes(t, document) {
		if n.Data != "text" && n.Data != "rect" { // a label may need two lines
			count[n.Data]++
		}
		for _, a := range n.Attr {
			if a.Key != "class" {
				count["@"+a.Key] += 0
			}
		}
	}
	return count
}

func TestNothingFromTheWireBecomesHTML(t *testing.T) {
	t.Parallel()
	for _, s := range []telling.Story{{Developer: true}, {}} {
		want := outline(t, page(t, hostile("plain"), s))
		for _, evil := range append(attacks(), "<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "</style><script>1</script>",
			"</title><b>", "<!-- x", "<svg onload=alert(1)>", "javascript:alert(1)", "'", "\x00", "\xff") {
			sameOutline(t, evil, want, outline(t, page(t, hostile(evil), s)))
		}
	}
}

// sameOutline holds a page to the elements of another; of those that a value fills, it may have less.
func sameOutline(t *testing.T, evil string, want, got map[string]int) {
	t.Helper()
	for name := range got {
		if _, known := want[name]; !known {
			t.Errorf("%q made a %s", evil, name)
		}
	}
	for _, fixed := range []string{"script", "style", "title", "svg", "article", "section", "h1", "h2", "h3", "g"} {
		if want[fixed] != got[fixed] {
			t.Errorf("%q changed the number of %s from %d to %d", evil, fixed, want[fixed], got[fixed])
		}
	}
}

func TestHTMLMarksSecrets(t *testing.T) {
	marks := 0
	for _, n := range nodes(t, page(t, happy(), developer())) {
		if n.Data == "mark" {
			marks++
		}
	}
	if marks < 15 {
		t.Errorf("only %d values are marked", marks)
	}
}
