package tutorials

// courseTexts are those of lessons and questions; none where they can't be read, which [Library.Lessons] says.
func (l *Library) courseTexts() []text {
	c, err := l.course()
	if err != nil {
		return nil
	}
	var out []text
	for i := range c.lessons {
		out = append(out, c.lessons[i].texts()...)
	}
	for _, id := range c.order {
		q := c.questions[id]
		out = append(out, q.texts()...)
	}
	return out
}

func (l *Lesson) texts() []text {
	place := "lessons/" + l.ID
	out := []text{{place: place + ", title", kind: "title", body: l.Title}}
	for _, s := range l.Screens {
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
