package plain

import "testing"

func TestLooksGenerated(t *testing.T) {
	for run, want := range map[string]bool{
		"Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1":  true,
		"Canary8Q~must-never-be-seen-anywhere-0123": false,
		"ContosoProductionUat2":                     false,
		"contoso-production-2026":                   false,
		"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e":      false,
		"":                                          false,
	} {
		if got := LooksGenerated(run); got != want {
			t.Errorf("LooksGenerated(%q) = %v", run, got)
		}
	}
}

func TestLooksTorn(t *testing.T) {
	for run, want := range map[string]bool{
		"SGpLNGxRbU4z":                         true,
		"dF5gHjK4lQmN3bVcX2z1":                 true,
		"AADSTS7000215":                        false,
		"DataverseClient":                      false,
		"2015d711-8a4f-4d3c-9b2e-0f1a2b3c4d5e": false,
		"":                                     false,
	} {
		if got := LooksTorn(run); got != want {
			t.Errorf("LooksTorn(%q) = %v", run, got)
		}
	}
}
