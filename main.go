// Command s2sdoctor is the window of S2S Doctor: its flags, and the wiring of the
// packages that do the work.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/s2sdoctor/s2sdoctor/core/browser"
	"github.com/s2sdoctor/s2sdoctor/core/cmdline"
	"github.com/s2sdoctor/s2sdoctor/core/crash"
	"github.com/s2sdoctor/s2sdoctor/core/harden"
	"github.com/s2sdoctor/s2sdoctor/core/manual"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/shutdown"
	"github.com/s2sdoctor/s2sdoctor/ui"
	"github.com/s2sdoctor/s2sdoctor/ui/desktop"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// The exit statuses, besides 0.
const (
	exitUsage    = 2
	exitCrashed  = 3 // a fault of the program itself
	exitNoScreen = 4 // no window can be shown
)

func main() {
	harden.Process()
	end := shutdown.New(os.Exit)
	end.Heed(endings())
	end.Exit(run(os.Args[1:], end))
}

// endings receives the signals that ask for an end. Closing a terminal sends SIGHUP;
// nohup makes the process ignore SIGHUP, and it stays ignored.
func endings() <-chan os.Signal {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) {
		signal.Notify(signals, syscall.SIGHUP)
	}
	return signals
}

func run(args []string, end *shutdown.Owner) (status int) {
	opts, err := parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(os.Stderr, "s2sdoctor:", err)
		return exitUsage
	}
	renderer := desktop.CurrentRenderer()
	if opts.software {
		if status, ok := renderer.RestartInSoftware(args); ok {
			return status
		}
	}
	browser.ForgetSecrets() // the window does not read them
	crash.Keep("s2sdoctor")
	defer crash.Guard(func(note string) {
		status = exitCrashed
		desktop.Alert(ui.Title, crashed(note))
	})
	desktop.PrepareCache()
	app.SetMetadata(metadata())
	application := app.NewWithID(applicationID)
	application.SetIcon(icon())
	desktop.SkipSaveOnStop(application)
	var window *ui.Window
	native := &desktop.Window{}
	if err := native.Open(func() fyne.Window {
		window = ui.New(application, wire(application, native, end), opts.Options)
		return window.Native()
	}, func() { window.Show() }); err != nil {
		if errors.Is(err, desktop.ErrNoOpenGL) {
			if window != nil {
				window.Finish(end.Context()) // this process may become the next window
			}
			if status, ok := renderer.RestartInSoftware(args); ok {
				return status
			}
		}
		desktop.Alert(ui.Title, desktop.Explain(err, ui.Title))
		return exitNoScreen
	}
	end.Last(window.Finish)
	if width, height, ok := desktop.WorkArea(); ok {
		window.Fit(width, height)
	}
	native.Restore()
	renderer.CleanEnvironment()
	application.Run()
	return 0
}

// crashed returns the text about a crash, with the file of its note. It replaces Go's own
// output, which may quote a secret.
func crashed(note string) string {
	text := i18n.F("An internal error ended {{.Name}}: please report it.", i18n.V{"Name": ui.Title})
	if note == "" {
		return text
	}
	return text + "\n\n" + i18n.F("A note without secrets is in {{.File}}.", i18n.V{"File": note})
}

// options are the options of the command line.
type options struct {
	ui.Options
	software              bool   // draw in software, regardless of the graphics driver
	theme, size, language string // as typed
}

// flags returns the flags. docs/guide.md documents them; a test compares.
func (o *options) flags() *flag.FlagSet {
	flags := flag.NewFlagSet("s2sdoctor", flag.ContinueOnError)
	flags.BoolVar(&o.Sandbox, "sandbox", false, "open on the practice tenant on this computer")
	flags.StringVar(&o.Scenario, "scenario", "", "`NAME` the same, with this fault there; s2scheck --scenario list prints the names")
	flags.StringVar(&o.theme, "theme", "", "`light|dark` the theme; the system's when left out")
	flags.StringVar(&o.size, "size", "", "`WIDTHxHEIGHT` the size of the window, such as 1080x760")
	flags.StringVar(&o.language, "language", "", "`"+strings.ReplaceAll(languages(), ", ", "|")+"` the language; the one chosen in the window, or the system's, when left out")
	flags.BoolVar(&o.software, "software-gl", false, "draw in software, for where the graphics driver draws badly")
	return flags
}

// program describes the window for its help and its manual page,
// packaging/s2sdoctor.1, which go test -run ManualPage -update writes.
func (o *options) program() manual.Program {
	var flags []*flag.Flag
	o.flags().VisitAll(func(f *flag.Flag) { flags = append(flags, f) })
	return manual.Program{
		Name: "s2sdoctor", Title: ui.Title,
		Summary: "sets up and diagnoses server-to-server connections to Dataverse",
		Description: []string{
			"Opens a window with a form for a connection with client credentials to Dynamics 365 / Dataverse, examines it, and names the first broken link, why it matters, who can remove it and the exact next click. Help > Documentation opens the guide, which needs no network.",
			"No flag is needed; each is for one start.",
		},
		Commands: []manual.Command{{Summary: "open the window", Flags: flags}},
		Sections: []manual.Section{{Title: "Exit status", Items: []manual.Item{
			{Term: "0", Text: "the window was closed"},
			{Term: "2", Text: "the command line is unusable"},
			{Term: "3", Text: "the program itself failed"},
			{Term: "4", Text: "there is no way to show a window"},
		}}},
	}
}

func parse(args []string) (options, error) {
	opts := options{Options: ui.Options{Version: version()}}
	flags := opts.flags()
	rest, err := cmdline.Parse(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Print(opts.program().Help(""))
		return opts, err
	case err != nil:
		return opts, err
	}
	switch opts.Theme = theme.Mode(opts.theme); opts.Theme {
	case theme.System, theme.Light, theme.Dark:
	default:
		return opts, errors.New("--theme is light or dark")
	}
	if opts.language != "" {
		spoken, ok := i18n.Canonical(opts.language)
		if !ok {
			return opts, fmt.Errorf("--language is one of %s", languages())
		}
		opts.Language = spoken
	}
	if opts.size != "" {
		if n, err := fmt.Sscanf(opts.size, "%fx%f", &opts.Width, &opts.Height); n != 2 || err != nil {
			return opts, errors.New("--size is a width and a height such as 1080x760")
		}
	}
	if len(rest) > 0 {
		return opts, errors.New("there is nothing to do with a word: only flags are understood; --help lists them")
	}
	if opts.Scenario != "" && !known(opts.Scenario) {
		return opts, fmt.Errorf("there is no scenario %s: s2scheck --sandbox --scenario list prints them", plain.Called(opts.Scenario))
	}
	opts.Sandbox = opts.Sandbox || opts.Scenario != ""
	return opts, nil
}

// languages lists the tags that --language takes.
func languages() string {
	var codes []string
	for _, l := range i18n.Languages {
		codes = append(codes, l.Code)
	}
	return strings.Join(codes, ", ")
}
