//go:build bench

package main

import (
	"log"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// The build for make profile writes where the first seconds go to a file that
// S2SDOCTOR_PROFILE names, and what is in memory then to that name with .heap
// behind it. What is shipped has none of this.
func init() {
	path := os.Getenv("S2SDOCTOR_PROFILE")
	if path == "" {
		return
	}
	file, err := os.Create(path)
	if err != nil {
		log.Fatal(err)
	}
	runtime.SetCPUProfileRate(1000)
	if err := pprof.StartCPUProfile(file); err != nil {
		log.Fatal(err)
	}
	time.AfterFunc(3*time.Second, func() {
		pprof.StopCPUProfile()
		_ = file.Close()
		if heap, err := os.Create(path + ".heap"); err == nil {
			runtime.GC()
			_ = pprof.WriteHeapProfile(heap)
			_ = heap.Close()
		}
	})
}
