package export

import (
	"fmt"
	"strconv"
)

// fails makes a test that fails with these words.
func fails(words string) string {
	return fmt.Sprintf("pm.test(%s, () => pm.expect.fail(%s))", js(words), js(words))
}

// before is what happens before request i is sent.
func (p *poster) before(i int) []string {
	lines := p.opening(p.leavesUnsigned(i)...)
	if d := p.passes[i]; d > 0 {
		lines = append(lines, p.pass(int64(d.Seconds()), "")...)
	}
	return lines
}

// opening is what a request is preceded by: these calculations, and before the first of all the gate, and what is drawn.
func (p *poster) opening(calculations ...string) []string {
	var lines []string
	if !p.begun {
		p.begun = true
		lines, calculations = p.gate(), append(p.draw(), calculations...)
	}
	if len(calculations) > 0 {
		lines = append(lines, base64url()...)
	}
	return append(lines, calculations...)
}

// gate stops the collection before its first request where it was not told what it needs.
func (p *poster) gate() []string {
	var lines []string
	stop := func(condition, words string) {
		lines = append(lines,
			"if ("+condition+") {", "  "+fails(words), "  pm.execution.setNextRequest(null)", "  pm.execution.skipRequest()", "}")
	}
	for _, g := range p.given {
		if p.asksFor(g) {
			stop("!pm.variables.get("+js(g.variable)+")", p.said("missing", "name", g.variable))
		}
	}
	if len(p.certificates) > 0 {
		stop("true", p.said("certificates"))
	}
	if p.timely {
		stop("!pm.variables.get('control') && !['wait', 'skip'].includes(pm.variables.get('clock'))", p.said("clock-needed"))
	}
	return lines
}

// draw makes the random values of this run, and the hashes of the verifiers among them.
func (p *poster) draw() []string {
	var lines []string
	for _, g := range p.given {
		if !p.draws(g) {
			continue
		}
		lines = append(lines, "pm.collectionVariables.set("+js(g.variable)+", base64url(crypto.lib.WordArray.random(32)))")
		if g.name == "code_verifier" { // RFC 7636 section 4.2
			lines = append(lines, fmt.Sprintf("pm.collectionVariables.set(%s, base64url(crypto.SHA256(pm.collectionVariables.get(%s))))",
				js(challengeOf(g.variable)), js(g.variable)))
		}
	}
	return lines
}

// base64url writes bytes as JWTs and PKCE have them (RFC 7515 section 2), by the library that Postman's scripts have.
func base64url() []string {
	return []string{
		"const crypto = require('crypto-js')",
		"const base64url = bytes => bytes.toString(crypto.enc.Base64).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '')",
	}
}

// pass lets so many seconds pass: at the control port of the provider, where
// there is one, or by waiting where that was asked for or always is so.
func (p *poster) pass(seconds int64, always string) []string {
	n := strconv.FormatInt(seconds, 10)
	wait := "} else if (pm.variables.get('clock') === 'wait') {"
	if always != "" {
		wait = "} else {"
	}
	lines := []string{
		"const control = (pm.variables.get('control') || '').replace(/\\/trouble$/, '')",
		"if (control) {",
		"  pm.sendRequest({",
		"    url: control + " + js("/trouble/"+p.realm()) + ", method: 'POST',",
		"    header: { Authorization: 'Bearer ' + pm.variables.get('control_key'), 'Content-Type': 'application/json' },",
		"    body: { mode: 'raw', raw: JSON.stringify({ kind: 'move-clock', by: '" + n + "s', times: 1 }) },",
		"  }, (error, answer) => pm.test(" + js(p.said("moved")) + ", () => {",
		"    pm.expect(error).to.equal(null)",
		"    pm.expect(answer.code).to.equal(201)",
		"  }))",
		wait,
		"  setTimeout(() => {}, " + n + "000)",
		"}",
	}
	if len(p.assertions) > 0 {
		lines = append(lines, "if (control) pm.collectionVariables.set('ahead', Number(pm.variables.get('ahead') || 0) + "+n+")")
	}
	return lines
}

// after tests answer j, and keeps what later requests need of it.
func (p *poster) after(j int) []string {
	status := p.trace.Messages[j].Status
	lines, keeps := []string{p.statusTest(status)}, p.keeps(j)
	used := map[string]bool{}
	for _, k := range keeps {
		if !used[k.by] {
			used[k.by] = true
			lines = append(lines, finder(k.by)...)
		}
		found := finders()[k.by] + "(" + js(k.Name) + ")"
		if k.how == keepsSame {
			lines = append(lines, fmt.Sprintf("pm.test(%s, () => pm.expect(%s).to.equal(pm.variables.get(%s)))",
				js(p.said("same", "name", k.Name)), found, js(k.variable)))
			continue
		}
		lines = append(lines, p.setTest(k.variable, found, k.Name)...)
	}
	if isRegistration(&p.trace.Messages[j]) {
		lines = append(lines, p.registration(keeps)...)
	}
	if p.askedToWait(j) {
		lines = append(lines, p.pass(pollPause, "always")...)
	}
	return lines
}

// statusTest holds an answer to the status of the run.
func (p *poster) statusTest(status int) string {
	return fmt.Sprintf("pm.test(%s, () => pm.expect(pm.response.code).to.equal(%d))",
		js(p.said("status", "status", strconv.Itoa(status), "words", statusWords(status))), status)
}

// setTest keeps what an answer brought, and tests that it brought it.
func (p *poster) setTest(variable, found, name string) []string {
	return []string{
		"pm.collectionVariables.set(" + js(variable) + ", " + found + ")",
		fmt.Sprintf("pm.test(%s, () => pm.expect(pm.collectionVariables.get(%s)).to.be.a('string'))",
			js(p.said("brings", "name", name)), js(variable)),
	}
}

// finders names the functions that find a value in an answer.
func finders() map[string]string {
	return map[string]string{fromLocation: "inLocation", fromJSON: "inJSON", fromForm: "inForm"}
}

// finder is such a function.
func finder(by string) []string {
	switch by {
	case fromLocation:
		return []string{
			"const inLocation = name => {",
			"  const found = new RegExp('[?&#]' + name + '=([^&#]*)').exec(pm.response.headers.get('Location') || '')",
			"  return found ? decodeURIComponent(found[1].replace(/\\+/g, ' ')) : undefined",
			"}",
		}
	case fromJSON:
		return []string{
			"const inJSON = (name, value = pm.response.json()) => {",
			"  if (value === null || typeof value !== 'object') return undefined",
			"  if (typeof value[name] === 'string') return value[name]",
			"  return Object.values(value).map(inner => inJSON(name, inner)).find(found => found !== undefined)",
			"}",
		}
	}
	return []string{
		"const inForm = name => {",
		"  const found = new RegExp('<input type=\"hidden\" name=\"' + name + '\" value=\"([^\"]*)\"').exec(pm.response.text())",
		"  const entities = { '&#43;': '+', '&#34;': '\"', '&#39;': \"'\", '&lt;': '<', '&gt;': '>', '&amp;': '&' }",
		"  return found ? found[1].replace(/&[#a-z0-9]+;/g, entity => entities[entity] || entity) : undefined",
		"}",
	}
}
