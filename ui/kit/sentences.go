package kit

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// Sentences puts sentences behind each other; empty ones are left out.
func Sentences(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}

// TimeSpan returns a time that has passed or is waited for, such as "5 s" or "2 min 30 s".
func TimeSpan(d time.Duration) string {
	all := int(d.Round(time.Second) / time.Second)
	minutes, seconds := all/60, all%60
	switch {
	case minutes == 0:
		return i18n.F("{{.S}} s", i18n.V{"S": seconds})
	case seconds == 0:
		return i18n.F("{{.Min}} min", i18n.V{"Min": minutes})
	}
	return i18n.F("{{.Min}} min {{.S}} s", i18n.V{"Min": minutes, "S": seconds})
}

// TimeLeft returns a time to wait, such as "4:32 left".
func TimeLeft(d time.Duration) string {
	seconds := int(d / time.Second)
	return i18n.F("{{.Time}} left", i18n.V{"Time": fmt.Sprintf("%d:%02d", seconds/60, seconds%60)})
}
