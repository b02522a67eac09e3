package search

import "testing"

func TestQueryIn(t *testing.T) {
	for name, c := range map[string]struct {
		query, text string
		want        bool
	}{
		"nothing typed":          {"  ", "anything", true},
		"case":                   {"CONTOSO uat", "Contoso UAT", true},
		"every word":             {"contoso prod", "Contoso UAT", false},
		"words in any order":     {"uat contoso", "Contoso UAT", true},
		"accents of the text":    {"producao", "Produção", true},
		"accents of the query":   {"Müller", "MULLER GmbH", true},
		"composed and not":       {"e\u0301t", "Été", true},
		"a letter with stroke":   {"dang doi", "Đang đợi", true},
		"sharp s":                {"strasse", "Straße", true},
		"Japanese":               {"シークレット", "クライアント シークレットの有効期限", true},
		"half-width":             {"ｼｰｸﾚｯﾄ", "シークレット", true},
		"full-width":             {"uat", "ＵＡＴ", true},
		"kana with another mark": {"か", "が", true}, // the letter comes before its mark
		"kana without its mark":  {"が", "か", false},
		"another text":           {"fabrikam", "Contoso", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := For(c.query).In(Fold(c.text)); got != c.want {
				t.Errorf("%q in %q: %v, want %v", c.query, c.text, got, c.want)
			}
		})
	}
}

func TestEmpty(t *testing.T) {
	if !For(" \t").Empty() || For("a").Empty() {
		t.Error("a query of blanks has words, or one with a word has none")
	}
}
