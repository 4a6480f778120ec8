package court

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatAJudgePrintsBecomesAVerdictForEachClient(t *testing.T) {
	all := Verdicts([]byte("== one 1.0\nok  signs in\nnoise\nok  signs out\n== @two/client 2.0\nok  signs in\n"))
	if len(all) != 2 {
		t.Fatalf("%d clients were read instead of 2", len(all))
	}
	if diff := cmp.Diff([]string{"signs in", "signs out"}, all[0].proved); diff != "" {
		t.Errorf("the first client proved something else:\n%s", diff)
	}
	if all[1].name != "@two/client" || all[1].version != "2.0" {
		t.Errorf("the second client is read as %q in version %q", all[1].name, all[1].version)
	}
}

func TestAVerdictIsHeldToTheOneThatWasAccepted(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("testdata", 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("testdata", "two-client.verdict"), []byte("@two/client 2.0\nsigns in\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	v := Client("@two/client", "2.0")
	v.Proved("signs in")
	v.Hold(t)
	v.Proved("signs out")
	if v.difference(t) == "" {
		t.Error("nobody noticed that it proved something more")
	}
}

func TestAPersonReadsTheFormsOfThePages(t *testing.T) {
	address, err := url.Parse("http://127.0.0.1/realms/demo/auth")
	if err != nil {
		t.Fatal(err)
	}
	f, ok := formIn(Page{Address: address, Body: `<form method="get" action="/search"><input name="q"></form>
		<form method="post" action="consent"><input type="hidden" name="csrf" value="a&amp;b">
		<input type="checkbox" name="scope" value="email" checked><input type="checkbox" name="scope" value="phone">
		<button name="decision" value="approve">Yes</button><button name="decision" value="refuse">No</button></form>`})
	if !ok || f.action.String() != "http://127.0.0.1/realms/demo/consent" {
		t.Fatalf("the form is posted to %v", f.action)
	}
	if !f.fillIn() {
		t.Fatal("the person does not know what to answer")
	}
	want := url.Values{"csrf": {"a&b"}, "scope": {"email"}, "decision": {"approve"}}
	if diff := cmp.Diff(want, f.fields); diff != "" {
		t.Errorf("the person answers something else:\n%s", diff)
	}
	if _, ok := formIn(Page{Address: address, Body: "<p>Signed out</p>"}); ok {
		t.Error("a page without a form has one")
	}
}

func TestOnlyRefusalsAreKeptOfTheLog(t *testing.T) {
	for line, kept := range map[string]bool{
		`{"event":"request","status":200}`: false,
		`{"event":"request","status":400}`: true,
		`something that is no JSON`:        true,
	} {
		if got := refusal(line) != ""; got != kept {
			t.Errorf("%s is kept: %v", line, got)
		}
	}
}
