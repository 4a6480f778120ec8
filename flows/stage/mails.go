package stage

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
