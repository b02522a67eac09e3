package session

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
)

const newSecret = "New8Q~must-never-be-seen-anywhere-either-45"

// takes makes Entra accept a secret for the environments that are not in refused.
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

// TestReplace guards that each connection is tested with the new secret before the secret
// is stored, and that after the first refusal the remaining connections keep the old
// secret.
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
				l.Replace(TypedCredential{Secret: secret.New(newSecret), Ends: "2001-03-31"})
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

// TestReplaceNeedsTheStore guards that no connection loses its stored secret if the
// system's store refuses the new secret.
func TestReplaceNeedsTheStore(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.also("a", addressed("a"))
		l.Start(false)
		l.pump()
		l.takes(newSecret)
		l.OpenReplacement([]string{"a"})
		l.vault.refuses(true)
		l.Replace(TypedCredential{Secret: secret.New(newSecret)})
		l.pump()
		if r := l.State().Replacement; r.Failed != "a" || len(r.Done) > 0 {
			t.Errorf("%+v", r)
		}
		l.vault.refuses(false)
		if got := l.secretsOf("a"); got["a"] != "old" {
			t.Errorf("%v", got)
		}
		// After the store is unlocked, the replacement continues.
		l.Replace(TypedCredential{Secret: secret.New(newSecret)})
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
		l.Replace(TypedCredential{Secret: secret.New(newSecret)})
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

// TestTypedCredential guards that each problem with a typed value is at its field, and
// that nothing is tested before it is solved.
func TestTypedCredential(t *testing.T) {
	for name, c := range map[string]struct {
		kind  connection.Kind
		typed TypedCredential
		want  map[connection.Field]string
	}{
		"no secret":   {connection.SecretKind, TypedCredential{}, map[connection.Field]string{connection.FieldSecret: "Type the new secret."}},
		"no day":      {connection.SecretKind, TypedCredential{Secret: secret.New(newSecret), Ends: "soon"}, map[connection.Field]string{FieldEnds: "Type a day such as 2027-03-31."}},
		"neither":     {connection.SecretKind, TypedCredential{Ends: "2027-02-30"}, map[connection.Field]string{connection.FieldSecret: "Type the new secret.", FieldEnds: "Type a day such as 2027-03-31."}},
		"no file":     {connection.CertificateKind, TypedCredential{CertificateFile: " "}, map[connection.Field]string{connection.FieldCertificate: "Choose the file of the new certificate."}},
		"another one": {connection.CertificateKind, TypedCredential{Secret: secret.New(newSecret)}, map[connection.Field]string{connection.FieldCertificate: "Choose the file of the new certificate."}},
	} {
		t.Run(name, func(t *testing.T) {
			inLibrary(t, func(t *testing.T, l *library) {
				form := addressed("a")
				if c.kind == connection.CertificateKind {
					form.Secret, form.CertificateFile = secret.Value{}, filepath.Join(l.dir, "old.pfx")
					if err := os.WriteFile(form.CertificateFile, []byte("a certificate"), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				l.also("a", form)
				l.Start(false)
				l.pump()
				l.takes(newSecret)
				l.OpenReplacement([]string{"a"})
				l.Replace(c.typed)
				r := l.State().Replacement
				got := map[connection.Field]string{}
				for field, problem := range r.Problems {
					got[field] = problem.String()
				}
				if diff := cmp.Diff(c.want, got); diff != "" || r.Active {
					t.Errorf("active %v, problems (-want +got):\n%s", r.Active, diff)
				}
				l.Replace(TypedCredential{Secret: secret.New(newSecret), CertificateFile: "/home/ana/new.pfx"})
				if r := l.State().Replacement; len(r.Problems) > 0 || !r.Active {
					t.Errorf("%+v", r)
				}
				l.pump()
			})
		})
	}
}
