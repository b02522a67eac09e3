package finding

import (
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
)

// healthLook is the icon and the words of a state.
type healthLook struct {
	status kit.Status
	words  i18n.Key
}

var healthLooks = map[session.Health]healthLook{
	session.HealthUnknown:    {kit.Waiting, i18n.Key("Not tested yet")},
	session.HealthWaiting:    {kit.Waiting, i18n.Key("Waiting for its turn")},
	session.HealthRunning:    {kit.Running, i18n.Key("Being tested")},
	session.HealthHealthy:    {kit.Passed, i18n.Key("Connected")},
	session.HealthWarned:     {kit.Warned, i18n.Key("Connected, with a warning")},
	session.HealthBroken:     {kit.Failed, i18n.Key("Broken")},
	session.HealthUnfinished: {kit.Skipped, i18n.Key("Not examined to the end")},
}

// Health returns the icon and the words of the state of a connection.
func Health(h session.Health) (kit.Status, string) {
	look := healthLooks[h]
	return look.status, look.words.String()
}

// Examined returns when a connection was tested; "" for never.
func Examined(at, now time.Time) string {
	switch at, now := at.Local(), now.Local(); {
	case at.IsZero() || at.Year() < 2000:
		return ""
	case at.Format(time.DateOnly) == now.Format(time.DateOnly):
		return i18n.F("Tested at {{.Time}}", i18n.V{"Time": at.Format("15:04")})
	default:
		return i18n.F("Tested on {{.Day}}", i18n.V{"Day": at.Format(time.DateOnly)})
	}
}
