package stage

import (
	"encoding/json"
	"net/http"

	"github.com/grantwalk/grantwalk/tutorials/catalog"
)

// MailScope is the scope that reading mails needs.
const MailScope = "mail.read"

// Mailbox is the API that guards the mails of the story's people.
func Mailbox() Guard {
	return Guard{Name: "Mailbox API", Host: "mailbox.example", Realm: "mailbox", Routes: []Route{{
		Method: http.MethodGet, Path: "/messages", Scope: MailScope,
		Answer: func(asked Asked, _ []any) any { return mailboxOf(asked.Subject) },
	}}, Read: readMails}
}

func readMails(_ *catalog.Catalog, body []byte) (owner string, lines []string) {
	var m mailbox
	if json.Unmarshal(body, &m) != nil {
		return "", nil
	}
	for _, mail := range m.Messages {
		lines = append(lines, mail.Subject)
	}
	return m.Owner, lines
}

// mailbox is what the API answers.
type mailbox struct {
	Owner    string `json:"owner"`
	Messages []mail `json:"messages"`
}

type mail struct {
	ID      string `json:"id"`
	From    string `json:"from"`
	Subject string `json:"subject"`
	Date    string `json:"date"`
}

// mailboxOf returns the mails of a person, by the subject that the provider knows them under.
func mailboxOf(subject string) mailbox {
	if owner, ok := owners()[subject]; ok {
		return owner
	}
	return mailbox{Messages: []mail{}}
}

// owners are the mailboxes by subject identifier.
func owners() map[string]mailbox {
	return map[string]mailbox{
		"user-jane": {Owner: "Jane Doe", Messages: []mail{
			{ID: "m-1041", From: "bookings@blueair.example", Subject: "Flight BA 117, Lisbon to Oslo, seat 14A", Date: "2026-03-02"},
			{ID: "m-1057", From: "bookings@blueair.example", Subject: "Flight BA 118, Oslo to Lisbon, seat 9C", Date: "2026-03-05"},
		}},
		"user-sam": {Owner: "Sam Reyes", Messages: []mail{
			{ID: "m-2210", From: "desk@northrail.example", Subject: "Flight NR 20, Berlin to Paris, seat 3F", Date: "2026-03-11"},
		}},
		"user-dana": {Owner: "Dana Okafor", Messages: []mail{}},
	}
}
