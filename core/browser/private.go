package browser

import (
	"context"
	"errors"
	"os"
	"os/exec"
)

// Browser is an installed browser that can open a private window: one where
// no user is signed in yet.
type Browser struct {
	// Name is what people call it: "Microsoft Edge".
	Name string

	path   string
	flag   string
	opener Opener
}

// NoPrivateBrowserError is returned if no browser with a private window was found.
type NoPrivateBrowserError struct{}

// Error is a sentence with what to do instead.
func (*NoPrivateBrowserError) Error() string {
	return "found no Edge, Chrome, Chromium or Firefox: copy the address into a private window of your browser"
}

// product is a browser to look for.
type product struct {
	name string
	// flag asks for a private window.
	flag string
	// programs are names on Linux's PATH; windows the name under App Paths and
	// the path below Program Files; mac the path in the Applications folder.
	programs []string
	appPath  string
	windows  string
	mac      string
}

// products are in the order to offer them.
//
// Sources: learn.microsoft.com/deployedge/microsoft-edge-policies (--inprivate),
// peter.sh/experiments/chromium-command-line-switches (--incognito),
// wiki.mozilla.org/Firefox/CommandLineOptions (-private-window).
var products = []product{
	{
		name: "Microsoft Edge", flag: "--inprivate",
		programs: []string{"microsoft-edge", "microsoft-edge-stable"},
		appPath:  "msedge.exe", windows: `Microsoft\Edge\Application\msedge.exe`,
		mac: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
	},
	{
		name: "Google Chrome", flag: "--incognito",
		programs: []string{"google-chrome", "google-chrome-stable"},
		appPath:  "chrome.exe", windows: `Google\Chrome\Application\chrome.exe`,
		mac: "Google Chrome.app/Contents/MacOS/Google Chrome",
	},
	{
		name: "Chromium", flag: "--incognito",
		programs: []string{"chromium", "chromium-browser"},
		windows:  `Chromium\Application\chrome.exe`,
		mac:      "Chromium.app/Contents/MacOS/Chromium",
	},
	{
		name: "Mozilla Firefox", flag: "-private-window",
		programs: []string{"firefox", "firefox-esr"},
		appPath:  "firefox.exe", windows: `Mozilla Firefox\firefox.exe`,
		mac: "Firefox.app/Contents/MacOS/firefox",
	},
}

// Private lists the installed browsers that can open a private window. The
// error is a [*NoPrivateBrowserError] if no such browser is installed, or the context's.
func (o Opener) Private(ctx context.Context) ([]Browser, error) {
	var found []Browser
	for _, p := range products {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if path, ok := find(p); ok {
			found = append(found, Browser{Name: p.name, path: path, flag: p.flag, opener: o})
		}
	}
	if len(found) == 0 {
		return nil, &NoPrivateBrowserError{}
	}
	return found, nil
}

// Open shows the page in a private window, under the rules of [Opener.Open].
func (b Browser) Open(ctx context.Context, address string) error {
	if err := b.opener.check(address); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if b.path == "" {
		return &OpenError{Browser: b.Name, Err: errors.New("it is not installed")}
	}
	// Not CommandContext: the window must outlive the wait for its answer.
	cmd := exec.Command(b.path, b.flag, address) // #nosec G204 -- the address has just been checked
	cmd.Env = withoutSecrets(os.Environ())
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return &OpenError{Browser: b.Name, Err: err}
	}
	return handOff(ctx, func() error {
		if err := cmd.Wait(); err != nil {
			return &OpenError{Browser: b.Name, Err: err}
		}
		return nil
	})
}
