package ui

import (
	"maps"

	"github.com/s2sdoctor/s2sdoctor/core/guide"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// How far a person came in the guide belongs to the connection: it is kept with
// a saved one, and for this session with any other.

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
