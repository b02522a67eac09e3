package guide

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestPathsAreComplete(t *testing.T) {
	used := map[string]bool{}
	for _, path := range []Path{Modern, Classic} {
		steps := Steps(path)
		if len(steps) != 8 {
			t.Errorf("%s has %d steps", path, len(steps))
		}
		for i, s := range steps {
			used[string(path)+"/"+string(s.ID)] = true
			if s.Number != i+1 || s.Title.Empty() || len(s.What) == 0 || s.Who == "" || s.Why.Empty() || len(s.Links) == 0 {
				t.Errorf("%s/%s lacks words: %+v", path, s.ID, s)
			}
			if (path == Classic) != !s.Since.Empty() {
				t.Errorf("%s/%s: what has changed since 2017 belongs to every step of the classic path, and to no other", path, s.ID)
			}
			if (len(s.Proof.Breaks) == 0) != s.Proof.Any {
				t.Errorf("%s/%s does not say what it looks like when it is missing", path, s.ID)
			}
			for _, id := range s.After {
				if !slices.ContainsFunc(steps, func(o Step) bool { return o.ID == id }) {
					t.Errorf("%s/%s comes after %s, which is no step", path, s.ID, id)
				}
			}
		}
	}
	for name := range texts().Steps {
		if !used[name] {
			t.Errorf("texts.json has words for %s, which is no step", name)
		}
	}
	if !Steps("")[0].Title.Equal(Steps(Modern)[0].Title) {
		t.Error("the empty path is not the modern one")
	}
}

// TestArticleIsComplete guards that a step of the classic path prevents each mistake of
// the article, and that every mistake and every target has its sentence.
func TestArticleIsComplete(t *testing.T) {
	prevented := map[int]bool{}
	for _, s := range Steps(Classic) {
		for _, m := range s.Prevents {
			prevented[m] = true
		}
	}
	for m := 1; m <= 6; m++ {
		if !prevented[m] || Mistake(m).Empty() {
			t.Errorf("mistake %d: prevented %v, sentence %q", m, prevented[m], Mistake(m))
		}
	}
	if !Mistake(0).Empty() || !Mistake(7).Empty() {
		t.Error("there are more mistakes than six")
	}
	list := Targets(nil)
	if len(list) != 4 {
		t.Fatalf("there are %d targets", len(list))
	}
	for i, target := range list {
		if target.Number != i+1 || target.Title.Empty() || target.State != Todo {
			t.Errorf("target %d: %+v", i+1, target)
		}
	}
	q := TenantQuestion()
	if q.Title.Empty() || q.Help.Empty() || q.Yes.Empty() || q.No.Empty() || q.Unknown.Empty() {
		t.Errorf("the question lacks words: %+v", q)
	}
}

// TestChecksAndCausesExist guards that the guide names only checks of the examination and
// causes of the contract.
func TestChecksAndCausesExist(t *testing.T) {
	checks := map[exam.CheckID]bool{}
	for _, c := range exam.Checks() {
		checks[c.ID] = true
	}
	causes := map[catalog.Cause]bool{}
	for _, e := range catalog.All() {
		causes[e.Cause] = true
	}
	proofs := slices.Clone(targets)
	for _, path := range []Path{Modern, Classic} {
		for _, s := range Steps(path) {
			proofs = append(proofs, s.Proof)
		}
	}
	for _, p := range proofs {
		for _, id := range p.Checks {
			if !checks[id] {
				t.Errorf("there is no check %s", id)
			}
		}
		for _, cause := range p.Breaks {
			if !causes[cause] {
				t.Errorf("the contract has no cause %s", cause)
			}
		}
	}
	for cause := range mistakes {
		if !causes[cause] {
			t.Errorf("the contract has no cause %s", cause)
		}
	}
	for _, cause := range blankCause {
		if !causes[cause] {
			t.Errorf("the contract has no cause %s", cause)
		}
	}
}

// TestEverySetUpCauseBelongsToAStep guards that every cause of a wrong set-up is shown at
// a step, on both paths.
func TestEverySetUpCauseBelongsToAStep(t *testing.T) {
	for _, e := range catalog.All() {
		if !slices.Contains([]catalog.Family{"application", "secret", "certificate", "consent", "appuser", "role"}, e.Cause.Family()) {
			continue
		}
		for _, path := range []Path{Modern, Classic} {
			if !slices.ContainsFunc(Steps(path), func(s Step) bool { return s.Proof.names(e.Cause) }) {
				t.Errorf("%s shows on no step of the %s path", e.Cause, path)
			}
		}
	}
}

func TestWordsAndLinks(t *testing.T) {
	full := catalog.Vars{"clientId": guidText, "tenantId": guidText, "environment": "https://contoso.crm4.dynamics.com"}
	long := regexp.MustCompile(`[^.!?:›]{260,}`)
	for _, path := range []Path{Modern, Classic} {
		for _, raw := range Steps(path) {
			for _, vars := range []catalog.Vars{full, nil} {
				s := raw.Fill(vars)
				for _, shown := range append(slices.Clone(s.What), s.Title, s.Who.Text(), s.Why, s.Since, s.Tick) {
					said := shown.String()
					if strings.ContainsAny(said, "{}") || strings.TrimSpace(said) != said || long.MatchString(said) {
						t.Errorf("%s/%s: %q", path, s.ID, said)
					}
				}
				for _, link := range s.Links {
					u, err := url.Parse(link.URL)
					if err != nil || u.Scheme != "https" || u.Host == "" || strings.ContainsAny(link.URL, "{} ") || link.Title.Empty() {
						t.Errorf("%s/%s: link %q to %q", path, s.ID, link.Title, link.URL)
					}
				}
				if vars != nil && len(s.Links) != len(raw.Links) {
					t.Errorf("%s/%s loses links though everything is known", path, s.ID)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(texts().Notes)) {
		said := strings.NewReplacer("{by}", "C", "{want}", "D").Replace((Input{}).note(name, text.Raw("A"), text.Raw("B")).String())
		if said == "" || strings.ContainsAny(said, "{}") {
			t.Errorf("note %s is %q", name, said)
		}
	}
}

// TestStepsAreCopies guards that a caller may change the steps that it gets.
func TestStepsAreCopies(t *testing.T) {
	a := Steps(Classic)
	a[2].What[0], a[2].Links[0].URL = text.Raw("x"), "x"
	if b := Steps(Classic); b[2].What[0].String() == "x" || b[2].Links[0].URL == "x" || b[2].Proof.Breaks[0] == "x" {
		t.Error("a change reaches the data")
	}
}
