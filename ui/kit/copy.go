package kit

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// copiedFor is how long a copy button shows "Copied".
const copiedFor = 2 * time.Second

// CopyButton copies a text to the clipboard and shows "Copied" for a moment.
type CopyButton struct {
	*Button
	env     Env
	idle    string
	content func() string
	cancel  func()
}

// NewCopyButton returns a button with a label, or with an icon only if label is "".
// name is what it copies, such as "UserId"; content is called when it is pressed.
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
		text = "" // with a text the icons beside it would move
	}
	c.SetGlyph(g)
	c.SetText(text)
}
