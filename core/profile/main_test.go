package profile

import (
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// What the library starts and leaves: its connection to D-Bus is made once and
	// stays, and signals of a prompt without an answer wait to be delivered.
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/godbus/dbus/v5.(*Conn).inWorker"),
		goleak.IgnoreAnyFunction("github.com/godbus/dbus/v5.newConn.func1"),
		goleak.IgnoreAnyFunction("github.com/godbus/dbus/v5.(*signalChannelData).deferredDeliver"),
	)
}
