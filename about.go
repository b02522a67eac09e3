package main

import (
	_ "embed"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/assets"
)

// applicationID names our folder of settings.
const applicationID = "io.github.s2sdoctor"

// fyneApp is the one place where the version stands.
//
//go:embed FyneApp.toml
var fyneApp string

// version is "0.1.0", with the revision where the build knows it.
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

// tomlValue reads one quoted value; the file is ours and holds nothing harder.
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
