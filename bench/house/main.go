// House measures how the sources are built: for each package its files and
// lines, and how many of its files stand in one knot, each reaching each by the
// names that it uses; the types with the most methods; the lines of each folder
// at the top, and of what tests compare with. Like the speed of the program it
// is looked at before and after, and no figure fails anything:
//
//	go run ./bench/house [DIRECTORY OF A CHECKOUT]
//
// It asks the go command and the type checker, and knows no package by name.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"
)

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	if err := report(os.Stdout, dir); err != nil {
		fmt.Fprintln(os.Stderr, "house:", err)
		os.Exit(1)
	}
}

// report writes every table.
func report(out io.Writer, dir string) error {
	found, err := load(dir, "./...")
	if err != nil {
		return err
	}
	packages := make([]figures, 0, len(found))
	for _, p := range found {
		f, err := measure(p)
		if err != nil {
			return err
		}
		packages = append(packages, f)
	}
	expected, err := expectations(dir)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	writePackages(w, packages)
	writeTypes(w, packages)
	writeFolders(w, packages)
	writeExpectations(w, expected)
	return w.Flush()
}

func writePackages(w io.Writer, packages []figures) {
	fmt.Fprintln(w, "files\tlines\tlargest\tin one knot\ttest lines\t  package")
	for _, f := range packages {
		fmt.Fprintf(w, "%d\t%d\t%d\t%d\t%d\t  %s\n", f.files, f.lines, f.largest, f.knot, f.testLines, f.name)
	}
}

// mostTypes is how many types are worth a look.
const mostTypes = 12

func writeTypes(w io.Writer, packages []figures) {
	var all []methods
	for _, f := range packages {
		all = append(all, f.types...)
	}
	slices.SortStableFunc(all, func(a, b methods) int { return b.count - a.count })
	fmt.Fprintln(w, "\nmethods\tin files\t  type")
	for _, m := range all[:min(mostTypes, len(all))] {
		fmt.Fprintf(w, "%d\t%d\t  %s\n", m.count, m.files, m.name)
	}
}

func writeFolders(w io.Writer, packages []figures) {
	var names []string
	sums := map[string]figures{}
	for _, f := range packages {
		at := f.top()
		if _, known := sums[at]; !known {
			names = append(names, at)
		}
		sums[at], sums["all"] = plus(sums[at], f), plus(sums["all"], f)
	}
	fmt.Fprintln(w, "\nfiles\tlines\ttest lines\t  folder at the top")
	for _, at := range append(names, "all") {
		fmt.Fprintf(w, "%d\t%d\t%d\t  %s\n", sums[at].files, sums[at].lines, sums[at].testLines, at)
	}
}

func plus(sum, f figures) figures {
	sum.files, sum.lines, sum.testLines = sum.files+f.files, sum.lines+f.lines, sum.testLines+f.testLines
	return sum
}

func writeExpectations(w io.Writer, all []expectation) {
	fmt.Fprintln(w, "\nfiles\tlines\t  what tests compare with")
	for _, e := range all {
		fmt.Fprintf(w, "%d\t%d\t  %s of %s\n", e.files, e.lines, e.kind, e.folder)
	}
}
