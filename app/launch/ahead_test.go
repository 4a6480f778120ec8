//go:build !headless

package launch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestAClockRunsAheadByWhatItsFileHolds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ahead")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("0s\n")
	clock, err := aheadBy(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		holds string
		ahead time.Duration
	}{{"0s", 0}, {"30m", 30 * time.Minute}, {"", 30 * time.Minute}, {"1h", time.Hour}} {
		write(c.holds)
		before := time.Now()
		got := clock()
		if got.Before(before.Add(c.ahead)) || got.After(time.Now().Add(c.ahead)) {
			t.Errorf("while the file holds %q the clock is %s ahead, and should %s", c.holds, got.Sub(before), c.ahead)
		}
	}
}

func TestAFileThatHoldsNoTimeIsToldBeforeTheWindowOpens(t *testing.T) {
	file := filepath.Join(t.TempDir(), "ahead")
	for _, write := range []func() error{
		func() error { return nil }, // there is none
		func() error { return os.WriteFile(file, []byte("half an hour"), 0o600) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
		if _, err := aheadBy(file); err == nil || !strings.Contains(err.Error(), "e.g. 30m") {
			t.Errorf("it is told: %v", err)
		}
	}
}
