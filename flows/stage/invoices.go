package stage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/grantwalk/grantwalk/flows/rule"
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
			{
				Method: http.MethodGet, Path: "/invoices", Scope: ReadInvoices, Rules: []rule.Row[Asked]{mayReadInvoices()},
				Answer: func(asked Asked, kept []any) any { return ledger{Invoices: invoicesOf(asked.Subject, kept)} },
			},
			{
				Method: http.MethodPost, Path: "/invoices", Scope: WriteInvoices, Rules: []rule.Row[Asked]{mayWriteInvoices(), invoiceWhole()},
				Write: func(document []byte, number int) any {
					i, _ := asInvoice(document) // its rules saw that it is one
					i.ID, i.State = fmt.Sprintf("inv-%d", 3000+len(invoices())+number), "open"
					return i
				},
			},
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

// invoiceWhole is the rule that a document names a customer and an amount, and nothing else.
func invoiceWhole() rule.Row[Asked] {
	return rule.Row[Asked]{
		ID: "invoice-whole", Rule: "the document is an invoice", Spec: rule.RFC("9110", "15.5.1"), Status: http.StatusBadRequest,
		Check: func(a *Asked) rule.Finding {
			const want = "JSON with a customer and a number of euros"
			if _, ok := asInvoice(a.Document); !ok {
				return rule.Fail(want, "something else", "an invoice has a customer, an amount in whole euros above 0, and nothing else")
			}
			return rule.Pass(want, "that")
		},
	}
}

// asInvoice reads the customer and the amount of a document.
func asInvoice(document []byte) (invoice, bool) {
	var asked struct {
		Customer string `json:"customer"`
		Euros    int    `json:"euros"`
	}
	d := json.NewDecoder(bytes.NewReader(document))
	d.DisallowUnknownFields()
	ok := d.Decode(&asked) == nil && !d.More() && asked.Customer != "" && asked.Euros > 0
	return invoice{Customer: asked.Customer, Euros: asked.Euros}, ok
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

func mayReadInvoices() rule.Row[Asked] {
	return mayRow("invoices-right", "whom the token speaks of may see invoices",
		func(subject string) bool { return subject != "user-jane" }, "travellers have no business with the company's invoices")
}

func mayWriteInvoices() rule.Row[Asked] {
	return mayRow("invoices-write-right", "whom the token speaks of may write invoices",
		func(subject string) bool { return subject != "user-jane" && subject != "user-sam" }, "only finance writes invoices")
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
