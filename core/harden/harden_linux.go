package harden

import (
	"bytes"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

func process() {
	noCore()
	// core(5): a dump that is piped into a program ignores the limit. Not dumpable
	// also means that files in /proc/PID belong to root: prctl(2), proc(5).
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}

// overwrite replaces the values of [Variables] in the block that the kernel filled
// when this process began. Go works on a copy of it.
func overwrite() {
	start, end, ok := environment()
	if !ok {
		return
	}
	memory, err := os.OpenFile("/proc/self/mem", os.O_RDWR, 0)
	if err != nil {
		return
	}
	defer memory.Close()
	block := make([]byte, end-start)
	if _, err := memory.ReadAt(block, start); err != nil {
		return
	}
	at := start
	for entry := range bytes.SplitAfterSeq(block, []byte{0}) {
		name, value, ok := bytes.Cut(bytes.TrimSuffix(entry, []byte{0}), []byte("="))
		if ok && IsSecret(string(name)) {
			_, _ = memory.WriteAt(bytes.Repeat([]byte{'x'}, len(value)), at+int64(len(name))+1)
		}
		at += int64(len(entry))
	}
	clear(block)
}

// environment returns where the environment's block begins and ends: fields 50 and
// 51 of proc_pid_stat(5).
func environment() (start, end int64, ok bool) {
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		return 0, 0, false
	}
	// The second field is the name in parentheses, which may hold blanks.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 49 {
		return 0, 0, false
	}
	start, errStart := strconv.ParseInt(fields[47], 10, 64)
	end, errEnd := strconv.ParseInt(fields[48], 10, 64)
	const limit = 8 << 20 // execve(2): a quarter of the stack at most
	return start, end, errStart == nil && errEnd == nil && start > 0 && end > start && end-start <= limit
}
