//go:build !headless

package launch

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/grantwalk/grantwalk/app"
	"github.com/grantwalk/grantwalk/app/player"
	"github.com/grantwalk/grantwalk/flows/cli/usage"
	"github.com/grantwalk/grantwalk/flows/export"
)

// looksLikeFile tells the name of a file from a command that was mistyped.
func looksLikeFile(arg string) bool {
	_, err := os.Stat(arg)
	return err == nil || strings.ContainsRune(arg, filepath.Separator) || strings.EqualFold(filepath.Ext(arg), ".json")
}

// readSaved reads a saved run, or says what is wrong with the file before any window opens.
func readSaved(name string, o *app.Options) error {
	file, err := os.Open(filepath.Clean(name))
	if err != nil {
		return usage.SlipOf(usage.Cause(err), "launch.slip.file", "file", name)
	}
	defer func() { _ = file.Close() }() // it is only read
	run, err := export.ReadJSON(file)
	if err == nil {
		_, err = player.Saved(run)
	}
	if err != nil {
		return usage.SlipOf(err, "launch.slip.file", "file", name)
	}
	o.Walk.Saved, o.Walk.SavedAs = run, filepath.Base(name)
	return nil
}
