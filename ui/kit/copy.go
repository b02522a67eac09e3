package kit

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// copiedFor is how long a copy button says that it has copied.
const copiedFor = 2 * time.Second

// CopyButton puts a text on the clipboard and says so for a moment.
type CopyButton struct {
	*Button
	env     Env
	idle    string
	content func() string
	cancel  func()
}

// NewCopyButton makes a copy button. label may be empty: then it is an icon.
// name says what is copied ("UserId"), content is asked when it is pressed.
func NewCopyButton(env Env, label, name string, content func() string) *CopyButton {
	c := &CopyButton{env: env, idle: label, content: content}
	c.Button = NewButton(label, Quiet, nil)
	c.Button.Glyph, c.Button.Name, c.Button.Scale = theme.Copy, i18n.F("Copy {{.What}}", i18n.V{"What": name}), Compact
	c.Button.OnTapped = c.copy
	return c
}

func (c *CopyButton) copy() {
	c.env.Copy(c.content())
	if c.cancel != nil {
		c.cancel()
	}
	c.State = i18n.L("Copied")
	c.show(theme.Check, c.State)
	c.cancel = c.env.Later(copiedFor, func() {
		c.cancel, c.State = nil, ""
		c.show(theme.Copy, c.idle)
	})
}

func (c *CopyButton) show(g theme.Glyph, text string) {
	if c.idle == "" {
		text = "" // an icon stays an icon: its neighbours do not jump
	}
	c.SetGlyph(g)
	c.SetText(text)
}
