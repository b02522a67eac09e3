// Command rpmnames makes the names in the payload of RPMs relative, as rpmbuild writes
// them: ./usr/bin/s2scheck. rpm uses the names of its own header, but rpm2cpio with cpio,
// which rpmlint and file managers run, would write files with absolute names over those
// of the system. The command also corrects the size of the payload, because rpm2cpio
// reports a failure otherwise.
//
// nfpm writes relative names itself from version 2.48; then this command changes nothing.
//
//	rpmnames FILE...
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
)

func main() {
	for _, file := range os.Args[1:] {
		if err := rewrite(file); err != nil {
			fmt.Fprintf(os.Stderr, "rpmnames: %s: %v\n", file, err)
			os.Exit(1)
		}
	}
}

func rewrite(file string) error {
	rpm, err := os.ReadFile(file) // #nosec G304 G703 -- named by the caller
	if err == nil {
		rpm, err = relative(rpm)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(file, rpm, 0o644) // #nosec G306 G703 -- a download, for everyone
}

// The tags of the signature header.
//
// Source: rpm-software-management.github.io/rpm/manual/tags.html.
const (
	tagSize        = 1000 // of header and payload
	tagPayloadSize = 1007 // of the payload, unpacked
)

const leadSize = 96

// relative returns an RPM with relative names in its payload, which must be packed with
// gzip.
func relative(rpm []byte) ([]byte, error) {
	signature, err := headerAt(rpm, leadSize)
	if err != nil {
		return nil, err
	}
	const alignment = 8 // of the header behind the signature
	begin := (leadSize + len(signature) + alignment - 1) / alignment * alignment
	header, err := headerAt(rpm, begin)
	if err != nil {
		return nil, err
	}
	packed := rpm[begin+len(header):]
	payload, err := unpack(packed)
	if err == nil {
		payload, err = renamed(payload)
	}
	if err != nil {
		return nil, err
	}
	repacked, err := pack(payload)
	if err != nil {
		return nil, err
	}
	newHeader, err := exchanged(header, sum(packed), sum(repacked))
	if err != nil {
		return nil, err
	}
	signature, err = exchanged(signature, sum(header), sum(newHeader))
	if err != nil {
		return nil, err
	}
	for tag, size := range map[uint32]int{tagSize: len(newHeader) + len(repacked), tagPayloadSize: len(payload)} {
		if err := setNumber(signature, tag, size); err != nil {
			return nil, err
		}
	}
	out := append(bytes.Clone(rpm[:leadSize]), signature...)
	out = append(out, make([]byte, begin-len(out))...)
	return append(append(out, newHeader...), repacked...), nil
}

const (
	introSize = 16 // of a header: magic, number of entries, size of values
	entrySize = 16 // of an entry: tag, type, offset, count
)

// headerAt returns the header that begins at an offset.
func headerAt(rpm []byte, at int) ([]byte, error) {
	if len(rpm) < at+introSize || !bytes.HasPrefix(rpm[at:], []byte{0x8e, 0xad, 0xe8, 1}) {
		return nil, errors.New("it is no RPM")
	}
	entries, values := binary.BigEndian.Uint32(rpm[at+8:]), binary.BigEndian.Uint32(rpm[at+12:])
	end := int64(at) + introSize + int64(entries)*entrySize + int64(values)
	if end > int64(len(rpm)) {
		return nil, io.ErrUnexpectedEOF
	}
	return rpm[at:end], nil
}

// setNumber sets the value of a tag of a header, a 32-bit number.
func setNumber(header []byte, tag uint32, value int) error {
	entries := int(binary.BigEndian.Uint32(header[8:]))
	values := header[introSize+entries*entrySize:]
	for i := range entries {
		entry := header[introSize+i*entrySize:]
		if binary.BigEndian.Uint32(entry) != tag {
			continue
		}
		at := int(binary.BigEndian.Uint32(entry[8:]))
		if at < 0 || at+4 > len(values) {
			return io.ErrUnexpectedEOF
		}
		binary.BigEndian.PutUint32(values[at:], uint32(value)) // #nosec G115 -- a package is smaller
		return nil
	}
	return fmt.Errorf("it has no tag %d", tag)
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// exchanged returns a header with by in the place of digest, which it contains once.
func exchanged(header []byte, digest, by string) ([]byte, error) {
	if bytes.Count(header, []byte(digest)) != 1 {
		return nil, errors.New("its digest is not that of its content")
	}
	return bytes.Replace(header, []byte(digest), []byte(by), 1), nil
}

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r) // of a package that was just made
}

func pack(payload []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = w.Write(payload)
	}
	if err == nil {
		err = w.Close()
	}
	return b.Bytes(), err
}
