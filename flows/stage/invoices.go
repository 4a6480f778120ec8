package stage

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
)

// The scopes of the Invoices API.
const (
	ReadInvoices  = "read:invoices"
	WriteInvoices = "write:invoices"
)

// Invoices is the API of the company's ERP. A scope lets an app ask; what the
// person it acts for may see is the API's own decision.
func Invoices() Guard {
	return Guard{
		Name: "Invoices API", Host: "invoices.example", Realm: "invoices",
		Routes: []Route{
			{Method: http.MethodGet, Path: "/invoices", Scope: ReadInvoices, Allow: mayReadInvoices, Answer: func(subject string) any { return ledger{Invoices: invoicesOf(subject)} }},
			{Method: http.MethodPost, Path: "/invoices", Scope: WriteInvoices, Allow: mayWriteInvoices, Answer: func(string) any { return newInvoice() }},
		},
		Read: readInvoices, Found: "These invoices are yours to see:", Empty: "There is no invoice for you to see.",
	}
}

// ledger is what the API answers.
type ledger struct {
	Invoices []invoice `json:"invoices"`
}

type invoice struct {
	ID       string `json:"id"`
	Customer string `json:"customer"`
	Euros    int    `json:"euros"`
	State    string `json:"state"`
}

func invoices() []invoice {
	return []invoice{
		{"inv-3001", "Blue Air", 18400, "open"},
		{"inv-3002", "North Rail", 2150, "paid"},
		{"inv-3003", "Harbour Hotels", 7980, "overdue"},
	}
}

func newInvoice() invoice { return invoice{"inv-3004", "Blue Air", 640, "open"} }

// invoicesOf lists what somebody may see: the finance director and machines
// all of them, a sales rep those of the own customers.
func invoicesOf(subject string) []invoice {
	if subject == "user-sam" {
		return invoices()[1:2]
	}
	return invoices()
}

func mayReadInvoices(subject string) trace.Check {
	return right(subject, "invoices-right", "whom the token speaks of may see invoices", subject != "user-jane", "travellers have no business with the company's invoices")
}

func mayWriteInvoices(subject string) trace.Check {
	return right(subject, "invoices-write-right", "whom the token speaks of may write invoices", subject != "user-jane" && subject != "user-sam", "only finance writes invoices")
}

// right is a rule about what somebody may do: the token's scope is what was
// delegated, and never gives more than the person has (RFC 6749 section 1.4).
func right(subject, id, rule string, ok bool, reason string) trace.Check {
	c := trace.Check{
		By: trace.ResourceServer, ID: id, Rule: rule, Spec: trace.Spec{Doc: "RFC 6749", Section: "1.4"},
		Expected: "somebody with that right", Got: orNothing(subject), Result: trace.Pass,
	}
	if !ok {
		c.Result, c.Reason = trace.Fail, reason
	}
	return c
}

func readInvoices(body []byte) (owner string, lines []string) {
	var l ledger
	if json.Unmarshal(body, &l) != nil {
		return "", nil
	}
	for _, i := range l.Invoices {
		lines = append(lines, fmt.Sprintf("%s, %s, %d euros, %s", i.ID, i.Customer, i.Euros, i.State))
	}
	return "", lines
}
