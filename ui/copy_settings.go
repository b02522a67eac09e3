package ui

import (
	"strings"

	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// copyConnectionString copies the form for the Dataverse client, without its
// secret.
func (w *Window) copyConnectionString() {
	form := w.form.form()
	text, err := w.deps.ConnectionString(form)
	what := words.L("Copied the connection string.")
	if form.CertificateFile != "" {
		what += " " + words.L("It names the certificate by its thumbprint: install it in the user's certificate store on Windows.")
	}
	w.copySettings(text, err, what)
}

// copyDotEnv copies the form as a .env for the Azure SDKs, without its secret.
func (w *Window) copyDotEnv() {
	text, err := w.deps.DotEnv(w.form.form(), w.form.ownTenant())
	w.copySettings(text, err, words.L("Copied as .env."))
}

func (w *Window) copySettings(text string, err error, what string) {
	if err != nil {
		w.say(words.F("Nothing was copied. {{.Why}}", words.V{"Why": sentence(words.Error(err))}), widgets.Caution)
		return
	}
	w.deps.Copy(text)
	if strings.Contains(text, "<") {
		what += " " + words.L("Fill in what is between < and >: no secret was copied.")
	}
	w.say(what, widgets.Good)
}
