package main

import (
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// output is standard output. It remembers the first write that failed, and writes
// nothing after it. It is safe for concurrent use.
type output struct {
	mu  sync.Mutex
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	o.err = err
	return n, err
}

// failed reports whether a write has failed.
func (o *output) failed() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.err != nil
}

// close ends standard output: only then some file systems report that a write
// failed. Other writers are left open.
func (o *output) close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if file, ok := o.w.(*os.File); ok && file == os.Stdout && o.err == nil {
		o.err = file.Close()
	}
	return o.err
}

// delivered returns status, or [exitUnfinished] where standard output could not be
// written: a pipeline must not take an empty or cut report for a result. A reader
// that has gone, such as head, has what it wanted: that is no message.
func (p program) delivered(out *output, status int) int {
	err := out.close()
	if err == nil {
		return status
	}
	if !isUnread(err) {
		fmt.Fprintf(p.err, "s2scheck: standard output could not be written: %s\n", reason(err))
	}
	return exitUnfinished
}

// catchBrokenPipe has a write to a pipe without a reader fail. Otherwise it would
// end the process, and leave the files of serve behind.
func catchBrokenPipe() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) }
