package setup_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUndoCutAnywhere guards that an undo that is killed at any change is completed by
// the next: a purged user must not be disabled again, because that would create a new
// row.
func TestUndoCutAnywhere(t *testing.T) {
	for name, target := range targets {
		for _, late := range []bool{false, true} {
			for n := 1; n <= 9; n++ {
				t.Run(fmt.Sprintf("%s, killed at %d, late %t", name, n, late), func(t *testing.T) {
					t.Parallel()
					on, k, path := newTenant(), &keeper{}, filepath.Join(t.TempDir(), "journal")
					empty := on.snapshot()
					if _, err := begin(t, on, target, k, path).Apply(t.Context()); err != nil {
						t.Fatal(err)
					}
					ctx, kill := context.WithCancel(t.Context())
					defer kill()
					at := on.changes + n
					cut := func(i int) (int, error) {
						if i == at {
							kill()
							return 0, errCut
						}
						return 0, nil
					}
					if on.before = cut; late {
						on.before, on.after = nil, cut
					}
					err := undoAlone(t, on, target, k, path).Undo(ctx)
					if on.before, on.after = nil, nil; (err != nil) != (ctx.Err() != nil) {
						t.Errorf("the first undo: %v", err)
					}
					if err := undoAlone(t, on, target, k, path).Undo(t.Context()); err != nil {
						t.Fatal(err)
					}
					if diff := cmp.Diff(empty, on.snapshot()); diff != "" {
						t.Errorf("-want +got\n%s", diff)
					}
				})
			}
		}
	}
}
