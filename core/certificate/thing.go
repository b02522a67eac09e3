package certificate

import (
	"bytes"
	"encoding/hex"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// thing is something that people mistake for a certificate file. The
// order is that of their weight in a file that holds several.
type thing int

const (
	anSSHKey thing = iota
	aPuTTYKey
	aJavaKeystore
	aJCEKeystore
	aTPMKey
	aPVK
	aPKCS7
	aVaultEntry // the last that explains why a certificate is without its key
	aRequest
	aRevocationList
	anXMLKey
	aJSONWebKey
	aPublicKey
	anSSHPublicKey
	aPGPText
	aSerializedStore
	anArchive
	anLFSPointer
	aWebPage
	anErrorText
	aThumbprint
	anAddress
	damagedByText
	encryptedByOpenSSL
	encryptedByAge
	encryptedByAnsible
	encryptedBySOPS
	otherBlocks
)

var things = map[thing]text.Text{
	anSSHKey:           text.F("The private key is in OpenSSH's own format, which has no certificate with it. Choose the certificate's PFX or PEM file. If it is the key of the certificate, convert a copy: ssh-keygen -p -m PEM -f copy"),
	aPuTTYKey:          text.F("The file is a key of PuTTY (.ppk), which has no certificate with it. Choose the certificate's PFX or PEM file. If it is the key of the certificate, export it with PuTTYgen: Conversions › Export OpenSSH key (old PEM format)."),
	aJavaKeystore:      text.F("The file is a Java keystore (JKS), which is not read here. Convert it: keytool -importkeystore -srckeystore old.jks -destkeystore new.pfx -deststoretype PKCS12"),
	aJCEKeystore:       text.F("The file is a Java keystore (JCEKS), which is not read here. Convert it: keytool -importkeystore -srckeystore old.jceks -srcstoretype JCEKS -destkeystore new.pfx -deststoretype PKCS12"),
	aTPMKey:            text.F("The private key is kept in a TPM or another device, and the file only points to it. Choose a certificate whose private key is in a file."),
	aPVK:               text.F("The file is a private key in Microsoft's PVK format. Join it with its certificate: pvk2pfx -pvk key.pvk -spc certificate.cer -pfx new.pfx"),
	aPKCS7:             text.F("The file is a PKCS#7 collection (.p7b), and PKCS#7 holds no private key. Choose the PFX file, or also the file of the private key."),
	aVaultEntry:        text.F("The file describes a certificate in a vault, without its private key. Download the secret of the same name instead: az keyvault secret download --encoding base64"),
	aRequest:           text.F("The file holds a certificate request (CSR), not a certificate. Choose the certificate that was issued for it, and its private key."),
	aRevocationList:    text.F("The file holds a revocation list (CRL), not a certificate. Choose the PFX file, or a PEM file with the certificate and its private key."),
	anXMLKey:           text.F("The file holds a key in the XML format of .NET, without a certificate. Export the certificate as PFX, with its private key."),
	aJSONWebKey:        text.F("The file holds a JSON Web Key, without a certificate that belongs to it. Export the certificate as PFX, with its private key."),
	aPublicKey:         text.F("The file holds a public key only. Choose the certificate and its private key: a PFX file, or a PEM file that holds both."),
	anSSHPublicKey:     text.F("The file holds an SSH public key, which is neither a certificate nor a private key. Choose the certificate's PFX file, or a PEM file with its private key."),
	aPGPText:           text.F("The file is of PGP, and Entra takes no PGP keys. Choose the certificate's PFX file, or a PEM file with its private key."),
	aSerializedStore:   text.F("The file is a certificate store of Windows (.sst), which holds no private keys. Export the certificate as PFX, with its private key."),
	anArchive:          text.F("The file is an archive. Unpack it, and choose the PFX or PEM file in it."),
	anLFSPointer:       text.F("The file is a pointer of Git LFS and not the certificate itself. Fetch the file: git lfs pull"),
	aWebPage:           text.F("The file is a web page: a sign-in or an error page was saved instead of the certificate. Download the certificate again."),
	anErrorText:        text.F("The file is the error message of a service, which was saved instead of the certificate. Download the certificate again."),
	otherBlocks:        text.F("There is no certificate in the file, only PEM blocks of other kinds. Choose a PFX file, or a PEM file with the certificate and its private key."),
	aThumbprint:        text.F("The file holds a thumbprint only. Choose the certificate and its private key: a PFX file, or a PEM file that holds both."),
	anAddress:          text.F("The file holds an address only. Download the certificate with its private key from there, and choose that file."),
	damagedByText:      text.F("The file was damaged by a program that treated it as text. Copy it again as a binary file, or as base64."),
	encryptedByOpenSSL: encryptedBy("openssl enc"),
	encryptedByAge:     encryptedBy("age"),
	encryptedByAnsible: encryptedBy("Ansible Vault"),
	encryptedBySOPS:    encryptedBy("SOPS"),
}

func encryptedBy(program string) text.Text {
	return text.F("The file is encrypted as a whole, by %s. Decrypt it, and choose the file that comes out.", program)
}

// labels are the things that PEM blocks name and that are not read.
var labels = []struct {
	part string
	is   thing
}{
	{"OPENSSH PRIVATE", anSSHKey},
	{"SSH2 ENCRYPTED PRIVATE", anSSHKey},
	{"SSH2 PUBLIC", anSSHPublicKey},
	{"PGP ", aPGPText},
	{"TSS2 ", aTPMKey},
	{"PKCS11", aTPMKey},
	{"PKCS#11", aTPMKey},
	{"AGE ENCRYPTED", encryptedByAge},
	{"CERTIFICATE REQUEST", aRequest},
	{"CRL", aRevocationList},
	{"PKCS7", aPKCS7},
	{"CMS", aPKCS7},
	{"PUBLIC KEY", aPublicKey},
}

// thingLabelled returns what a PEM label names of those.
func thingLabelled(label string) (thing, bool) {
	for _, l := range labels {
		if strings.Contains(label, l.part) {
			return l.is, true
		}
	}
	return 0, false
}

// magics are how binary files of other forms begin. Text inside them is not looked
// for.
var magics = []beginning{
	{"\xfe\xed\xfe\xed", aJavaKeystore},
	{"\xce\xce\xce\xce", aJCEKeystore},
	{"\x1e\xf1\xb5\xb0", aPVK},
	{"\x00\x00\x00\x00CERT", aSerializedStore},
	{"PK\x03\x04", anArchive},
	{"PK\x05\x06", anArchive},
	{"\x1f\x8b", anArchive},
	{"7z\xbc\xaf\x27\x1c", anArchive},
	{"Rar!\x1a", anArchive},
	{"Salted__", encryptedByOpenSSL},
	{"age-encryption.org/", encryptedByAge},
}

// beginnings are how text of other forms begins.
var beginnings = []beginning{
	{"PuTTY-User-Key-File-", aPuTTYKey},
	{"SSH PRIVATE KEY FILE FORMAT", anSSHKey},
	{"ssh-", anSSHPublicKey},
	{"ecdsa-sha2-", anSSHPublicKey},
	{"sk-ssh-", anSSHPublicKey},
	{"version https://git-lfs", anLFSPointer},
	{"$ANSIBLE_VAULT;", encryptedByAnsible},
	{"AGE-SECRET-KEY-", encryptedByAge},
	{"https://", anAddress},
	{"http://", anAddress},
	{"@Microsoft.KeyVault(", anAddress},
}

type beginning struct {
	text string
	is   thing
}

// thingBeginning returns the first of those that a text begins with.
func thingBeginning(text string, all []beginning) (thing, bool) {
	for _, b := range all {
		if strings.HasPrefix(text, b.text) {
			return b.is, true
		}
	}
	return 0, false
}

// marks are words in text of other forms, in lower case.
var marks = []struct {
	text string
	is   thing
}{
	{"<html", aWebPage},
	{"<!doctype", aWebPage},
	{"<head", aWebPage},
	{"<rsakeyvalue", anXMLKey},
	{"\"kty\"", aJSONWebKey},
	{"\"error\"", anErrorText},
	{"<error", anErrorText},
	{"\"sops\"", encryptedBySOPS},
	{"\nsops:", encryptedBySOPS},
}

// nameFile returns the error that names a file in which nothing was found.
func nameFile(data []byte, text string) error {
	trimmed := strings.TrimSpace(text)
	if t, ok := thingBeginning(trimmed, beginnings); ok {
		return fail(Unreadable, things[t])
	}
	low := strings.ToLower(trimmed[:min(len(trimmed), 64<<10)])
	for _, m := range marks {
		if strings.Contains(low, m.text) {
			return fail(Unreadable, things[m.is])
		}
	}
	switch {
	case ParseThumbprint(trimmed) != "":
		return fail(Unreadable, things[aThumbprint])
	case bytes.Count(data, []byte("\ufffd")) > 8:
		return fail(Unreadable, things[damagedByText])
	}
	return errNoForm
}

// sizeOf returns the size in bytes that the DER structure at the beginning of data
// claims to have, or 0.
func sizeOf(data []byte) int {
	if len(data) > 2 && data[0] == 0x30 && int(data[1])+2 == len(data) {
		return len(data)
	}
	if len(data) < 6 || data[0] != 0x30 || data[1] < 0x80 || data[1] > 0x84 {
		return 0
	}
	n := int(data[1] & 0x7f)
	size := 0
	for _, b := range data[2 : 2+n] {
		size = size<<8 | int(b)
	}
	return size + 2 + n
}

// fromHex decodes a dump such as SQL Server's 0x3082….
func fromHex(text string) ([]byte, bool) {
	text = strings.TrimPrefix(strings.Join(strings.Fields(text), ""), "0x")
	if !strings.HasPrefix(text, "30") || len(text) < 200 {
		return nil, false
	}
	der, err := hex.DecodeString(text)
	return der, err == nil
}
