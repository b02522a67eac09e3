package exam

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// judgeEnvironment expects the 401 with the challenge that every environment
// sends to a caller without a token, and believes the authority in it only when
// the table of clouds has it. The challenge decides regardless of the Content-Type:
// no public record shows which one Dataverse sends.
func judgeEnvironment(f Facts) Finding {
	a, failure := f.Environment.Response, f.Environment.Err
	if failure.NoSuchHost() && f.Control.Response.Status != 0 {
		return broken(catalog.EnvironmentNotFound, catalog.Evidence{Facts: []catalog.Fact{
			catalog.NewFact("host", f.environment()), catalog.NewTextFact("seen", failure.Detail), catalog.NewFact("found for comparison", f.Connection.Cloud.Login),
		}}, text.F("There is no host %s, though names can be looked up here: it is mistyped, or the environment was renamed or deleted.", f.environment()))
	}
	r := response{service: catalog.Dataverse, who: text.Raw(f.environment()), answer: a, failure: failure}
	signs, e := r.read()
	if failure == nil && a.Status == http.StatusUnauthorized && f.Environment.Complete() {
		return judgeChallenge(f, e)
	}
	if finding, ok := r.stranger(); ok {
		return finding
	}
	switch {
	case signs.Dataverse != "" || len(signs.AADSTS) > 0:
		return errorFinding(catalog.Dataverse, r.who, a)
	case a.Status == http.StatusUnauthorized:
		return judgeChallenge(f, e)
	case a.Status == http.StatusNotFound, a.Status == http.StatusBadRequest:
		return judgeAbsence(f, e)
	}
	if finding := errorFinding(catalog.Dataverse, r.who, a); a.Status >= 400 && finding.Cause != catalog.Unknown {
		return finding
	}
	return broken(catalog.EnvironmentNotDataverse, e,
		text.F("%s answers, but not as Dataverse: HTTP %d without the challenge that every environment sends.", f.environment(), a.Status))
}

// judgeAbsence is for 404 and 400 to a request without token: no organisation
// has this name. A proxy that added itself to the response may as well have
// made it.
//
// Source: PowerPlatform-DataverseServiceClient, AuthorityResolver.
func judgeAbsence(f Facts, e catalog.Evidence) Finding {
	a := f.Environment.Response
	finding := broken(catalog.EnvironmentNotFound, e, text.F("There is no environment at %s: it answers HTTP %d.", f.environment(), a.Status))
	if via := a.Header.Get("Via"); via != "" {
		finding.Alternatives = []catalog.Cause{catalog.NetworkIntercepted}
		finding.Evidence.Facts = append(finding.Evidence.Facts, catalog.NewFact("came through (Via)", catalog.Clean(via)))
	}
	return finding
}

func judgeChallenge(f Facts, e catalog.Evidence) Finding {
	c := f.Environment.Challenge
	if c.Resource != "" {
		e.Facts = append(e.Facts, catalog.NewFact("resource", catalog.Clean(c.Resource)))
	}
	named := cloud.OfLogin(f.Clouds, c.Login)
	switch {
	case !c.Complete():
		return broken(catalog.EnvironmentNotDataverse, e,
			text.F("%s demands a sign-in, but does not name who issues the tokens, as Dataverse does.", f.environment()))
	case len(named) == 0:
		return broken(catalog.EnvironmentNotDataverse, e,
			text.F("%s names %s as the place to get tokens from. That is not a login host of Microsoft's: nothing was sent there.", f.environment(), catalog.Clean(c.Login)))
	case !f.Connection.Cloud.Issues(c.Login):
		return broken(catalog.EnvironmentWrongCloud, e,
			text.F("%s looks like an environment of “%s”, but gets its tokens from %s (%s).", f.environment(), f.Connection.Cloud.Title, c.Login, named[0].Title))
	case !strings.EqualFold(plainHost(hostOf(c.Resource)), plainHost(f.Connection.Host)):
		return broken(catalog.EnvironmentNotDataverse, e,
			text.F("%s identifies itself as %s: the address is an alias or leads elsewhere.", f.environment(), catalog.Clean(hostOf(c.Resource))))
	}
	finding := pass(text.F("%s belongs to tenant %s (%s).", f.environment(), c.TenantID, whereabouts(f.Connection.Cloud, f.Connection.Host)))
	finding.Evidence = e
	return finding
}

// whereabouts is "public cloud, EMEA".
func whereabouts(c cloud.Cloud, host string) text.Text {
	return text.Join(", ", c.Title, cloud.RegionTitle(host))
}

// plainHost is the environment's host without the ".api" of its other name.
func plainHost(host string) string { return strings.Replace(host, ".api.crm", ".crm", 1) }

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}
