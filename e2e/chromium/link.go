//go:build e2e

package chromium

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/net/websocket"
)

// origin is what our end of the line says it is: Chromium lets no page on the
// web talk to its DevTools, and asks everybody.
const origin = "http://127.0.0.1"

// params are a command's parameters.
type params map[string]any

// message is a command, its answer, or an event.
//
// Source: chromedevtools.github.io/devtools-protocol.
type message struct {
	ID      int             `json:"id,omitempty"`
	Session string          `json:"sessionId,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// errClosed is what commands get when the browser has gone.
var errClosed = errors.New("chromium has closed the line")

// link is the line to one browser; all of its pages share it.
type link struct {
	socket *websocket.Conn
	event  func(message)
	over   chan struct{}

	mu      sync.Mutex
	last    int
	waiting map[int]chan message
}

func dial(address string, event func(message)) (*link, error) {
	socket, err := websocket.Dial(address, "", origin)
	if err != nil {
		return nil, fmt.Errorf("chromium's DevTools: %w", err)
	}
	l := &link{socket: socket, event: event, over: make(chan struct{}), waiting: map[int]chan message{}}
	go l.listen()
	return l, nil
}

// listen hands out what the browser says, until it says no more.
func (l *link) listen() {
	defer close(l.over)
	for {
		var m message
		if websocket.JSON.Receive(l.socket, &m) != nil {
			return
		}
		if m.ID == 0 {
			l.event(m)
			continue
		}
		l.mu.Lock()
		answer := l.waiting[m.ID]
		delete(l.waiting, m.ID)
		l.mu.Unlock()
		if answer != nil {
			answer <- m
		}
	}
}

// call sends a command and reads its answer into out, which may be nil.
func (l *link) call(ctx context.Context, session, method string, in params, out any) error {
	answer := make(chan message, 1)
	l.mu.Lock()
	l.last++
	id := l.last
	l.waiting[id] = answer
	err := websocket.JSON.Send(l.socket, struct {
		ID      int    `json:"id"`
		Session string `json:"sessionId,omitempty"`
		Method  string `json:"method"`
		Params  params `json:"params,omitempty"`
	}{id, session, method, in})
	l.mu.Unlock()
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	select {
	case m := <-answer:
		if m.Error != nil {
			return fmt.Errorf("%s: %s", method, m.Error.Message)
		}
		if out == nil {
			return nil
		}
		return json.Unmarshal(m.Result, out)
	case <-l.over:
		return fmt.Errorf("%s: %w", method, errClosed)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

func (l *link) close() {
	_ = l.socket.Close()
	<-l.over
}
