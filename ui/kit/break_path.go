package kit

import "strings"

// isPath reports whether a text is the path of a file on this computer.
func isPath(text string) bool {
	drive := len(text) > 2 && text[1] == ':' && text[2] == '\\'
	return (drive || strings.HasPrefix(text, "/") || strings.HasPrefix(text, `\\`)) && !strings.Contains(text, "\n")
}

// breakPath returns a path with line breaks behind separators. Fyne breaks at a space, such
// as the one in "S2S Doctor", and then within the name of the file. fits reports whether a
// text has room in one line.
func breakPath(path string, fits func(line string) bool) string {
	var all strings.Builder
	line := ""
	for path != "" {
		end := strings.IndexAny(path, `/\`) + 1
		if end == 0 {
			end = len(path)
		}
		if line != "" && !fits(line+path[:end]) {
			all.WriteString(line + "\n")
			line = ""
		}
		line += path[:end]
		path = path[end:]
	}
	return all.String() + line
}
