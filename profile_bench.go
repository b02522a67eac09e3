//go:build bench

package main

import (
	"log"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// The build for make profile writes where the first second goes to a file that
// S2SDOCTOR_PROFILE names. What is shipped has none of this.
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
	time.AfterFunc(time.Second, func() {
		pprof.StopCPUProfile()
		_ = file.Close()
	})
}
