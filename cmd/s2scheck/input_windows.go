package main

// endOfInput are the keys that end standard input at a terminal.
const endOfInput = "Ctrl+Z, Enter"
