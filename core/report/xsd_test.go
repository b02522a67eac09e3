package report_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/report"
)

// xmlNode is an element of a document or a schema.
type xmlNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xmlNode  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n xmlNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// xsd is a schema in the part of the language that testdata/junit.xsd needs: elements by
// reference, sequences, choices, attributes, patterns. Any other construct is an error.
type xsd struct{ elements, types map[string]xmlNode }

func readXSD(t *testing.T, file string) xsd {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var root xmlNode
	if err := xml.Unmarshal(raw, &root); err != nil {
		t.Fatal(err)
	}
	s := xsd{map[string]xmlNode{}, map[string]xmlNode{}}
	for _, n := range root.Children {
		switch n.XMLName.Local {
		case "element":
			s.elements[n.attr("name")] = n
		case "complexType", "simpleType":
			s.types[n.attr("name")] = n
		default:
			t.Fatalf("%s is not understood", n.XMLName.Local)
		}
	}
	return s
}

func (s xsd) validate(document string) error {
	var root xmlNode
	if err := xml.Unmarshal([]byte(document), &root); err != nil {
		return err
	}
	return s.element(root)
}

func (s xsd) element(n xmlNode) error {
	name := n.XMLName.Local
	declared, ok := s.elements[name]
	if !ok {
		return fmt.Errorf("<%s> is unknown", name)
	}
	if declared.attr("type") == "xs:string" {
		declared = xmlNode{Attrs: []xml.Attr{{Name: xml.Name{Local: "mixed"}, Value: "true"}}}
	} else if named, ok := s.types[declared.attr("type")]; ok {
		declared = named
	} else {
		declared = declared.Children[0]
	}
	if declared.attr("mixed") != "true" && strings.TrimSpace(n.Text) != "" {
		return fmt.Errorf("<%s> holds the text %q", name, n.Text)
	}
	if err := s.attributes(declared, n); err != nil {
		return fmt.Errorf("<%s>: %w", name, err)
	}
	var model, have strings.Builder
	for _, c := range declared.Children {
		if c.XMLName.Local != "attribute" {
			model.WriteString(particle(c))
		}
	}
	for _, c := range n.Children {
		have.WriteString(c.XMLName.Local + ";")
		if err := s.element(c); err != nil {
			return err
		}
	}
	if !regexp.MustCompile("^(?:" + model.String() + ")$").MatchString(have.String()) {
		return fmt.Errorf("<%s> holds %s", name, have.String())
	}
	return nil
}

// particle returns the allowed content of an element, as a pattern of names that each end
// in a semicolon.
func particle(n xmlNode) string {
	var inner string
	switch n.XMLName.Local {
	case "element":
		inner = regexp.QuoteMeta(n.attr("ref") + ";")
	case "sequence", "choice":
		var parts []string
		for _, c := range n.Children {
			parts = append(parts, particle(c))
		}
		inner = strings.Join(parts, map[string]string{"choice": "|"}[n.XMLName.Local])
	default:
		panic(n.XMLName.Local + " is not understood")
	}
	least, most := n.attr("minOccurs"), n.attr("maxOccurs")
	switch {
	case least == "" && most == "":
		return "(?:" + inner + ")"
	case least == "0" && most == "unbounded":
		return "(?:" + inner + ")*"
	}
	panic("minOccurs and maxOccurs are not understood")
}

func (s xsd) attributes(declared, n xmlNode) error {
	known := map[string]xmlNode{}
	for _, d := range declared.Children {
		if d.XMLName.Local != "attribute" {
			continue
		}
		known[d.attr("name")] = d
		has := false
		for _, a := range n.Attrs {
			has = has || a.Name.Local == d.attr("name")
		}
		if d.attr("use") == "required" && !has {
			return fmt.Errorf("%s is missing", d.attr("name"))
		}
	}
	for _, a := range n.Attrs {
		d, ok := known[a.Name.Local]
		if !ok {
			return fmt.Errorf("%s is unknown", a.Name.Local)
		}
		if simple, ok := s.types[d.attr("type")]; ok {
			pattern := simple.Children[0].Children[0].attr("value")
			if !regexp.MustCompile("^(?:" + pattern + ")$").MatchString(a.Value) {
				return fmt.Errorf("%s is %q", a.Name.Local, a.Value)
			}
		}
	}
	return nil
}

// TestJUnitSchema validates the report for pipelines with the schema of Jenkins.
func TestJUnitSchema(t *testing.T) {
	schema := readXSD(t, "testdata/junit.xsd")
	var reports, empty strings.Builder
	report.JUnit(&reports, fleetReports())
	report.JUnit(&empty, nil)
	var sandbox strings.Builder
	practice, err := core.OpenSandbox()
	if err != nil {
		t.Fatal(err)
	}
	defer practice.Close()
	form, err := practice.Play("appuser-missing")
	if err != nil {
		t.Fatal(err)
	}
	report.JUnit(&sandbox, []exam.Report{practice.Examine(t.Context(), form, false, nil)})
	for name, document := range map[string]string{"reports": reports.String(), "none": empty.String(), "sandbox": sandbox.String()} {
		if err := schema.validate(document); err != nil {
			t.Errorf("%s: %v\n%s", name, err, document)
		}
	}
	for name, change := range map[string][2]string{
		"attribute missing": {` errors="0"`, ``},
		"attribute unknown": {` errors="0"`, ` errors="0" warnings="1"`},
		"no time":           {` time="`, ` time="soon `},
		"element unknown":   {`<system-out>`, `<warning></warning><system-out>`},
		"text in a suite":   {`<testcase`, `text<testcase`},
		"another place":     {`<testcase`, `<failure></failure><testcase`},
	} {
		changed := strings.Replace(sandbox.String(), change[0], change[1], 1)
		if changed == sandbox.String() || schema.validate(changed) == nil {
			t.Errorf("%s: it is changed and valid", name)
		}
	}
}
