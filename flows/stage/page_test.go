package stage_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
)

func TestAPageIsReadAsAPersonSeesIt(t *testing.T) {
	const page = `<!doctype html><html><head><title> Sign in </title><style>p{}</style></head><body><main>
		<h1>Sign <em>in</em></h1><p>to continue</p><p role="alert">Wrong password</p>
		<form method="post" action="/go?x=1">
		<input type="hidden" name="csrf" value="t&amp;1">
		<label for="u">User name</label><input id="u" name="username" value="ja">
		<label for="p">Password</label><input id="p" name="password" type="password">
		<button class="primary" name="action" value="sign-in">Sign in</button>
		<ul><li><button name="fill" value="sam"><span aria-hidden="true">S</span><strong>Sam</strong> <small>sales</small></button></li></ul>
		</form><ul><li>one</li><li>two</li></ul><script>evil()</script></main></body></html>`
	got, err := stage.ParsePage("https://idp.example/a/b", 200, []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	want := []stage.Block{
		{Kind: stage.Heading, Text: "Sign in"},
		{Kind: stage.Text, Text: "to continue"},
		{Kind: stage.Alert, Text: "Wrong password"},
		{Kind: stage.Field, Input: stage.Input{Name: "username", Label: "User name", Value: "ja"}},
		{Kind: stage.Field, Input: stage.Input{Name: "password", Label: "Password", Password: true}},
		{Kind: stage.Buttons, Buttons: []stage.Button{
			{Name: "action", Value: "sign-in", Label: "Sign in", Primary: true}, {Name: "fill", Value: "sam", Label: "Sam · sales"},
		}},
		{Kind: stage.List, Items: []stage.Item{{Text: "one"}, {Text: "two"}}},
	}
	if diff := cmp.Diff(want, got.Blocks); diff != "" {
		t.Error(diff)
	}
	if got.Title != "Sign in" || got.Form.Action != "https://idp.example/go?x=1" || got.Form.Method != http.MethodPost {
		t.Errorf("title %q, form %+v", got.Title, got.Form)
	}
	sent := got.Form.Fill(map[string]string{"username": "jane", "password": "secret"}, got.Submit())
	wantSent := []trace.Field{
		{Name: "csrf", Value: "t&1"}, {Name: "username", Value: "jane"}, {Name: "password", Value: "secret"}, {Name: "action", Value: "sign-in"},
	}
	if diff := cmp.Diff(wantSent, sent); diff != "" {
		t.Error(diff)
	}
}

func TestCodeAndTermsOfAPageStayApartFromItsWords(t *testing.T) {
	const page = `<ul><li>Read your mails <code>mail.read</code></li><li>openid <code>openid</code></li>
		<li>say <code>hello</code> twice</li></ul>
		<dl><dt>Rule</dt><dd>two are equal</dd><dt>Expected</dt><dd><code>abc</code></dd></dl>`
	got, err := stage.ParsePage("https://idp.example/", 200, []byte(page))
	if err != nil {
		t.Fatal(err)
	}
	want := []stage.Block{
		{Kind: stage.List, Items: []stage.Item{{Text: "Read your mails", Code: "mail.read"}, {Code: "openid"}, {Text: "say hello twice"}}},
		{Kind: stage.Terms, Terms: []stage.Term{{Name: "Rule", Value: "two are equal"}, {Name: "Expected", Value: "abc", Code: true}}},
	}
	if diff := cmp.Diff(want, got.Blocks); diff != "" {
		t.Error(diff)
	}
}

func TestAPageOfSomebodyElseIsReadToo(t *testing.T) {
	for _, page := range []string{"", "plain", "<form><input name=a><button>", "<p><button>x</button></p>", strings.Repeat("<div>", 400)} {
		if _, err := stage.ParsePage("not a url", 200, []byte(page)); err != nil {
			t.Errorf("%.20q: %v", page, err)
		}
	}
}

func TestABoxIsReadWithItsWordsAndCanBeUnticked(t *testing.T) {
	const form = `<form method="post" action="/consent"><ul>
<li>Sign you in <code>openid</code></li>
<li><label><input type="checkbox" name="allow_mail.read" value="yes" checked><span>Read mail <code>mail.read</code></span></label></li>
<li><label><input type="checkbox" name="allow_claim email" value="yes"><span>See one detail: <code>email</code></span></label></li>
<li>Pay 10 euro <code>payment</code></li></ul>
<input name="choice" value="ticked" hidden><button name="decision" value="approve">Allow</button></form>`
	p, err := stage.ParsePage("https://idp.example/auth", http.StatusOK, []byte(form))
	if err != nil {
		t.Fatal(err)
	}
	kinds := make([]stage.BlockKind, 0, len(p.Blocks))
	for _, b := range p.Blocks {
		kinds = append(kinds, b.Kind)
	}
	if want := []stage.BlockKind{stage.List, stage.Tick, stage.Tick, stage.List, stage.Buttons}; !slices.Equal(kinds, want) {
		t.Fatalf("read %v, want %v", kinds, want)
	}
	want := stage.Box{Name: "allow_mail.read", Value: "yes", Item: stage.Item{Text: "Read mail", Code: "mail.read"}, On: true}
	if got := p.Blocks[1].Box; got != want {
		t.Errorf("read %+v", got)
	}
	if got := p.Permissions(); !slices.Equal(got, []string{"mail.read", "claim email"}) {
		t.Errorf("boxes for %q", got)
	}
	sent := func(typed map[string]string) string { return trace.EncodePairs(p.Form.Fill(typed, p.Submit())) }
	if got := sent(nil); got != "allow_mail.read=yes&choice=ticked&decision=approve" {
		t.Errorf("as it came it sends %s", got)
	}
	if got := sent(map[string]string{"allow_mail.read": ""}); got != "choice=ticked&decision=approve" {
		t.Errorf("unticked it sends %s", got)
	}
}
