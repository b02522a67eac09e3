package kit

import (
	"testing"
	"time"
)

func TestSentences(t *testing.T) {
	for want, sentences := range map[string][]string{"": nil, "A. B.": {"", "A.", "", "B."}, "A.": {"A."}} {
		if got := Sentences(sentences...); got != want {
			t.Errorf("%q: %q, want %q", sentences, got, want)
		}
	}
}

func TestTimeSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 5*time.Second + 600*time.Millisecond: "6 s", 5 * time.Minute: "5 min", 95 * time.Second: "1 min 35 s",
	} {
		if got := TimeSpan(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestTimeLeft(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0:00 left", 9 * time.Second: "0:09 left", 4*time.Minute + 32*time.Second: "4:32 left", 75 * time.Minute: "75:00 left",
	} {
		if got := TimeLeft(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}
