package stage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/trace"
	"github.com/grantwalk/grantwalk/tutorials/catalog"
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
			{Method: http.MethodGet, Path: "/invoices", Scope: ReadInvoices, Allow: mayReadInvoices, Answer: func(subject string, kept []any) any {
				return ledger{Invoices: invoicesOf(subject, kept)}
			}},
			{Method: http.MethodPost, Path: "/invoices", Scope: WriteInvoices, Allow: mayWriteInvoices, Write: newInvoice},
		},
		Read: readInvoices,
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

// newInvoice makes an open invoice of a document that names a customer and an amount.
func newInvoice(document []byte, number int) (any, trace.Check) {
	c := trace.Check{
		By: trace.ResourceServer, ID: "invoice-whole", Rule: "the document is an invoice", Spec: trace.Spec{Doc: "RFC 9110", Section: "15.5.1"},
		Expected: "JSON with a customer and a number of euros", Got: "that", Result: trace.Pass,
	}
	var asked struct {
		Customer string `json:"customer"`
		Euros    int    `json:"euros"`
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.DisallowUnknownFields()
	if d.Decode(&asked) != nil || d.More() || asked.Customer == "" || asked.Euros <= 0 {
		c.Got, c.Result, c.Reason = "something else", trace.Fail, "an invoice has a customer, an amount in whole euros above 0, and nothing else"
		return nil, c
	}
	return invoice{fmt.Sprintf("inv-%d", 3000+len(invoices())+number), asked.Customer, asked.Euros, "open"}, c
}

// invoicesOf lists what somebody may see: the finance director and machines
// all of them, a sales rep those of the own customers.
func invoicesOf(subject string, kept []any) []invoice {
	if subject == "user-sam" {
		return invoices()[1:2]
	}
	all := invoices()
	for _, k := range kept {
		if i, ok := k.(invoice); ok {
			all = append(all, i)
		}
	}
	return all
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

func readInvoices(say *catalog.Catalog, body []byte) (owner string, lines []string) {
	var l ledger
	if json.Unmarshal(body, &l) != nil {
		return "", nil
	}
	for _, i := range l.Invoices {
		lines = append(lines, say.Count("stage.invoices.line", i.Euros, "id", i.ID, "customer", i.Customer, "state", i.State))
	}
	return "", lines
}
