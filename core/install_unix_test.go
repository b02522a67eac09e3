//go:build linux

package core_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"flag"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

var downloads = flag.String("downloads", "", "the `folder` of make dist: TestInstall takes its program")

// published is a release in a folder, as scripts/install expects it.
type published struct {
	folder, version string
	// name is the program's file, sum its SHA-256, and says the beginning of its printed
	// version.
	name, sum, says string
}

func (p published) file(name string) string { return filepath.Join(p.folder, "v"+p.version, name) }

func (p published) write(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(p.file(name), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// publish makes a release of the program in the folder of the flag, or of a script that
// prints a line.
func publish(t *testing.T) published {
	t.Helper()
	p := published{folder: t.TempDir(), version: "1.2.3", says: "it runs"}
	program := []byte("#!/bin/sh\necho it runs\n")
	if *downloads != "" {
		end := "-linux-" + runtime.GOARCH
		found, err := filepath.Glob(filepath.Join(*downloads, "s2scheck-*"+end))
		if err != nil || len(found) != 1 {
			t.Fatalf("the command in %s: %v %v", *downloads, found, err)
		}
		if program, err = os.ReadFile(found[0]); err != nil {
			t.Fatal(err)
		}
		p.version = strings.TrimSuffix(strings.TrimPrefix(filepath.Base(found[0]), "s2scheck-"), end)
		p.says = "s2scheck " + p.version
	}
	sum := sha256.Sum256(program)
	p.name, p.sum = "s2scheck-"+p.version+"-linux-"+runtime.GOARCH, hex.EncodeToString(sum[:])
	if err := os.Mkdir(p.file(""), 0o700); err != nil {
		t.Fatal(err)
	}
	p.write(t, p.name, program)
	return p
}

// install runs scripts/install, and returns the path of the program.
func (p published) install(t *testing.T, source, given string, env ...string) (program string, output string, err error) {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("no curl here")
	}
	target, own := t.TempDir(), t.TempDir()
	cmd := exec.CommandContext(t.Context(), "sh", "../scripts/install", "v"+p.version, target, given)
	cmd.Env = append(os.Environ(), "S2SCHECK_DOWNLOADS="+source, "TMPDIR="+own, "NO_PROXY=127.0.0.1")
	cmd.Env = append(cmd.Env, env...)
	out, err := cmd.CombinedOutput()
	if left, _ := os.ReadDir(own); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return filepath.Join(target, "s2scheck"), string(out), err
}

// wantInstalled fails unless the program runs, or is missing if it is not wanted.
func (p published) wantInstalled(t *testing.T, wanted bool, program, output string, err error) {
	t.Helper()
	if (err == nil) != wanted {
		t.Errorf("%v: %s", err, output)
	}
	if !wanted {
		if _, err := os.Stat(program); err == nil {
			t.Errorf("it is there all the same: %s", output)
		}
		return
	}
	if said, err := exec.CommandContext(t.Context(), program, "version").Output(); err != nil || !strings.HasPrefix(string(said), p.says) {
		t.Errorf("%v: %s", err, said)
	}
}

// serve serves the release like a download server, and returns its address and the
// variable that makes curl trust it.
func (p published) serve(t *testing.T, handler http.Handler) (address, trust string) {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // curl breaks connections on purpose
	server.StartTLS()
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return server.URL, "CURL_CA_BUNDLE=" + file
}

// TestInstallChecksTheSum guards that scripts/install installs a program only if its sum
// matches the list, and the given sum if there is one: from a folder and from a server.
func TestInstallChecksTheSum(t *testing.T) {
	p := publish(t)
	for label, c := range map[string]struct {
		list, given string
		installed   bool
	}{
		"the right sum":       {p.sum + "  " + p.name + "\n", "", true},
		"in binary mode":      {p.sum + " *" + p.name + "\n", "", true},
		"and the given one":   {p.sum + "  " + p.name + "\n", p.sum, true},
		"another sum":         {p.sum[:63] + "x  " + p.name + "\n", "", false},
		"not listed":          {p.sum + "  other-" + p.name + "\n", "", false},
		"the release changed": {p.sum + "  " + p.name + "\n", p.sum[:63] + "x", false},
	} {
		t.Run(label, func(t *testing.T) {
			p.write(t, "SHA256SUMS", []byte(c.list))
			program, output, err := p.install(t, "file://"+p.folder, c.given)
			p.wantInstalled(t, c.installed, program, output, err)
			address, trust := p.serve(t, http.FileServer(http.Dir(p.folder)))
			program, output, err = p.install(t, address, c.given, trust)
			p.wantInstalled(t, c.installed, program, output, err)
		})
	}
}

// TestInstallFromServers guards from which servers scripts/install takes a program.
func TestInstallFromServers(t *testing.T) {
	p := publish(t)
	p.write(t, "SHA256SUMS", []byte(p.sum+"  "+p.name+"\n"))
	files := http.FileServer(http.Dir(p.folder))
	elsewhere, _ := p.serve(t, files) // all of these servers share a certificate
	bare := httptest.NewServer(files)
	t.Cleanup(bare.Close)
	to := func(address string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, address+r.URL.Path, http.StatusFound)
		})
	}
	for label, c := range map[string]struct {
		handler   http.Handler
		untrusted bool
		installed bool
	}{
		"the file":                   {files, false, true},
		"another server":             {to(elsewhere), false, true},
		"a server without TLS":       {to(bare.URL), false, false},
		"an unknown certificate":     {files, true, false},
		"no such release":            {http.NotFoundHandler(), false, false},
		"a page instead of the file": {http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }), false, false},
	} {
		t.Run(label, func(t *testing.T) {
			address, trust := p.serve(t, c.handler)
			env := []string{trust}
			if c.untrusted {
				env = nil
			}
			program, output, err := p.install(t, address, "", env...)
			p.wantInstalled(t, c.installed, program, output, err)
		})
	}
	if program, output, err := p.install(t, bare.URL, ""); err == nil {
		t.Errorf("from %s: %s, %s", bare.URL, program, output)
	}
}

func TestInstallRefusesVersions(t *testing.T) {
	for _, bad := range []string{"../../etc", "1 2", ""} {
		if out, err := exec.CommandContext(t.Context(), "sh", "../scripts/install", bad, t.TempDir()).CombinedOutput(); err == nil {
			t.Errorf("version %q: %s", bad, out)
		}
	}
}
