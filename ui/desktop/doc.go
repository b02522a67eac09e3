// Package desktop is what the operating system does for the window: it opens the
// native window and finds out whether that worked, keeps its position, shows the
// system's file dialog and message box, finds fonts, and falls back to drawing in
// software.
//
// It knows nothing of connections or examinations, and package ui does not know it:
// main connects the two. What needs GLFW is compiled with cgo only; without cgo, and
// with the tag ci, those functions report that there is no screen.
package desktop
