package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// An entry of an archive is a header of hexadecimal digits, the name with a terminating
// zero byte, and the content. Name and content are padded to a multiple of four bytes.
//
// Source: manual page cpio(5), "New ASCII Format".
const (
	cpioHeader   = 110
	sizeAt       = 54 // of the content, in 8 digits
	nameSizeAt   = 94 // with the zero byte
	cpioTrailer  = "TRAILER!!!"
	cpioDivisor  = 4
	cpioMagic    = "070701"
	cpioChecksum = "070702" // the same, with checksums
)

// renamed returns the archive with relative names in the place of absolute names: "./usr"
// for "/usr".
func renamed(archive []byte) ([]byte, error) {
	var out bytes.Buffer
	for {
		if len(archive) < cpioHeader {
			return nil, io.ErrUnexpectedEOF
		}
		header := string(archive[:cpioHeader])
		if !strings.HasPrefix(header, cpioMagic) && !strings.HasPrefix(header, cpioChecksum) {
			return nil, errors.New("its payload is no archive of cpio")
		}
		nameSize, err := number(header, nameSizeAt)
		if err != nil {
			return nil, err
		}
		size, err := number(header, sizeAt)
		if err != nil {
			return nil, err
		}
		begin := aligned(cpioHeader + nameSize)
		end := aligned(begin + size)
		if nameSize == 0 || end > len(archive) {
			return nil, io.ErrUnexpectedEOF
		}
		name := string(archive[cpioHeader : cpioHeader+nameSize-1])
		if strings.HasPrefix(name, "/") {
			name = "." + name
		}
		fmt.Fprintf(&out, "%s%08X%s%s\x00", header[:nameSizeAt], len(name)+1, header[nameSizeAt+8:], name)
		out.Write(make([]byte, aligned(out.Len())-out.Len()))
		out.Write(archive[begin:end])
		if archive = archive[end:]; name == cpioTrailer {
			out.Write(archive)
			return out.Bytes(), nil
		}
	}
}

func number(header string, at int) (int, error) {
	n, err := strconv.ParseUint(header[at:at+8], 16, 31)
	return int(n), err // #nosec G115 -- 31 bits
}

func aligned(n int) int { return (n + cpioDivisor - 1) / cpioDivisor * cpioDivisor }
