package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// file is a file of an archive.
type file struct{ name, content string }

// archive returns files in the format of cpio.
func archive(files ...file) []byte {
	var b bytes.Buffer
	for _, f := range append(files, file{name: cpioTrailer}) {
		fmt.Fprintf(&b, "%s%s%08X%s%08X%08X%s\x00", cpioMagic, strings.Repeat("0", 48), len(f.content), strings.Repeat("0", 32), len(f.name)+1, 0, f.name)
		b.Write(make([]byte, aligned(b.Len())-b.Len()))
		b.WriteString(f.content)
		b.Write(make([]byte, aligned(b.Len())-b.Len()))
	}
	return b.Bytes()
}

// header returns a header with a digest and numbers.
func header(digest string, tags ...uint32) []byte {
	b := []byte{0x8e, 0xad, 0xe8, 1, 0, 0, 0, 0}
	values := []byte(digest + "\x00\x00\x00\x00")
	first := len(values)
	b = binary.BigEndian.AppendUint32(b, uint32(len(tags)))
	b = binary.BigEndian.AppendUint32(b, uint32(first+4*len(tags)))
	for i, tag := range tags {
		for _, n := range []uint32{tag, 4, uint32(first + 4*i), 1} {
			b = binary.BigEndian.AppendUint32(b, n)
		}
	}
	return append(append(b, values...), make([]byte, 4*len(tags))...)
}

// rpm returns a package.
func rpm(t *testing.T, payload []byte) []byte {
	t.Helper()
	packed, err := pack(payload)
	if err != nil {
		t.Fatal(err)
	}
	main := header(sum(packed))
	b := append(make([]byte, leadSize), header(sum(main), tagSize, tagPayloadSize)...)
	for len(b)%8 != 0 {
		b = append(b, 0)
	}
	return append(append(b, main...), packed...)
}

func TestRenamed(t *testing.T) {
	for name, c := range map[string]struct{ in, want []byte }{
		"absolute": {archive(file{"/usr/bin/a", "abc"}, file{"/usr/share/doc", ""}), archive(file{"./usr/bin/a", "abc"}, file{"./usr/share/doc", ""})},
		"relative": {archive(file{"./a", "abc"}), archive(file{"./a", "abc"})},
		"none":     {archive(), archive()},
	} {
		got, err := renamed(c.in)
		if err != nil || !bytes.Equal(got, c.want) {
			t.Errorf("%s: %v\n-want %q\n+got  %q", name, err, c.want, got)
		}
	}
	whole := archive(file{"/usr/bin/a", "abc"})
	for n := range len(whole) {
		if _, err := renamed(whole[:n]); err == nil {
			t.Errorf("cut at %d: no error", n)
		}
	}
	if _, err := renamed(bytes.Repeat([]byte("0"), 200)); err == nil {
		t.Error("no archive: no error")
	}
}

// TestRelative guards that the digests and sizes of a package match the new payload.
func TestRelative(t *testing.T) {
	want := archive(file{"./usr/bin/a", "abc"})
	got, err := relative(rpm(t, archive(file{"/usr/bin/a", "abc"})))
	if err != nil {
		t.Fatal(err)
	}
	signature, err := headerAt(got, leadSize)
	if err != nil {
		t.Fatal(err)
	}
	begin := leadSize + (len(signature)+7)/8*8
	main, err := headerAt(got, begin)
	if err != nil {
		t.Fatal(err)
	}
	packed := got[begin+len(main):]
	if payload, err := unpack(packed); err != nil || !bytes.Equal(payload, want) {
		t.Errorf("%v\n-want %q\n+got  %q", err, want, payload)
	}
	if !bytes.Contains(main, []byte(sum(packed))) || !bytes.Contains(signature, []byte(sum(main))) {
		t.Error("a digest is wrong")
	}
	end := signature[len(signature)-8:]
	if size, unpacked := binary.BigEndian.Uint32(end), binary.BigEndian.Uint32(end[4:]); int(size) != len(main)+len(packed) || int(unpacked) != len(want) {
		t.Errorf("sizes %d and %d, want %d and %d", size, unpacked, len(main)+len(packed), len(want))
	}
	again, err := relative(got)
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("a second time it is another: %v", err)
	}
}

func TestRelativeRefuses(t *testing.T) {
	whole := rpm(t, archive(file{"/usr/bin/a", "abc"}))
	damaged := bytes.Clone(whole)
	damaged[len(damaged)-1]++
	for name, in := range map[string][]byte{"nothing": nil, "no RPM": make([]byte, 500), "cut": whole[:len(whole)-20], "damaged": damaged} {
		if _, err := relative(in); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := setNumber(header("x"), tagSize, 1); err == nil {
		t.Error("a tag that is not there: no error")
	}
	if _, err := headerAt(whole[:leadSize+20], leadSize); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}
