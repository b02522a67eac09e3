package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// TestNoEchoInProcesses repeats a sample of [TestNoEchoAnywhere] with real processes:
// their output, their records, and the files in their folders. Entra echoes the secret,
// and the password of the proxy.
func TestNoEchoInProcesses(t *testing.T) {
	const proxyPassword = "Pr0xy~pass.W0rd-7uIoP6aSdF5g"
	outputs := 0
	for i, name := range []string{"plain", "percent, tilde only", "JSON, every character", "references, open", "base64, offset 1", "hex", "soft hyphens"} {
		format := examineFormats[i%len(examineFormats)]
		t.Run(name+" as "+format, func(t *testing.T) {
			world := startMicrosoft(t)
			world.proxy = strings.Replace(world.proxy, "http://", "http://company:"+proxyPassword+"@", 1)
			world.answering(asksForToken, func(w http.ResponseWriter, r *http.Request) {
				echo := smuggle.Write(name, r.FormValue("client_secret")) + " " + smuggle.Write(name, proxyPassword)
				w.Header().Set("X-Ms-Request-Id", strings.Map(visible, echo))
				reply(w, 401, map[string]any{"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided: " + echo, "trace_id": echo})
			})
			folder := t.TempDir()
			got := world.command(t, "", []string{"S2S_CLIENT_SECRET=" + world.secret, "HOME=" + folder, "TMPDIR=" + folder},
				"--environment", world.environment, "--client-id", world.client, "--format", format, "--record", filepath.Join(folder, "record"))
			if got.status != exitBroken {
				t.Errorf("status %d: %s", got.status, got.stderr)
			}
			texts := map[string]string{"standard output": got.stdout, "standard error": got.stderr}
			err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				raw, err := os.ReadFile(path)
				texts[filepath.Base(path)] = path + string(raw)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(texts) < 4 {
				t.Errorf("no record in %v", texts)
			}
			for where, text := range texts {
				outputs++
				for what, canary := range map[string]string{"the secret": world.secret, "the proxy's password": proxyPassword} {
					if part := smuggle.Leak(text, canary); part != "" {
						t.Errorf("%s shows %q of %s:\n%s", where, part, what, text)
					}
				}
			}
		})
	}
	t.Log(fmt.Sprint(outputs, " outputs"))
}

// visible maps a rune to -1 if a header cannot contain it.
func visible(r rune) rune {
	if r < ' ' || r == 0x7f {
		return -1
	}
	return r
}
