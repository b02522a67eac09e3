package ui

import "github.com/s2sdoctor/s2sdoctor/internal/uitest"

// Short names for the connection and the reports of package uitest.
const (
	testTenant = uitest.Tenant
	testClient = uitest.Client
	canary     = uitest.Secret
)

var (
	filledForm      = uitest.FilledForm
	healthyReport   = uitest.HealthyReport
	warnedReport    = uitest.WarnedReport
	failedReport    = uitest.FailedReport
	inputReport     = uitest.InputReport
	cancelledReport = uitest.CancelledReport
	set             = uitest.SetCheck
)
