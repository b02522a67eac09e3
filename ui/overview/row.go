package overview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// rowHeight is the height of a line of the list: two lines of text.
const rowHeight float32 = 54

// row shows a line of the overview: a connection, or a heading. It draws its texts
// directly, because it shows another line with each step of the wheel.
type row struct {
	widget.BaseWidget
	icon  *kit.StatusIcon
	label *kit.Badge

	name, host      *kit.Line
	result, user    *kit.Line
	ends, examined  *kit.Line
	heading, amount *kit.Line

	isHeading bool
}

func newRow() *row {
	body, caption := theme.SizeBody, theme.SizeCaption
	r := &row{
		icon: kit.NewStatusIcon(kit.Waiting, 18), label: kit.NewBadge("", kit.Neutral),
		name: kit.NewLine(body, true), host: kit.NewLine(caption, false), result: kit.NewLine(body, false), user: kit.NewLine(caption, false),
		ends: kit.NewLine(body, false), examined: kit.NewLine(caption, false), heading: kit.NewLine(theme.SizeTitle, true), amount: kit.NewLine(caption, false),
	}
	r.ExtendBaseWidget(r)
	return r
}

// show fills in a line.
func (r *row) show(line session.OverviewLine, now time.Time) {
	if h := line.Heading; h != nil {
		title, below, tone := heading(h, now)
		r.isHeading = true
		r.heading.Set(title, theme.Ink)
		r.amount.Set(below, tone.Color())
		r.place(r.Size())
		return
	}
	c := line.Row
	r.isHeading = false
	status, _ := finding.Health(c.Health)
	r.icon.Set(status)
	r.name.Set(c.Name, theme.Ink)
	r.host.Set(c.Host, theme.Muted)
	ink := theme.Ink
	switch c.Health {
	case session.HealthBroken, session.HealthWarned:
		ink = status.Color()
	case session.HealthHealthy:
	default:
		ink = theme.Muted
	}
	r.result.Set(result(c), ink)
	r.user.Set(user(c), theme.Muted)
	text, tone := ends(c.Lifetime, now)
	r.ends.Set(text, tone.Color())
	r.examined.Set(finding.Examined(c.Examined, now), theme.Muted)
	if c.Label == "" {
		r.label.Set("", kit.Neutral)
	} else if name := labelName(c.Label); r.label.Text() != name || !r.label.Visible() {
		r.label.Set(name, labelTones[c.Label])
	}
	r.place(r.Size())
}

// Lead raises the label from the tint of the row that has the lead.
func (r *row) Lead(lead bool) {
	if r.label.Raised != lead {
		r.label.Raised = lead
		r.label.Refresh()
	}
}

// lines are the texts of a connection.
func (r *row) lines() []*kit.Line {
	return []*kit.Line{r.name, r.host, r.result, r.user, r.ends, r.examined}
}

// Widths at the usual text size from which there are three columns, or two.
const (
	threeColumns float32 = 760
	twoColumns   float32 = 520
)

// place puts the texts where they fit.
func (r *row) place(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	for _, l := range r.lines() {
		l.Object.Hidden = r.isHeading
	}
	r.heading.Object.Hidden, r.amount.Object.Hidden = !r.isHeading, !r.isHeading
	r.icon.Hidden = r.isHeading
	if r.isHeading {
		r.label.Hidden = true
		r.stack(theme.Wide, size.Width-2*theme.Wide, size.Height, r.heading, r.amount)
		return
	}
	r.label.Hidden = r.label.Text() == ""
	icon := r.icon.MinSize()
	r.icon.Resize(icon)
	r.icon.Move(fyne.NewPos(theme.Wide, (size.Height-icon.Height)/2))
	x := theme.Wide + icon.Width + theme.Near
	width := size.Width - x - theme.Wide
	switch em := theme.Em(); {
	case size.Width >= threeColumns*em:
		first, last := width*0.4, max(width*0.2, 150*em)
		r.naming(x, first-theme.Space, size.Height)
		middle := width - first - last - theme.Space
		if r.user.Text() == "" && r.result.Natural() > middle {
			r.result.Split(r.user, middle)
		}
		r.stack(x+first, middle, size.Height, r.result, r.user)
		r.stack(x+width-last, last, size.Height, r.ends, r.examined)
	case size.Width >= twoColumns*em:
		first := width * 0.5
		r.naming(x, first-theme.Space, size.Height)
		r.stack(x+first, width-first, size.Height, r.result, r.ends)
		r.user.Object.Hidden, r.examined.Object.Hidden = true, true
	default:
		r.naming(x, width, size.Height)
		r.stack(x, width, size.Height, nil, r.result)
		for _, l := range []*kit.Line{r.host, r.user, r.ends, r.examined} {
			l.Object.Hidden = true
		}
	}
}

// naming puts the name with its label above the address.
func (r *row) naming(x, width, height float32) {
	badge := fyne.Size{}
	if r.label.Visible() {
		badge = r.label.MinSize()
		badge.Width = min(badge.Width, width/2)
		width -= badge.Width + theme.Small
	}
	top := r.top(height, r.name, r.host)
	used := r.name.Fit(fyne.NewPos(x, top), width)
	r.label.Resize(badge)
	r.label.Move(fyne.NewPos(x+used+theme.Small, top+(r.name.Height()-badge.Height)/2))
	if badge.Width > 0 {
		width += badge.Width + theme.Small
	}
	r.host.Fit(fyne.NewPos(x, top+r.name.Height()+theme.Hair), width)
}

// top returns where two lines begin that are in the middle of a height.
func (r *row) top(height float32, first, second *kit.Line) float32 {
	return (height - first.Height() - theme.Hair - second.Height()) / 2
}

// stack puts two lines below each other; the first may be nil, and its place stays. An
// only line is in the middle.
func (r *row) stack(x, width, height float32, first, second *kit.Line) {
	upper := first
	if upper == nil {
		upper = r.name
	}
	top := r.top(height, upper, second)
	if first != nil && second.Text() == "" {
		top = (height - first.Height()) / 2
	}
	if first != nil {
		first.Fit(fyne.NewPos(x, top), width)
	}
	second.Fit(fyne.NewPos(x, top+upper.Height()+theme.Hair), width)
}

// CreateRenderer returns the renderer.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.icon, r.label, r.heading.Object, r.amount.Object}
	for _, l := range r.lines() {
		objects = append(objects, l.Object)
	}
	return &rowRenderer{r, objects}
}

type rowRenderer struct {
	row     *row
	objects []fyne.CanvasObject
}

func (r *rowRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, rowHeight*theme.Em()) }
func (r *rowRenderer) Layout(size fyne.Size)        { r.row.place(size) }
func (r *rowRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *rowRenderer) Destroy()                     {}

// Refresh draws the icon and the label in the present theme; the texts are shown by the list.
func (r *rowRenderer) Refresh() {
	r.row.icon.Refresh()
	r.row.label.Refresh()
	r.row.place(r.row.Size())
}
