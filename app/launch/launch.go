// Package launch is the command line of the window: it checks what was asked for
// before anything opens, and says where the same story is told when nothing can.
// It draws nothing itself; a build with the tag headless links no window at all.
package launch
