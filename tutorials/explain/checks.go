package explain

import (
	"io"

	"github.com/grantwalk/grantwalk/flows/diagnosis"
	"github.com/grantwalk/grantwalk/flows/harmless"
	"github.com/grantwalk/grantwalk/flows/report"
	"github.com/grantwalk/grantwalk/flows/trace"
)

// causeOfCheck is the cause whose words fit a check that fails.
func causeOfCheck(id string) string {
	return map[string]string{
		"jwt": "token-truncated", "alg": "token-signature", "kid": "kid-unknown", "iss": "api-issuer-differs", "aud": "token-audience-other",
		"exp": "token-expired", "nbf": "token-from-the-future", "iat": "token-from-the-future", "typ": "at-jwt-refused",
		"kind": "id-token-at-api",
	}[id]
}

// Checks tells which checks of a stack a token fails, and what to change.
func Checks(out io.Writer, verdicts []diagnosis.Verdict, o Options) error {
	t := report.NewLines(o.Width)
	say := o.Words.Catalog()
	t.Line(say.Text("diagnose.check.title", "stack", say.Text("diagnose.stack."+o.Stack)))
	failed := false
	for _, v := range verdicts {
		mark := map[trace.Result]string{trace.Pass: "✓", trace.Fail: "✗", trace.Skip: "–"}[v.Result]
		text := say.Text("diagnose.check." + v.Check)
		if !v.Default {
			text += " (" + say.Text("diagnose.check.unasked") + ")"
		}
		t.Paragraph("  "+mark+" ", text)
		switch {
		case v.Result == trace.Fail:
			failed = failed || v.Default
			t.Paragraph("      ", harmless.Line(say.Text("diagnose.check.wanted", "wanted", v.Wanted, "got", v.Got)))
			if v.Form == diagnosis.Encrypted || v.Form == diagnosis.Opaque {
				t.Paragraph("      ", say.Text("diagnose.check."+string(v.Form)))
			}
			t.Paragraph("      ", say.Text("diagnose.check.cure", "cure", cureOfCheck(v, o)))
		case v.Result == trace.Skip && v.Got != "" && v.Got != "none":
			t.Paragraph("      ", harmless.Line(say.Text("diagnose.check.got", "got", v.Got)))
		}
	}
	t.Line("")
	if !failed {
		t.Paragraph("", say.Text("diagnose.check.fine"))
	}
	t.Paragraph("", say.Text("diagnose.check.signature"))
	return t.Write(out)
}

// cureOfCheck is the line of the stack, or what helps in every one.
func cureOfCheck(v diagnosis.Verdict, o Options) string {
	id := causeOfCheck(v.Check)
	switch v.Form {
	case diagnosis.Encrypted:
		return o.Words.Catalog().Text("diagnose.check.encrypted-cure")
	case diagnosis.Opaque:
		id = "token-opaque"
	case diagnosis.Damaged: // is what the check is named for
	}
	words, _ := o.Words.Causes().Cause(id)
	if line := o.Words.Causes().CureIn(words.Cures, o.Stack); line != "" {
		return plain(line)
	}
	return plain(words.Cure)
}

// ChecksJSON is [Checks] for programs.
func ChecksJSON(out io.Writer, verdicts []diagnosis.Verdict, o Options) error {
	type checked struct {
		Check   string       `json:"check"`
		Result  trace.Result `json:"result"`
		Default bool         `json:"default"`
		Wanted  string       `json:"expected,omitempty"`
		Got     string       `json:"got,omitempty"`
		Form    string       `json:"form,omitempty"`
		Cure    string       `json:"cure,omitempty"`
	}
	all := make([]checked, 0, len(verdicts))
	for _, v := range verdicts {
		c := checked{Check: v.Check, Result: v.Result, Default: v.Default, Wanted: v.Wanted, Got: v.Got, Form: string(v.Form)}
		if v.Result == trace.Fail {
			c.Cure = cureOfCheck(v, o)
		}
		all = append(all, c)
	}
	return report.JSON(out, map[string]any{"stack": o.Stack, "checks": all})
}
