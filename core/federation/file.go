package federation

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// fileLimit is the size in bytes past which a token file is not read.
const fileLimit = 64 << 10

// ReadFile reads the assertion of a token file. Its facts name no host.
func ReadFile(ctx context.Context, from connection.Federation) Facts {
	facts := Facts{Issuer: from.Issuer}
	facts.read(ctx, from)
	return facts
}

// read takes the assertion from its file, which is read again each time: what keeps it
// fresh replaces it.
func (f *Facts) read(ctx context.Context, from connection.Federation) {
	if plain.Trim(from.File) == "" {
		f.Missing = text.F("No file of a federated token is named: AZURE_FEDERATED_TOKEN_FILE is not set.")
		return
	}
	data, why := readFile(ctx, certificate.Path(from.File))
	if !why.Empty() {
		f.Missing = why
		return
	}
	f.accept(secret.New(strings.TrimSpace(plain.Decode(data))), text.F("The file of the federated token"))
}

// readFile reads a regular file within the limit and the time of ctx: on a network
// drive that does not answer, a read may never end.
func readFile(ctx context.Context, path string) ([]byte, text.Text) {
	type result struct {
		data []byte
		why  text.Text
	}
	done := make(chan result, 1)
	go func() {
		defer crash.Guard(func(string) { done <- result{why: text.F("The file of the federated token cannot be read.")} })
		data, why := readRegular(path)
		done <- result{data, why}
	}()
	select {
	case r := <-done:
		return r.data, r.why
	case <-ctx.Done():
		return nil, text.F("The file of the federated token could not be read in time.")
	}
}

func readRegular(path string) ([]byte, text.Text) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, text.F("The file of the federated token is not there.")
	case errors.Is(err, fs.ErrPermission):
		return nil, text.F("The file of the federated token may not be read by this account.")
	case err != nil:
		return nil, text.F("The file of the federated token cannot be found.")
	case !info.Mode().IsRegular():
		return nil, text.F("The file of the federated token is not a regular file.")
	case info.Size() > fileLimit:
		return nil, text.F("The file of the federated token is larger than 64 KiB, which no token is.")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, text.F("The file of the federated token may not be read by this account.")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, fileLimit))
	if err != nil {
		return nil, text.F("The file of the federated token cannot be read.")
	}
	return data, text.Text{}
}
