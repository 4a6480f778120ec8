package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/cli/script"
)

func TestMain(m *testing.M) { script.Main(m, newCommand) }

func TestTheCommand(t *testing.T) { script.Run(t, false) }

func TestTheProgramWithoutAWindowLinksNoToolkit(t *testing.T) {
	list := exec.Command("go", "list", "-deps", "-tags", "headless", ".")
	list.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := strings.Fields(string(out))
	if len(packages) < 50 {
		t.Fatalf("go list names only %d packages", len(packages))
	}
	for _, p := range packages {
		ours := strings.TrimPrefix(p, "github.com/grantwalk/grantwalk/")
		if strings.Contains(p, "fyne.io/") || strings.Contains(p, "go-gl") || strings.HasPrefix(ours, "app") && ours != "app/launch" {
			t.Errorf("it links %s", p)
		}
	}
}
