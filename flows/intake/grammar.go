package intake

import (
	"regexp"
	"sync"
)

// patterns are how pieces of an excerpt look.
type patterns struct {
	request, status, name *regexp.Regexp // of HTTP: the first lines, and the name of a field
	progress, note        *regexp.Regexp // of curl: how far it is, and why nothing came
	form, parameter       *regexp.Regexp // the beginnings of a form, and of a line of it
	failure, code         *regexp.Regexp // what tells that something failed, and the codes of the standards
	member                *regexp.Regexp // a description, as a member of an object or an assignment
	leading               *regexp.Regexp // the name of a value of a log, and whether it is words
	description, packed   *regexp.Regexp // what an address says of an error, and what it says so in a parameter
	logged                *regexp.Regexp // a line of a log, by its time, its level or the name of an exception
	blank                 *regexp.Regexp // the ways in which people leave a value out, with what is left of it
}

// grammar are the patterns, which are asked for each line of what may be 1 MiB.
//
//nolint:gochecknoglobals // never changes; compiling a pattern takes longer than reading a line by it
var grammar = sync.OnceValue(func() patterns {
	return patterns{
		request:   regexp.MustCompile(`^(GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD) +((?:https?://|/)\S*)(?: +(HTTP/[0-9.]+))?$`),
		status:    regexp.MustCompile(`^HTTP/[0-9.]+ ([1-5][0-9]{2})\b`),
		name:      regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`),
		progress:  regexp.MustCompile(`^([{}] \[\d+ bytes|\s*% Total|\s+Dload|\s*\d+\s+\d+\s+\d+\s+\d+)`),
		note:      regexp.MustCompile(`(?i)certificate problem|refused|could not resolve|failed to connect|timed out`),
		form:      regexp.MustCompile(`^\w+=`),
		parameter: regexp.MustCompile(`^[a-z_]+=`),
		failure:   regexp.MustCompile(`(?i)\berror\b|curl: \(|problem|refused|resolve|timed out`),
		code: regexp.MustCompile(`\b(invalid_(grant|client|request|scope|token|target|dpop_proof|request_uri|request_object)|` +
			`unauthorized_client|unsupported_(grant_type|response_type)|access_denied|(login|consent|interaction)_required|` +
			`insufficient_scope|use_dpop_nonce|slow_down|expired_token|server_error)\b`),
		member: regexp.MustCompile(`\berror_?[dD]escription\\*["']?\s*[:=]+>?\s*(?:\\*"((?:[^"\\\n]|\\[^"\n])+)|` +
			`'([^'\n]+)'|([^\s&,;}"'\\]+))`),
		leading:     regexp.MustCompile(`^\s*(?:(reason|detail|details|message|msg|description|hint)=)?(?:[\w.]+=)?`),
		packed:      regexp.MustCompile(`(?i)[^\s"'<>=]*error(?:_description)?%3d[^\s"'<>]+`),
		description: regexp.MustCompile(`\berror_?(?:description|message|_reason)?=([^&\s"'<>#]+)`),
		logged: regexp.MustCompile(`^\W{0,3}\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:|\b(?:ERROR|WARN|FATAL)\b|level=(?:err|warn)|` +
			`\b[A-Z]\w+(?:Exception|Error)\b`),
		blank: regexp.MustCompile(`[\w~.-]*(` +
			`\$\{[^}]*\}|\$\([^)]*\)|\$env:\w+|\$[A-Za-z_]\w*` + // a shell's
			`|<[^<>=\n]{1,60}>|\{\{[^{}\n]{1,60}\}\}|\{[A-Za-z][A-Za-z_ -]{0,40}\}|\[[A-Za-z][A-Za-z_ -]{2,40}\]|%[A-Z_]{3,}%` + // a template's
			`|\*{3,}|•{3,}|[xX]{4,}|\.{3,}|…|(?i:\byour[-_]\w+)|(?i:\bredacted\b)|\bxxx\b|\bXXX\b` + // of somebody who is careful
			`)[\w~.-]*`),
	}
})
