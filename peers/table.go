package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// table holds the result of each case, by client, names and case.
type table struct {
	cells    map[[3]string]string
	versions map[string]string
	controls int
}

func newTable() *table { return &table{cells: map[[3]string]string{}, versions: map[string]string{}} }

func (r round) names() string {
	if r.microsoft {
		return "Microsoft"
	}
	return "sandbox"
}

// add records a round and returns its errors: a case that failed, a case that did not
// run, or a control that succeeded.
func (t *table) add(r round, results []result) error {
	var errs []error
	played := map[string]result{}
	for _, one := range results {
		played[one.Case] = one
		t.versions[r.client.name] = one.Version
	}
	for _, name := range r.cases {
		one, ok := played[name]
		at := fmt.Sprintf("%s, %s, %s", r.client.name, r.scenario, name)
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("%s: not played", at))
		case r.mustFail && one.Error == "":
			errs = append(errs, fmt.Errorf("%s: succeeds where it must fail", at))
		case r.mustFail:
			t.controls++
			continue
		case one.Error != "":
			errs = append(errs, fmt.Errorf("%s: %s", at, one.Error))
		}
		cell := "FAIL"
		if ok && one.Error == "" && !r.mustFail {
			cell = "ok"
		}
		t.cells[[3]string{r.client.name, r.names(), name}] = cell
	}
	return errors.Join(errs...)
}

// write prints the table: clients and names by case; "-" is a case that a client does not
// support.
func (t *table) write(w io.Writer) {
	tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var head []string
	for _, c := range cases {
		head = append(head, c.name)
	}
	fmt.Fprintf(tab, "client\tversion\tnames\t%s\n", strings.Join(head, "\t"))
	for _, c := range clients {
		for _, names := range []string{"sandbox", "Microsoft"} {
			fmt.Fprintf(tab, "%s\t%s\t%s", c.name, t.versions[c.name], names)
			for _, tc := range cases {
				cell, ok := t.cells[[3]string{c.name, names, tc.name}]
				if !ok {
					cell = "-"
				}
				fmt.Fprintf(tab, "\t%s", cell)
			}
			fmt.Fprintln(tab)
		}
	}
	_ = tab.Flush()
	fmt.Fprintf(w, "%d controls failed as they must\n", t.controls)
}
