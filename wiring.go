package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/assets"
	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/consent"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/paste"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/shutdown"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
)

// wire gives the window its use-cases: those of the cloud, or of the sandbox for
// as long as somebody practises there. Nothing else differs.
func wire(app fyne.App, p *practice, native *desktop.Window, end *shutdown.Owner) ui.Deps {
	open := browser.Opener{Loopback: true} // the sandbox's pages are on this computer
	// Once the end has begun nothing comes back to the window: a call to Fyne's loop
	// that has just ended panics.
	do := func(f func()) {
		if end.Context().Err() == nil {
			fyne.Do(f)
		}
	}
	return ui.Deps{
		Examine: func(ctx context.Context, form connection.Form, observe func(exam.Event)) exam.Report {
			return p.doctor().Examine(ctx, form, false, observe)
		},
		Check:            func(form connection.Form) ([]connection.Note, []connection.Problem) { return p.doctor().Check(form) },
		Paste:            func(text string) paste.Result { return p.doctor().Paste(text) },
		ConnectionString: func(form connection.Form) (string, error) { return p.doctor().ConnectionString(form) },
		DotEnv:           func(form connection.Form, tenant string) (string, error) { return p.doctor().DotEnv(form, tenant) },

		Guide:   func(known guide.Known, path guide.Path) []guide.Progress { return known.Evaluate(path) },
		Explain: core.Doctor{}.Explain,
		Consent: &ui.ConsentDeps{
			URL: func(form connection.Form, choice core.ConsentChoice) (consent.Attempt, error) {
				return p.doctor().ConsentURL(form, choice)
			},
			Grant: func(ctx context.Context, g core.Grant) core.Granted { return p.doctor().Consent(ctx, g) },
			Read: func(ctx context.Context, g core.Grant, pasted string, a consent.Attempt) core.Granted {
				return p.doctor().ReadConsent(ctx, g, pasted, a)
			},
			Open:    open.Open,
			Private: func() []ui.PrivateBrowser { return privateBrowsers(open) },
		},
		Discover: func(ctx context.Context, form connection.Form) (core.Discovered, bool) {
			return p.doctor().Discover(ctx, form)
		},
		Store:   store(),
		Sandbox: &ui.SandboxDeps{Open: p.open, Leave: p.leave, Scenarios: scenarios(), Play: p.play},
		CanShow: desktop.CanShow,

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
		CrashNotes:    crashNotes,
		Documentation: func() (string, error) { return desktop.OpenDocumentation(documents, open) },

		Closing: end.Begin,
		Closed:  end.End,
		Do:      do,
		Later: func(d time.Duration, f func()) func() {
			var cancelled atomic.Bool
			timer := time.AfterFunc(d, func() {
				do(func() {
					if !cancelled.Load() { // perhaps while this waited for its turn
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

// crashNotes returns the notes of earlier crashes, and marks them as offered.
func crashNotes() (crash.Unread, bool) {
	notes, ok := crash.FindUnread()
	notes.MarkRead()
	return notes, ok
}

func privateBrowsers(open browser.Opener) []ui.PrivateBrowser {
	found, err := open.Private(context.Background())
	if err != nil {
		return nil // none is installed: the address can be copied
	}
	var list []ui.PrivateBrowser
	for _, b := range found {
		list = append(list, ui.PrivateBrowser{Name: b.Name, Open: b.Open})
	}
	return list
}

// store returns the connections that this user saved; nil where the system has no
// place for settings.
func store() session.Store {
	s, err := profile.Open(profile.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, "s2sdoctor:", err)
		return nil
	}
	return s
}

// practice is the sandbox, started when it is first asked for.
type practice struct {
	mu      sync.Mutex
	sandbox *core.Sandbox
	active  bool
}

// doctor is the sandbox's while somebody practises, else the cloud's.
func (p *practice) doctor() core.Doctor {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.active {
		return p.sandbox.Doctor
	}
	return core.Doctor{}
}

func (p *practice) open() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sandbox == nil {
		started, err := core.OpenSandbox()
		if err != nil {
			return err
		}
		p.sandbox = started
	}
	p.active = true
	return nil
}

func (p *practice) leave() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.active = false
}

func (p *practice) play(name string) (connection.Form, error) { return p.sandbox.Play(name) }

func (p *practice) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sandbox != nil {
		_ = p.sandbox.Close()
	}
}

// scenarios are the sandbox's, listed under what they are about.
func scenarios() []ui.Scenario {
	var list []ui.Scenario
	for _, s := range core.Scenarios() {
		list = append(list, ui.Scenario{Name: s.Name, Title: s.Title, Lesson: s.Lesson, Group: group(s.Name, s.Cause)})
	}
	return list
}

// groups are the first words of the scenarios' names, in words. The window says
// them in its language.
var groups = map[string]i18n.Key{
	"healthy": i18n.Key("Healthy"), "article": i18n.Key("The article of 2017"), "input": i18n.Key("The form"), "network": i18n.Key("Network"),
	"environment": i18n.Key("Environment"), "tenant": i18n.Key("Tenant"), "application": i18n.Key("Application"),
	"secret": i18n.Key("Secret and certificate"), "certificate": i18n.Key("Secret and certificate"), "token": i18n.Key("Token"),
	"clock": i18n.Key("Clock"), "consent": i18n.Key("Consent"), "policy": i18n.Key("Policies"), "appuser": i18n.Key("Application user"),
	"service": i18n.Key("Services in trouble"), "entra": i18n.Key("Services in trouble"), "soap": i18n.Key("Services in trouble"),
	"dataverse": i18n.Key("Services in trouble"),
}

// group is what a scenario is listed under. Where the evidence does not decide,
// the family of its name would promise more than the answer says.
func group(name, cause string) i18n.Key {
	switch {
	case name == "healthy":
		return ""
	case cause == catalog.Unknown:
		return i18n.Key("Undecided")
	}
	family, _, _ := strings.Cut(name, "-")
	if title, ok := groups[family]; ok {
		return title
	}
	return i18n.Key("Others")
}

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

// applicationID is the name of the folder of settings.
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

// tomlValue returns a quoted value of FyneApp.toml, which has no other syntax.
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
		Icon: fyne.NewStaticResource("icon.png", assets.Icon), Release: true,
	}
}
