//go:build linux

// Command bench compares a program's window with an empty one, side by side in one run:
// time to the first frame and to the whole picture, memory, processor time at rest, size
// of the file.
//
// It measures from outside only, so that the released program is measured: the first
// frame is the first pixel of a virtual screen that is not black, and the other figures
// are the kernel's.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// aims are the limits of our window's cost, relative to the empty window's.
const (
	aimFrame, aimWhole, aimMemory, aimSize = 1.15, 1.25, 1.25, 1.35
	aimRest                                = 0.2 // percentage points of a core
)

func main() {
	runs := flag.Int("runs", 10, "how often each program is started; medians are shown")
	rest := flag.Duration("rest", 10*time.Second, "how long a window is left alone")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: bench [flags] PROGRAM EMPTY")
		os.Exit(2)
	}
	if err := compare(flag.Arg(0), flag.Arg(1), *runs, *rest); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func compare(ours, empty string, runs int, rest time.Duration) error {
	screen, err := openScreen()
	if err != nil {
		return err
	}
	defer screen.close()
	fmt.Printf("load average before: %s\n", load())
	var a, b []cost
	// The first round fills the caches of fonts and shaders, and does not count.
	for i := range runs + 1 {
		for _, p := range []struct {
			file string
			list *[]cost
		}{{ours, &a}, {empty, &b}} {
			c, err := measure(screen, p.file, rest)
			if err != nil {
				return fmt.Errorf("%s: %w", p.file, err)
			}
			if i > 0 {
				*p.list = append(*p.list, c)
			}
		}
	}
	fmt.Printf("load average after:  %s\n\n", load())
	printTable(median(a), median(b), runs, rest)
	return nil
}

// printTable prints the medians side by side.
func printTable(ours, empty cost, runs int, rest time.Duration) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 3, ' ', 0)
	fmt.Fprintf(w, "median of %d\tours\tempty window\tours against it\taim\t\n", runs)
	times := func(name, format string, a, b, aim float64) {
		fmt.Fprintf(w, "%s\t"+format+"\t"+format+"\t%.2f ×\t≤ %.2f ×\t%s\n", name, a, b, a/b, aim, met(a/b <= aim))
	}
	times("time to first frame", "%.0f ms", ours.frame, empty.frame, aimFrame)
	times("time to whole picture", "%.0f ms", ours.whole, empty.whole, aimWhole)
	times("memory (RSS)", "%.1f MB", ours.memory, empty.memory, aimMemory)
	fmt.Fprintf(w, "at rest, over %s\t%.2f %%\t%.2f %%\t%+.2f points\t≤ +%.1f points\t%s\n",
		rest, ours.rest, empty.rest, ours.rest-empty.rest, aimRest, met(ours.rest-empty.rest <= aimRest))
	times("size of the file", "%.1f MB", ours.size, empty.size, aimSize)
	_ = w.Flush()
}

func met(yes bool) string {
	if yes {
		return "met"
	}
	return "missed"
}

// median returns the median of each cost.
func median(list []cost) cost {
	middle := func(of func(cost) float64) float64 {
		var values []float64
		for _, c := range list {
			values = append(values, of(c))
		}
		slices.Sort(values)
		n := len(values)
		return (values[(n-1)/2] + values[n/2]) / 2
	}
	return cost{
		frame:  middle(func(c cost) float64 { return c.frame }),
		whole:  middle(func(c cost) float64 { return c.whole }),
		memory: middle(func(c cost) float64 { return c.memory }),
		rest:   middle(func(c cost) float64 { return c.rest }),
		size:   middle(func(c cost) float64 { return c.size }),
	}
}

// load returns the load average of the machine.
func load() string {
	text, _ := os.ReadFile("/proc/loadavg")
	return strings.Join(strings.Fields(string(text))[:3], " ")
}
