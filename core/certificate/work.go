package certificate

import (
	"context"
	"crypto/hmac"
	"crypto/subtle"
	"encoding/binary"
	"hash"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// maximumRounds bounds how often one [Load] hashes passwords, over all of its files,
// blocks and tries. Files in the wild ask for thousands of rounds, careful ones for
// a million; a hostile one asks for hours.
const maximumRounds = 4_000_000

// maximumKeys bounds how many private keys one [Load] checks.
const maximumKeys = 32

// work is what one [Load] may still do.
type work struct {
	ctx    context.Context
	rounds int
	keys   int
}

var (
	errTooMuchWork = fail(Unreadable, text.F("The file asks for more work to open it than any certificate needs. Export it again."))
	errTooManyKeys = fail(Unreadable, text.F("The file holds more private keys than belong to one certificate. Put the certificate and its key into a file of their own."))
	errCancelled   = fail(Unreadable, text.F("Reading the certificate was stopped before its end. Try again."))
)

// spend takes rounds off the budget, times the number of times they are run.
func (w *work) spend(rounds, times int) error {
	switch {
	case w.ctx.Err() != nil:
		return errCancelled
	case rounds < 1, times < 1, rounds > w.rounds/times:
		return errTooMuchWork
	}
	w.rounds -= rounds * times
	return nil
}

// pause returns an error when the caller has given up. The round is looked at first:
// asking the context takes longer than a hash.
func (w *work) pause(round int) error {
	if round%4096 == 0 && w.ctx.Err() != nil {
		return errCancelled
	}
	return nil
}

// pbkdf2 is RFC 8018 section 5.2. The standard library's does not stop with a
// context.
func (w *work) pbkdf2(h func() hash.Hash, password, salt []byte, rounds, size int) ([]byte, error) {
	mac := hmac.New(h, password)
	blocks := (size + mac.Size() - 1) / mac.Size()
	if err := w.spend(rounds, blocks); err != nil {
		return nil, err
	}
	var key []byte
	for block := range blocks {
		mac.Reset()
		mac.Write(salt)
		mac.Write(binary.BigEndian.AppendUint32(nil, uint32(block+1)))
		u := mac.Sum(nil)
		sum := append([]byte(nil), u...)
		for round := 1; round < rounds; round++ {
			if err := w.pause(round); err != nil {
				return nil, err
			}
			mac.Reset()
			mac.Write(u)
			u = mac.Sum(u[:0])
			subtle.XORBytes(sum, sum, u)
		}
		key = append(key, sum...)
	}
	return key[:size], nil
}

// The purposes of RFC 7292 appendix B.3.
const (
	forKey byte = 1
	forIV  byte = 2
	forMAC byte = 3
)

// pkcs12KDF is RFC 7292 appendix B.2. The password is a BMPString with its final
// zeros, see [bmpPassword].
func (w *work) pkcs12KDF(h func() hash.Hash, purpose byte, password, salt []byte, rounds, size int) ([]byte, error) {
	sum := h()
	v := sum.BlockSize()
	blocks := (size + sum.Size() - 1) / sum.Size()
	if err := w.spend(rounds, blocks); err != nil {
		return nil, err
	}
	diversifier := make([]byte, v)
	for i := range diversifier {
		diversifier[i] = purpose
	}
	input := append(repeat(salt, v), repeat(password, v)...)
	var key []byte
	for range blocks {
		sum.Reset()
		sum.Write(diversifier)
		sum.Write(input)
		a := sum.Sum(nil)
		for round := 1; round < rounds; round++ {
			if err := w.pause(round); err != nil {
				return nil, err
			}
			sum.Reset()
			sum.Write(a)
			a = sum.Sum(a[:0])
		}
		key = append(key, a...)
		addToEach(input, repeat(a, v)[:v])
	}
	return key[:size], nil
}

// repeat fills the smallest multiple of v bytes that holds pattern with copies of it.
func repeat(pattern []byte, v int) []byte {
	if len(pattern) == 0 {
		return nil
	}
	filled := make([]byte, v*((len(pattern)+v-1)/v))
	for i := range filled {
		filled[i] = pattern[i%len(pattern)]
	}
	return filled
}

// addToEach adds b and 1 to each block of len(b) bytes, modulo the block's size.
func addToEach(blocks, b []byte) {
	for ; len(blocks) > 0; blocks = blocks[len(b):] {
		carry := uint16(1)
		for i := len(b) - 1; i >= 0; i-- {
			carry += uint16(blocks[i]) + uint16(b[i])
			blocks[i] = byte(carry)
			carry >>= 8
		}
	}
}
