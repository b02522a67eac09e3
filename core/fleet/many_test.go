package fleet

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

// farAway responds for every environment of a tenant, each time after a delay.
type farAway struct{ delay time.Duration }

func (f farAway) RoundTrip(r *http.Request) (*http.Response, error) {
	select {
	case <-time.After(f.delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	host := r.URL.Host
	if strings.HasPrefix(host, "contoso") {
		r = r.Clone(r.Context())
		r.URL.Host, r.Host = smuggle.Host, smuggle.Host
	}
	response, err := (&smuggle.Echo{Token: smuggle.Token(nil)}).RoundTrip(r)
	if challenge := response.Header.Get("Www-Authenticate"); err == nil && challenge != "" {
		response.Header.Set("Www-Authenticate", strings.ReplaceAll(challenge, smuggle.Host, host))
	}
	return response, err
}

const count = 200

// examineMany examines n connections to different environments and returns the time.
func examineMany(t testing.TB, n int) time.Duration {
	t.Helper()
	var members []Member
	for i := range n {
		members = append(members, Member{Name: fmt.Sprint("Connection ", i), Form: connection.Form{
			Environment: fmt.Sprintf("https://contoso%d.crm4.dynamics.com", i), Tenant: smuggle.Tenant, ClientID: smuggle.Client, Secret: secret.New("Zx9~qW8e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1"),
		}})
	}
	began := time.Now()
	reports := Examine(context.WithoutCancel(t.Context()), slices.Values(members), Options{Timeout: time.Hour, Doctor: func(connection.Form) Doctor {
		return core.Doctor{Transport: transport.Options{Replay: farAway{50 * time.Millisecond}}}
	}})
	took := time.Since(began)
	for _, r := range reports {
		if !r.Complete || r.WhoAmI == nil && r.Requests < 3 {
			t.Fatalf("%s was not examined: %s, %d requests", r.Profile, r.RootCause, r.Requests)
		}
	}
	return took
}

// BenchmarkMany is [TestManyAtTheIdealTime] with the computer's clock, so that it
// includes the computer's own work.
func BenchmarkMany(b *testing.B) {
	for b.Loop() {
		one, all := examineMany(b, 1), examineMany(b, count)
		b.ReportMetric(float64(all)/float64(one*count/core.MaxConcurrent), "times-ideal")
	}
}

// TestManyAtTheIdealTime guards that 200 connections take at most a tenth longer than the
// ideal: the time of a single connection, times their number, divided by the number in
// parallel. With the fake clock only the network takes time.
func TestManyAtTheIdealTime(t *testing.T) {
	measure := func(n int) (took time.Duration) {
		synctest.Test(t, func(t *testing.T) { took = examineMany(t, n) })
		return took
	}
	one, all := measure(1), measure(count)
	ideal := one * count / core.MaxConcurrent
	ratio := float64(all) / float64(ideal)
	t.Logf("one %v, %d connections %v, ideal %v, ratio %.3f", one, count, all, ideal, ratio)
	if ratio > 1.1 {
		t.Errorf("%d connections take %v, %.2f times the ideal %v", count, all, ratio, ideal)
	}
}
