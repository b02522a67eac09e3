package text_test

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

func TestSentence(t *testing.T) {
	for said, want := range map[string]string{
		"": "", "took it": "Took it.", "Done.": "Done.", " what? ": "What?", "über": "Über.", "waiting…": "Waiting…",
		"don't": "Don't.", "well-known": "Well-known.", "really? yes": "Really? yes.", "waiting… 2 s": "Waiting… 2 s.",
		"ユーザーがありません": "ユーザーがありません。", "送信しました。": "送信しました。", "応答: DNS": "応答: DNS.",
		// Names keep their letters.
		"contoso.crm4.dynamics.com belongs to tenant 1 (public).": "contoso.crm4.dynamics.com belongs to tenant 1 (public).",
		"make.powerapps.com: the maker portal":                    "make.powerapps.com: the maker portal.",
		"localhost:8400 is taken":                                 "localhost:8400 is taken.",
		"https://contoso.crm4.dynamics.com":                       "https://contoso.crm4.dynamics.com.",
		"s2s integration, business unit contoso.":                 "s2s integration, business unit contoso.",
	} {
		if got := text.Raw(said).Sentence().String(); got != want {
			t.Errorf("%q becomes %q, want %q", said, got, want)
		}
	}
}
