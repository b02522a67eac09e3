package paste_test

import (
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

// hostileTexts are texts of the greatest length that is read, with the most expensive
// content.
var hostileTexts = map[string]string{
	"settings":          "DATAVERSE_CLIENT_ID=" + clientID + "\n",
	"one line":          "a=b ",
	"one line of names": "client secret: ",
	"names":             "client secret:\n",
	"braces":            "{",
	"open JSON":         `{"a":[`,
	"open comments":     "{/*",
	"open quotes":       `{"`,
	"quotes":            `"'`,
	"tags":              "<a b='c'>",
	"open tags":         "<a ",
	"strings":           "Url=x;ClientId=y;",
	"starts of strings": "Url=\n",
	"query":             "client_id=a&",
	"addresses":         "https://a.crm4.dynamics.com/ ",
	"hosts":             "a.crm.",
	"table":             "Client ID|Secret|\n",
	"tabs":              "Client ID\t",
	"calls":             "ClientSecretCredential(",
	"words":             "client ",
	"mail":              "> > > > ",
	"blanks":            "  ",
	"continued":         "a \\\n",
	"IDs":               clientID + " ",
	"halves":            clientID[:20] + "\n",
	"YAML":              "a:\n - ",
	"accents":           "é",
	"commas":            "a,",
	"dashes":            "- ",
	"flags":             "pac --id x ",
}

func BenchmarkRead(b *testing.B) {
	for name, piece := range hostileTexts {
		text := strings.Repeat(piece, paste.Limit/len(piece))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				paste.Read(text)
			}
		})
	}
	b.Run("too long", func(b *testing.B) {
		text := strings.Repeat("CLIENT_ID="+clientID+"\n", 10<<20/47)
		for b.Loop() {
			paste.Read(text)
		}
	})
}
