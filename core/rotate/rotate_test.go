package rotate

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

var kills = flag.Int("kills", 6, "how many runs TestKilledAtRandom kills")

// place is a settings folder, a fake store and the old certificate, on disk.
type place struct{ dir string }

func (p place) store(t testing.TB) *profile.Store {
	t.Helper()
	s, err := profile.Open(profile.Options{Dir: filepath.Join(p.dir, "settings"), Vault: fileVault{filepath.Join(p.dir, "vault")}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (p place) old() string      { return filepath.Join(p.dir, "old.pem") }
func (p place) uploaded() string { return filepath.Join(p.dir, "uploaded") }

// oldCertificate is made once, because a key takes a quarter of a second.
var oldCertificate = sync.OnceValues(func() (*certificate.Made, error) {
	return certificate.Make("old", time.Now(), certificate.Lifetime)
})

// newPlace returns a place with three connections: two share a certificate file, the
// third has a secret.
func newPlace(t *testing.T) place {
	t.Helper()
	p := place{t.TempDir()}
	if shm, err := os.MkdirTemp("/dev/shm", "rotate"); err == nil {
		p.dir = shm // a kill needs no disk
		t.Cleanup(func() { _ = os.RemoveAll(shm) })
	}
	if err := os.Mkdir(filepath.Join(p.dir, "vault"), 0o700); err != nil {
		t.Fatal(err)
	}
	made, err := oldCertificate()
	if err == nil {
		err = made.Write(p.old())
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*connection.Form){
		"Contoso UAT": func(f *connection.Form) { f.CertificateFile = p.old() },
		"Contoso":     func(f *connection.Form) { f.CertificateFile = p.old() },
		"Fabrikam":    func(f *connection.Form) { f.Secret = secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1") },
	} {
		form := connection.Form{Environment: "https://contoso.crm4.dynamics.com", ClientID: "2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e"}
		change(&form)
		if _, err := p.store(t).Save(t.Context(), name, form); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// options returns the options of a run; Entra accepts the new certificate after its
// upload.
func (p place) options(t testing.TB, name string) Options {
	return Options{Store: p.store(t), Name: name, Test: func(context.Context, connection.Form) exam.Report {
		status := exam.Fail
		if _, err := os.Stat(p.uploaded()); err == nil {
			status = exam.Pass
		}
		return exam.Report{Checks: []exam.Result{{ID: "token", Status: status}}}
	}}
}

func (p place) upload(t testing.TB) {
	t.Helper()
	if err := os.WriteFile(p.uploaded(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// intact fails if a connection lost its credential, or the old file changed.
func (p place) intact(t testing.TB) {
	t.Helper()
	if _, err := certificate.Load(t.Context(), certificate.Source{File: p.old()}, time.Now()); err != nil {
		t.Errorf("the old certificate: %v", err)
	}
	for _, name := range []string{"Contoso UAT", "Contoso", "Fabrikam"} {
		loaded, err := p.store(t).Load(t.Context(), name)
		switch {
		case err != nil:
			t.Errorf("%s: %v", name, err)
		case loaded.Form.CertificateFile == "" && loaded.Form.Secret.Empty():
			t.Errorf("%s has no credential: %s", name, loaded.Why)
		case loaded.Form.CertificateFile != "":
			source := certificate.Source{File: loaded.Form.CertificateFile, Password: loaded.Form.CertificatePassword}
			if _, err := certificate.Load(t.Context(), source, time.Now()); err != nil {
				t.Errorf("%s: its certificate: %v", name, err)
			}
		}
	}
}

// clean fails if anything is left over at the end: files of an earlier try, secrets
// without a connection, a state.
func (p place) clean(t testing.TB, certificates int) {
	t.Helper()
	var files []string
	for _, pattern := range []string{"*.pfx", "settings/certificates/*.pfx"} {
		found, _ := filepath.Glob(filepath.Join(p.dir, pattern))
		files = append(files, found...)
	}
	if len(files) != certificates {
		t.Errorf("%d new certificates, want %d: %v", len(files), certificates, files)
	}
	states, _ := filepath.Glob(filepath.Join(p.dir, "settings", "rotations", "*.json"))
	if len(states) > 0 {
		t.Errorf("a state is left: %v", states)
	}
	list, err := p.store(t).List(t.Context())
	if err != nil || len(list) != 3 {
		t.Errorf("%v, %d connections", err, len(list))
	}
	if err := p.store(t).Recover(t.Context()); err != nil {
		t.Error(err)
	}
	accounts, _ := os.ReadDir(filepath.Join(p.dir, "vault"))
	holding := 0
	for _, one := range list {
		if one.Holds != "" {
			holding++
		}
	}
	if len(accounts) != holding {
		t.Errorf("%d secrets in the store for %d connections", len(accounts), holding)
	}
}

// TestRotate goes through all steps: the certificate is made, refused until its upload,
// and then used for every connection that shared the old file.
func TestRotate(t *testing.T) {
	p := newPlace(t)
	first, err := Run(t.Context(), p.options(t, "Contoso UAT"))
	if err != nil || first.Step != Upload {
		t.Fatalf("%v, step %q", err, first.Step)
	}
	p.intact(t)
	again, err := Run(t.Context(), p.options(t, "contoso uat"))
	if err != nil || again.Step != Upload || again.Thumbprint != first.Thumbprint || again.CER != first.CER {
		t.Fatalf("%v: the second run made another certificate: %+v", err, again)
	}
	p.upload(t)
	done, err := Run(t.Context(), p.options(t, "Contoso UAT"))
	slices.Sort(done.Switched)
	if err != nil || done.Step != Switched || !slices.Equal(done.Switched, []string{"Contoso", "Contoso UAT"}) || done.Old == "" || done.Old == done.Thumbprint {
		t.Fatalf("%v: %+v", err, done)
	}
	for _, name := range done.Switched {
		if loaded, err := p.store(t).Load(t.Context(), name); err != nil || loaded.Form.CertificateFile != done.File {
			t.Errorf("%s: %v, %s", name, err, loaded.Form.CertificateFile)
		}
	}
	p.intact(t)
	p.clean(t, 1)
	raw, err := os.ReadFile(done.CER)
	if err != nil || !strings.HasPrefix(string(raw), "-----BEGIN CERTIFICATE-----") || strings.Contains(string(raw), "PRIVATE") {
		t.Errorf("%v: the file to upload: %s", err, raw)
	}
}

// TestRotateSecret guards that a connection with a secret gets a certificate, and keeps
// its secret until then.
func TestRotateSecret(t *testing.T) {
	p := newPlace(t)
	if r, err := Run(t.Context(), p.options(t, "Fabrikam")); err != nil || r.Step != Upload || r.Old != "" {
		t.Fatalf("%v: %+v", err, r)
	}
	p.intact(t)
	p.upload(t)
	if r, err := Run(t.Context(), p.options(t, "Fabrikam")); err != nil || r.Step != Switched {
		t.Fatalf("%v: %+v", err, r)
	}
	p.intact(t)
	p.clean(t, 1)
}

func TestAbandon(t *testing.T) {
	p := newPlace(t)
	if err := Abandon(t.Context(), p.store(t), "Contoso"); err == nil {
		t.Error("there is nothing to abandon")
	}
	if _, err := Run(t.Context(), p.options(t, "Contoso")); err != nil {
		t.Fatal(err)
	}
	if err := Abandon(t.Context(), p.store(t), "Contoso"); err != nil {
		t.Error(err)
	}
	p.intact(t)
	p.clean(t, 0)
}

// TestNeedsAStore guards that no certificate is made if its password cannot be stored.
func TestNeedsAStore(t *testing.T) {
	p := newPlace(t)
	o := p.options(t, "Contoso")
	var err error
	if o.Store, err = profile.Open(profile.Options{Dir: filepath.Join(p.dir, "settings"), Vault: noVault{}}); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), o); !errors.Is(err, ErrNoStore) {
		t.Errorf("%v", err)
	}
	p.intact(t)
	p.clean(t, 0)
}

// TestRefuses guards connections without a certificate to replace.
func TestRefuses(t *testing.T) {
	p := newPlace(t)
	if _, err := Run(t.Context(), p.options(t, "None")); !errors.Is(err, profile.ErrNoProfile) {
		t.Errorf("an unknown name: %v", err)
	}
	if _, err := p.store(t).Save(t.Context(), "Identity", connection.Form{Kind: connection.ManagedIdentityKind, Environment: "https://contoso.crm4.dynamics.com"}); err != nil {
		t.Fatal(err)
	}
	if r, err := Run(t.Context(), p.options(t, "Identity")); err == nil {
		t.Errorf("an identity: %+v", r)
	}
}

// TestChild runs in a separate process, which ends itself at a step.
func TestChild(t *testing.T) {
	p := place{os.Getenv("S2S_ROTATE_DIR")}
	if p.dir == "" {
		t.Skip("for the parents")
	}
	o := p.options(t, os.Getenv("S2S_ROTATE_NAME"))
	last, _ := strconv.Atoi(os.Getenv("S2S_ROTATE_STEP"))
	steps := 0
	o.atStep = func(string) {
		if steps++; steps == last {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			for {
				runtime.Gosched()
			}
		}
	}
	if _, err := Run(t.Context(), o); err != nil {
		t.Error(err)
	}
}

func (p place) child(t *testing.T, name string, step int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^TestChild$")
	cmd.Env = append(os.Environ(), "S2S_ROTATE_DIR="+p.dir, "S2S_ROTATE_NAME="+name, "S2S_ROTATE_STEP="+strconv.Itoa(step))
	return cmd
}

// wasKilled reports whether a process was killed. On Windows a failed test ends with the
// same status.
func wasKilled(p *os.ProcessState) bool {
	if runtime.GOOS == "windows" {
		return p.ExitCode() == 1
	}
	return !p.Exited()
}

// TestKilledAtEveryWrite kills a run before each of its writes, before and after the
// upload, and resumes it: nothing is lost and nothing is left over.
func TestKilledAtEveryWrite(t *testing.T) {
	race.Skip(t, "processes of one goroutine each")
	for _, name := range []string{"Contoso", "Fabrikam"} {
		for step := 1; ; step++ {
			p := newPlace(t)
			p.upload(t)
			out, err := p.child(t, name, step).CombinedOutput()
			if err == nil {
				if step < 6 {
					t.Errorf("%s: %d writes only", name, step-1)
				}
				t.Logf("%s: killed before each of %d writes", name, step-1)
				break
			}
			if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || !wasKilled(exit.ProcessState) {
				t.Fatalf("%v\n%s", err, out)
			}
			t.Run(fmt.Sprint(name, " ", step), func(t *testing.T) {
				p.intact(t)
				if r, err := Run(t.Context(), p.options(t, name)); err != nil || r.Step != Switched {
					t.Errorf("going on: %v, %+v", err, r)
				}
				p.intact(t)
				p.clean(t, 1)
			})
		}
	}
}

// TestKilledAtRandom kills runs at random moments, one after the other in the same place.
func TestKilledAtRandom(t *testing.T) {
	race.Skip(t, "processes of one goroutine each")
	p := newPlace(t)
	p.upload(t)
	begun, patience := time.Now(), 1500*time.Millisecond
	ended := 0
	for killed := 0; killed < *kills; {
		name := []string{"Contoso", "Fabrikam"}[rand.IntN(2)]
		cmd := p.child(t, name, 0)
		start := time.Now()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		stop := time.AfterFunc(rand.N(patience), func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		stop.Stop()
		if wasKilled(cmd.ProcessState) {
			killed++
			patience += patience / 20 // until a run reaches its end
		} else {
			ended++
			patience = time.Since(start)
		}
		if p.intact(t); t.Failed() {
			t.FailNow()
		}
	}
	t.Logf("%d runs were killed, %d came to their end, in %v", *kills, ended, time.Since(begun).Round(time.Second))
	for _, name := range []string{"Contoso", "Fabrikam"} {
		if r, err := Run(t.Context(), p.options(t, name)); err != nil || r.Step != Switched {
			t.Errorf("%s at the end: %v, %+v", name, err, r)
		}
	}
	p.intact(t)
}
