package main

import (
	"fmt"
	"path"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/record"
)

// recording is the folder that --record names; nil without the flag.
type recording struct{ folder *record.Folder }

// startRecording reserves the folder, so that one that cannot be used is refused
// before anything is sent.
func startRecording(f flags) (*recording, error) {
	if !f.given["record"] {
		return nil, nil
	}
	folder, err := record.Reserve(f.record)
	if err != nil {
		return nil, err
	}
	return &recording{folder}, nil
}

// close removes what was not saved.
func (r *recording) close() {
	if r != nil {
		r.folder.Discard()
	}
}

// one writes the record of one examination.
func (r *recording) one(p program, report exam.Report, status int) int {
	if r == nil {
		return status
	}
	return r.save(p, record.Make(report), status)
}

// each writes one folder for each connection. Their names are told to the person
// at the terminal only: they may name a customer.
func (r *recording) each(p program, reports []exam.Report, status int) int {
	if r == nil {
		return status
	}
	files := record.Files{}
	for i, report := range reports {
		folder := fmt.Sprintf("connection-%02d", i+1)
		for name, content := range record.Make(report) {
			files[path.Join(folder, name)] = content
		}
		fmt.Fprintf(p.err, "s2scheck: the record of %s is %s\n", report.Profile, folder)
	}
	return r.save(p, files, status)
}

func (r *recording) save(p program, files record.Files, status int) int {
	if err := r.folder.Save(files); err != nil {
		fmt.Fprintf(p.err, "s2scheck: %v\n", err)
		return max(status, exitUnusable)
	}
	fmt.Fprintf(p.err, "s2scheck: the record is in %s. Look through it before you show it to others.\n", plain.Line(r.folder.Path()))
	return status
}
