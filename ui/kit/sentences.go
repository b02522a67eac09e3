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

// TimeLeft returns a time to wait, such as "4:32 left".
func TimeLeft(d time.Duration) string {
	seconds := int(d / time.Second)
	return i18n.F("{{.Time}} left", i18n.V{"Time": fmt.Sprintf("%d:%02d", seconds/60, seconds%60)})
}
