//go:build bench

package desktop

import (
	"log"
	"os"
	"runtime"
	"runtime/pprof"
	"time"
)

// init starts a CPU profile of the first seconds, for make profile. It is written to
// the file that S2SDOCTOR_PROFILE names, and a heap profile next to it with the ending
// .heap.
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
