package ui

// copyConnectionString copies the form for the Dataverse client.
func (w *Window) copyConnectionString() {
	if settings, ok := w.session.ConnectionString(); ok {
		w.deps.Copy(settings)
	}
}

// copyDotEnv copies the form as a .env for the Azure SDKs.
func (w *Window) copyDotEnv() {
	if settings, ok := w.session.DotEnv(); ok {
		w.deps.Copy(settings)
	}
}
