package certificate

import (
	"fmt"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// storeFaults are the errors with which Windows refuses the use of a private key.
//
// Source: winerror.h, FACILITY_SSPI, FACILITY_SCARD and FACILITY_WIN32.
var storeFaults = map[uint32]*Error{
	0x8009200B: keyMissing, // CRYPT_E_NO_KEY_PROPERTY
	0x8009000D: keyMissing, // NTE_NO_KEY
	0x80090011: keyMissing, // NTE_NOT_FOUND
	0x80090016: keyMissing, // NTE_BAD_KEYSET
	0x8009001A: keyMissing, // NTE_KEYSET_ENTRY_BAD

	0x80070005: keyNotPermitted, // E_ACCESSDENIED
	0x00000005: keyNotPermitted, // ERROR_ACCESS_DENIED
	0x80090010: keyNotPermitted, // NTE_PERM

	0x80090022: keyOnCard, // NTE_SILENT_CONTEXT: a PIN or a question would be asked
	0x8009002E: keyOnCard, // NTE_UI_REQUIRED
	0x80090030: keyOnCard, // NTE_DEVICE_NOT_READY
	0x80090035: keyOnCard, // NTE_DEVICE_NOT_FOUND
	0x80090036: keyOnCard, // NTE_USER_CANCELLED
	0x8010000C: keyOnCard, // SCARD_E_NO_SMARTCARD
	0x80100017: keyOnCard, // SCARD_E_READER_UNAVAILABLE
	0x8010001D: keyOnCard, // SCARD_E_NO_SERVICE
	0x8010001E: keyOnCard, // SCARD_E_SERVICE_STOPPED
	0x8010002E: keyOnCard, // SCARD_E_NO_READERS_AVAILABLE
	0x80100068: keyOnCard, // SCARD_W_RESET_CARD
	0x80100069: keyOnCard, // SCARD_W_REMOVED_CARD
	0x8010006B: keyOnCard, // SCARD_W_WRONG_CHV
	0x8010006C: keyOnCard, // SCARD_W_CHV_BLOCKED
	0x8010006E: keyOnCard, // SCARD_W_CANCELLED_BY_USER
	0x8010006F: keyOnCard, // SCARD_W_CARD_NOT_AUTHENTICATED

	0x80090014: keyOld, // NTE_BAD_PROV_TYPE
	0x80090029: keyOld, // NTE_NOT_SUPPORTED: the key of an old provider
	0x80090008: keyOld, // NTE_BAD_ALGID
}

var (
	keyMissing      = fail(NoKey, text.F("The store has this certificate without its private key. Import it again with its key, such as from a PFX file."))
	keyNotPermitted = fail(NotPermitted, text.F("Windows does not let this account use the certificate's private key. In certlm.msc choose the certificate › All Tasks › Manage Private Keys, and give this account Read."))
	keyOnCard       = fail(SmartCard, text.F("The certificate's private key is on a smart card that is missing or locked, or Windows asks before each use of it. Insert and unlock the card, or take a certificate whose key can be used without a question."))
	keyOld          = fail(KeyType, text.F("The certificate's private key is kept by an old provider that cannot sign with RSA-PSS. Import the certificate again with the provider Microsoft Software Key Storage Provider."))
)

// storeFault names the error with which Windows refuses the use of a private key.
func storeFault(code uint32) *Error {
	if known, ok := storeFaults[code]; ok {
		return known
	}
	return fail(Unreadable, text.F("Windows could not use the certificate's private key (error %s).", fmt.Sprintf("0x%08X", code)))
}
