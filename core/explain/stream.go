package explain

import (
	"errors"
	"io"
)

// kept is how much is kept of each end of a stream, in bytes. It is even, so that
// UTF-16 is not cut inside a unit, and more than [Explain] looks at.
const kept = 256 << 10

// maxHAR is how much of a HAR file is read, in bytes: it can be read whole or not
// at all.
const maxHAR = 32 << 20

// ReadText reads a text of any length, of which it keeps the beginning and the
// end: logs fail at their end.
func ReadText(r io.Reader) (string, error) {
	head, err := io.ReadAll(io.LimitReader(r, kept))
	if err != nil || len(head) < kept {
		return string(head), err
	}
	if looksLikeHAR(string(head)) {
		rest, err := io.ReadAll(io.LimitReader(r, maxHAR))
		return string(head) + string(rest), err
	}
	tail, skipped, err := readTail(r)
	if err != nil {
		return "", err
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
