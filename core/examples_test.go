package core_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/s2sdoctor/s2sdoctor/core/fleet"
)

// TestExamplesAreRead reads each example with a parser of its language, and the list of
// connections in the Kubernetes example as the command does.
func TestExamplesAreRead(t *testing.T) {
	files, err := filepath.Glob("../docs/examples/*")
	if err != nil || len(files) < 7 {
		t.Fatal(err, files)
	}
	index, err := os.ReadFile("../docs/examples/README.md")
	if err != nil {
		t.Fatal(err)
	}
	lists := 0
	for _, file := range append(files, "../action.yml") {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		if name != "README.md" && name != "action.yml" && !strings.Contains(string(index), "("+name+")") {
			t.Errorf("%s is not in the list", name)
		}
		switch filepath.Ext(file) {
		case ".xml":
			if err := xml.Unmarshal(raw, new(struct{ XMLName xml.Name })); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case ".yaml", ".yml":
			decoder := yaml.NewDecoder(strings.NewReader(string(raw)))
			for {
				var doc struct{ Data map[string]string }
				if err := decoder.Decode(&doc); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if list := doc.Data["connections.json"]; list != "" {
					lists++
					if entries, err := fleet.Read([]byte(list)); err != nil || len(entries) != 2 || !json.Valid([]byte(list)) {
						t.Errorf("%s: %v, %d connections", name, err, len(entries))
					}
				}
			}
		}
	}
	if lists != 1 {
		t.Errorf("%d lists of connections", lists)
	}
}
