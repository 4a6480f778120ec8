package cli

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// The three ports of a classroom run are the same for everybody, so this looks
// at the error alone: holding them would trouble tests that run beside this one.
func TestATakenPortIsToldInOneLine(t *testing.T) {
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = ln.Close() }()
	_, err = (&net.ListenConfig{}).Listen(context.Background(), "tcp", ln.Addr().String())
	for _, classroom := range []bool{true, false} {
		told := (&walkFlags{classroom: classroom}).startError(fmt.Errorf("rehearse: %w", err))
		if usage.Status(told) != usage.StatusUsage || !strings.Contains(told.Error(), "another program") ||
			!strings.Contains(told.Error(), ln.Addr().String()) {
			t.Errorf("classroom %v: %v", classroom, told)
		}
		if strings.Contains(told.Error(), "rehearse") || strings.Contains(told.Error(), "bind") {
			t.Errorf("classroom %v: the message shows our insides: %v", classroom, told)
		}
	}
}

func TestAFileIsWrittenWholeOrLeftAsItWas(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "run.json"), filepath.Join(dir, "link.json")
	if err := writeFile(file, []byte("first")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(link, []byte("second")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "second" {
		t.Errorf("the file that the link leads to holds %q, %v", got, err)
	}
	if info, err := os.Lstat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode became %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().IsRegular() {
		t.Errorf("the link became %v, %v", info.Mode(), err)
	}
	for _, wrong := range []string{dir, filepath.Join(dir, "none", "run.json"), filepath.Join(file, "run.json")} {
		if err := writeFile(wrong, []byte("x")); usage.Status(err) != usage.StatusUsage {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

func TestARenameThatFailsLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	target := filepath.Join(dir, "folder")
	if err := os.Mkdir(target, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := replace(target, []byte("x"), 0); err == nil {
		t.Fatal("a folder was replaced by a file")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left in the folder: %v, %v", left, err)
	}
}

func TestAPipeGetsPlainTextOfEightyColumns(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = read.Close(), write.Close() }()
	if got := textOptions(write, ""); got.Color || got.Width != 80 {
		t.Errorf("got %+v", got)
	}
}
