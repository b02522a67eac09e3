package main

// A client is a program that runs cases with one library.
type client struct {
	// name is the program's name; command starts it: node with a script, or the Go
	// program with an argument.
	name    string
	command []string
	// cases are the names of the [cases] that the client supports.
	cases []string
}

// keyless are the cases of the clients that support all credentials without a secret.
var keyless = []string{"assertion", "github", "wrong-subject", "workload-identity", "azure-pipelines", "managed-identity"}

var clients = []client{
	{"@azure/msal-node", []string{"node", "msal-node.mjs"}, []string{"secret", "certificate", "wrong-secret", "sign-in", "assertion", "managed-identity"}},
	{"@azure/identity", []string{"node", "azidentity.mjs"}, append([]string{"secret", "certificate", "wrong-secret"}, keyless...)},
	{"openid-client", []string{"node", "openid-client.mjs"}, []string{"secret", "basic", "certificate", "wrong-secret"}},
	{"dynamics-web-api", []string{"node", "dynamics-web-api.mjs"}, []string{"whoami", "read", "order", "paging", "count", "write", "impersonate", "no-user"}},
	{"soap", []string{"node", "soap.mjs"}, []string{"soap-whoami", "no-user"}},
	{"@microsoft/microsoft-graph-client", []string{"node", "graph-client.mjs"}, []string{"graph"}},
	{"azidentity (Go)", []string{"client", "azidentity"}, append([]string{"secret", "certificate", "wrong-secret"}, keyless...)},
	{"MSAL for Go", []string{"client", "msal"}, []string{"secret", "certificate", "wrong-secret", "assertion", "managed-identity"}},
	{"Kiota (Go)", []string{"client", "kiota"}, []string{"whoami", "no-user", "graph"}},
}

// A testCase is a column of the table.
type testCase struct {
	name string
	// scenario is the scenario in which the case must succeed.
	scenario string
	// control is a scenario in which the case must fail: a case that succeeds everywhere
	// proves nothing.
	control string
}

var cases = []testCase{
	{"secret", "healthy", "application-disabled"},
	{"basic", "healthy", "application-disabled"},
	{"certificate", "healthy-certificate", "certificate-not-registered"},
	{"wrong-secret", "healthy", "application-disabled"},
	{"sign-in", "healthy", "application-disabled"},
	{"whoami", "healthy", "appuser-missing"},
	{"read", "healthy", "healthy-reads-nothing"},
	{"order", "healthy", "healthy-reads-nothing"},
	{"paging", "healthy", "healthy-reads-nothing"},
	{"count", "healthy", "healthy-reads-nothing"},
	{"write", "healthy", "appuser-missing"},
	{"impersonate", "healthy", "appuser-missing"},
	{"no-user", "appuser-missing", "healthy"},
	{"soap-whoami", "healthy", "soap-differs"},
	{"graph", "healthy", "application-disabled"},
	{"assertion", "healthy-token-file", "federation-expired"},
	{"github", "healthy-github", "federation-audience"},
	{"wrong-subject", "federation-branch", "healthy-github"},
	{"workload-identity", "healthy-token-file", "federation-expired"},
	{"azure-pipelines", "healthy-azure-devops", "federation-refused"},
	{"managed-identity", "healthy-managed-identity", "identity-unassigned"},
}

// A round is a served sandbox with the cases that a client runs in it.
type round struct {
	scenario  string
	microsoft bool
	client    client
	cases     []string
	// mustFail is true for the control.
	mustFail bool
}

// rounds returns all rounds in the order of their sandboxes, so that each sandbox is
// started once.
func rounds() []round {
	var all []round
	for _, microsoft := range []bool{false, true} {
		for _, mustFail := range []bool{false, true} {
			if mustFail && !microsoft {
				continue // the control needs one set of names only
			}
			for _, scenario := range scenarios(mustFail) {
				for _, c := range clients {
					if played := c.in(scenario, mustFail); len(played) > 0 {
						all = append(all, round{scenario, microsoft, c, played, mustFail})
					}
				}
			}
		}
	}
	return all
}

// scenarios returns the scenarios of all cases, without duplicates.
func scenarios(control bool) []string {
	var names []string
	seen := map[string]bool{}
	for _, c := range cases {
		if name := c.in(control); !seen[name] {
			names = append(names, name)
			seen[name] = true
		}
	}
	return names
}

func (c testCase) in(control bool) string {
	if control {
		return c.control
	}
	return c.scenario
}

// in returns the client's cases in a scenario.
func (c client) in(scenario string, control bool) []string {
	var played []string
	for _, name := range c.cases {
		for _, tc := range cases {
			if tc.name == name && tc.in(control) == scenario {
				played = append(played, name)
			}
		}
	}
	return played
}
