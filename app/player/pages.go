package player

import (
	"github.com/grantwalk/grantwalk/app/inspector"
	"github.com/grantwalk/grantwalk/flows/stage"
	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials"
)

// pageOf is what is on the person's screen at the cursor, or nil: an app's own
// screen where the two deal with each other without a browser, else a web page.
func pageOf(p *Player, n tutorials.Narrator) *inspector.Page {
	m := p.Current()
	if own := appScreen(p, n); own != nil {
		return own
	}
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
	if act := p.At(i + 1); act != nil && act.Act != nil && p.cursor >= i+1 {
		for _, f := range act.Act.Fields {
			typed[f.Name] = f.Value
		}
	}
	for _, b := range read.Blocks {
		if v, ok := typed[b.Input.Name]; ok && b.Kind == stage.Field {
			b.Input.Value = v
		}
		if typed[b.Box.Name] == stage.Unticked && b.Kind == stage.Tick {
			b.Box.On = false
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
		out := inspector.Block{}
		for _, item := range b.Items {
			out.Items = append(out.Items, inspector.Item(item))
		}
		return out
	case stage.Terms:
		out := inspector.Block{}
		for _, term := range b.Terms {
			out.Terms = append(out.Terms, inspector.Term(term))
		}
		return out
	case stage.Field:
		return inspector.Block{Input: &inspector.Input{
			Name: b.Input.Name, Label: b.Input.Label, Value: b.Input.Value, Password: b.Input.Password,
		}}
	case stage.Tick:
		return inspector.Block{Box: &inspector.Box{
			Name: b.Box.Name, Value: b.Box.Value, Item: inspector.Item(b.Box.Item), On: b.Box.On,
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
