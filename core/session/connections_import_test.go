package session

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/importer"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// imported imports another program's file next to a saved connection.
func (l *library) imported() {
	l.t.Helper()
	l.saved("Contoso UAT")
	l.Import(importFile(l.t))
	l.pump()
}

func TestImport(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.imported()
		want := &Imported{profile.Imported{
			Added:         []string{"Contoso UAT (2)", "Contoso Production"},
			ByCertificate: []string{"Contoso Production"},
			LeftOut: []importer.LeftOut{
				{Name: "Contoso (me)", Why: importer.PersonSignsIn},
				{Name: "Fabrikam on premises", Why: importer.NotOnline},
				{Name: "Contoso UAT", Why: importer.SavedAlready},
			},
		}}
		got, _ := l.events[len(l.events)-1].(*Imported)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the result (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"Contoso Production", "Contoso UAT", "Contoso UAT (2)"}, l.names()); diff != "" {
			t.Errorf("the list (-want +got):\n%s", diff)
		}
		l.wantOpen("Contoso UAT", savedForm())
	})
}

// TestImportedConnectionAsksForItsSecret guards against an empty field without a reason,
// and that closing asks about the secret typed then.
func TestImportedConnectionAsksForItsSecret(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.imported()
		l.opens("Contoso UAT (2)")
		if got, want := l.State().Form.Problems[connection.FieldSecret].String(), "This connection has no secret yet. Type it, or choose a certificate, and save."; got != want || l.attention() != connection.FieldSecret {
			t.Errorf("problem %q, want %q; shown is %q", got, want, l.attention())
		}
		l.typed(func(f *connection.Form) { f.Secret = savedForm().Secret })
		if got := l.State().Form.Problems[connection.FieldSecret]; !got.Empty() || !l.unsaved() {
			t.Errorf("typed, the problem is %q, unsaved %v", got, l.unsaved())
		}
		l.Save()
		l.pump()
		l.NewConnection()
		l.opens("Contoso UAT (2)")
		form := l.State().Form
		if !form.Problems[connection.FieldSecret].Empty() || !form.Typed.Secret.Equal(savedForm().Secret) {
			t.Errorf("opened again, the problem is %q", form.Problems[connection.FieldSecret])
		}
	})
}

// TestImportedConnectionAsksForItsCertificate guards that the thumbprint, which is all
// that the other program had, is not lost.
func TestImportedConnectionAsksForItsCertificate(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.imported()
		l.opens("Contoso Production")
		const want = "Choose the file of the certificate 0F1E2D3C4B5A69788796A5B4C3D2E1F001234567, and save."
		problem := func() string { return l.State().Form.Problems[connection.FieldCertificate].String() }
		if problem() != want || l.State().Form.Typed.Kind != connection.CertificateKind || l.unsaved() || l.attention() != connection.FieldCertificate {
			t.Errorf("problem %q, unsaved %v, shown is %q", problem(), l.unsaved(), l.attention())
		}
		before := l.position()
		l.NewConnection()
		if problem() != "" || l.State().Form.Typed.Kind == connection.CertificateKind {
			t.Errorf("a new connection has the problem %q", problem())
		}
		l.restore(before)
		if problem() != want {
			t.Errorf("back again, the problem is %q", problem())
		}
	})
}

func TestImportOfMissingFile(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.Import(filepath.Join(l.dir, "none.xml"))
		l.pump()
		l.wantNotice("The file could not be read. Check that it is there, and that you may read it.")
	})
}

func TestImportable(t *testing.T) {
	for path, want := range map[string]bool{"/home/ana/connections.XML": true, "a.csv": true, "certificate.pfx": false, "xml": false} {
		if got := Importable(path); got != want {
			t.Errorf("Importable(%q) = %v", path, got)
		}
	}
}
