package certificate_test

import (
	"path/filepath"
	"strings"
	"testing"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/certtest"
)

// TestFormsAreNamed guards that the error names the kind of the file, and the next
// action.
func TestFormsAreNamed(t *testing.T) {
	p := pfx(pkcs12.Modern, key, leaf, "")
	for _, tt := range []struct{ name, text, says, action string }{
		{"JKS", "\xfe\xed\xfe\xed\x00\x00\x00\x02", "Java keystore (JKS)", "keytool -importkeystore"},
		{"JCEKS", "\xce\xce\xce\xce\x00\x00\x00\x02", "Java keystore (JCEKS)", "-srcstoretype JCEKS"},
		{"PuTTY", "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n", "key of PuTTY", "PuTTYgen"},
		{"OpenSSH", certtest.Block("OPENSSH PRIVATE KEY", []byte("openssh-key-v1")), "OpenSSH's own format", "ssh-keygen -p -m PEM"},
		{"ssh.com", "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAAA\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n", "OpenSSH's own format", "Choose"},
		{"SSH public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ana@contoso", "SSH public key", "Choose"},
		{"PGP", "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQVYBF\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----\n", "PGP", "Choose"},
		{"TPM", certtest.Block("TSS2 PRIVATE KEY", []byte("x")), "TPM", "Choose"},
		{"public key", certtest.Block("PUBLIC KEY", []byte("x")), "public key only", "Choose"},
		{"request", certtest.Block("NEW CERTIFICATE REQUEST", []byte("x")), "certificate request (CSR)", "Choose"},
		{"revocation list", certtest.Block("X509 CRL", []byte("x")), "revocation list", "Choose"},
		{"PVK", "\x1e\xf1\xb5\xb0\x00\x00", "PVK", "pvk2pfx"},
		{"store of Windows", "\x00\x00\x00\x00CERT\x20", ".sst", "Export"},
		{"ZIP with a PEM in it", "PK\x03\x04" + certtest.PEM(leaf) + certtest.KeyPEM(key), "archive", "Unpack"},
		{"Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "Git LFS", "git lfs pull"},
		{"web page", "<!DOCTYPE html><html><title>Sign in</title></html>", "web page", "Download"},
		{"JSON Web Key", `{"kty":"RSA","n":"abc","d":"x"}`, "JSON Web Key", "Export"},
		{"XML of .NET", "<RSAKeyValue><Modulus>abc</Modulus></RSAKeyValue>", "XML format of .NET", "Export"},
		{"entry of a vault", `{"kid":"https://kv.vault.azure.net/keys/x","cer":"` + base64DER(leaf.Raw) + `"}`, "a certificate in a vault", "az keyvault secret download"},
		{"error of a vault", `{"error":{"code":"SecretNotFound","message":"A secret was not found in this key vault."}}`, "error message of a service", "Download"},
		{"parameters", certtest.Block("DH PARAMETERS", []byte("x")), "PEM blocks of other kinds", "Choose"},
		{"openssl enc", "Salted__\x01\x02", "encrypted as a whole, by openssl enc", "Decrypt"},
		{"Ansible Vault", "$ANSIBLE_VAULT;1.1;AES256\n6162\n", "Ansible Vault", "Decrypt"},
		{"thumbprint", "3D:E4:BE:03:5C:46:2B:1C:4F:35:D4:06:43:AB:1D:F6:63:39:42:5C\n", "thumbprint only", "Choose"},
		{"address", "https://kv.vault.azure.net/secrets/x", "address only", "Download"},
		{"empty", " \r\n", "empty", ""},
		{"cut PFX", p[:900], "holds 900 of", "again"},
		{"cut PEM", (certtest.PEM(leaf) + certtest.KeyPEM(key))[:2001], "cut off", "again"},
		{"PFX as text", strings.ToValidUTF8(p, "\ufffd"), "treated it as text", "Copy it again"},
		{"BER", "\x30\x80\x02\x01\x03\x30\x80", "BER", "openssl pkcs12"},
		{"something else", "clientId=1", "no PFX or PEM file", "Export"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := certtest.Folder(t, map[string]string{"a.pem": tt.text})
			_, err := load(filepath.Join(dir, "a.pem"), "", secret.Value{})
			if err == nil || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), tt.action) {
				t.Errorf("want %q and %q, got %v", tt.says, tt.action, err)
			}
		})
	}
}
