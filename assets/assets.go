// Package assets holds the pictures and the translations that are built into the
// programs.
//
// icon.png and window.png are made of icon.svg, and each translation's .json.gz of its
// .json, by the tests in this package, with -update.
package assets

import (
	"compress/gzip"
	"embed"
	"fmt"
	"io"
)

// WindowIcon is the program's icon, 128 × 128, as PNG: large enough for a task bar at
// 400 %. The one of 512 × 512, icon.png, is for packages: decoding it and handing it to
// the X server took 25 ms at every start.
//
//go:embed window.png
var WindowIcon []byte

// packed are the translations, a third of their size: the program is downloaded
// with all of them, and speaks one.
//
//go:embed translations/*.json.gz
var packed embed.FS

// Translation gives the window's texts in a language, "pt-BR": one JSON object,
// from the English text to its own. The error is that of [embed.FS] where there is
// no such language.
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
