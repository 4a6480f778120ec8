package tutorials

import (
	"maps"
	"slices"
)

// texts are those of lessons and questions; none where they can't be read, which [Lessons.All] says.
func (l *Lessons) texts() []text {
	var out []text
	c := l.read.say()
	for i := range c.lessons {
		out = append(out, c.lessons[i].texts()...)
	}
	for _, id := range c.order {
		q := c.questions[id]
		out = append(out, q.texts()...)
	}
	return out
}

// texts are those of every paper; none where they can't be read, which [Papers.Of] says.
func (p *Papers) texts() []text {
	var out []text
	all := p.read.say().papers
	for i := range all {
		out = append(out, all[i].texts()...)
	}
	return out
}

func (l *Lesson) texts() []text {
	place := "lessons/" + l.ID
	out := []text{{place: place + ", title", kind: "title", body: l.Title}}
	for _, s := range l.Screens {
		out = append(out, s.texts(place)...)
	}
	for _, v := range Voices() {
		end, at := l.End[v], place+", end, "+string(v)
		out = append(out, text{place: at + ", Title", kind: "title", voice: v, body: end.Title},
			text{place: at + ", Next", kind: "body", voice: v, body: end.Next})
		for _, keep := range end.Keep {
			out = append(out, text{place: at + ", Keep", kind: "body", voice: v, body: keep})
		}
	}
	return out
}

func (s *Screen) texts(place string) []text {
	var out []text
	for _, v := range Voices() {
		told, at := s.Told[v], place+", "+s.ID+", "+string(v)
		out = append(out, text{place: at + ", Title", kind: "title", voice: v, body: told.Title})
		for _, p := range told.Words {
			out = append(out, p.texts(at, v)...)
		}
		if told.Watch != "" {
			out = append(out, text{place: at + ", Watch", kind: "body", voice: v, body: told.Watch})
		}
	}
	return out
}

func (p *Passage) texts(place string, v Voice) []text {
	if p.Words != "" {
		return []text{{place: place + ", Words", kind: "passage", voice: v, body: p.Words}}
	}
	var out []text
	for _, row := range append([][]string{p.Table.Head}, p.Table.Rows...) {
		for _, cell := range row {
			out = append(out, text{place: place + ", table", kind: "cell", voice: v, body: cell})
		}
	}
	return out
}

func (q *Question) texts() []text {
	var out []text
	for _, v := range Voices() {
		at := "questions/" + q.ID + ", " + string(v)
		out = append(out, text{place: at, kind: "question", voice: v, body: q.Asks[v]})
		for _, c := range q.Choices {
			out = append(out, text{place: at + ", choice", kind: "choice", voice: v, body: c.Says[v]},
				text{place: at + ", because", kind: "body", voice: v, body: c.Because[v]})
		}
	}
	return out
}

func (c *Chooser) texts() []text {
	var out []text
	add := func(place, kind string, words map[Voice]string) {
		for _, v := range Voices() {
			out = append(out, text{place: "chooser.toml, " + place + ", " + string(v), kind: kind, voice: v, body: words[v]})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.Asks)) {
		add(id, "question", c.Asks[id].Asks)
		for _, o := range c.Asks[id].Options {
			add(id+", "+o.ID, "choice", o.Says)
		}
	}
	for _, id := range c.Order {
		r := c.Results[id]
		add(id+", title", "title", r.Title)
		add(id+", because", "body", r.Because)
		for _, out := range r.RulesOut {
			add(id+", rules-out "+out.Flow, "body", out.Because)
		}
	}
	return out
}

func (p *Paper) texts() []text {
	place, v := p.Kind+"/"+p.ID, p.Voice()
	out := []text{
		{place: place + ", title", kind: "title", body: p.Title},
		{place: place + ", line", kind: "body", voice: v, body: p.Line},
	}
	for _, b := range p.Blocks {
		switch {
		case b.Head != "":
			out = append(out, text{place: place + ", heading", kind: "title", voice: v, body: b.Head})
		case b.Words != "":
			out = append(out, text{place: place + ", words", kind: "passage", voice: v, body: b.Words})
		default:
			t := Passage{Table: b.Table}
			out = append(out, t.texts(place, v)...)
		}
	}
	return out
}
