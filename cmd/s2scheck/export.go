package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core/export"
)

// export prints a connection as another program takes it, without its secret.
func (p program) export(ctx context.Context, args []string) int {
	f, err := parse(args, append(exportFormats(), "text")...)
	switch {
	case err != nil:
	case len(f.rest) > 0:
		err = errors.New("only flags are understood after export")
	case f.all || f.given["connections"] || f.given["record"] || f.style != "":
		err = errors.New("export is about one connection: it goes with none of --all, --connections, --record and --style")
	case !f.given["format"] || f.format == "text":
		err = errors.New("export needs --format; --format list prints the formats")
	}
	if err != nil {
		return p.unusable(err)
	}
	if f.format == "list" {
		for _, info := range export.Formats() {
			fmt.Fprintf(p.out, "%-18s %s\n", info.Format, info.Title)
		}
		return exitHealthy
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	doctor, form, done, err := p.subject(ctx, f)
	if refused := (*fromError)(nil); errors.As(err, &refused) {
		return p.refuse("text", err)
	}
	if err != nil {
		return p.unusable(err)
	}
	defer done()
	tenantID := ""
	if form.Tenant == "" && !f.offline {
		if found, ok := doctor.Discover(ctx, form); ok {
			tenantID = found.TenantID
		}
	}
	out, err := doctor.Export(export.Format(f.format), form, tenantID, f.profile)
	if err != nil {
		return p.refuse("text", err)
	}
	fmt.Fprint(p.out, out)
	return exitHealthy
}
