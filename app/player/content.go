package player

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"github.com/go-jose/go-jose/v4"

	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/app/look"
	"github.com/grantwalk/grantwalk/assets"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/token"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// content is everything that the inspector shows of the message under the cursor.
func content(p *Player, n tutorials.Narrator) inspector.Content {
	m := p.Current()
	if m == nil {
		return opening(p, n)
	}
	words := n.Step(m.Step)
	c := inspector.Content{
		Over: over(p, m, n), Title: words.Title, Message: m, Now: m.At, Followed: p.Followed(),
		Developer: n.Voice == tutorials.Developer, Rule: func(c trace.Check) string { return n.Rule(c.ID, c.Rule) }, Explain: explain(n),
		Words: inspector.Words{
			Picture: picture(words.Picture), Likeness: words.Likeness, Happened: words.Happened, Why: words.Why, Risk: words.Risk,
		},
		Tokens: tokens(p, m), Page: page(p),
	}
	c.Party = func(r trace.Role) string { return party(n, r) }
	seen := p.Plan().Upto(p.cursor + 1)
	switch m.Kind {
	case trace.Request:
		c.Request = m
		c.Response = p.At(seen.Response(p.cursor))
	case trace.Response:
		c.Response = m
		c.Request = p.At(seen.Request(p.cursor))
	}
	if p.AtEnd() {
		c.Words.Refused = refusal(n, p.Plan().Outcome)
		if p.Plan().Outcome.State == trace.Completed {
			c.Words.Done = n.About().Done[n.Voice]
		}
	} else if f := m.FailedCheck(); f != nil {
		c.Words.Refused = n.Refusal(f.ID, f.Error, f.Reason)
	}
	return c
}

// party is what a sentence calls a party: "the identity provider".
func party(n tutorials.Narrator, r trace.Role) string {
	name, _ := n.Role(string(r))
	first, size := utf8.DecodeRuneInString(name)
	name = string(unicode.ToLower(first)) + name[size:]
	if strings.HasPrefix(name, "you") {
		return name
	}
	return "the " + name
}

// opening is what stands there before the first step.
func opening(p *Player, n tutorials.Narrator) inspector.Content {
	about := n.About()
	return inspector.Content{
		Over:  fmt.Sprintf("%d steps · about %d minutes", p.Len(), max(1, p.Len()/8)),
		Title: about.Title, Developer: n.Voice == tutorials.Developer,
		Words: inspector.Words{
			Picture: picture("scene-click"), Happened: about.Intro[n.Voice], Why: about.UseWhen, Risk: about.NeverIf, Opening: true,
		},
	}
}

// refusal says why the run ended, if it was refused.
func refusal(n tutorials.Narrator, o trace.Outcome) string {
	if o.State != trace.Refused {
		return ""
	}
	return n.Refusal(o.Rule, o.Error, o.Reason)
}

// over is the small line over the title.
func over(p *Player, m *trace.Message, n tutorials.Narrator) string {
	parts := []string{fmt.Sprintf("Step %d of %d", p.cursor+1, p.Len())}
	plain := n.Voice != tutorials.Developer
	switch {
	case m.Channel == trace.Front && plain:
		parts = append(parts, "through the browser")
	case m.Channel == trace.Back && plain:
		parts = append(parts, "behind the scenes")
	case m.Kind == trace.Note:
		name, _ := n.Role(string(m.From))
		parts = append(parts, name+" works alone")
	case m.Kind == trace.Gesture:
		parts = append(parts, "what a person does or sees")
	default:
		parts = append(parts, string(m.Channel)+" channel")
	}
	if plain {
		return strings.Join(parts, " · ")
	}
	at := m
	if m.Kind == trace.Response {
		at = p.At(p.Plan().Request(p.cursor))
	}
	if at != nil && at.URL != "" {
		if u, err := url.Parse(at.URL); err == nil {
			parts = append(parts, u.Host)
		}
	}
	if m.Took > 0 {
		parts = append(parts, strconv.FormatFloat(float64(m.Took)/float64(time.Millisecond), 'f', 1, 64)+" ms")
	}
	return strings.Join(parts, " · ")
}

func picture(name string) fyne.Resource {
	svg, ok := assets.Illustration(name)
	if !ok {
		return nil
	}
	return fyne.NewStaticResource(name+".svg", svg)
}

// explain looks a name up in the dictionary, in the voice.
func explain(n tutorials.Narrator) func(kind, name string) (inspector.Explain, bool) {
	return func(kind, name string) (inspector.Explain, bool) {
		e, ok := n.Words.Entry(kind, name)
		if !ok {
			return inspector.Explain{}, false
		}
		meaning := e.Plain
		if n.Voice == tutorials.Developer {
			meaning = e.Exact
		}
		doc, section, _ := strings.Cut(e.Spec, " §")
		return inspector.Explain{Meaning: meaning, Protects: e.Protects, Spec: trace.Spec{Doc: doc, Section: section}}, true
	}
}

