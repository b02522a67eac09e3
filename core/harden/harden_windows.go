package harden

// process does nothing: Go's runtime has switched Windows Error Reporting off for
// this process already, unless GOTRACEBACK=wer asks for it.
func process() {}

func overwrite() {}
