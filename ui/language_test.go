package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/text"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// speaking opens the window in a language, and restores English at the end.
func speaking(t *testing.T, code string, opts Options) *stage {
	t.Helper()
	englishAtTheEnd(t)
	opts.Language = code
	return newStage(t, opts, withSandbox)
}

func englishAtTheEnd(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		if err := i18n.Use(i18n.English); err != nil {
			t.Error(err)
		}
	})
}

// TestEveryLanguageHasRoom guards against labels that are too long: in every other
// language and every state nothing is cut off, and in the languages with the longest
// words also not in the smallest windows.
func TestEveryLanguageHasRoom(t *testing.T) {
	race.Skip(t, measures)
	for _, l := range i18n.Languages {
		if l.Code == i18n.English {
			continue // TestScenes covers it, in more windows
		}
		sizes := []fyne.Size{fyne.NewSize(1000, 700)}
		switch l.Code {
		case "de":
			sizes = append(sizes, fyne.NewSize(leastWidth, leastHeight), fyne.NewSize(720, 440), fyne.NewSize(900, 600))
		case "vi":
			sizes = append(sizes, fyne.NewSize(leastWidth, leastHeight), fyne.NewSize(720, 440))
		case "fr":
			sizes = append(sizes, fyne.NewSize(900, 600))
		}
		t.Run(l.Code, func(t *testing.T) {
			englishAtTheEnd(t) // once, not after every scene: reading the texts is slow
			for _, scene := range scenes {
				t.Run(scene.name, func(t *testing.T) {
					s := newStage(t, Options{Language: l.Code, Width: sizes[0].Width, Height: sizes[0].Height}, withSandbox)
					scene.reach(s)
					for _, size := range sizes {
						s.resize(size.Width, size.Height)
						nothingIsCutOff(t, s, size)
					}
				})
			}
		})
	}
}

// TestLinksAreNoLongerThanInEnglish guards against link titles that wrap to a second line
// in their button, which is hard to read: no word is wider than the longest English word.
func TestLinksAreNoLongerThanInEnglish(t *testing.T) {
	race.Skip(t, race.OneGoroutine)
	room := float32(0)
	newApp(t).Settings().SetTheme(theme.New(theme.Light))
	for _, l := range i18n.Languages {
		texts, err := i18n.Translations(l.Code)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range catalog.All() {
			for i, link := range entry.Links {
				button := kit.NewButton(texts[link.Title.String()], kit.Secondary, nil)
				button.Glyph, button.Trailing = theme.Out, true
				if i > 0 {
					button.Kind, button.Scale = kit.Quiet, kit.Compact
				}
				width := button.MinSize().Width
				if l.Code == i18n.English {
					room = max(room, width) // English comes first
				}
				if width > room {
					t.Errorf("%s: %q needs %.0f, and there is room for %.0f", l.Code, texts[link.Title.String()], width, room)
				}
			}
		}
	}
}

// TestEveryLanguageIsSpoken guards that the language applies to every part of the window:
// the texts of the window, the guide, the checks, the catalogue and Fyne.
func TestEveryLanguageIsSpoken(t *testing.T) {
	race.Skip(t, measures)
	for _, l := range i18n.Languages {
		t.Run(l.Code, func(t *testing.T) {
			s := speaking(t, l.Code, Options{})
			texts, err := i18n.Translations(l.Code)
			if err != nil {
				t.Fatal(err)
			}
			s.fill(filledForm())
			s.finish(failedReport())
			out := s.outline()
			root, _ := s.examination().Report.Root()
			for _, english := range []string{"Test connection", "Do this next", "Checks", "Failed", "Dataverse answers WhoAmI", "Dataverse administrator"} {
				if want := texts[english]; want == "" || !strings.Contains(out, want) {
					t.Errorf("%q is not said: %q\n%s", english, want, out)
				}
			}
			entry, _ := catalog.Lookup(root.Cause)
			if title := i18n.Text(core.Doctor{}.Vars(s.examination().Report.Connection).Text(entry.Title)); title == "" || !strings.Contains(out, title) {
				t.Errorf("the cause %q is not named", title)
			}
			if strings.Contains(out, "<no value>") || strings.Contains(out, "{{") {
				t.Errorf("a place is empty:\n%s", out)
			}
			if got := i18n.Translate("Paste"); got != texts["Paste"] {
				t.Errorf("Fyne says %q, we say %q", got, texts["Paste"])
			}
		})
	}
}

