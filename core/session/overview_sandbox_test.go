package session

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

// queueOf is a scheduler for a test against the sandbox, in real time: the test takes
// functions from the channel and runs them.
type queueOf chan func()

func (q queueOf) Do(f func())                               { q <- f }
func (queueOf) Later(time.Duration, func()) (cancel func()) { return func() {} }
func (queueOf) Now() time.Time                              { return time.Now() }

// until runs the functions in the queue until done returns true.
func (q queueOf) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.After(time.Minute); !done(); {
		select {
		case f := <-q:
			f()
		case <-end:
			t.Fatalf("never came: %s", what)
		}
	}
}

// TestReplaceInTheSandbox uses real examinations: two connections share a wrong secret; a
// test finds it, it is replaced in both, and both work.
func TestReplaceInTheSandbox(t *testing.T) {
	sandbox, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer sandbox.Close()
	healthy, err := sandbox.Play("healthy")
	if err != nil {
		t.Fatal(err)
	}
	store, err := profile.Open(profile.Options{Dir: t.TempDir(), Vault: &vault{items: map[string]secret.Value{}}, Clouds: sandbox.Clouds})
	if err != nil {
		t.Fatal(err)
	}
	broken := healthy
	broken.Secret = secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1")
	for _, name := range []string{"Contoso TEST", "Contoso UAT"} {
		if _, err := store.Save(t.Context(), name, broken); err != nil {
			t.Fatal(err)
		}
	}
	q := make(queueOf, 1000)
	s := New(Deps{Scheduler: q, Doctor: sandbox.Doctor, Store: store})
	defer s.Finish(t.Context())
	health := func() (all []string) {
		for _, line := range s.State().Overview.Lines {
			if r := line.Row; r != nil {
				all = append(all, r.Name+" "+string(r.Health)+" "+string(r.Cause))
			}
		}
		return all
	}
	s.OpenOverview()
	q.until(t, "the list", func() bool { return s.Idle() && len(s.State().Connections.Saved) == 2 })
	s.TestAll()
	q.until(t, "the end of the test", func() bool { return !s.State().Overview.Run.Active })
	if diff := cmp.Diff([]string{"Contoso TEST broken secret.wrong", "Contoso UAT broken secret.wrong"}, health()); diff != "" {
		t.Errorf("tested (-want +got):\n%s", diff)
	}
	s.GroupOverview(ByCredential)
	q.until(t, "the groups", func() bool { return !s.State().Overview.Reading })
	heading := s.State().Overview.Lines[0].Heading
	if heading == nil || len(heading.Names) != 2 {
		t.Fatalf("they share no secret: %+v", heading)
	}
	s.OpenReplacement(heading.Names)
	s.Replace(TypedCredential{Secret: healthy.Secret})
	q.until(t, "the end of the replacement", func() bool { return !s.State().Replacement.Active })
	if r := s.State().Replacement; len(r.Done) != 2 || r.Failed != "" {
		t.Fatalf("%+v, %s", r, r.Why)
	}
	q.until(t, "the store", s.Idle)
	s.TestAll()
	q.until(t, "the end of the test", func() bool { return !s.State().Overview.Run.Active })
	if tally := s.State().Overview.Tally; tally.Broken != 0 || tally.Healthy+tally.Warned != 2 {
		t.Errorf("%+v, %q", tally, health())
	}
}
