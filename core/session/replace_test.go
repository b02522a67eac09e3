package session

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const newSecret = "New8Q~must-never-be-seen-anywhere-either-45"

// takes has Entra take a secret for the environments that are not refused.
func (l *library) takes(value string, refused ...string) {
	l.examine = func(_ context.Context, form connection.Form) exam.Report {
		r := testReport(exam.Pass)
		r.Started = l.Now()
		for _, host := range refused {
			if form.Environment == addressed(host).Environment {
				set(&r, exam.CheckToken, exam.Fail, "secret.wrong")
			}
		}
		if !form.Secret.Equal(secret.New(value)) {
			set(&r, exam.CheckToken, exam.Fail, "secret.wrong")
		}
		return r
	}
}

// secretsOf returns which of the two secrets each connection has.
func (l *library) secretsOf(names ...string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		all[name] = "other"
		for word, value := range map[string]string{"old": librarySecret, "new": newSecret} {
			if l.kept(name).Form.Secret.Equal(secret.New(value)) {
				all[name] = word
			}
		}
	}
	return all
}

// TestReplace guards that each connection is tested with the new secret before it gets it,
// and that the first that refuses it stops the rest, which keep the old one.
func TestReplace(t *testing.T) {
	for name, c := range map[string]struct {
		refused []string
		done    []string
		failed  string
		want    map[string]string
	}{
		"all take it":    {nil, []string{"a", "b", "c"}, "", map[string]string{"a": "new", "b": "new", "c": "new"}},
		"one refuses it": {[]string{"b"}, []string{"a"}, "b", map[string]string{"a": "new", "b": "old", "c": "old"}},
		"none takes it":  {[]string{"a"}, nil, "a", map[string]string{"a": "old", "b": "old", "c": "old"}},
	} {
		t.Run(name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				for _, name := range []string{"a", "b", "c"} {
					l.also(name, addressed(name))
				}
				l.opens("a")
				l.OpenOverview()
				l.pump()
				l.takes(newSecret, c.refused...)
				l.OpenReplacement([]string{"a", "b", "c"})
				day := time.Date(2001, 3, 31, 0, 0, 0, 0, time.UTC)
				l.Replace(NewCredential{Secret: secret.New(newSecret), Ends: day})
				l.pump()
				r := l.State().Replacement
				if r.Active || r.Failed != c.failed || (c.failed != "") == r.Why.Empty() {
					t.Errorf("%+v, %s", r, r.Why)
				}
				if diff := cmp.Diff(c.done, r.Done); diff != "" {
					t.Errorf("done (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(c.want, l.secretsOf("a", "b", "c")); diff != "" {
					t.Errorf("secrets (-want +got):\n%s", diff)
				}
				if len(c.done) > 0 && !l.kept("a").Profile.Ends.Equal(day) {
					t.Error("the day of its end is not saved")
				}
				if inForm := l.State().Form.Used().Secret; inForm.Equal(secret.New(newSecret)) != (len(c.done) > 0) || l.State().Edited() {
					t.Error("the form has another secret than the store")
				}
			})
		})
	}
}

// TestReplaceNeedsTheStore guards that no connection loses the secret that is kept, where
// the system's store does not take the new one.
func TestReplaceNeedsTheStore(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.also("a", addressed("a"))
		l.Start(false)
		l.pump()
		l.takes(newSecret)
		l.OpenReplacement([]string{"a"})
		l.vault.refuses(true)
		l.Replace(NewCredential{Secret: secret.New(newSecret)})
		l.pump()
		if r := l.State().Replacement; r.Failed != "a" || len(r.Done) > 0 {
			t.Errorf("%+v", r)
		}
		l.vault.refuses(false)
		if got := l.secretsOf("a"); got["a"] != "old" {
			t.Errorf("%v", got)
		}
		// Once the store is unlocked it goes on.
		l.Replace(NewCredential{Secret: secret.New(newSecret)})
		l.pump()
		if got := l.secretsOf("a"); got["a"] != "new" {
			t.Errorf("%v", got)
		}
	})
}

func TestStopReplacement(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		for _, name := range []string{"a", "b"} {
			l.also(name, addressed(name))
		}
		l.Start(false)
		l.pump()
		l.examine = func(ctx context.Context, _ connection.Form) exam.Report {
			<-ctx.Done()
			return testReport(exam.Skip)
		}
		l.OpenReplacement([]string{"a", "b"})
		if l.StopReplacement() {
			t.Error("there is something to stop")
		}
		l.Replace(NewCredential{})
		if l.State().Replacement.Active {
			t.Error("it replaces with nothing")
		}
		l.Replace(NewCredential{Secret: secret.New(newSecret)})
		l.pump()
		if r := l.State().Replacement; !r.Active || r.Now != "a" || !l.StopReplacement() {
			t.Errorf("%+v", r)
		}
		l.pump()
		if r := l.State().Replacement; r.Active || r.Failed != "a" {
			t.Errorf("%+v", r)
		}
		if diff := cmp.Diff(map[string]string{"a": "old", "b": "old"}, l.secretsOf("a", "b")); diff != "" {
			t.Errorf("secrets (-want +got):\n%s", diff)
		}
	})
}
