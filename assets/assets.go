// Package assets holds the pictures and the translations that are built into the
// programs.
//
// The tests in this package, with -update, make icon.png and window.png from icon.svg,
// and each translation's .json.gz from its .json.
package assets

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io"
)

// WindowIcon is the program's icon as PNG, 128 × 128: large enough for a task bar at
// 400 %. Packages use icon.png with 512 × 512; decoding that and sending it to the X
// server took 25 ms at every start.
//
//go:embed window.png
var WindowIcon []byte

// packed contains the compressed translations, a third of their size: the program
// includes all of them and uses only the user's language.
//
//go:embed translations/*.json.gz
var packed embed.FS

// Translation returns the window's texts in a language such as "pt-BR": a JSON object
// that maps English texts to translations. If there is no such language, the error is
// that of [embed.FS].
func Translation(language string) ([]byte, error) {
	file, err := packed.Open("translations/" + language + ".json.gz")
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("assets: %s: %w", language, err)
	}
	return io.ReadAll(unpacked)
}
