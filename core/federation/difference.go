package federation

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// subjectDifference explains in words how a presented subject differs from the
// expected one; empty where the marks are enough.
func subjectDifference(presented, expected string) text.Text {
	p, e := parseSubject(presented), parseSubject(expected)
	switch {
	case strings.EqualFold(presented, expected):
		return caseOnly
	case strings.Contains(expected, "*"):
		return text.F("The credential's subject holds a star, which is a letter like any other there. Only a flexible federated identity credential, with an expression, takes a pattern.")
	case strings.Contains(expected, ":environment/"):
		return text.F("The credential's subject has environment/ where a colon belongs: environment:")
	case p.immutable() && !e.immutable() && strings.EqualFold(withoutIDs(presented), expected):
		return text.F("The presented subject holds the numeric IDs of owner and repository, the credential's does not. GitHub writes them for repositories that were created, renamed or moved since July 2026.")
	case !p.immutable() && e.immutable() && strings.EqualFold(presented, withoutIDs(expected)):
		return text.F("The credential's subject holds the numeric IDs of owner and repository, the presented one does not: this repository still has the older form.")
	case p.onGitHub() && e.onGitHub() && p.kind != e.kind:
		difference := text.F("The presented subject is of this kind: %s. The credential's is of this: %s.", describe(p), describe(e))
		if p.kind == environment || e.kind == environment {
			return text.Join(" ", difference, text.F("A job that uses an environment presents the environment, and neither branch nor tag."))
		}
		return difference
	case p.onGitHub() && e.onGitHub() && strings.EqualFold(p.owner+"/"+p.repository, e.owner+"/"+e.repository):
		return text.F("The repository is the same; the job runs for another one: %s instead of %s.", describe(p), describe(e))
	}
	return text.Text{}
}

var caseOnlyUnknown = text.F("The credential's subject differs in upper and lower case only. Entra compares letter by letter since August 2024.")

var caseOnly = text.F("They differ in upper and lower case only. Entra compares letter by letter since August 2024.")

// describe names what a job of GitHub Actions runs for.
func describe(s subject) text.Text {
	switch s.kind {
	case branch:
		return text.F("branch %s", s.name)
	case tag:
		return text.F("tag %s", s.name)
	case environment:
		return text.F("environment %s", s.name)
	case pullRequest:
		return text.F("pull request")
	}
	return text.F("repository %s", s.owner+"/"+s.repository)
}

// likely explains what may be wrong with a credential of which nothing is known, by
// the subject that was presented.
func likely(presented string) text.Text {
	switch s := parseSubject(presented); {
	case s.immutable():
		return text.F("This is GitHub's form with numeric IDs, which repositories have that were created, renamed or moved since July 2026. A credential that was made without them does not match.")
	case s.kind == environment:
		return text.F("The job uses the environment %s. A credential for a branch, a tag or pull requests does not match it.", s.name)
	case s.kind == branch:
		return text.F("The job runs for the branch %s, without an environment. A credential for another branch, a tag or an environment does not match it.", s.name)
	case s.kind == tag:
		return text.F("The job runs for the tag %s. A credential for a branch does not match it.", s.name)
	case s.kind == pullRequest:
		return text.F("The job runs for a pull request. A credential for a branch does not match it.")
	case s.kind == devOpsSubject:
		return text.F("The subject names organization, project and service connection of Azure DevOps: renaming one of them changes it.")
	case s.kind == serviceAccount:
		return text.F("The subject names the namespace and the service account of the pod.")
	}
	return text.Text{}
}

// issuerDifference explains in words how two issuers differ.
func issuerDifference(presented, expected string) text.Text {
	switch {
	case strings.EqualFold(presented, expected):
		return caseOnly
	case strings.Trim(presented, "/") == strings.Trim(expected, "/"):
		return text.F("They differ in the slash at the end only. It counts.")
	}
	return text.Text{}
}
