package catalog

import "github.com/s2sdoctor/s2sdoctor/core/text"

// Owner is who can remove a cause: an identifier that is shown, in
// English or as [Owner.Text] in another language. Its zero value is unknown.
type Owner string

// Text returns the owner as a text.
func (o Owner) Text() text.Text { return text.New(string(o)) }
