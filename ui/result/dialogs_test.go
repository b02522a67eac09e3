package result

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// TestExplain guards that a pasted error is explained below its entry, and that the entry
// contains the user's text at the start.
func TestExplain(t *testing.T) {
	const known, unknown = "AADSTS7000215: Invalid client secret provided.", "AADSTS12: nobody knows"
	result := exam.Result{
		Status: exam.Fail, Cause: "secret.wrong", Title: text.Raw("token"), Summary: text.Raw("AADSTS7000215"),
		Fix: []text.Text{text.Raw("Make another one.")}, Owner: exam.ResultOf(exam.CheckInputs, "secret.wrong", nil).Owner,
	}
	for _, c := range []struct {
		name, clipboard, typed string
		want                   []string
	}{
		{"typed", "", known, []string{`text "Do this next"`, `text "Make another one."`, "mark Failed\n"}},
		{"on the clipboard", known, "", []string{`text "Make another one."`}},
		{"unknown", "", unknown, []string{`text "Nothing in this text is known"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := open(t)
			d.explains[known] = session.Explained{Result: result}
			d.explains[unknown] = session.Explained{Result: exam.Result{Status: exam.Manual}}
			d.screen.OpenExplain(c.clipboard)
			if c.typed != "" {
				d.WantAsked()
				d.Entry("What you see").SetText(c.typed)
				d.Press("Explain")
			}
			d.WantAsked("explain")
			d.WantShown(c.want...)
			d.Press("Close")
			if d.DialogOpen() {
				t.Error("Close does not close it")
			}
		})
	}
}

var files = record.Files{
	"examination.json":  []byte("{}\n"),
	"index.json":        []byte("{\n\"version\": 1\n}\n"),
	"01-challenge.http": []byte("HTTP/1.1 401 Unauthorized\n"),
}

// TestRecordIsSavedAsShown guards that the saved record is the record that the dialog
// shows.
func TestRecordIsSavedAsShown(t *testing.T) {
	d := open(t)
	d.screen.ShowRecord(files)
	d.fold("index.json").SetOpen(true)
	for _, name := range files.Names() {
		d.WantShown(name)
	}
	d.WantShown(`\"version\": 1`)
	d.Press("Save")
	d.WantAsked("save in /home/ana: " + strings.Join(files.Names(), ", "))
	if d.DialogOpen() {
		t.Error("the dialog stays open")
	}
}

// TestRecordNotSaved guards that the dialog stays, with the reason.
func TestRecordNotSaved(t *testing.T) {
	d := open(t)
	d.saveFails = text.Raw("The disk is full.")
	d.screen.ShowRecord(files)
	d.Press("Save")
	d.WantShown(`text "The disk is full."`)
	if !d.DialogOpen() {
		t.Error("the dialog has closed")
	}
}

// TestRecordFromKeyboard guards that files are reached, opened and copied by keyboard.
func TestRecordFromKeyboard(t *testing.T) {
	d := open(t)
	d.screen.ShowRecord(files)
	first, second := d.fold(files.Names()[0]), d.fold(files.Names()[1])
	first.FocusIn(d.Canvas)
	d.Key(fyne.KeyDown)
	d.Key(fyne.KeyReturn)
	if !second.Open() {
		t.Fatal("Down and Enter do not open the next file")
	}
	d.Canvas.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if len(d.copied) != 1 || d.copied[0] != string(files[files.Names()[1]]) {
		t.Errorf("copied %q", d.copied)
	}
	d.Press("Copy all files of the record")
	if len(d.copied) != 2 || !strings.Contains(d.copied[1], "=== examination.json") {
		t.Errorf("copied %q", d.copied)
	}
	d.Key(fyne.KeyEscape)
	d.WantAsked()
	if d.DialogOpen() {
		t.Error("Esc does not close it")
	}
}
