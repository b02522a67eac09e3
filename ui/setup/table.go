package setup

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// verbs are the privileges in words, by [session.Verbs].
var verbs = map[string]i18n.Key{
	"create": i18n.Key("create"), "read": i18n.Key("read"), "write": i18n.Key("write"),
	"delete": i18n.Key("delete"), "append": i18n.Key("append"), "assign": i18n.Key("assign"),
}

// depths are how far a privilege goes, in the order of the control.
var depths = []struct {
	depth string
	word  i18n.Key
}{
	{"org", i18n.Key("Whole organization")}, {"bu", i18n.Key("Business unit")}, {"user", i18n.Key("Own rows")},
}

// table has the privileges of a new role, with a line for each table of Dataverse.
type table struct {
	choices *choices
	object  *fyne.Container
	rows    *fyne.Container
	lines   []*tableLine
	depth   *kit.Segmented
}

type tableLine struct {
	object *fyne.Container
	name   *kit.Entry
	ticks  map[string]*kit.Checkbox
	remove *kit.Button
}

func newTable(c *choices) *table {
	t := &table{choices: c, rows: layout.Column(theme.Near)}
	var words []string
	for _, d := range depths {
		words = append(words, d.word.String())
	}
	t.depth = kit.NewSegmented(i18n.L("How far"), words, func(i int) { c.want(func(w *session.SetupWants) { w.Depth = depths[i].depth }) })
	t.depth.Compact, t.depth.Foldable = true, true
	add := kit.NewButton(i18n.L("Add a table"), kit.Quiet, t.add)
	add.Scale = kit.Compact
	t.object = layout.Column(theme.Near,
		layout.Column(theme.Tight, kit.NewText(i18n.L("How far"), kit.Style{Bold: true}), t.depth),
		t.rows, layout.InsetSides(-theme.Small, 0, 0, 0, layout.Flow(theme.Small, add)))
	return t
}

// add begins another line, and moves the focus there.
func (t *table) add() {
	t.choices.want(func(w *session.SetupWants) {
		w.Tables = append(slices.Clone(w.Tables), session.TableRights{Verbs: map[string]bool{"read": true}})
	})
	if last := len(t.lines) - 1; last >= 0 {
		t.choices.dialog.focus(t.lines[last].name)
	}
}

// change changes a line of the choices.
func (t *table) change(index int, change func(*session.TableRights)) {
	t.choices.want(func(w *session.SetupWants) {
		if index < len(w.Tables) {
			w.Tables = slices.Clone(w.Tables)
			row := w.Tables[index]
			row.Verbs = maps.Clone(row.Verbs)
			change(&row)
			w.Tables[index] = row
		}
	})
}

func (t *table) draw(w session.SetupWants) {
	if i := slices.IndexFunc(depths, func(d struct {
		depth string
		word  i18n.Key
	},
	) bool {
		return d.depth == w.Depth
	}); i >= 0 && i != t.depth.Chosen() {
		t.depth.Set(i)
	}
	for len(t.lines) > len(w.Tables) {
		t.lines = t.lines[:len(t.lines)-1]
	}
	for len(t.lines) < len(w.Tables) {
		t.lines = append(t.lines, t.line(len(t.lines)))
	}
	t.rows.Objects = nil
	for i, line := range t.lines {
		row := w.Tables[i]
		if line.name.Text != row.Table {
			line.name.SetText(row.Table)
		}
		for verb, tick := range line.ticks {
			tick.Set(row.Verbs[verb])
			tick.Name = row.Table + ": " + verbs[verb].String()
		}
		line.remove.Name = i18n.F("Remove {{.What}}", i18n.V{"What": row.Table})
		layout.SetVisible(line.remove, len(t.lines) > 1)
		t.rows.Add(line.object)
	}
}

// line makes the controls of a table.
func (t *table) line(index int) *tableLine {
	l := &tableLine{ticks: map[string]*kit.Checkbox{}}
	l.name = kit.NewEntry(i18n.F("Table {{.N}}", i18n.V{"N": index + 1}))
	l.name.SetPlaceHolder(i18n.L("logical name, such as account"))
	l.name.OnChanged = func(name string) { t.change(index, func(r *session.TableRights) { r.Table = name }) }
	l.name.OnSubmitted = func(string) { t.choices.dialog.screen.env.Canvas.FocusNext() }
	flow := layout.Cells(theme.Small)
	for _, verb := range session.Verbs {
		tick := kit.NewWordCheckbox(verbs[verb].String(), false, func(on bool) {
			t.change(index, func(r *session.TableRights) {
				if r.Verbs == nil {
					r.Verbs = map[string]bool{}
				}
				r.Verbs[verb] = on
			})
		})
		l.ticks[verb] = tick
		flow.Add(tick)
	}
	l.remove = kit.NewIconButton(theme.Cross, "", func() {
		t.choices.want(func(w *session.SetupWants) { w.Tables = slices.Delete(slices.Clone(w.Tables), index, index+1) })
	})
	field := kit.NewField(l.name, "")
	field.Label = "" // its placeholder describes the value
	l.object = layout.Column(theme.Small, layout.Row(theme.Small, field, field, l.remove), flow)
	return l
}
