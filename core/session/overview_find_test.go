package session

import (
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
)

// describeRow plays a window in German.
func describeRow(r *OverviewRow) (verdict, rest string) {
	switch r.Health {
	case HealthBroken:
		return "Das Geheimnis für die Anwendung ist abgelaufen", "Geprüft um 09:00"
	case HealthHealthy:
		return "Verbunden", "Geprüft um 09:00"
	}
	return "", "Noch nicht getestet"
}

// TestFindByShownText guards that a connection is found by the words of the window,
// with and without accents, and by its IDs, and that words about the test still find a
// connection with such a name.
func TestFindByShownText(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.overviewed()
		l.also("Contoso TEST", addressed("Contoso TEST"))
		l.deps.Describe = describeRow
		l.OpenOverview()
		l.pump()
		l.FindInOverview("getestet")
		l.wantLines("Contoso DEV", "Contoso PROD", "Contoso TEST", "Contoso UAT", "Fabrikam")
		l.FindInOverview("test")
		l.wantLines("Contoso TEST")
		l.examineBy(map[string]catalog.Cause{"contoso-prod": catalog.SecretExpired})
		l.TestAll()
		l.pump()
		for _, c := range []struct {
			query string
			want  []string
		}{
			{"abgelaufen", []string{"Contoso PROD broken"}},
			{"für anwendung", []string{"Contoso PROD broken"}},
			{"fur ANWENDUNG", []string{"Contoso PROD broken"}},
			{"contoso verbunden", []string{"Contoso DEV healthy", "Contoso TEST healthy", "Contoso UAT healthy"}},
			{"secret.expired", []string{"Contoso PROD broken"}},
			{"gepruft fabrikam", []string{"Fabrikam healthy"}},
			{"getestet", nil},
		} {
			l.FindInOverview(c.query)
			l.wantLines(c.want...)
		}
		l.FindInOverview("abgelaufen")
		l.examineBy(nil)
		l.TestAll()
		l.pump()
		l.wantLines() // it is no longer expired
	})
}
