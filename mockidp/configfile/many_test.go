package configfile_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/mockidp"
	"github.com/grantwalk/grantwalk/mockidp/configfile"
)

// A load test of a whole company is one file.
func TestTenThousandClientsAndPeopleAreOneFile(t *testing.T) {
	const many = 10_000
	var text strings.Builder
	text.WriteString("[[realm]]\nname = \"company\"\n[[realm.scope]]\nname = \"read\"\ndescription = \"read\"\n")
	for i := range many {
		fmt.Fprintf(&text, "[[realm.client]]\nclient_id = \"client-%d\"\nclient_secret = \"secret-%d\"\n"+
			"grant_types = [\"client_credentials\"]\nscope = \"read\"\n", i, i)
		fmt.Fprintf(&text, "[[realm.person]]\nusername = \"person-%d\"\npassword = \"%d\"\n", i, i)
	}
	file, err := configfile.Read("company.toml", text.String())
	if err != nil {
		t.Fatal(err)
	}
	file.Config.BaseURL = "http://127.0.0.1:8180"
	provider, err := mockidp.New(file.Config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = provider.Close() }()
	last := fmt.Sprint("client-", many-1)
	if c, err := provider.Realm("company").Client(last); err != nil || c.ClientID != last || len(file.Config.Realms[0].People) != many {
		t.Errorf("%+v, %v, and %d people", c, err, len(file.Config.Realms[0].People))
	}
	file.Config.Realms[0].People[many-1].Subject = last // which is what nobody may be called
	if _, err := mockidp.New(file.Config); err == nil || !strings.Contains(err.Error(), "person-9999") {
		t.Errorf("a client that passes for the last person: %v", err)
	}
}
