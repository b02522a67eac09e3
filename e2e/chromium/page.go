//go:build e2e

package chromium

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// Page is a tab.
type Page struct {
	t       *testing.T
	browser *Browser
	target  target.ID
	ctx     context.Context
	cancel  context.CancelFunc
}

// Goto opens an address. It returns the error, such as "net::ERR_CONNECTION_REFUSED", or
// "".
func (p *Page) Goto(address string) (failure string) {
	p.t.Helper()
	return call(p.t, p.ctx, chromedp.Call, page.Navigate, page.NavigateParams{URL: address}).ErrorText
}

// Address returns what the address bar shows, also if the page could not be loaded. It is
// "" while the page loads another address.
func (p *Page) Address() string {
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	history, err := chromedp.Run(ctx, chromedp.NavigationEntries())
	if err != nil || history.CurrentIndex >= int64(len(history.Entries)) {
		return ""
	}
	return history.Entries[history.CurrentIndex].URL
}

// WaitAddress waits until the address bar shows an address with this prefix, and returns
// the address.
func (p *Page) WaitAddress(prefix string) string {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if at := p.Address(); strings.HasPrefix(at, prefix) {
			return at
		}
	}
	p.t.Fatalf("waited in vain for %s; at %s it says:\n%s", prefix, p.Address(), p.Text())
	return ""
}

// Text returns the text of the whole page, as Ctrl+A, Ctrl+C copies it.
func (p *Page) Text() string {
	p.t.Helper()
	return evaluate[string](p, "document.body ? document.body.innerText : ''")
}

// WaitText waits until the page contains a text, also after a redirect.
func (p *Page) WaitText(part string) {
	p.t.Helper()
	p.wait("the page says "+part, "document.readyState === 'complete' && document.body.innerText.includes("+quote(part)+")")
}

// Click waits for an element (a CSS selector) and presses the mouse on it.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.toFront() // a user clicks only in the front tab
	p.wait("there is "+selector, "document.readyState === 'complete' && document.querySelector("+quote(selector)+") !== null")
	at := evaluate[struct{ X, Y float64 }](p, `(() => {
		const e = document.querySelector(`+quote(selector)+`);
		e.scrollIntoView({block: 'center', behavior: 'instant'});
		const r = e.getBoundingClientRect();
		return {X: r.x + r.width / 2, Y: r.y + r.height / 2};
	})()`)
	p.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X, at.Y), chromedp.MouseClickXY(at.X, at.Y))
}

// Type clicks a field, replaces what is in it, and types.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	p.Click(selector)
	evaluate[bool](p, "document.querySelector("+quote(selector)+").select(), true")
	call(p.t, p.ctx, chromedp.Call, input.InsertText, input.InsertTextParams{Text: text})
}

// Value returns the value of a field.
func (p *Page) Value(selector string) string {
	p.t.Helper()
	return evaluate[string](p, "document.querySelector("+quote(selector)+").value")
}

// Screenshot saves a picture of the page.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o755)
	}
	if err == nil {
		err = os.WriteFile(file, picture, 0o644)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

// Private reports whether the page is in a private window, outside the profile, in which
// an account may be signed in already.
func (p *Page) Private() bool {
	p.t.Helper()
	here := call(p.t, p.ctx, chromedp.CallBrowser, target.GetTargetInfo, target.GetTargetInfoParams{TargetID: p.target})
	all := call(p.t, p.ctx, chromedp.CallBrowser, target.GetBrowserContexts, cdp.Empty{})
	return here.TargetInfo.BrowserContextID != all.DefaultBrowserContextID
}

// Close closes the tab; a second time does nothing.
func (p *Page) Close() { p.cancel() }

func (p *Page) toFront() {
	p.t.Helper()
	call(p.t, p.ctx, chromedp.Call, page.BringToFront, cdp.Empty{})
}

func (p *Page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// wait evaluates the question in the page until the result is true. A page that is being
// left cannot respond, and is asked again.
func (p *Page) wait(what, question string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for {
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool](question)); err == nil && yes {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("waited in vain until %s; at %s it says:\n%s", what, p.Address(), p.Text())
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// evaluate runs a script in the page, and fails the test if the script throws.
func evaluate[T any](p *Page, script string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	answer, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	for err != nil && strings.Contains(err.Error(), "context") && ctx.Err() == nil {
		time.Sleep(30 * time.Millisecond) // the page is loading another address
		answer, err = chromedp.Run(ctx, chromedp.Evaluate[T](script))
	}
	if err != nil {
		p.t.Fatalf("%v in %s", err, script)
	}
	return answer
}

// quote returns text as a JavaScript string.
func quote(text string) string {
	quoted, _ := json.Marshal(text) // a string can always be encoded
	return string(quoted)
}
