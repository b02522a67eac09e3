package setup

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// deviceCode shows the code that the administrator types on Microsoft's page, on this
// computer or any other.
type deviceCode struct {
	object *fyne.Container
	code   *kit.CodeBlock
	page   *kit.CodeBlock
	copy   *kit.CopyButton
}

func newDeviceCode(d *dialog) *deviceCode {
	c := &deviceCode{code: kit.NewCodeBlock(""), page: kit.NewCodeBlock("")}
	c.code.SizeName = theme.SizeTitle
	c.copy = kit.NewCopyButton(d.screen.env.Env, i18n.L("Copy code"), i18n.L("the device code"), func() string { return d.drawn.Code })
	c.copy.Scale, c.copy.Kind = kit.Normal, kit.Primary
	page := kit.NewButton(i18n.L("Open page"), kit.Secondary, func() { d.screen.env.Open(d.drawn.CodePage) })
	page.Name = i18n.L("Open the page for the code")
	open(page)
	c.object = layout.Column(theme.Near, c.page, c.code, layout.Flow(theme.Small, c.copy.Button, page),
		kit.NewText(i18n.Text(admin.DeviceWarning), kit.Style{Color: theme.Muted}))
	return c
}

func (c *deviceCode) draw(u session.Setup) {
	c.code.SetText(u.Code)
	c.page.SetText(u.CodePage)
	layout.SetVisible(c.object, u.Code != "")
}