// tokens are the tokens that a message carries, decoded, and verified with the keys that the provider publishes.
func tokens(p *Player, m *trace.Message) []inspector.Token {
	var out []inspector.Token
	seen := map[string]bool{}
	for _, place := range m.Places() {
		id := artefactOf(m, place)
		if place.Part == trace.InCalc && (place.Name == "id_token" || place.Name == "access_token") {
			id = strings.ReplaceAll(place.Name, "_", "-")
		}
		name, isToken := tokenNames(id)
		if !isToken || seen[place.Value] {
			continue
		}
		seen[place.Value] = true
		t := inspector.Token{Name: name, Artefact: id, Raw: place.Value}
		jwt, err := trace.DecodeJWT(place.Value)
		if err != nil {
			t.Opaque = true
		} else {
			t.Header, t.Payload, t.Signature = jwt.Header, jwt.Payload, jwt.Signature
			t.Checks = verify(p, id, place.Value, m.At)
		}
		out = append(out, t)
	}
	return out
}

func tokenNames(artefact string) (string, bool) {
	switch artefact {
	case look.AccessToken:
		return "Access token", true
	case look.IDToken:
		return "ID token", true
	case look.RefreshToken:
		return "Refresh token", true
	}
	return "", false
}

// verify runs the receiver's rules on a token, with what the receiver knows from the run.
func verify(p *Player, artefact, raw string, now time.Time) []trace.Check {
	plan := p.Plan()
	keys := keysOf(plan)
	if keys == nil {
		return []trace.Check{{
			ID: "keys-known", Rule: "the signature is the provider's", Result: trace.Skip,
			Reason: "this run never fetched the provider's keys, so nothing can be verified", Spec: trace.Spec{Doc: "RFC 7517", Section: "5"},
		}}
	}
	issuer := p.walk.Issuer()
	if artefact == look.IDToken {
		access := ""
		if i := p.Find("token-response"); i >= 0 {
			access = trace.JSONMember(p.At(i).Body, "access_token")
		}
		return token.VerifyIDToken(raw, token.IDTokenExpectations{
			By: trace.Client, Issuer: issuer, ClientID: stage.ClientID, Nonce: sentNonce(plan),
			AccessToken: access, Algorithm: string(jose.RS256), Keys: keys, Now: now,
		})
	}
	return token.VerifyAccessToken(raw, token.AccessTokenExpectations{
		By: trace.ResourceServer, Issuer: issuer, Audience: p.walk.Mailbox(), Scope: stage.MailScope, Keys: keys, Now: now,
	})
}

func keysOf(t *trace.Trace) *jose.JSONWebKeySet {
	i := slices.IndexFunc(t.Messages, func(m trace.Message) bool { return m.Step == "jwks-response" })
	if i < 0 {
		return nil
	}
	var keys jose.JSONWebKeySet
	if json.Unmarshal(t.Messages[i].Body, &keys) != nil {
		return nil
	}
	return &keys
}

// sentNonce is the nonce that the app made, before anybody changed it.
func sentNonce(t *trace.Trace) string {
	for i := range t.Messages {
		if c := t.Messages[i].Calc; c != nil {
			for _, f := range c.Outputs {
				if f.Name == "nonce" {
					return f.Value
				}
			}
		}
	}
	return ""
}

// page is the web page on the person's screen at the cursor, or nil.
func page(p *Player) *inspector.Page {
	m := p.Current()
	onScreen := m.To == trace.UserAgent || m.From == trace.ResourceOwner || m.To == trace.ResourceOwner
	if !onScreen {
		return nil
	}
	for i := p.cursor; i >= 0; i-- {
		shown := p.At(i)
		if shown.Kind == trace.Response && shown.To == trace.UserAgent && shown.IsHTML() {
			return readPage(p, i)
		}
		if shown.Kind == trace.Response && shown.To == trace.UserAgent {
			return nil // a redirect: nothing to see
		}
	}
	return nil
}

func readPage(p *Player, i int) *inspector.Page {
	address := ""
	if request := p.At(p.Plan().Request(i)); request != nil {
		address = request.URL
	}
	read, err := stage.ParsePage(address, p.At(i).Status, p.At(i).Body)
	if err != nil {
		return nil
	}
	out := &inspector.Page{Address: address, Title: read.Title, Disabled: !p.usable(i)}
	typed := map[string]string{}
	if m := p.Current(); m.Act != nil && p.cursor == i+1 {
		for _, f := range m.Act.Fields {
			typed[f.Name] = f.Value
		}
	}
	for _, b := range read.Blocks {
		if v, ok := typed[b.Input.Name]; ok && b.Kind == stage.Field {
			b.Input.Value = v
		}
		out.Blocks = append(out.Blocks, block(b))
	}
	return out
}

func block(b stage.Block) inspector.Block {
	switch b.Kind {
	case stage.Heading:
		return inspector.Block{Heading: b.Text}
	case stage.Alert:
		return inspector.Block{Alert: b.Text}
	case stage.List:
		return inspector.Block{Items: b.Items}
	case stage.Field:
		return inspector.Block{Input: &inspector.Input{
			Name: b.Input.Name, Label: b.Input.Label, Value: b.Input.Value, Password: b.Input.Password,
		}}
	case stage.Buttons:
		out := inspector.Block{}
		for _, button := range b.Buttons {
			out.Buttons = append(out.Buttons, inspector.Button(button))
		}
		return out
	}
	return inspector.Block{Text: b.Text}
}