// TestWhatWasSeenIsSaidInTheWindowsLanguage guards the texts of core, with their values,
// and that the copied report stays in English, so that it can be searched for and sent.
func TestWhatWasSeenIsSaidInTheWindowsLanguage(t *testing.T) {
	report := failedReport()
	set(&report, "clock", exam.Warn, "clock.skew", "")
	for i := range report.Checks {
		if c := &report.Checks[i]; c.ID == "whoami" {
			c.Summary = text.F("The token is for %s, not for %s.", "https://graph.microsoft.com", "contoso.crm4.dynamics.com")
			c.Evidence.Facts = []catalog.Fact{catalog.NewTextFact("asked", text.F("%d times", 3)), catalog.NewFact("tenant", "Failed")}
		}
	}
	copied := map[string]string{}
	for _, code := range []string{"en", "de"} {
		s := speaking(t, code, Options{})
		s.finish(report)
		s.w.result.CopyReport()
		copied[code] = s.copied[len(s.copied)-1]
		root, _ := report.Root()
		out := s.outline()
		for _, want := range []string{i18n.Text(root.Summary), i18n.Text(root.Title), i18n.Text(root.Fix[0])} {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %q is not shown:\n%s", code, want, out)
			}
		}
		if i18n.Text(root.Evidence.Facts[1].Value) != "Failed" {
			t.Errorf("%s: what was seen is translated: %q", code, i18n.Text(root.Evidence.Facts[1].Value))
		}
	}
	if diff := cmp.Diff(copied["en"], copied["de"]); diff != "" {
		t.Errorf("the report is copied in another language (-en +de):\n%s", diff)
	}
}

// TestForeignBracesAreNotExpanded guards that only the window's own texts are templates:
// texts from outside are shown unchanged.
func TestForeignBracesAreNotExpanded(t *testing.T) {
	speaking(t, "de", Options{})
	for _, text := range []string{"{{.Secret}}", "az ad sp create --id {clientId}", "100 % {{", "unheard of"} {
		if got := i18n.Translate(text); got != text {
			t.Errorf("%q is said as %q", text, got)
		}
	}
	if got := i18n.Translate("Or run: az ad sp create --id {clientId}"); !strings.Contains(got, "{clientId}") {
		t.Errorf("the catalogue's place is lost: %q", got)
	}
	if got := i18n.F("Copied: {{.What}}", i18n.V{"What": "{{.Secret}} & <b>"}); got != "Kopiert: {{.Secret}} & <b>" {
		t.Errorf("a value was taken for a text: %q", got)
	}
}

// TestLanguageIsChosenInTheMenu guards that a choice is saved, ticked, and used by the
// next window, and that Japanese is offered only if its letters can be shown.
func TestLanguageIsChosenInTheMenu(t *testing.T) {
	t.Cleanup(func() { _ = i18n.Use(i18n.English) })
	for _, c := range []struct {
		name    string
		letters bool
	}{{"with Japanese letters", true}, {"without", false}} {
		t.Run(c.name, func(t *testing.T) {
			s := newStage(t, Options{Language: "en"})
			s.advance(afterFirstPicture)
			s.until("the first look", func() bool { return s.w.languages != nil })
			s.w.deps.CanShow = func(string) bool { return c.letters }
			s.w.languages = nil
			s.w.findLanguages()
			s.until("the languages", func() bool { return s.w.languages != nil })
			offered := slices.ContainsFunc(s.w.languageItem().ChildMenu.Items, func(i *fyne.MenuItem) bool { return i.Label == "日本語" })
			if offered != c.letters {
				t.Errorf("Japanese offered: %v", offered)
			}
			s.w.chooseLanguage("de")
			for _, item := range s.w.languageItem().ChildMenu.Items {
				if item.Checked != (item.Label == "Deutsch") {
					t.Errorf("%q is ticked: %v", item.Label, item.Checked)
				}
			}
			s.w.opts.Language = ""
			s.w.setLanguage()
			if i18n.Current() != "de" {
				t.Errorf("the next window speaks %s", i18n.Current())
			}
			s.w.chooseLanguage("ja")
			s.w.setLanguage()
			if want := map[bool]string{true: "ja", false: "en"}[c.letters]; i18n.Current() != want {
				t.Errorf("with Japanese chosen it speaks %s, want %s", i18n.Current(), want)
			}
			s.w.chooseLanguage("")
			if s.w.app.Preferences().String(keyLanguage) != "" {
				t.Error("the system's language is kept as a choice")
			}
		})
	}
}

// TestPicturesOfLanguages draws the scenes in every language for visual review.
func TestPicturesOfLanguages(t *testing.T) {
	if *pictures == "" {
		return // TestEveryLanguageHasRoom checks what needs no review
	}
	for _, code := range []string{"de", "fr", "es", "pt-BR", "vi"} { // Japanese letters need the system's fonts
		for _, scene := range scenes {
			s := speaking(t, code, Options{Theme: theme.Light, Width: 1000, Height: 700})
			scene.reach(s)
			s.settle()
			save(t, s, filepath.Join(*pictures, "languages", code+"-"+scene.name+".png"))
		}
	}
}

// TestNamesOfLanguages guards the names in the menu: the bundled font has the letters of
// all names except the Japanese name.
func TestNamesOfLanguages(t *testing.T) {
	newApp(t)
	for _, l := range i18n.Languages {
		if l.Name == "" || l.Code != "en" && l.Name == i18n.Languages[0].Name {
			t.Errorf("%s is called %q", l.Code, l.Name)
		}
	}
	if kit.Failed.Word() != "Failed" {
		t.Errorf("a test left another language behind: %q", kit.Failed.Word())
	}
}
