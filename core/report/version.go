package report

import (
	"io"
	"runtime"

	"github.com/s2sdoctor/s2sdoctor/core/jsondoc"
)

// VersionJSON writes which release of a program this is: docs/schema/version.json.
func VersionJSON(w io.Writer, program, release string) {
	jsondoc.Write(w, struct {
		Version int    `json:"version"`
		Program string `json:"program"`
		Release string `json:"release"`
		Go      string `json:"go"`
		OS      string `json:"os"`
		Arch    string `json:"arch"`
	}{1, program, release, runtime.Version(), runtime.GOOS, runtime.GOARCH})
}
