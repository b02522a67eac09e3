//go:build e2e

package chromium

import (
	"encoding/json"
	"testing"
	"time"
)

// arrivals are the pages that somebody else has opened, until a test takes them.
type arrivals struct{ queue chan string }

func newArrivals() *arrivals { return &arrivals{queue: make(chan string, 100)} }

func (a *arrivals) forget() {
	for {
		select {
		case <-a.queue:
		default:
			return
		}
	}
}

// event notes new pages; nothing else that the browser tells is needed.
func (b *Browser) event(m message) {
	if m.Method != "Target.targetCreated" {
		return
	}
	var e struct {
		TargetInfo struct {
			ID   string `json:"targetId"`
			Type string `json:"type"`
		} `json:"targetInfo"`
	}
	if json.Unmarshal(m.Params, &e) == nil && e.TargetInfo.Type == "page" {
		b.pages.queue <- e.TargetInfo.ID
	}
}

// Opened waits for a page that somebody else opens, and gives it to t.
func (b *Browser) Opened(t *testing.T) *Page {
	t.Helper()
	select {
	case id := <-b.pages.queue:
		return b.page(t, id)
	case <-time.After(patience):
		t.Fatal("no page was opened in Chromium")
		return nil
	}
}

// NewPage opens a page of the test's own.
func (b *Browser) NewPage(t *testing.T) *Page {
	t.Helper()
	var made struct {
		ID string `json:"targetId"`
	}
	b.call(t, "", "Target.createTarget", params{"url": "about:blank"}, &made)
	p := b.Opened(t)
	if p.target != made.ID {
		t.Fatal("somebody else opened a page in Chromium at the same moment")
	}
	return p
}

// page connects to a page; it is closed when t ends.
func (b *Browser) page(t *testing.T, target string) *Page {
	t.Helper()
	p := &Page{t: t, browser: b, target: target}
	var attached struct {
		Session string `json:"sessionId"`
	}
	b.call(t, "", "Target.attachToTarget", params{"targetId": target, "flatten": true}, &attached)
	p.session = attached.Session
	p.call("Page.enable", nil, nil)
	p.call("Page.bringToFront", nil, nil)
	t.Cleanup(p.Close)
	return p
}
