package catalog

import (
	"fmt"
	"slices"
)

// ByWording is [Verdict.By] where words decided because the service gave no
// code, or one that it uses for several causes.
const ByWording = "wording"

// Recognise names the cause that an answer's signs point to, and the mark that
// decided. The most telling mark wins: Entra's codes (the specific before the
// generic), Dataverse's code, Graph's, the OAuth error with and without its
// suberror, the network error, the HTTP status, the number of the operating system,
// and words last.
func Recognise(s Signs) Verdict {
	if s.nothing() {
		return Verdict{}
	}
	for _, find := range []func(Signs) (Verdict, bool){
		byAADSTS, byDataverse, byGraph, byOAuth, byNetwork, byOrigin, byStatus, bySystem, byWording, byUndecided,
	} {
		if v, ok := find(s); ok {
			return v
		}
	}
	return Verdict{Cause: Unknown}
}

// nothing reports whether there is nothing to judge: no answer at all, a
// caller's own cancellation, or an answer that complains of nothing.
func (s Signs) nothing() bool {
	quiet := s.Status == 0 || s.Status/100 == 2
	silent := s.Network == "" || s.Network == "canceled"
	return quiet && silent && len(s.AADSTS) == 0 && s.Dataverse == "" && s.Graph == "" && s.OAuth == "" && s.System == "" && s.Text == ""
}

// byAADSTS looks at the most specific codes that came. Where an unlisted code
// is next to a wrapper, neither decides: the wrapper is less specific than the code.
func byAADSTS(s Signs) (Verdict, bool) {
	codes := mostSpecific(s.AADSTS)
	lower := fold(s.Text).text
	var best refinement
	for _, code := range codes {
		if r, ok := refined(aadstsName(code), s.Text, lower); ok && r.length > best.length {
			best = r
		}
	}
	for _, code := range codes {
		v, ok := byMark(fmt.Sprintf("aadsts:%d", code), aadstsName(code))
		if ok && best.cause == v.Cause {
			v.Alternatives = slices.Clone(best.alternatives)
		}
		if ok && (best.cause == "" || best.cause == v.Cause) {
			return v, true
		}
	}
	return best.verdict(), best.cause != ""
}

func byDataverse(s Signs) (Verdict, bool) {
	if s.Dataverse == "" {
		return Verdict{}, false
	}
	return byCode(s.Dataverse, "dataverse:"+s.Dataverse, s.Dataverse, s.Text)
}

func byGraph(s Signs) (Verdict, bool) {
	if s.Graph == "" {
		return Verdict{}, false
	}
	return byCode(s.Graph, "graph:"+s.Graph, "Graph "+s.Graph, s.Text)
}

// byCode asks the refinements of a code first, then the code alone.
func byCode(code, mark, by, text string) (Verdict, bool) {
	if r, ok := refined(code, text, fold(text).text); ok {
		return r.verdict(), true
	}
	return byMark(mark, by)
}

// refined returns the refinement of a code that fits a text best: times before
// words, and of words the longest, because they are the most specific.
func refined(code, text, lower string) (best refinement, ok bool) {
	for _, r := range data().refined[code] {
		if !r.when.fits(text) {
			continue
		}
		words := 0
		for _, p := range r.wording {
			if p.in(lower) {
				words = max(words, len(p.text))
			}
		}
		if len(r.wording) > 0 && words == 0 {
			continue
		}
		if r.length = r.when.weight() + words; r.length > best.length {
			best = r
		}
	}
	return best, best.cause != ""
}

func (r refinement) verdict() Verdict {
	return Verdict{Cause: r.cause, By: ByWording, Alternatives: slices.Clone(r.alternatives)}
}

func byOAuth(s Signs) (Verdict, bool) {
	if s.OAuth == "" {
		return Verdict{}, false
	}
	if s.Suberror != "" {
		both := s.OAuth + "/" + s.Suberror
		if v, ok := byMark("oauth:"+both, "error="+both); ok {
			return v, true
		}
	}
	return byMark("oauth:"+s.OAuth, "error="+s.OAuth)
}

func byNetwork(s Signs) (Verdict, bool) {
	return byMark("network:"+s.Network, "network: "+s.Network)
}

// byOrigin finds an environment missing where Microsoft's web server answers for
// a name without an environment.
//
// Source: PowerPlatform-DataverseServiceClient, AuthorityResolver: 400 and 404 to
// a request without token mean that there is no such organisation.
func byOrigin(s Signs) (Verdict, bool) {
	if s.Service == Dataverse && s.Origin == OriginServer {
		return Verdict{Cause: EnvironmentNotFound, By: fmt.Sprintf("HTTP %d", s.Status)}, true
	}
	return Verdict{}, false
}

// byStatus takes a status that means one thing.
func byStatus(s Signs) (Verdict, bool) {
	v, ok := statusVerdict(s)
	return v, ok && v.Cause != Unknown
}

// byUndecided takes a status that allows several causes: it comes last, because
// anything else in the answer may decide between them.
func byUndecided(s Signs) (Verdict, bool) {
	if len(s.AADSTS) > 0 || s.Dataverse != "" || s.Graph != "" {
		return Verdict{}, false // an unlisted code is more specific than the status
	}
	return statusVerdict(s)
}

// statusVerdict reads the status as the service means it. Where it is not known
// which service answered, only a status that means the same from all of them
// counts.
func statusVerdict(s Signs) (Verdict, bool) {
	by := fmt.Sprintf("HTTP %d", s.Status)
	if s.Service != "" {
		return byMark(fmt.Sprintf("http:%s/%d", s.Service, s.Status), by)
	}
	var common Verdict
	for _, service := range []Service{Entra, Dataverse, Graph} {
		v, ok := byMark(fmt.Sprintf("http:%s/%d", service, s.Status), by)
		if !ok || v.Cause == Unknown || common.Cause != "" && common.Cause != v.Cause {
			return Verdict{}, false
		}
		common = v
	}
	return common, true
}

// byWording takes the known phrase that covers most of the text: it is the most specific.
func byWording(s Signs) (Verdict, bool) {
	var best phrase
	longest := 0
	lower := fold(s.Text).text
	for _, p := range data().wording {
		if start, end := p.find(lower, 0); end-start > longest {
			best, longest = p, end-start
		}
	}
	return best.verdict(), best.cause != ""
}

func (p phrase) verdict() Verdict {
	return Verdict{Cause: p.cause, By: ByWording, Alternatives: alternatives("wording:" + p.text)}
}

func byMark(mark, by string) (Verdict, bool) {
	cause, ok := data().marks[mark]
	return Verdict{Cause: cause, By: by, Alternatives: alternatives(mark)}, ok
}

// alternatives returns the other causes that a mark allows. The caller owns the
// slice.
func alternatives(mark string) []Cause { return slices.Clone(data().alternatives[mark]) }
