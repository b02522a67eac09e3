package paste

import "strings"

// parameter returns the name and value of a parameter of Integration Services, as
// project.params and packages write it; the name of an encrypted value begins so.
//
//	<SSIS:Parameter SSIS:Name="…"><SSIS:Properties><SSIS:Property SSIS:Name="Value">…
//	<DTS:PackageParameter DTS:ObjectName="…"><DTS:Property DTS:Name="ParameterValue">…
func (n node) parameter() (node, bool) {
	wanted, nameAttribute := "", ""
	switch {
	case strings.EqualFold(n.name, "Parameter"):
		wanted, nameAttribute = "Value", "Name"
	case strings.EqualFold(n.name, "PackageParameter"):
		wanted, nameAttribute = "ParameterValue", "ObjectName"
	default:
		return node{}, false
	}
	name, ok := n.member(nameAttribute)
	if !ok || len(name.members) > 0 {
		return node{}, false
	}
	holder := n
	if inner, ok := n.member("Properties"); ok {
		holder = inner
	}
	found, properties := node{}, 0
	for _, p := range holder.members {
		if p.name != "Property" {
			continue
		}
		properties++
		if v, ok := p.member("value"); ok && p.is("Name", wanted) {
			found = node{name: name.text, text: v.text, quoted: true}
			if p.is("Encrypted", "1") || p.is("Encrypted", "true") {
				found.name = "encrypted " + name.text
			}
		}
	}
	return found, properties > 0
}
