package finding

import (
	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/report"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// Evidence lists what was seen, each value with a button to copy it; nil when there
// is nothing.
func Evidence(env kit.Env, e catalog.Evidence) fyne.CanvasObject {
	list := layout.Column(theme.Hair)
	for _, f := range report.Facts(e) {
		list.Add(kit.FactLine(env, i18n.Text(f.Name), i18n.Text(f.Value), f.Machine))
	}
	if !e.Message.Empty() {
		list.Add(layout.InsetSides(0, theme.Tight, 0, 0, kit.NewCodeBlock(i18n.Text(e.Message))))
	}
	if len(list.Objects) == 0 {
		return nil
	}
	return list
}
