package certificate

import (
	"context"
	"errors"
	"runtime"
	"testing"
)

// TestFromStoreRefuses guards that each reason has its own fault.
func TestFromStoreRefuses(t *testing.T) {
	const unknown = "00112233445566778899AABBCCDDEEFF00112233"
	absent := NoStore
	if runtime.GOOS == "windows" {
		absent = NotInStore
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name, thumbprint string
		ctx              context.Context
		want             Fault
	}{
		{"empty", " ", t.Context(), Unreadable},
		{"no thumbprint", "CN=app", t.Context(), Unreadable},
		{"SHA-256", unknown + unknown[:24], t.Context(), Unreadable},
		{"unknown", "\u200e" + "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 11 22 33", t.Context(), absent},
		{"cancelled", unknown, cancelled, errCancelled.Fault},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := FromStore(test.ctx, test.thumbprint)
			var fault *Error
			if !errors.As(err, &fault) || fault.Fault != test.want {
				t.Errorf("error %v, want the fault %s", err, test.want)
			}
		})
	}
}

func TestStoreFaults(t *testing.T) {
	for code, want := range map[uint32]Fault{
		0x8009200B: NoKey, 0x80090016: NoKey, 0x80070005: NotPermitted, 0x80090010: NotPermitted,
		0x80090022: SmartCard, 0x8010000C: SmartCard, 0x80090029: KeyType, 0x80090020: Unreadable,
	} {
		if got := storeFault(code); got.Fault != want || got.Summary.Empty() {
			t.Errorf("0x%08X is %s (%s), want %s", code, got.Fault, got, want)
		}
	}
}
