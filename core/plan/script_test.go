package plan_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/plan"
)

func TestAZ(t *testing.T) {
	for name, p := range plans() {
		t.Run(name, func(t *testing.T) {
			script := plan.AZ(p.Target, p.Plan)
			golden(t, name+".sh", script)
			sh, err := exec.LookPath("sh")
			if err != nil {
				t.Skip("there is no shell here to check the syntax")
			}
			path := filepath.Join(t.TempDir(), "script.sh")
			if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.CommandContext(t.Context(), sh, "-n", path).CombinedOutput(); err != nil {
				t.Errorf("sh -n: %v\n%s", err, out)
			}
		})
	}
}

func TestPowerShell(t *testing.T) {
	for name, p := range plans() {
		t.Run(name, func(t *testing.T) { golden(t, name+".ps1", plan.PowerShell(p.Target, p.Plan)) })
	}
}

func TestTerraform(t *testing.T) {
	for name, p := range plans() {
		t.Run(name, func(t *testing.T) { golden(t, name+".tf", plan.Terraform(p.Target, p.Plan)) })
	}
}

func TestMarkdown(t *testing.T) {
	for name, p := range plans() {
		t.Run(name, func(t *testing.T) { golden(t, name+".md", plan.Markdown(p.Plan)) })
	}
}

func TestText(t *testing.T) {
	for name, p := range plans() {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			plan.WriteText(&b, p.Plan)
			golden(t, name+".txt", b.String())
		})
	}
}
