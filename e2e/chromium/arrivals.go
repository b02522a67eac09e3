//go:build e2e

package chromium

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// arrivals are the pages that another program has opened, until a test takes them.
type arrivals struct{ queue chan target.ID }

func newArrivals() *arrivals { return &arrivals{queue: make(chan target.ID, 100)} }

func (a *arrivals) forget() {
	for {
		select {
		case <-a.queue:
		default:
			return
		}
	}
}

// event records new pages; no other event of the browser is needed.
func (b *Browser) event(e any) {
	if e, ok := e.(*target.EventTargetCreated); ok && e.TargetInfo.Type == "page" {
		b.pages.queue <- e.TargetInfo.TargetID
	}
}

// Opened waits for a page that another program opens, and returns it for t.
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

// NewPage opens a new page for t.
func (b *Browser) NewPage(t *testing.T) *Page {
	t.Helper()
	made := call(t, b.ctx, chromedp.CallBrowser, target.CreateTarget, target.CreateTargetParams{URL: "about:blank"})
	p := b.Opened(t)
	if p.target != made.TargetID {
		t.Fatal("somebody else opened a page in Chromium at the same moment")
	}
	return p
}

// page connects to a page; it is closed when t ends.
func (b *Browser) page(t *testing.T, id target.ID) *Page {
	t.Helper()
	p := &Page{t: t, browser: b, target: id}
	p.ctx, p.cancel = chromedp.NewContext(b.ctx, chromedp.WithTargetID(id))
	t.Cleanup(p.Close)
	if err := chromedp.Do(p.ctx); err != nil { // chromedp follows the page until this context ends
		t.Fatal(err)
	}
	p.toFront()
	return p
}
