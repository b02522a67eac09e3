package certificate

import (
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// block is a PEM block (RFC 7468) in the state in which it arrived.
type block struct {
	label string
	// method and iv are of OpenSSL's old encryption, or "".
	method, iv string
	der        []byte
	// intact is false where the text between the labels is not base64, cut is true
	// where no other label follows.
	intact, cut bool
}

// The dashes are those of RFC 7468, or what mail and word processors make of them;
// four and a blank are those of RFC 4716. The label may be that of a web form, with
// a plus for each blank.
var (
	pemBegin  = lazyregexp.New(`(?:[-–—]{2,}) ?BEGIN[ +_]([A-Z0-9#][A-Z0-9 +_#.]*?) ?[-–—]{2,}`)
	pemEdge   = lazyregexp.New(`[-–—]{2,} ?(?:END|BEGIN)[ +_]`)
	pemMethod = lazyregexp.New(`DEK-Info:\s*([A-Z0-9-]+),\s*([0-9A-Fa-f]+)`)
	pemHeader = lazyregexp.New(`(?:Proc-Type|Comment|Subject|X-[A-Za-z-]+):[^\n]*|4,ENCRYPTED`)
	// control are the words of RTF, which word processors paste.
	control = lazyregexp.New(`\\[a-z]+[0-9]* ?`)
	// softBreak is the line end of quoted-printable, which does not count. The padding
	// of base64 ends a line, too, and nothing follows it.
	softBreak = lazyregexp.New(`=\r?\n([A-Za-z0-9+/=])`)
	// escaped are the escapes of line ends, blanks and characters of base64, in
	// JSON, shells and code, also when they were escaped twice.
	escaped = lazyregexp.New(`\\+(?:u000[aAdD9]|u0020|u002[bBfF]|u003[dD]|x0[aAdD]|[nrt]|/)`)
)

// pemBlocks returns the blocks in text, also where they are indented, quoted, in
// one line, one right after the other.
func pemBlocks(text string) []block {
	var all []block
	for {
		at := pemBegin.FindStringSubmatchIndex(text)
		if at == nil {
			return all
		}
		label := strings.Map(func(r rune) rune {
			if r == '+' || r == '_' {
				return ' '
			}
			return r
		}, text[at[2]:at[3]])
		text = text[at[1]:]
		body := text
		end := pemEdge.FindStringIndex(text)
		if end != nil {
			body, text = text[:end[0]], text[end[0]:]
		}
		b := newBlock(label, body)
		b.cut = end == nil
		all = append(all, b)
	}
}

func newBlock(label, body string) block {
	b := block{label: label}
	body = unescape(body)
	if m := pemMethod.FindStringSubmatch(body); m != nil {
		b.method, b.iv = m[1], m[2]
		body = strings.Replace(body, m[0], "", 1)
	}
	body = control.ReplaceAllString(body, "")
	body = pemHeader.ReplaceAllString(body, "")
	if strings.Contains(body, "=3D") || softBreak.MatchString(body) {
		body = strings.ReplaceAll(softBreak.ReplaceAllString(body, "$1"), "=3D", "=") // quoted-printable, RFC 2045
	}
	b.der, b.intact = fromBase64(base64Of(body))
	return b
}

// unescape undoes what JSON, shells and code make of line ends, "/", "+" and "=".
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		switch strings.ToLower(strings.TrimLeft(m, `\`)) {
		case "/", "u002f":
			return "/"
		case "u002b":
			return "+"
		case "u003d":
			return "="
		}
		return "\n"
	})
}

// base64Of keeps the characters of base64 in a block's text.
func base64Of(body string) string {
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(body, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line = withoutCode(line)
		for i := range len(line) {
			if inBase64(line[i]) {
				b.WriteByte(line[i])
			}
		}
	}
	return b.String()
}

// withoutCode returns what is between the quotes of a line of code, which may end
// or begin with the plus that joins it to the next.
func withoutCode(line string) string {
	if i, j := strings.IndexAny(line, `"'`), strings.LastIndexAny(line, `"'`); i >= 0 {
		switch {
		case i < j:
			return line[i+1 : j]
		case len(line)-i > i:
			line = line[i+1:]
		default:
			line = line[:i]
		}
	}
	line = strings.TrimSpace(line)
	if line == "+" {
		return ""
	}
	return strings.TrimPrefix(strings.TrimSuffix(line, " +"), "+ ")
}

func isPrivateKeyLabel(label string) bool { return strings.HasSuffix(label, "PRIVATE KEY") }

// addBlock reads a block by what it holds; its label counts where that is nothing
// known.
func (r *reader) addBlock(b block) error {
	switch t, ok := thingLabelled(b.label); {
	case ok && t != aPKCS7:
		r.found.see(t)
		return nil
	case !b.intact && b.cut:
		r.found.badKeys++ // what is missing may be the key
		return errCut
	case !b.intact && isPrivateKeyLabel(b.label):
		r.found.badKeys++
		return fail(Unreadable, text.F("The private key in the file is damaged: its text is not base64. Copy it again, or export it again."))
	case !b.intact && strings.Contains(b.label, "CERTIFICATE"):
		return fail(Unreadable, text.F("A certificate in the file is damaged: its text is not base64. Copy it again, or export it again."))
	case !b.intact:
		return nil
	case b.method != "":
		return r.addOldKey(b)
	case !isPrivateKeyLabel(b.label) && !strings.Contains(b.label, "CERTIFICATE") && !strings.HasPrefix(b.label, "PKCS") && b.label != "PFX" && b.label != "CMS":
		return nil // parameters, and other blocks next to a certificate
	}
	err := r.addDER(b.der, b.label)
	if fault := (*Error)(nil); b.cut && errors.As(err, &fault) && fault.Fault == Unreadable {
		return errCut
	}
	return err
}

var errCut = fail(Unreadable, text.F("The file is cut off within a PEM block. Copy it again, or export it again."))

// addOldKey opens a key that OpenSSL encrypted before PKCS#8.
func (r *reader) addOldKey(b block) error {
	old := &pem.Block{Type: b.label, Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": b.method + "," + b.iv}, Bytes: b.der}
	if _, err := hex.DecodeString(b.iv); err != nil {
		return r.explainLock(rare(b.method), keyLock)
	}
	var key []byte
	err := r.unlock(func(given secret.Value) (err error) {
		given.Use(func(plain string) {
			//lint:ignore SA1019 read only: the form is weak, and keys of it are in use
			key, err = x509.DecryptPEMBlock(old, []byte(plain))
		})
		switch {
		case errors.Is(err, x509.IncorrectPasswordError):
			return errWrongPassword
		case err != nil:
			return &unsupported{b.method}
		case kindOfKey(key) == "" && !isPrivateKey(key):
			return errWrongPassword // the padding was right by chance
		}
		return nil
	})
	if err != nil {
		r.found.badKeys++
		return r.explainLock(err, keyLock)
	}
	return r.addKey(key)
}
