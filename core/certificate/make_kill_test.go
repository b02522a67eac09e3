package certificate

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/internal/race"
)

// writesForever is the variable with the folder into which a process writes certificates
// until it is killed.
const writesForever = "S2S_TEST_CERTIFICATES"

// TestKilledWrite guards that a killed process leaves no part of a certificate: the next
// set-up would treat it as a file of another program.
func TestKilledWrite(t *testing.T) {
	race.Skip(t, "processes of one goroutine each")
	if dir := os.Getenv(writesForever); dir != "" {
		made, err := Make("S2S", time.Now(), Lifetime)
		for i := 0; err == nil; i++ {
			err = made.Write(filepath.Join(dir, strconv.Itoa(i)+".pem"))
		}
		t.Fatal(err)
	}
	files := 0
	for range 5 {
		dir := t.TempDir()
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledWrite$")
		cmd.Env = append(os.Environ(), writesForever+"="+dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for first := filepath.Join(dir, "0.pem"); ; time.Sleep(time.Millisecond) {
			if _, err := os.Stat(first); err == nil {
				break
			}
		}
		time.Sleep(time.Duration(rand.IntN(20_000)) * time.Microsecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				continue // not finished
			}
			files++
			if _, err := Load(t.Context(), Source{File: filepath.Join(dir, e.Name())}, time.Now()); err != nil {
				t.Errorf("%s: %v", e.Name(), err)
			}
		}
	}
	t.Logf("%d files are whole", files)
}
