// Package guide is the way to a working connection as eight steps, on two paths:
// Modern, what Microsoft supports today, and Classic, the article of 2017 to the
// letter.
//
// The examination decides before a tick does: a step that is proven is done, a step
// that the evidence contradicts loses its tick, and a step that only a user can see is
// marked so. The package sends nothing and keeps nothing; evaluating is a pure function.
// Its texts are in texts.json, apart from its logic.
package guide

import (
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// Path is one of the two ways through the eight steps.
type Path string

// The paths. The empty path is Modern.
const (
	Modern  Path = "modern"
	Classic Path = "classic"
)

// Answer is the user's answer to the guide's one question.
type Answer string

// The answers; "" is Unknown.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	Unknown Answer = ""
)

// StepID names a step of the guide. Each has a constant, generated from texts.json.
type StepID string

// Step is one of the eight, as data.
type Step struct {
	ID     StepID
	Number int
	Title  text.Text
	// What is the actions, in order, in the portals' words.
	What []text.Text
	// Who can do them.
	Who catalog.Owner
	Why text.Text
	// Since is what has changed since 2017; "" on the Modern path.
	Since text.Text
	Links []catalog.Link
	// Tick is what a user confirms by ticking; "" where a tick is not taken.
	Tick text.Text
	// Prevents are the article's mistakes (1 to 6) that doing this right prevents.
	Prevents []int
	// After are the steps that must be done before this one.
	After []StepID
	// Proof is what shows that it is done, and what shows that it is not.
	Proof Proof
}

// Fill puts a connection's values into the texts and links.
func (s Step) Fill(v catalog.Vars) Step {
	s.Title, s.Why, s.What, s.Links = v.Text(s.Title), v.Text(s.Why), v.Texts(s.What), v.Links(s.Links)
	return s
}
