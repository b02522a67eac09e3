// Package report writes a finished examination in the formats that people and
// programs read: text, JUnit, CSV, Prometheus, and GitHub's workflow commands.
//
// It promises that a cause is written in one way in all of them, and that it decides
// nothing: what is written is in the report.
package report
