package configfile

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/grantwalk/grantwalk/mockidp"
)

var update = flag.Bool("update", false, "write docs/config.md as the tables are now")

const referenceFile = "../../docs/config.md"

// The reference is the tables of the reader, so it can't say anything else.
func TestTheReferenceIsWhatTheReaderReads(t *testing.T) {
	want := reference(t)
	if *update {
		if err := os.WriteFile(referenceFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is out of date: go test ./mockidp/configfile -update", referenceFile)
	}
}

func reference(t *testing.T) string {
	t.Helper()
	intro, err := os.ReadFile("testdata/reference.md")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.Write(intro)
	for _, table := range tables() {
		title := "Above all tables"
		if table.header != "" {
			title = "`" + table.header + "`"
		}
		fmt.Fprintf(&b, "\n### %s\n\n%s\n\n| key | is | for example | |\n|---|---|---|---|\n", title, table.words)
		for _, k := range table.keys {
			field, _ := table.of.FieldByName(k.field)
			example := ""
			if k.example != "" && len(k.example) <= 60 {
				example = "`" + k.example + "`"
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", k.name, typeWords(field.Type), example, k.words)
		}
	}
	b.WriteString("\n## Limits\n\nA realm keeps so many of each in memory, for each address by which it is an issuer. When one more comes, the oldest " +
		"of whoever holds most gives way, so that nobody who stores very many pushes out those of others. The log says so, at most once a minute " +
		"for each limit; with `--access-log json` as the event `limit`, with the name in the field `limit`.\n\n" +
		"| limit | at most | of | whose | what gives way |\n|---|---|---|---|---|\n")
	for _, l := range mockidp.Limits() {
		fmt.Fprintf(&b, "| `%s` | %d | %s | %s | %s |\n", l.Name, l.Most, l.Of, l.Share, l.Then)
	}
	fmt.Fprintf(&b, "\nA config file may have %d MiB.\n", MaxSize>>20)
	b.WriteString(refusals())
	return b.String()
}

// refusals says which key changes which.
func refusals() string {
	var b strings.Builder
	b.WriteString("\n## Refusals\n\nThe provider is strict until a key says otherwise. A refusal names the rule that was broken and, where there is " +
		"one, the key that would let the request pass: on the page, in `error_description` and in the log (field `keys` of the JSON log).\n\n" +
		"| rule | says that | keys |\n|---|---|---|\n")
	seen := map[string]bool{}
	for _, r := range mockidp.Rules() {
		if len(r.Keys) > 0 && !seen[r.ID] {
			seen[r.ID] = true
			fmt.Fprintf(&b, "| `%s` | %s | `%s` |\n", r.ID, r.Rule, strings.Join(r.Keys, "`, `"))
		}
	}
	return b.String()
}

func typeWords(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[time.Duration](), reflect.TypeFor[*time.Duration]():
		return "duration"
	case reflect.TypeFor[[]string]():
		return "texts"
	case reflect.TypeFor[[]mockidp.Claim]():
		return "table"
	}
	if own, ok := tableFor(elementOf(t)); ok {
		if t.Kind() == reflect.Slice {
			return "tables, see `" + own.header + "`"
		}
		return "table, see `" + own.header + "`"
	}
	return map[reflect.Kind]string{reflect.String: "text", reflect.Bool: "true or false", reflect.Int: "number"}[t.Kind()]
}

// What the pages show can be served as it is.
func TestTheExamplesOfThePagesWork(t *testing.T) {
	var examples [][]string
	for _, page := range []string{referenceFile, "../../docs/certification.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		examples = append(examples, regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(string(text), -1)...)
	}
	if len(examples) < 4 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, example := range examples {
		f, err := Read("example", example[1])
		if err != nil {
			t.Errorf("%v\n%s", err, example[1])
			continue
		}
		if f.Config.BaseURL == "" {
			f.Config.BaseURL = "http://127.0.0.1:8180"
		}
		provider, err := mockidp.New(f.Config)
		if err != nil {
			t.Errorf("%v\n%s", f.Explain(err), example[1])
			continue
		}
		_ = provider.Close()
	}
}
