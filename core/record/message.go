package record

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Message is one HTTP response as it is in a file.
type Message struct {
	Proto  string
	Status int
	// Header has canonical names.
	Header http.Header
	Body   []byte
}

var errNoMessage = errors.New("it is not an HTTP response: status line, headers, an empty line, body")

// ParseMessage reads a file of a record. Lines of the head end in LF or CRLF, a
// header line that begins with a blank continues the one before, and
// Content-Length is not compared with the body.
func ParseMessage(file []byte) (Message, error) {
	head, body := splitHead(file)
	lines := strings.Split(strings.ReplaceAll(head, "\r\n", "\n"), "\n")
	fields := strings.Fields(lines[0])
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return Message{}, errNoMessage
	}
	status, err := strconv.Atoi(fields[1])
	if err != nil || status < 100 || status > 999 {
		return Message{}, errNoMessage
	}
	m := Message{Proto: fields[0], Status: status, Header: http.Header{}, Body: body}
	last := ""
	for _, line := range lines[1:] {
		if last != "" && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")) {
			values := m.Header[last]
			values[len(values)-1] += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || name == "" || strings.ContainsAny(name, " \t") {
			return Message{}, fmt.Errorf("header line %q: %w", line, errNoMessage)
		}
		last = http.CanonicalHeaderKey(name)
		m.Header[last] = append(m.Header[last], strings.TrimSpace(value))
	}
	return m, nil
}

func splitHead(file []byte) (head string, body []byte) {
	at, length := len(file), 0
	for _, end := range []string{"\n\n", "\r\n\r\n"} {
		if i := bytes.Index(file, []byte(end)); i >= 0 && i < at {
			at, length = i, len(end)
		}
	}
	return strings.TrimRight(string(file[:at]), "\r\n"), file[at+length:]
}

// encode writes the message with its headers sorted by name.
func (m Message) encode() []byte {
	var b bytes.Buffer
	b.WriteString(strings.TrimSpace(fmt.Sprintf("%s %d %s", m.Proto, m.Status, http.StatusText(m.Status))) + "\n")
	var names []string
	for name := range m.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range m.Header[name] {
			b.WriteString(strings.TrimSpace(name+": "+value) + "\n")
		}
	}
	b.WriteString("\n")
	b.Write(m.Body)
	return b.Bytes()
}
