package explain_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/explain"
)

func TestExplainScriptResult(t *testing.T) {
	e := explain.Explain(`{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"","clientId":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617","result":{}}`)
	if e.Cause != "" || !strings.Contains(e.Summary.String(), "3f5d1c2b") || !strings.Contains(e.Summary.String(), "contoso.crm4.dynamics.com") {
		t.Errorf("%q %s", e.Cause, e.Summary)
	}
}
