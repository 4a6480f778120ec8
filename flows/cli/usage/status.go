package usage

import "errors"

// Exit statuses.
const (
	StatusOK      = 0
	StatusBroken  = 1 // a fault of the program or of the machine
	StatusUsage   = 2 // the command line is wrong
	StatusRefused = 3 // the flow ended in a refusal, which is a result
)

// ErrRefused makes the command end with StatusRefused.
var ErrRefused = errors.New("the flow was refused")

// Status is what the process ends with after that error.
func Status(err error) int {
	switch {
	case err == nil:
		return StatusOK
	case isMistake(err):
		return StatusUsage
	case errors.Is(err, ErrRefused):
		return StatusRefused
	}
	return StatusBroken
}
