package desktop

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/image/font/sfnt"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// The bundled font has the letters of every language except Japanese. For those
// Fyne searches the computer's fonts; Japanese is offered only if that will succeed.

// japaneseNames matches the names of font files that may have kana and kanji: the
// fonts of Windows and macOS, and the packages of Linux distributions.
var japaneseNames = lazyregexp.New(`(?i)^(yugoth|meiryo|msgothic|biz-?ud|hiragino|ヒラギノ|arial ?unicode|` +
	`noto(sans|serif).*(cjk|jp)|sourcehan|ipa(ex)?[gm]|takao|vl-|m\+|mplus|migu|droidsansfallback|wqy|unifont)`)

// fontFolders returns the folders in which the system keeps fonts.
func fontFolders() []string {
	home, _ := os.UserHomeDir()
	switch runtime.GOOS {
	case "windows":
		return []string{
			filepath.Join(os.Getenv("SystemRoot"), "Fonts"),
			filepath.Join(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts"),
		}
	case "darwin":
		return []string{"/System/Library/Fonts", "/Library/Fonts", filepath.Join(home, "Library", "Fonts")}
	}
	return []string{
		"/usr/share/fonts", "/usr/local/share/fonts",
		filepath.Join(home, ".local", "share", "fonts"), filepath.Join(home, ".fonts"),
	}
}

// CanShow reports whether the computer has fonts with the letters of a language. It
// reads files and can take a second.
func CanShow(language string) bool { return language != "ja" || hasJapanese(fontFolders()) }

// hasJapanese reports whether one font in folders has Japanese letters.
func hasJapanese(folders []string) bool {
	found := false
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !japaneseNames.MatchString(entry.Name()) {
				return nil // skip what cannot be read
			}
			if found = isJapanese(path); found {
				return fs.SkipAll
			}
			return nil
		})
		if found {
			return true
		}
	}
	return false
}

// isJapanese reports whether a font file has kana and kanji; its name alone is no
// proof.
func isJapanese(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }()
	collection, err := sfnt.ParseCollectionReaderAt(file)
	if err != nil {
		return false
	}
	for i := range collection.NumFonts() {
		font, err := collection.Font(i)
		if err != nil {
			continue
		}
		if hasGlyphs(font, 'あ', 'ン', '環', '境', '、') {
			return true
		}
	}
	return false
}

func hasGlyphs(font *sfnt.Font, letters ...rune) bool {
	var buffer sfnt.Buffer
	for _, r := range letters {
		if index, err := font.GlyphIndex(&buffer, r); err != nil || index == 0 {
			return false
		}
	}
	return true
}
