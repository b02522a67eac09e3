package certificate

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// What a certificate is called, and what its key is called instead.
var (
	certificateWords = []string{"certificate", "fullchain", "public", "chain", "cert", "crt", "cer", "pub"}
	keyWords         = []string{"key", "privkey", "private", "private-key", "private_key", "privatekey", "privateKey", "priv"}
	keyEndings       = []string{".pem", ".key", ".der", ".p8", ".pk8"}
	// keySuffixes follow the certificate's own name.
	keySuffixes = []string{
		"-key", "_key", ".key", "-private", "_private", ".private", "-privkey", "_privkey", ".privkey", "-priv",
		"-private-key", "_private_key", "-privatekey", "_privatekey", "",
	}
)

const (
	// mostBeside bounds how many files next to a certificate are read, and largestKey
	// each one's size in bytes.
	mostBeside = 8
	largestKey = 64 << 10
	// namedBeside is how many of the names a message lists.
	namedBeside = 3
)

// keyNames returns the names that the key of a certificate's file may have, in the
// order of their likelihood.
func keyNames(name string) []string {
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	var names []string
	add := func(stem string) {
		for _, ending := range keyEndings {
			if n := stem + ending; n != name && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	if name != stem+".key" {
		names = append(names, stem+".key")
	}
	for _, instead := range insteadOfCertificate(stem) {
		add(instead)
	}
	for _, suffix := range keySuffixes {
		add(stem + suffix)
	}
	return names
}

// insteadOfCertificate puts the words for a key where a name has one for a
// certificate: "client-cert" becomes "client-key", "fullchain1" becomes "privkey1".
func insteadOfCertificate(stem string) []string {
	low := strings.ToLower(stem)
	if len(low) != len(stem) {
		return nil // letters of other alphabets may change their length
	}
	for _, word := range certificateWords {
		at := strings.LastIndex(low, word)
		if at < 0 {
			continue
		}
		before, after := stem[:at], stem[at+len(word):]
		var all []string
		for _, key := range keyWords {
			if unicode.IsUpper(rune(stem[at])) {
				key = strings.ToUpper(key[:1]) + key[1:]
			}
			all = append(all, before+key+after)
		}
		if without := strings.TrimRight(before, "-_. ") + after; without != after {
			all = append(all, without) // contoso.fullchain.cer, contoso.key
		}
		return all
	}
	return nil
}

// mostListed bounds how many names of a folder are looked at.
const mostListed = 10_000

// list returns the names in a folder by themselves in lower case: Windows and macOS
// do not distinguish case, and people do not either.
func list(folder string) map[string]string {
	names := map[string]string{}
	dir, err := os.Open(filepath.Clean(folder))
	if err != nil {
		return names
	}
	defer dir.Close()
	all, _ := dir.Readdirnames(mostListed)
	for _, name := range all {
		names[strings.ToLower(name)] = name
	}
	return names
}

// isSmallFile reports whether a file may hold a key: reading a pipe may never end.
func isSmallFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Size() <= largestKey
}

// keysBeside returns the files that may hold the key of the certificate at path.
func keysBeside(path string) []string {
	folder, name := filepath.Split(path)
	own, private := list(folder), filepath.Join(folder, "..", "private")
	theirs := list(private)
	var all []string
	for _, candidate := range keyNames(name) {
		if n, ok := own[strings.ToLower(candidate)]; ok && n != name {
			all = append(all, filepath.Join(folder, n))
		}
		if n, ok := theirs[strings.ToLower(candidate)]; ok {
			all = append(all, filepath.Join(private, n))
		}
	}
	all = slices.DeleteFunc(all, func(path string) bool { return !isSmallFile(path) })
	return all[:min(mostBeside, len(all))]
}

// fitting returns the name of a file next to the certificate that holds its key, under
// any name; "" where there is no such file. The user decides whether it is used.
func (r *reader) fitting(path string) string {
	folder, own := filepath.Split(path)
	alone, notes := r.found, r.notes
	defer func() { r.found, r.notes = alone, notes }()
	names := list(folder)
	looked := 0
	for _, low := range slices.Sorted(maps.Keys(names)) {
		name := names[low]
		likely := slices.Contains(keyEndings, filepath.Ext(low)) || strings.Contains(low, "key")
		if !likely || name == own || !isSmallFile(filepath.Join(folder, name)) {
			continue
		}
		if looked++; looked > mostBeside {
			return ""
		}
		data, err := readFile(filepath.Join(folder, name), text.F("private key's file"))
		if err != nil {
			continue
		}
		r.found = contents{}
		r.addFile(data, text.F("private key's file"))
		r.found.certs = alone.certs
		if len(r.found.matches(r.now)) > 0 {
			return name
		}
	}
	return ""
}

// addBeside looks for the key next to a certificate. What it finds is in the contents:
// the key that fits, or else the first one that does not or cannot be read.
func (r *reader) addBeside(path string) (separate bool, err error) {
	alone := r.found
	var first *contents
	for _, candidate := range keysBeside(path) {
		data, err := readFile(candidate, text.F("private key's file"))
		if err != nil {
			continue
		}
		r.found = contents{}
		r.addFile(data, text.F("private key's file"))
		beside := alone
		beside.keys, beside.otherKeys, beside.faults = r.found.keys, r.found.otherKeys, r.found.faults
		if !r.found.hasKey() {
			continue
		}
		if len(beside.matches(r.now)) > 0 {
			r.found = beside
			return true, nil
		}
		if first == nil {
			first = &beside
		}
	}
	r.found = alone
	if first == nil {
		return false, r.notBeside(path)
	}
	r.found = *first
	return true, nil
}

// notBeside returns the error that names where the key was looked for.
func (r *reader) notBeside(path string) error {
	if err := r.found.missing(); !errors.Is(err, errNoKey) {
		return err
	}
	if name := r.fitting(path); name != "" {
		return fail(NoKey, text.F("The file holds a certificate without its private key. The key that belongs to it is beside it, in %s: choose that as the file of the private key.", name))
	}
	names := keyNames(filepath.Base(path))
	return fail(NoKey, text.F("The file holds a certificate without its private key, and no %s is beside it. Choose the PFX file, a PEM file that holds both, or also the file of the private key.",
		strings.Join(names[:min(namedBeside, len(names))], ", ")))
}
