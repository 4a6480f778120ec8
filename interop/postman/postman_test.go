//go:build interop

// Package postman_test has newman, Postman's own runner, run the collections
// that Grantwalk writes of every flow and mistake, against the served program.
// It needs Node.js and what `npm ci` installs in this folder.
package postman_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows"
	"github.com/grantwalk/grantwalk/flows/export"
	"github.com/grantwalk/grantwalk/mockidp"
)

func TestNewmanRunsEveryCollectionAgainstWhatIsServed(t *testing.T) {
	folder := t.TempDir()
	program := filepath.Join(folder, "grantwalk")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-tags", "headless", "-o", program, "../..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	provider, control, key := served(t, program)
	var files []string
	secrets := map[string]map[string]string{}
	write := func(name, flow string, more ...string) string {
		file := filepath.Join(folder, name+".postman_collection.json")
		walk := exec.CommandContext(t.Context(), program, append([]string{"walk", flow, "--format", "postman", "-o", file}, more...)...)
		var said bytes.Buffer
		walk.Stderr = &said
		_ = walk.Run() // a refusal ends with another status; what counts is the file
		if _, err := os.Stat(file); err != nil {
			t.Fatalf("%v: %s", walk.Args, said.Bytes())
		}
		files = append(files, file)
		return file
	}
	refuses := []string{} // certificates are shown to hosts and not with requests, and such a collection says so
	for _, f := range flows.All() {
		write(f.ID, f.ID)
		person := f.Cast.Person
		if person == "" {
			person = "jane"
		}
		secrets[write(f.ID+" masked", f.ID, "--mask")] = map[string]string{
			"password": person, "client_secret": secretOf(t, program, f.ID), "initial_access_token": mockidp.StoryIntroduction,
		}
		for _, m := range f.Mistakes {
			file := write(f.ID+" "+m.ID, f.ID, "--mistake", m.ID)
			if m.With["client-auth"] == "certificate" {
				refuses = append(refuses, file)
			}
		}
		for _, s := range f.Switches {
			for _, value := range s.Values[1:] {
				switch file := write(f.ID+" "+value, f.ID, "--switch", s.ID+"="+value); value {
				case "certificate":
					refuses = append(refuses, file)
				case "thief-no-pkce": // whose client serve does not know, as the collection says
					files = files[:len(files)-1]
				}
			}
		}
	}
	asked, err := json.Marshal(secrets)
	if err != nil {
		t.Fatal(err)
	}
	judge := exec.CommandContext(t.Context(), "node", append([]string{"judge.mjs"}, files...)...)
	refused, err := json.Marshal(refuses)
	if err != nil {
		t.Fatal(err)
	}
	judge.Env = append(os.Environ(), "REFUSES="+string(refused),
		"PROVIDER="+provider, "CONTROL="+control, "CONTROL_KEY="+key, "SECRETS="+string(asked))
	out, err := judge.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// secretOf is the secret by which a client of a run proves who it is: of the app, of a second one, or of an API.
func secretOf(t *testing.T, program, flow string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, "walk", flow, "--format", "json").Output()
	if err != nil {
		t.Fatalf("walk %s: %v", flow, err)
	}
	run, err := export.ReadJSON(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return run.Latest("client_secret")
}

// served starts the provider, and returns where it is and how its clock is moved.
func served(t *testing.T, program string) (provider, control, key string) {
	t.Helper()
	serve := exec.CommandContext(t.Context(), program, "serve", "--listen", "127.0.0.1:0", "--control=127.0.0.1:0")
	out, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Kill()
		_ = serve.Wait() // it was killed
	})
	lines := bufio.NewScanner(out)
	for provider == "" || control == "" {
		if !lines.Scan() {
			t.Fatalf("serve said no more: %v", lines.Err())
		}
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 2 && words[0] == "issuer":
			provider, _, _ = strings.Cut(words[1], "/realms/")
		case len(words) == 4 && words[0] == "control":
			control, key = words[1], words[3]
		}
	}
	go func() {
		for lines.Scan() { // the lines of the requests, which somebody has to read
			continue
		}
	}()
	return provider, control, key
}
