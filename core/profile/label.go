package profile

import (
	"context"
	"slices"
	"strings"
	"unicode"
)

// Label is what an environment is for.
type Label string

// The labels.
const (
	Development Label = "dev"
	Test        Label = "test"
	Acceptance  Label = "uat"
	Production  Label = "production"
)

// Labels are all labels, in the order of a release.
var Labels = []Label{Development, Test, Acceptance, Production}

func (l Label) valid() bool { return l == "" || slices.Contains(Labels, l) }

// labelWords are the words for such an environment in names and addresses.
var labelWords = map[string]Label{
	"dev": Development, "develop": Development, "development": Development, "sandbox": Development,
	"test": Test, "tst": Test, "qa": Test, "sit": Test,
	"uat": Acceptance, "acc": Acceptance, "acceptance": Acceptance, "staging": Acceptance, "stage": Acceptance, "preprod": Acceptance,
	"prod": Production, "prd": Production, "production": Production, "live": Production,
}

// LabelOf returns the label of a profile: the chosen one, or else that of a word in its
// name or in its address; "" if there is no such word.
func LabelOf(p Profile) Label {
	if p.Label != "" {
		return p.Label
	}
	address := strings.TrimPrefix(p.Environment, "https://")
	first, _, _ := strings.Cut(address, ".")
	for _, text := range []string{p.Name, first} {
		for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if label := labelWords[word]; label != "" {
				return label
			}
		}
	}
	return ""
}

// SetLabel saves the label of profiles; "" forgets it.
func (s *Store) SetLabel(ctx context.Context, names []string, label Label) error {
	if !label.valid() {
		label = ""
	}
	_, err := s.update(ctx, func(c *change) error {
		for _, name := range names {
			i := c.find(name)
			if i < 0 {
				return ErrNoProfile
			}
			c.Profiles[i].Label = label
		}
		return nil
	})
	return err
}
