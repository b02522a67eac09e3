package replay_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"go.uber.org/goleak"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/record"
	"github.com/s2sdoctor/s2sdoctor/core/record/replay"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clouds returns Microsoft's table with the sandbox's cloud.
func clouds() []cloud.Cloud {
	return append((&sandbox.Server{}).Clouds(), cloud.Table...)
}

// play examines a scenario of the sandbox.
func play(t *testing.T, sc scenario.Scenario) exam.Report {
	t.Helper()
	s, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Transport.Wait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	form, err := s.Play(sc.Name)
	if err != nil {
		t.Fatal(err)
	}
	limit := 20 * time.Second
	if sc.Slow {
		limit = 2 * time.Second
	}
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	return s.Examine(ctx, form, false, nil)
}

func folderOf(files record.Files) fs.FS {
	folder := fstest.MapFS{}
	for name, content := range files {
		folder[name] = &fstest.MapFile{Data: content}
	}
	return folder
}

func textOf(files record.Files) string {
	var b strings.Builder
	for _, name := range files.Names() {
		b.WriteString("== " + name + "\n" + string(files[name]) + "\n")
	}
	return b.String()
}

// TestReplaySameCause guards that a record contains everything that decides.
func TestReplaySameCause(t *testing.T) {
	for _, scenario := range race.Sample(core.Scenarios(), 10) {
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			original := play(t, scenario)
			files := record.Make(original)
			r, err := record.Read(folderOf(files))
			if err != nil {
				t.Fatal(err)
			}
			again, err := replay.Run(t.Context(), r, clouds(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if again.RootCause != original.RootCause {
				t.Errorf("root cause: got %q, want %q\n%s", again.RootCause, original.RootCause, textOf(files))
			}
			if got, want := fmt.Sprint(again.Warnings), fmt.Sprint(original.Warnings); got != want {
				t.Errorf("warnings: got %q, want %q\n%s", got, want, textOf(files))
			}
			if e := r.Examination; !e.ExpectedCause.Accepts(original.RootCause) {
				t.Errorf("the record expects %q, want %q", e.ExpectedCause, original.RootCause)
			}
		})
	}
}

// records is the folder in which a record becomes a test.
const records = "../../testdata/records"

// TestRecords repeats the examination of every record from users. Its root cause must be
// among the expected causes of the index.
func TestRecords(t *testing.T) {
	folders, err := os.ReadDir(records)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			r, err := record.Read(os.DirFS(filepath.Join(records, folder.Name())))
			if err != nil {
				t.Fatal(err)
			}
			report, err := replay.Run(t.Context(), r, clouds(), t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			e := r.Examination
			if !e.ExpectedCause.Accepts(report.RootCause) {
				t.Errorf("root cause: got %q, want one of %q", report.RootCause, e.ExpectedCause)
			}
			if got, want := fmt.Sprint(report.Warnings), fmt.Sprint(e.Warnings); got != want {
				t.Errorf("warnings: got %q, want %q", got, want)
			}
		})
	}
	if len(folders) == 0 {
		t.Error("there is no record at all")
	}
}
