package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Ticks are kept for each connection, under a digest of its environment and its
// application: the settings file then names neither.
func (w *Window) ticksKey() string {
	environment, client := strings.TrimSpace(w.form.environment.Entry.Text), strings.TrimSpace(w.form.client.Entry.Text)
	if environment == "" || uuid.Validate(client) != nil {
		return "" // half typed is no connection yet
	}
	name := strings.ToLower(strings.TrimRight(environment, "/") + "|" + client)
	sum := sha256.Sum256([]byte(name))
	return "guide.ticks." + hex.EncodeToString(sum[:8])
}

func (w *Window) rememberTicks(ticks map[string]bool) {
	key := w.ticksKey()
	if key == "" || w.banner.active { // what is practised is not kept
		return
	}
	var ids []string
	for id, on := range ticks {
		if on {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	if len(ids) == 0 {
		w.app.Preferences().RemoveValue(key)
		return
	}
	w.app.Preferences().SetStringList(key, ids)
}

func (w *Window) rememberedTicks() map[string]bool {
	ticks := map[string]bool{}
	if key := w.ticksKey(); key != "" && !w.banner.active {
		for _, id := range w.app.Preferences().StringList(key) {
			ticks[id] = true
		}
	}
	return ticks
}
