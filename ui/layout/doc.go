// Package layout arranges the objects of the window.
//
// Unlike Fyne's layouts, those here ask wrapped text for its height at the width that
// it gets. The package knows no control: an object that needs less width when it is
// asked to, or whose text has a width without wrapping, says so by a method (Within,
// NaturalWidth).
package layout
