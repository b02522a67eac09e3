package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"

	"golang.org/x/image/font/sfnt"
)

// The bundled font has the letters of every language but Japanese. For those
// Fyne looks among the computer's fonts, and whether it will find any is looked
// up here before Japanese is offered.

// japaneseNames are how files are called that may have kana and kanji: the fonts
// that come with Windows and macOS, and the packages of Linux distributions.
var japaneseNames = regexp.MustCompile(`(?i)^(yugoth|meiryo|msgothic|biz-?ud|hiragino|ヒラギノ|arial ?unicode|` +
	`noto(sans|serif).*(cjk|jp)|sourcehan|ipa(ex)?[gm]|takao|vl-|m\+|mplus|migu|droidsansfallback|wqy|unifont)`)

// fontFolders are where a system keeps its fonts.
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

// canShow tells whether the computer has letters for a language.
func canShow(language string) bool { return language != "ja" || hasJapanese(fontFolders()) }

// hasJapanese looks for one font with the letters.
func hasJapanese(folders []string) bool {
	found := false
	for _, folder := range folders {
		_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !japaneseNames.MatchString(entry.Name()) {
				return nil // what cannot be read offers nothing
			}
			if found = readsJapanese(path); found {
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

// readsJapanese looks for kana and kanji in a font: its name alone promises
// nothing.
func readsJapanese(path string) bool {
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
		if hasLetters(font, 'あ', 'ン', '環', '境', '、') {
			return true
		}
	}
	return false
}

func hasLetters(font *sfnt.Font, letters ...rune) bool {
	var buffer sfnt.Buffer
	for _, r := range letters {
		if index, err := font.GlyphIndex(&buffer, r); err != nil || index == 0 {
			return false
		}
	}
	return true
}
