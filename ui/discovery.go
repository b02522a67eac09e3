package ui

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// discoverAfter is how long the address must rest before its environment is
// asked; a field that is left is asked at once.
const discoverAfter = 600 * time.Millisecond

// discovery asks the environment whose it is as soon as its address can be used:
// one request, with no credential, to the person's own environment. A newer
// address ends the question about an older one.
type discovery struct {
	w *Window
	// address is the one that was asked last, "" for none.
	address string
	found   core.Discovered
	known   bool // found is about address
	ask     func()
	wait    func() // cancels the pause; nil when there is none
	cancel  context.CancelFunc
}

// follow looks whether there is an address to ask; usable says that it can be.
func (d *discovery) follow(address string, usable bool) {
	if d.w.deps.Discover == nil || address == d.address {
		return
	}
	d.forget()
	if address == "" || !usable {
		return
	}
	d.address = address
	d.ask = func() { d.question(address) }
	d.wait = d.w.deps.Later(discoverAfter-pause, d.now) // typing rested for a pause already
}

// now asks without waiting any longer.
func (d *discovery) now() {
	if ask := d.ask; ask != nil {
		d.wait()
		d.ask, d.wait = nil, nil
		ask()
	}
}

func (d *discovery) question(address string) {
	ctx, cancel := context.WithCancel(d.w.ctx)
	d.cancel = cancel
	deps := d.w.deps // d is the window's goroutine's alone: forget writes it anew
	d.w.background(func() func() {
		found, ok := deps.Discover(ctx, connection.Form{Environment: address})
		return func() {
			if ctx.Err() != nil {
				return // somebody has typed on
			}
			cancel()
			d.cancel = nil
			d.found, d.known = found, ok
			d.w.form.changed()
			d.w.discovered()
		}
	}, cancel)
}

// forget ends the question, and does not know the answer any more.
func (d *discovery) forget() {
	if d.wait != nil {
		d.wait()
	}
	if d.cancel != nil {
		d.cancel()
	}
	*d = discovery{w: d.w}
}

// tenant is the one that the environment named, "" when it is not known.
func (d *discovery) tenant(address string) string {
	if d.known && d.address == address {
		return d.found.TenantID
	}
	return ""
}

// text is "contoso · public cloud · EMEA"; "" when nothing is known.
func (d *discovery) text(address string) string {
	if !d.known || d.address != address {
		return ""
	}
	return whereabouts(connectionName(address), d.found.Cloud, d.found.Region)
}

// contradiction is what is to be said about a tenant that was typed and is not
// the environment's: nobody should send a secret there.
func (d *discovery) contradiction(address, typed string) string {
	typed = strings.TrimSpace(typed)
	if own := d.tenant(address); own != "" && uuid.Validate(typed) == nil && !strings.EqualFold(own, strings.Trim(typed, "{}")) {
		return i18n.F("The environment belongs to another tenant: {{.ID}}.", i18n.V{"ID": own})
	}
	return ""
}
