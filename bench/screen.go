//go:build linux

package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// screen is an X server whose pixels are in a file. Reading the file does not slow the
// programs that draw.
type screen struct {
	dir     string
	display string
	server  *exec.Cmd
	memory  []byte // the pixels, four bytes each
}

// openScreen starts Xvfb, which stores its pixels in a file in the format of xwd(1) and
// chooses a free display.
func openScreen() (*screen, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer func() { _ = read.Close() }()
	s := &screen{dir: dir, server: exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-fbdir", dir, "-noreset", "-br", "-nocursor")}
	s.server.ExtraFiles = []*os.File{write}
	if err := s.server.Start(); err != nil {
		return nil, err
	}
	_ = write.Close()
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		s.close()
		return nil, err
	}
	s.display = ":" + strings.TrimSpace(number)
	if s.memory, err = pixels(filepath.Join(dir, "Xvfb_screen0")); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// pixels maps the file and skips its header: X11/XWDFile.h. The first number of the
// header is its own size, the twentieth is the number of entries in the colour map, each
// of twelve bytes.
func pixels(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	all, err := syscall.Mmap(int(file.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	if len(all) < 100 {
		return nil, errors.New("the file of Xvfb has no header")
	}
	skip := int(binary.BigEndian.Uint32(all)) + 12*int(binary.BigEndian.Uint32(all[4*19:]))
	if skip >= len(all) {
		return nil, errors.New("the file of Xvfb has no pixels")
	}
	return all[skip:], nil
}

// black reports whether the screen is empty. It reads every 97th pixel, which is enough
// for a window.
func (s *screen) black() bool {
	for i := 0; i+3 < len(s.memory); i += 4 * 97 {
		if s.memory[i] != 0 || s.memory[i+1] != 0 || s.memory[i+2] != 0 {
			return false
		}
	}
	return true
}

// sum returns a checksum of the pixels that black reads. Pictures with the same sum count
// as equal.
func (s *screen) sum() uint32 {
	hash := crc32.NewIEEE()
	for i := 0; i+3 < len(s.memory); i += 4 * 97 {
		_, _ = hash.Write(s.memory[i : i+3])
	}
	return hash.Sum32()
}

// env returns the environment of the programs: a home folder, and this screen.
func (s *screen) env() []string {
	return append(os.Environ(), "DISPLAY="+s.display, "WAYLAND_DISPLAY=", "HOME="+s.dir, "XDG_RUNTIME_DIR="+s.dir,
		"XDG_CONFIG_HOME="+filepath.Join(s.dir, ".config"), "XDG_CACHE_HOME="+filepath.Join(s.dir, ".cache"), "LANG=C.UTF-8")
}

func (s *screen) close() {
	_ = s.server.Process.Kill()
	_ = s.server.Wait()
	_ = os.RemoveAll(s.dir)
}
