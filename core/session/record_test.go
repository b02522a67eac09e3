package session

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestRecordIsSavedAsShown(t *testing.T) {
	run(t, func(b *bench) {
		var folder string
		var files record.Files
		b.s.deps.SaveRecord = func(parent, name string, f record.Files) (string, error) {
			time.Sleep(time.Second)
			folder, files = parent+"/"+name, f
			return folder, nil
		}
		b.s.Fill(filledForm())
		b.finish(testReport(exam.Pass))
		b.s.Record()
		b.pump()
		shown, ok := b.events[len(b.events)-1].(ShowRecord)
		if !ok || len(shown.Files) < 2 {
			b.Fatalf("shown: %v", b.events)
		}
		saved := false
		b.s.SaveRecord("/home/ana", shown.Files, func() { saved = true }, func(why text.Text) { b.Errorf("failed: %v", why) })
		start := time.Now()
		b.s.queue.wait()
		if took := time.Since(start); took != time.Second {
			b.Errorf("the end of the program waited %v", took)
		}
		b.pump()
		const want = "/home/ana/s2s-record-20000101-000000" // the time of a bubble begins in 2000
		if !saved || folder != want || len(files) != len(shown.Files) {
			b.Errorf("saved %v: %d files in %q", saved, len(files), folder)
		}
		if got := b.notices(); !slices.Equal(got, []string{"Saved the record in " + want + "."}) {
			b.Errorf("told %q", got)
		}
	})
}

func TestRecordThatCannotBeSaved(t *testing.T) {
	run(t, func(b *bench) {
		b.s.deps.SaveRecord = func(string, string, record.Files) (string, error) { return "", errors.New("the disk is full") }
		why := ""
		b.s.SaveRecord("/home/ana", record.Files{}, func() { b.Error("saved") }, func(t text.Text) { why = t.String() })
		b.pump()
		if why != "The disk is full." || len(b.notices()) != 0 {
			b.Errorf("failed with %q, told %q", why, b.notices())
		}
	})
}

func TestRecordNeedsReport(t *testing.T) {
	run(t, func(b *bench) {
		b.s.Record() // there is no folder to save it in
		b.s.deps.SaveRecord = func(string, string, record.Files) (string, error) { return "", nil }
		b.s.Record()
		b.pump()
		if got := b.notices(); !slices.Equal(got, []string{"Test the connection first: a record holds what the services answered."}) {
			b.Errorf("told %q", got)
		}
		b.s.Test()
		b.pump()
		b.events = nil
		b.s.Record()
		b.pump()
		if len(b.events) != 0 {
			b.Errorf("during a test: %v", b.events)
		}
	})
}
