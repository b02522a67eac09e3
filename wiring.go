package main

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/assets"
	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/shutdown"
	"github.com/s2sdoctor/s2sdoctor/core/support"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/desktop"
)

// wire connects the window with the use-cases.
func wire(app fyne.App, native *desktop.Window, end *shutdown.Owner) ui.Deps {
	open := browser.Opener{Loopback: true} // the sandbox's pages are on this computer
	// After the end has begun nothing may call the window: a call to Fyne's loop that has
	// just ended panics.
	do := func(f func()) {
		if end.Context().Err() == nil {
			fyne.Do(f)
		}
	}
	saved := store()
	return ui.Deps{
		Doctor:      core.Doctor{Getenv: os.Getenv},
		Browsers:    browsers{open},
		OpenSandbox: openSandbox,
		Scenarios:   session.Scenarios(),

		Store:            saved,
		Rotator:          rotator(saved),
		CertificateStore: certificate.HasStore,
		CanShow:          desktop.CanShow,

		Place: func() (ui.Place, bool) {
			p, ok := native.Position()
			return ui.Place{X: p.X, Y: p.Y, Maximised: p.Maximized}, ok
		},
		PutAt: func(p ui.Place, size fyne.Size) bool {
			return native.RequestPosition(desktop.Position{X: p.X, Y: p.Y, Maximized: p.Maximised}, size)
		},
		ChooseFile: func(ctx context.Context, ask ui.FileChoice) (string, error) {
			return native.ChooseFile(ctx, desktop.FileRequest(ask))
		},
		SaveRecord:    desktop.SaveRecord,
		SaveText:      desktop.SaveText,
		Program:       self(),
		CrashNotes:    crashNotes,
		Documentation: func() (string, error) { return desktop.OpenDocumentation(documents, open) },

		LoadFonts: desktop.LoadFonts,
		Started: func(f func()) {
			app.Lifecycle().SetOnStarted(func() {
				do(f)
				// The start leaves 5 MB of free memory, which Go would return to the
				// system only after minutes.
				time.AfterFunc(time.Second, debug.FreeOSMemory)
			})
		},

		Closing: end.Begin,
		Closed:  end.End,
		Do:      do,
		Later: func(d time.Duration, f func()) func() {
			var cancelled atomic.Bool
			timer := time.AfterFunc(d, func() {
				do(func() {
					if !cancelled.Load() { // it may have been cancelled while it waited
						f()
					}
				})
			})
			return func() {
				cancelled.Store(true)
				timer.Stop()
			}
		},
		Copy:    app.Clipboard().SetContent,
		OpenURL: func(url string) error { return open.Open(context.Background(), url) },
	}
}

// self describes this program for a support report.
func self() support.Program {
	s := support.Program{Name: "s2sdoctor", Version: version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	if proxy, err := url.Parse(cmp.Or(os.Getenv("HTTPS_PROXY"), os.Getenv("https_proxy"))); err == nil {
		s.Proxy = proxy.Hostname()
	}
	return s
}

// crashNotes returns the notes of earlier crashes, and marks them as offered.
func crashNotes() (crash.Unread, bool) {
	notes, ok := crash.FindUnread()
	notes.MarkRead()
	return notes, ok
}

// browsers are the browsers of this computer.
type browsers struct{ browser.Opener }

func (b browsers) Private() []session.PrivateBrowser {
	found, err := b.Opener.Private(context.Background())
	if err != nil {
		return nil // no browser is installed: the user can copy the address
	}
	var list []session.PrivateBrowser
	for _, b := range found {
		list = append(list, session.PrivateBrowser{Name: b.Name, Open: b.Open})
	}
	return list
}

func openSandbox() (session.SandboxServer, error) {
	server, err := core.OpenSandbox()
	if err != nil {
		return nil, err // a nil interface, not an interface that holds nil
	}
	return server, nil
}

// store returns the user's saved connections; nil if the system has no folder for
// settings.
func store() session.Store {
	s, err := profile.Open(profile.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, "s2sdoctor:", err)
		return nil
	}
	return s
}

// rotator makes new certificates for the saved connections; nil without a store.
func rotator(saved session.Store) session.Rotator {
	if s, ok := saved.(*profile.Store); ok {
		return rotation{s}
	}
	return nil
}

// rotation applies package rotate to a store.
type rotation struct{ store *profile.Store }

func (r rotation) Rotate(ctx context.Context, name string, test func(context.Context, connection.Form) exam.Report) (rotate.Result, error) {
	return rotate.Run(ctx, rotate.Options{Store: r.store, Name: name, Test: test})
}

func (r rotation) Abandon(ctx context.Context, name string) error {
	return rotate.Abandon(ctx, r.store, name)
}

func (r rotation) Unfinished(name string) bool { return rotate.Unfinished(r.store, name) }

func known(scenario string) bool {
	for _, s := range core.Scenarios() {
		if s.Name == scenario {
			return true
		}
	}
	return false
}

// documents are embedded because the program may be copied alone. They leave out the
// pictures, which are larger than everything else that is embedded.
//
//go:embed docs/*.md CHANGELOG.md
var documents embed.FS

// applicationID is the name of the settings folder.
const applicationID = "io.github.s2sdoctor"

// fyneApp is the only file with the version.
//
//go:embed FyneApp.toml
var fyneApp string

// version returns the version, such as "0.1.0", with the revision if the build has
// it.
func version() string {
	v := tomlValue(fyneApp, "Version")
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" && len(s.Value) >= 7 {
				v += " (" + s.Value[:7] + ")"
			}
		}
	}
	return v
}

// tomlValue returns a quoted value of FyneApp.toml, which uses no other syntax.
func tomlValue(toml, key string) string {
	for line := range strings.Lines(toml) {
		name, value, ok := strings.Cut(line, "=")
		if ok && strings.TrimSpace(name) == key {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

func metadata() fyne.AppMetadata {
	return fyne.AppMetadata{
		ID: applicationID, Name: tomlValue(fyneApp, "Name"), Version: tomlValue(fyneApp, "Version"),
		Icon: icon(), Release: true,
	}
}

// icon returns the icon of the window and, on some systems, of its notifications.
func icon() fyne.Resource { return fyne.NewStaticResource("window.png", assets.WindowIcon) }
