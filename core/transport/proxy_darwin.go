package transport

import (
	"context"
	"net/url"
	"os/exec"
	"sync"
	"time"
)

// macProxy asks once: the answer takes a process.
var macProxy = sync.OnceValue(func() systemSetting {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "/usr/sbin/scutil", "--proxy").Output()
	if err != nil {
		return systemSetting{}
	}
	return macSetting(string(out))
})

// systemProxy finds the proxy of the macOS network settings.
func systemProxy(u *url.URL) (*url.URL, error) { return macProxy().find(u) }
