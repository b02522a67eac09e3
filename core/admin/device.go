package admin

import (
	"context"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/entra"
)

// Device is an administrator who signs in with a device code, in a browser on any
// computer. It is for those who chose it: see [DeviceWarning].
type Device struct{ signIn }

// NewDevice returns the administrator of a tenant, who is not signed in yet.
// [Options.Show] shows the code.
func NewDevice(o Options) *Device {
	d := &Device{newSignIn(o)}
	d.ask = d.wait
	return d
}

func (d *Device) wait(ctx context.Context, scopes []string, _ entra.Hint) (entra.UserFacts, error) {
	code, facts := d.user.BeginDevice(ctx, scopes)
	if code.UserCode == "" {
		return facts, nil
	}
	if rest, ok := strings.CutPrefix(code.URL, "https://"+d.options.Cloud.Login+"/"); ok && d.options.Authority != "" {
		code.URL = d.options.Authority + "/" + rest // the sandbox's page for a browser
	}
	d.options.Show(code)
	facts = d.user.Await(ctx, code, scopes)
	if !facts.Token.Empty() && d.options.Progress != nil {
		d.options.Progress(consent.Progress{Step: consent.Answered})
	}
	return facts, nil
}
