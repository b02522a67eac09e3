package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
)

// aadstsPattern finds Entra's codes in any text; they have five to nine digits.
var aadstsPattern = lazyregexp.New(`(?i)AADSTS[\s:_-]{0,2}([0-9]{5,9})(?:[^0-9]|$)`)

// wrappers are codes that Entra puts in front of, or next to, the one that names
// what is wrong. They decide only on their own.
var wrappers = map[int]bool{
	50000:  true, // issuing the token failed
	50012:  true, // authentication failed
	70000:  true, // invalid grant
	70001:  true, // the application cannot be used
	70002:  true, // credentials did not validate
	900434: true, // retryable
}

// FindAADSTS finds Entra's codes in a text, each once, the most specific first.
func FindAADSTS(text string) []int {
	var found []int
	for _, m := range aadstsPattern.FindAllStringSubmatch(text, -1) {
		if code, err := strconv.Atoi(m[1]); err == nil && !slices.Contains(found, code) {
			found = append(found, code)
		}
	}
	return specificFirst(found)
}

// specificFirst orders codes: known ones, those that the catalogue does not know,
// wrappers; within each group as they came.
func specificFirst(codes []int) []int {
	sorted := slices.Clone(codes)
	slices.SortStableFunc(sorted, func(a, b int) int { return rank(a) - rank(b) })
	return sorted
}

// mostSpecific returns the codes of the first rank that there is.
func mostSpecific(codes []int) []int {
	sorted := specificFirst(codes)
	for i, code := range sorted {
		if rank(code) != rank(sorted[0]) {
			return sorted[:i]
		}
	}
	return sorted
}

func rank(code int) int {
	_, known := data().marks[fmt.Sprintf("aadsts:%d", code)]
	switch {
	case wrappers[code]:
		return 2
	case !known && len(data().refined[aadstsName(code)]) == 0:
		return 1
	}
	return 0
}

// DataverseCode writes a code of Dataverse as 0x%08X from any of its forms:
// "0x80095ffc", "80095FFC", or the decimal of a SOAP fault and of .NET, signed
// (-2147015328) or not. It is false for anything that is not an error code.
func DataverseCode(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && len(text) > 8 {
		if n < -1<<31 || n > 1<<32-1 {
			return "", false
		}
		return failure(uint32(n))
	}
	digits := strings.TrimPrefix(strings.ToLower(text), "0x")
	if len(digits) != 8 {
		return "", false
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil {
		return "", false
	}
	return failure(uint32(n))
}

// failure accepts 0x80……: every code of Dataverse is a failed HRESULT of one of
// the old facilities.
func failure(n uint32) (string, bool) {
	return fmt.Sprintf("0x%08X", n), n>>24 == 0x80
}

func aadstsName(code int) string { return fmt.Sprintf("AADSTS%d", code) }
