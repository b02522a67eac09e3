package result

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/uitest"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

var update = flag.Bool("update", false, "write the golden files anew")

// driver is the screen in a window, without a guide, and plays the session: the test
// passes examinations to it, and it records the commands.
type driver struct {
	*uitest.Window
	screen   *Screen
	state    session.State
	copied   []string
	told     []string
	explains map[string]session.Explained
	// saveFails is the reason why a record is not saved; "" saves it.
	saveFails text.Text
}

// open shows the screen before the first examination.
func open(t *testing.T) *driver {
	t.Helper()
	d := &driver{Window: uitest.Open(t, 1000, 900), explains: map[string]session.Explained{}}
	page := kit.NewPage(1360)
	d.screen = New(d, Env{
		Env: kit.Env{
			Copy:  func(text string) { d.copied = append(d.copied, text) },
			Open:  func(url string) { d.Ask("open " + url) },
			Later: func(time.Duration, func()) func() { return func() {} },
		},
		Page: page, Canvas: d.Canvas, SavesRecords: true,
		Paste:        func() { d.Ask("paste") },
		Practise:     func() { d.Ask("practise") },
		Card:         func() { d.Ask("card") },
		Support:      func() { d.Ask("support report") },
		FocusTest:    func() { d.Ask("focus the test") },
		Tell:         func(message string, _ kit.Tone) { d.told = append(d.told, message) },
		ChooseFolder: func(_ string, use func(string)) { use("/home/ana") },
		Guide: func(func(), func(fyne.CanvasObject)) Guide {
			return Guide{Object: kit.NewText("the guide", kit.Style{}), Summary: func() string { return "1 of 6 done" }}
		},
	})
	left := page.Left(container.NewStack())
	page.SetPanes(kit.NewText("", kit.Style{}), left.Object, d.screen.Object.Object)
	d.Show(page.Object)
	d.draw()
	return d
}

func (d *driver) draw() { d.screen.Draw(d.state) }

// examine shows an examination that has just begun.
func (d *driver) examine() {
	d.state.Examination = session.Examination{
		Generation: d.state.Examination.Generation + 1, Active: true, Checks: map[exam.CheckID]session.Check{},
		Progress: session.Progress{Total: len(exam.Checks())},
	}
	d.draw()
}

// finish shows an examination from its beginning to its end.
func (d *driver) finish(r exam.Report) {
	d.examine()
	d.state.Examination.Active, d.state.Examination.Report = false, &r
	d.draw()
	d.Content.Refresh()
}

func (d *driver) Test()         { d.Ask("test") }
func (d *driver) Cancel()       { d.Ask("cancel") }
func (d *driver) Watch()        { d.Ask("watch") }
func (d *driver) StopWatching() { d.Ask("stop watching") }
func (d *driver) ShowProblem()  { d.Ask("show the problem") }
func (d *driver) Record()       { d.Ask("record") }

func (d *driver) Reported() (exam.Report, bool) {
	r := d.state.Examination.Report
	if r == nil {
		return exam.Report{}, false
	}
	return *r, true
}

func (d *driver) ToExplain(clipboard string) string {
	if _, known := d.explains[clipboard]; known {
		return clipboard
	}
	return ""
}

func (d *driver) Explain(shown string) session.Explained { d.Ask("explain"); return d.explains[shown] }

func (d *driver) SaveRecord(parent string, files record.Files, saved func(), failed func(text.Text)) {
	d.Ask("save in " + parent + ": " + strings.Join(files.Names(), ", "))
	if !d.saveFails.Empty() {
		failed(d.saveFails)
		return
	}
	saved()
}

// wantCopied compares the last text on the clipboard with a golden file.
func (d *driver) wantCopied(file string) {
	d.T.Helper()
	if len(d.copied) == 0 {
		d.T.Fatal("nothing was copied")
	}
	path, got := filepath.Join("testdata", file), d.copied[len(d.copied)-1]
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			d.T.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.T.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(string(want), "\r\n", "\n"), got); diff != "" {
		d.T.Errorf("%s -want +got\n%s", path, diff)
	}
}

// fold returns the disclosure whose name begins with prefix, in the topmost dialog or
// else in the screen.
func (d *driver) fold(prefix string) *kit.Disclosure {
	d.T.Helper()
	var root fyne.CanvasObject = d.Content
	if top := d.Canvas.Overlays().Top(); top != nil {
		root = top
	}
	for _, o := range uitest.Visible(root) {
		if f, ok := o.CanvasObject.(*kit.Disclosure); ok && strings.HasPrefix(f.Name, prefix) {
			return f
		}
	}
	d.T.Fatalf("there is no line %q…", prefix)
	return nil
}

// row returns the row of a check.
func (d *driver) row(title string) *kit.Disclosure {
	d.T.Helper()
	d.screen.lists.show(showChecks)
	return d.fold(title + ": ")
}
