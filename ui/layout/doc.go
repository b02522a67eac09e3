// Package layout arranges the objects of the window.
//
// Unlike Fyne's layouts, these ask wrapped text for its height at the width that it gets.
// The package imports no controls. It uses two optional methods of objects: NaturalWidth,
// the width at which a text does not wrap, and Within, the size in less width than the
// minimum.
package layout
