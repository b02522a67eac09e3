package transport

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Limits of patience with a busy service.
const (
	maxTries = 3
	// maxWait is the longest single wait; if a service asks for more, the user is told
	// instead.
	maxWait = 30 * time.Second
)

type notesKey struct{}

// WithNotes returns a context under which tell is called at every wait, with a text for
// users.
func WithNotes(ctx context.Context, tell func(note text.Text)) context.Context {
	return context.WithValue(ctx, notesKey{}, tell)
}

// Notify calls the function of [WithNotes] with a text about what is going on.
func Notify(ctx context.Context, note text.Text) {
	if tell, ok := ctx.Value(notesKey{}).(func(text.Text)); ok {
		tell(note)
	}
}

type checkKey struct{}

// WithCheck returns a context under which every exchange has the ID of a check.
func WithCheck(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, checkKey{}, id)
}

func checkOf(ctx context.Context) string {
	id, _ := ctx.Value(checkKey{}).(string)
	return id
}

// Retry calls try at most three times, until the service is not busy. It waits as long as
// Retry-After requires (RFC 9110 section 10.2.3), or increasingly long with jitter,
// reports each wait, and stops when ctx ends. try must be safe to repeat.
func (c *Client) Retry(ctx context.Context, try func() (status int, h http.Header, err error)) error {
	for tries := 1; ; tries++ {
		status, header, err := try()
		if err != nil || tries == maxTries || !busy(status) {
			return err
		}
		wait, asked := RetryAfter(header, time.Now())
		if !asked {
			wait = time.Duration(1<<tries)*time.Second/2 + rand.N(250*time.Millisecond) // #nosec G404 -- spreads retries; it need not be secret
		}
		if wait > maxWait || outlives(ctx, wait) {
			return nil
		}
		Notify(ctx, text.F("the service is busy (HTTP %d): trying again in %d s", status, wait.Round(time.Second)/time.Second))
		if err := c.wait(ctx, wait); err != nil {
			return nil
		}
	}
}

// Wait pauses visibly; it returns the context's error when that ends first.
func (c *Client) Wait(ctx context.Context, d time.Duration, note text.Text) error {
	if outlives(ctx, d) {
		return context.DeadlineExceeded
	}
	Notify(ctx, note)
	return c.wait(ctx, d)
}

func busy(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

func outlives(ctx context.Context, wait time.Duration) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) <= wait
}

// RetryAfter reads how long a service asks to wait: seconds or a date (RFC 9110
// section 10.2.3), or the TimeSpan that Dataverse's SDK messages use. Never
// negative, never more than a day; false when there is nothing usable.
func RetryAfter(h http.Header, now time.Time) (time.Duration, bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		return 0, false
	}
	const day = 24 * time.Hour
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if !(seconds >= 0) {
			return 0, false
		}
		return time.Duration(min(seconds, day.Seconds()) * float64(time.Second)), true
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(at.Sub(now), 0), day), true
	}
	var hours, minutes, seconds int
	if n, err := fmt.Sscanf(text, "%d:%d:%d", &hours, &minutes, &seconds); n == 3 && err == nil && min(hours, minutes, seconds) >= 0 {
		if hours > 24 || minutes > 59 || seconds > 59 {
			return day, true
		}
		return min(time.Duration(hours)*time.Hour+time.Duration(minutes)*time.Minute+time.Duration(seconds)*time.Second, day), true
	}
	return 0, false
}
