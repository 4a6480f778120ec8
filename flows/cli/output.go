package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/grantwalk/grantwalk/flows/cli/usage"
)

// newFileMode leaves it to the umask who may read a new file, as every other program does.
const newFileMode = 0o666

// writeFile puts the content into a file: all of it, or the file stays as it
// was. What is no plain file, such as /dev/stdout or a pipe, is written to as it is.
func writeFile(name string, content []byte) error {
	name = filepath.Clean(name)
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // the file that a link leads to is replaced, not the link
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replace(name, content, 0)
	case err != nil:
		return outputError(name, err)
	}
	existing, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil { // also when a rename would get around that it is read-only
		return outputError(name, err)
	}
	if info.Mode().IsRegular() {
		return errors.Join(existing.Close(), replace(name, content, info.Mode().Perm()))
	}
	_, err = existing.Write(content)
	return errors.Join(err, existing.Close())
}

// replace writes beside the file and renames, which is one act. A mode of 0 is that of a new file.
func replace(name string, content []byte, mode fs.FileMode) (err error) {
	beside := filepath.Join(filepath.Dir(name), fmt.Sprintf(".%s.%d.part", filepath.Base(name), os.Getpid()))
	file, err := os.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, newFileMode) //nolint:gosec // see newFileMode
	if err != nil {
		return outputError(name, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(beside))
		}
	}()
	_, err = file.Write(content)
	if mode != 0 {
		err = errors.Join(err, file.Chmod(mode))
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(beside, name)
}

// outputError names the file that was asked for and not the one beside it.
func outputError(name string, err error) error {
	return usage.SlipOf(usage.Cause(err), "cli.slip.output", "file", name)
}
