//go:build unix && !linux

package harden

func process() { noCore() }

func overwrite() {}
