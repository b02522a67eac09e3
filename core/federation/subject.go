package federation

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// subject is a subject taken apart.
type subject struct {
	kind subjectKind
	// owner and repository are GitHub's; ownerID and repositoryID are the numbers of
	// the immutable form, "" in the older one.
	owner, ownerID, repository, repositoryID string
	// name is the branch, tag or environment.
	name string
}

type subjectKind string

const (
	branch         subjectKind = "branch"
	tag            subjectKind = "tag"
	environment    subjectKind = "environment"
	pullRequest    subjectKind = "pull request"
	gitHubOther    subjectKind = "repository"
	devOpsSubject  subjectKind = "service connection"
	serviceAccount subjectKind = "service account"
	otherSubject   subjectKind = ""
)

// gitHubSubject is the subject of GitHub's tokens: the older form and, since July
// 2026, the immutable one with IDs.
//
// Sources: docs.github.com/actions/reference/security/oidc#example-subject-claims,
// learn.microsoft.com/entra/workload-id/workload-identities-github-immutable-subjects.
var gitHubSubject = lazyregexp.New(`^repo:([^/:@]+)(?:@([0-9]+))?/([^/:@]+)(?:@([0-9]+))?(?::(.*))?$`)

func parseSubject(s string) subject {
	m := gitHubSubject.FindStringSubmatch(s)
	switch {
	case m != nil:
		p := subject{kind: gitHubOther, owner: m[1], ownerID: m[2], repository: m[3], repositoryID: m[4]}
		p.kind, p.name = gitHubContext(m[5])
		return p
	case strings.HasPrefix(s, "sc://"), strings.HasPrefix(s, "/eid1/") && strings.Contains(s, "/sc/"):
		return subject{kind: devOpsSubject}
	case strings.HasPrefix(s, "system:serviceaccount:"):
		return subject{kind: serviceAccount}
	}
	return subject{}
}

// gitHubContext reads what follows the repository.
func gitHubContext(context string) (subjectKind, string) {
	for _, c := range []struct {
		prefix string
		kind   subjectKind
	}{
		{"environment:", environment},
		{"environment/", environment}, // the portal wrote this once, and it matches nothing
		{"ref:refs/heads/", branch},
		{"ref:refs/tags/", tag},
	} {
		if name, ok := strings.CutPrefix(context, c.prefix); ok {
			return c.kind, name
		}
	}
	if context == "pull_request" {
		return pullRequest, ""
	}
	return gitHubOther, context
}

// onGitHub reports whether the subject is of a workflow of GitHub Actions.
func (s subject) onGitHub() bool { return s.owner != "" }

// immutable reports whether the subject has the numeric IDs.
func (s subject) immutable() bool { return s.ownerID != "" || s.repositoryID != "" }

// withoutIDs returns a subject of GitHub's in its older form.
func withoutIDs(s string) string {
	m := gitHubSubject.FindStringSubmatch(s)
	if m == nil {
		return s
	}
	older := "repo:" + m[1] + "/" + m[3]
	if m[5] != "" {
		older += ":" + m[5]
	}
	return older
}

// gitHubIssuer is the issuer of GitHub's own tokens; GitHub Enterprise Server has
// one of its own.
const gitHubIssuer = "https://token.actions.githubusercontent.com"

// Gaps replace values that are not known.
const (
	gapClientID = "<Application (client) ID>"
	gapIssuer   = "<issuer of the token>"
	gapSubject  = "<subject of the token>"
	gapOrg      = "https://vstoken.dev.azure.com/<organization ID>"
	gapCluster  = "<OIDC issuer URL of the cluster>"
)

// issuerOf returns the issuer that a subject's form means, or a gap.
func issuerOf(s string) string {
	switch p := parseSubject(s); {
	case p.onGitHub():
		return gitHubIssuer
	case strings.HasPrefix(s, "sc://"):
		return gapOrg
	case p.kind == serviceAccount:
		return gapCluster
	}
	return gapIssuer
}
