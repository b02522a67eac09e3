package profile

import (
	"crypto/rand"
	"regexp"
)

// An account is the name under which the system's store files one secret. Every
// save creates a new one, so the fields and the secret of two saves never mix.

// newAccount returns an account that was never used before: 26 letters and digits.
func newAccount() string { return rand.Text() }

// validAccount reports whether this program could have created an account. An
// account becomes part of a file name, see [sealedVault].
func validAccount(account string) bool {
	return accountPattern.MatchString(account)
}

var (
	accountPattern = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)
	// namesAccount also matches in a file that cannot be decoded. encoding/json
	// ignores the case of a member's name.
	namesAccount = regexp.MustCompile(`(?i)"account"\s*:\s*"([A-Za-z0-9]{1,64})"`)
)

// accountsIn returns the accounts that a file of profiles names, whether or not
// it can be decoded.
func accountsIn(data []byte) []string {
	var accounts []string
	for _, match := range namesAccount.FindAllSubmatch(data, -1) {
		accounts = append(accounts, string(match[1]))
	}
	if d, err := decode(data); err == nil {
		for _, p := range d.Profiles {
			if p.Account != "" {
				accounts = append(accounts, p.Account)
			}
		}
	}
	return accounts
}

// stored returns the accounts under which the system's store must keep a secret.
func (d document) stored() map[string]bool {
	accounts := map[string]bool{}
	for _, p := range d.Profiles {
		if p.Holds != "" {
			accounts[p.Account] = true
		}
	}
	return accounts
}
