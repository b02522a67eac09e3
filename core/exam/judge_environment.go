package exam

import (
	"net/http"
	"net/url"
	"strings"

	"s2sdoctor/core/catalog"
	"s2sdoctor/core/cloud"
	"s2sdoctor/core/prose"
)

// judgeEnvironment wants the 401 with the challenge that every environment
// gives to a caller without a token, and believes the authority in it only when
// the table of clouds has it.
func judgeEnvironment(f Facts) Finding {
	r := f.Environment
	a := r.Answer
	_, e := catalog.Read(catalog.Dataverse, a.Status, a.Header, a.Body)
	switch {
	case r.Failure.NoSuchHost() && f.Control.Answer.Status != 0:
		return broken("environment.not-found", catalog.Evidence{Facts: []catalog.Fact{
			catalog.Seen("host", f.environment()), catalog.Told("seen", r.Failure.Detail), catalog.Seen("found for comparison", f.Connection.Cloud.Login),
		}}, prose.F("There is no host %s, though names can be looked up here: it is mistyped, or the environment was renamed or deleted.", f.environment()))
	case r.Failure != nil:
		return lost(prose.Raw(f.environment()), r.Failure)
	case redirect(a):
		return judgeDetour(f, e, a.Header.Get("Location"))
	case html(a) && a.Status != http.StatusNotFound && a.Status != http.StatusBadRequest && a.Status < 500:
		return broken("network.intercepted", e,
			prose.F("%s answered with a web page (HTTP %d) where Dataverse answers with a challenge: the answer came from something in between, or from a portal.", f.environment(), a.Status))
	case a.Status == http.StatusUnauthorized:
		return judgeChallenge(f, e)
	case a.Status == http.StatusNotFound, a.Status == http.StatusBadRequest:
		return broken("environment.not-found", e, prose.F("There is no environment at %s: it answers HTTP %d.", f.environment(), a.Status))
	}
	if finding := heard(catalog.Dataverse, prose.Raw(f.environment()), a); a.Status >= 400 && finding.Cause != catalog.Unknown {
		return finding
	}
	return broken("environment.not-dataverse", e,
		prose.F("%s answers, but not as Dataverse: HTTP %d without the challenge that every environment gives.", f.environment(), a.Status))
}

// judgeDetour judges a redirect, which the API of an environment never gives.
func judgeDetour(f Facts, e catalog.Evidence, location string) Finding {
	to := hostOf(location)
	e.Facts = append(e.Facts, catalog.Seen("redirected to", to))
	return broken("network.intercepted", e,
		prose.F("%s redirected the request to %s, which Dataverse never does: a portal or a filter stands in between.", f.environment(), to))
}

func judgeChallenge(f Facts, e catalog.Evidence) Finding {
	c := f.Environment.Challenge
	if c.Resource != "" {
		e.Facts = append(e.Facts, catalog.Seen("resource", catalog.Clean(c.Resource)))
	}
	named := cloud.OfLogin(f.Clouds, c.Login)
	switch {
	case !c.Complete():
		return broken("environment.not-dataverse", e,
			prose.F("%s asks for a sign-in, but does not say as Dataverse does who gives the tokens.", f.environment()))
	case len(named) == 0:
		return broken("environment.not-dataverse", e,
			prose.F("%s names %s as the place to get tokens from. That is not a login host of Microsoft's: nothing was sent there.", f.environment(), catalog.Clean(c.Login)))
	case !f.Connection.Cloud.Issues(c.Login):
		return broken("environment.wrong-cloud", e,
			prose.F("%s looks like an environment of “%s”, but gets its tokens from %s (%s).", f.environment(), prose.Of(f.Connection.Cloud.Title), c.Login, prose.Of(named[0].Title)))
	case !strings.EqualFold(plainHost(hostOf(c.Resource)), plainHost(f.Connection.Host)):
		return broken("environment.not-dataverse", e,
			prose.F("%s says that it is %s: the address is an alias or leads elsewhere.", f.environment(), catalog.Clean(hostOf(c.Resource))))
	}
	finding := pass(prose.F("%s belongs to tenant %s (%s).", f.environment(), c.TenantID, whereabouts(f.Connection.Cloud, f.Connection.Host)))
	finding.Evidence = e
	return finding
}

// whereabouts is "public cloud, EMEA".
func whereabouts(c cloud.Cloud, host string) prose.Text {
	return prose.Join(", ", prose.Of(c.Title), prose.Of(cloud.RegionTitle(host)))
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
