package guide

import (
	"strconv"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Target is one of the four things that the article wants to see in the end.
type Target struct {
	Number int
	Title  string
	// State is Done, Broken, Todo or Unseen.
	State State
	// Cause and Result say what broke it.
	Cause  string
	Result *exam.Result
}

// targets are the article's, under the heading "Finally your target".
var targets = []Proof{
	{Checks: []string{"whoami"}, Breaks: []string{"appuser.missing", "appuser.no-application-id"}, Strict: true},
	{Fields: []string{fieldID, fieldURI, fieldObjectID}},
	{Checks: []string{"licence"}, Breaks: []string{"appuser.licensed"}, Strict: true},
	{Checks: []string{"roles"}, Breaks: []string{"appuser.no-role", "role.system-administrator"}, Strict: true},
}

// Targets says which of the article's four targets are reached. report may be nil.
func Targets(report *exam.Report) []Target {
	var list []Target
	for i, p := range targets {
		v := p.judge(report)
		list = append(list, Target{
			Number: i + 1, Title: texts().Targets[strconv.Itoa(i+1)],
			State: v.state, Cause: v.cause, Result: v.result,
		})
	}
	return list
}
