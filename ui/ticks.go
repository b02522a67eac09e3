package ui

import (
	"maps"
	"strings"

	"github.com/google/uuid"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// How far a person came in the guide belongs to the connection: it is kept with
// a saved one, and for this session with any other.

// identity is what makes a connection this one and no other: its environment and
// its application. "" is half typed, and no connection yet.
func (w *Window) identity() string {
	form := w.form.form()
	environment, client := strings.TrimSpace(form.Environment), strings.TrimSpace(form.ClientID)
	if environment == "" || uuid.Validate(client) != nil {
		return ""
	}
	return strings.ToLower(strings.TrimRight(environment, "/") + "|" + client)
}

// guideKey is what the guide's state is filed under, "" for nothing: under the
// saved connection for as long as the form still is that connection.
func (w *Window) guideKey() string {
	identity := w.identity()
	if s := w.shelf; s.open != "" && s.identity == identity && !w.banner.active {
		return savedKey(s.open)
	}
	return identity
}

// savedKey is that of a saved connection; no identity looks like it.
func savedKey(name string) string { return "saved:" + strings.ToLower(strings.TrimSpace(name)) }

// guideState is how far the person came.
func (w *Window) guideState() profile.Guide {
	g := w.answer.lists.guide
	if g == nil {
		return profile.Guide{}
	}
	state := profile.Guide{Path: string(g.path), SameTenant: string(g.answer), Ticks: map[string]bool{}}
	for id, on := range g.ticks {
		if on {
			state.Ticks[id] = true
		}
	}
	return state
}

// rememberGuide keeps how far the person came; what is practised is not kept.
func (w *Window) rememberGuide() {
	key, s, state := w.guideKey(), w.shelf, w.guideState()
	if key == "" || w.banner.active {
		return
	}
	before, known := s.guides[key]
	s.guides[key] = state
	if s.open == "" || key != savedKey(s.open) || known && sameGuide(before, state) {
		return
	}
	s.keepGuide(s.open, state)
}

func sameGuide(a, b profile.Guide) bool {
	return a.Path == b.Path && a.SameTenant == b.SameTenant && maps.Equal(a.Ticks, b.Ticks)
}

// rememberedGuide is what was kept for the connection in the form.
func (w *Window) rememberedGuide() (profile.Guide, bool) {
	key := w.guideKey()
	if key == "" || w.banner.active {
		return profile.Guide{}, false
	}
	state, known := w.shelf.guides[key]
	return state, known
}

// followGuide tells the guide that the connection is filed elsewhere now.
func (w *Window) followGuide() {
	if g := w.answer.lists.guide; g != nil {
		g.follow()
	}
}

// restore shows what was kept: the path in the header, the answer, the ticks.
func (g *guideList) restore(state profile.Guide) {
	g.ticks = maps.Clone(state.Ticks)
	if g.ticks == nil {
		g.ticks = map[string]bool{}
	}
	g.answer = guide.Unknown
	for i, a := range answers {
		if string(a) == state.SameTenant {
			g.answer = a
			g.question.Set(i)
		}
	}
	for i, p := range paths {
		if string(p) == state.Path {
			g.path = p
			g.w.header.path.Set(i)
		}
	}
}

// start is another connection, of which nothing is known; the path stays.
func (g *guideList) start() { g.restore(profile.Guide{Path: string(g.path)}) }
