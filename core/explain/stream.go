package explain

import (
	"bytes"
	"errors"
	"io"
)

// kept is how much is kept of each end of a stream, in bytes. It is even, so that
// UTF-16 is not cut inside a unit, and more than [Explain] looks at.
const kept = 256 << 10

// maxHAR is how much of a HAR file is read, in bytes.
const maxHAR = 256 << 20

// ReadText reads a text of any length, of which it keeps the beginning and the
// end: logs fail at their end.
func ReadText(r io.Reader) (string, error) {
	head, err := io.ReadAll(io.LimitReader(r, kept))
	if err != nil || len(head) < kept {
		return string(head), err
	}
	har := harFilter{reader: r, head: head}
	if looksLikeHAR(string(head)) {
		r = &har
	}
	tail, skipped, err := readTail(r)
	if err != nil {
		return "", err
	}
	if text := har.text(); text != "" {
		return text, nil
	}
	switch wide := isUTF16(string(head)); {
	case skipped == 0, wide && skipped%2 == 0:
		return string(head) + string(tail), nil
	case wide:
		return string(head) + string(tail[1:]), nil
	}
	return string(head) + "\n" + string(tail), nil
}

// readTail returns the last bytes of a stream, and how many there were before.
func readTail(r io.Reader) (tail []byte, skipped int, err error) {
	buffer := make([]byte, 2*kept)
	n := 0
	for {
		got, err := r.Read(buffer[n:])
		n += got
		if n == len(buffer) {
			copy(buffer, buffer[kept:])
			n -= kept
			skipped += kept
		}
		if errors.Is(err, io.EOF) {
			cut := max(0, n-kept)
			return buffer[cut:n], skipped + cut, nil
		}
		if err != nil {
			return nil, 0, err
		}
	}
}

// harFilter scans a HAR file while it is read, and keeps the entries that may be about
// a connection: of the rest of a file of any size, nothing is needed.
type harFilter struct {
	reader  io.Reader
	head    []byte
	scanner *harScanner
	read    int
	entries bytes.Buffer
}

// Read implements [io.Reader].
func (f *harFilter) Read(p []byte) (int, error) {
	if f.scanner == nil {
		f.scanner = &harScanner{take: f.keep}
		f.scanner.write(f.head)
	}
	n, err := f.reader.Read(p)
	if f.read += n; f.read <= maxHAR {
		f.scanner.write(p[:n])
	}
	return n, err
}

func (f *harFilter) keep(raw []byte) {
	if x, ok := readEntry(raw); !ok || f.entries.Len() > maxKept || len(x.text) == 0 {
		return
	}
	if f.entries.Len() > 0 {
		f.entries.WriteByte(',')
	}
	f.entries.Write(raw)
}

// maxKept is how much of the entries of a HAR file is kept, in bytes.
const maxKept = 16 << 20

// text returns the file with nothing but the entries that were kept, "" if no entry
// was kept.
func (f *harFilter) text() string {
	if f.entries.Len() == 0 {
		return ""
	}
	return `{"log":{"entries":[` + f.entries.String() + `]}}`
}
