package core_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox"
	"github.com/s2sdoctor/s2sdoctor/core/sandbox/scenario"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// BenchmarkExamination measures one examination, and 200 examinations, eight in parallel,
// with 100 ms between a request and its response.
func BenchmarkExamination(b *testing.B) {
	const latency = 100 * time.Millisecond
	server, err := sandbox.Start(&sandbox.Tenant{
		Login:       sandbox.Login{Service: sandbox.Service{Latency: latency}},
		Environment: sandbox.Organization{Service: sandbox.Service{Latency: latency}},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	doctor := core.Doctor{Clouds: server.Clouds(), Transport: transport.Options{Roots: server.Roots(), Dial: server.Dial}}
	form := scenario.Form(server)
	for _, n := range []int{1, 200} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				gate := make(chan struct{}, core.MaxConcurrent)
				var wg sync.WaitGroup
				for range n {
					gate <- struct{}{}
					wg.Go(func() {
						defer func() { <-gate }()
						if r := doctor.Examine(context.Background(), form, false, nil); !r.Healthy {
							b.Errorf("not healthy: %s", r.RootCause)
						}
					})
				}
				wg.Wait()
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(latency), "latencies/op")
		})
	}
}
