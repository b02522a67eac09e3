package ui

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// copyConnectionString copies the form for the Dataverse client, without its
// secret.
func (w *Window) copyConnectionString() {
	form := w.form.form()
	text, err := w.deps.ConnectionString(form)
	what := i18n.L("Copied the connection string.")
	if form.CertificateFile != "" {
		what += " " + i18n.L("It names the certificate by its thumbprint: install it in the user's certificate store on Windows.")
	}
	w.copySettings(text, err, what)
}

// copyDotEnv copies the form as a .env for the Azure SDKs, without its secret.
func (w *Window) copyDotEnv() {
	text, err := w.deps.DotEnv(w.form.form(), w.session.State().Form.Tenant)
	w.copySettings(text, err, i18n.L("Copied as .env."))
}

func (w *Window) copySettings(text string, err error, what string) {
	if err != nil {
		w.say(i18n.F("Nothing was copied. {{.Why}}", i18n.V{"Why": sentence(i18n.Error(err))}), kit.Caution)
		return
	}
	w.deps.Copy(text)
	if strings.Contains(text, "<") {
		what += " " + i18n.L("Fill in what is between < and >: no secret was copied.")
	}
	w.say(what, kit.Good)
}
