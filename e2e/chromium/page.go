//go:build e2e

package chromium

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Page is one tab.
type Page struct {
	t               *testing.T
	browser         *Browser
	target, session string
}

// Goto opens an address; the answer says why it could not be, "" when it was:
// "net::ERR_CONNECTION_REFUSED".
func (p *Page) Goto(address string) (failure string) {
	p.t.Helper()
	var done struct {
		Failure string `json:"errorText"`
	}
	p.call("Page.navigate", params{"url": address}, &done)
	return done.Failure
}

// Address is what the address bar shows, where the page could not be loaded too.
// "" while the page is on its way to another.
func (p *Page) Address() string {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var history struct {
		CurrentIndex int
		Entries      []struct{ URL string }
	}
	err := p.browser.link.call(ctx, p.session, "Page.getNavigationHistory", nil, &history)
	if err != nil || history.CurrentIndex >= len(history.Entries) {
		return ""
	}
	return history.Entries[history.CurrentIndex].URL
}

// WaitAddress waits until the address bar shows an address that begins like this.
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

// Text is what a person reads on the whole page, and what Ctrl+A, Ctrl+C copies.
func (p *Page) Text() string {
	p.t.Helper()
	var text string
	p.evaluate("document.body ? document.body.innerText : ''", &text)
	return text
}

// WaitText waits until the page says something, wherever it has gone by then.
func (p *Page) WaitText(part string) {
	p.t.Helper()
	p.wait("the page says "+part, "document.readyState === 'complete' && document.body.innerText.includes("+quote(part)+")")
}

// Click waits for an element (a CSS selector) and presses the mouse on it.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.call("Page.bringToFront", nil, nil) // nobody clicks in a tab behind another
	p.wait("there is "+selector, "document.readyState === 'complete' && document.querySelector("+quote(selector)+") !== null")
	var at struct{ X, Y float64 }
	p.evaluate(`(() => {
		const e = document.querySelector(`+quote(selector)+`);
		e.scrollIntoView({block: 'center', behavior: 'instant'});
		const r = e.getBoundingClientRect();
		return {X: r.x + r.width / 2, Y: r.y + r.height / 2};
	})()`, &at)
	mouse := func(kind string, buttons int) {
		p.call("Input.dispatchMouseEvent", params{"type": kind, "x": at.X, "y": at.Y, "button": "left", "buttons": buttons, "clickCount": 1}, nil)
	}
	mouse("mouseMoved", 0)
	mouse("mousePressed", 1)
	mouse("mouseReleased", 0)
}

// Type clicks a field, replaces what is in it, and types.
func (p *Page) Type(selector, text string) {
	p.t.Helper()
	p.Click(selector)
	p.evaluate("document.querySelector("+quote(selector)+").select()", nil)
	p.call("Input.insertText", params{"text": text}, nil)
}

// Value is what a field holds.
func (p *Page) Value(selector string) string {
	p.t.Helper()
	var value string
	p.evaluate("document.querySelector("+quote(selector)+").value", &value)
	return value
}

// Screenshot keeps what the page looks like.
func (p *Page) Screenshot(file string) {
	p.t.Helper()
	var shot struct{ Data string }
	p.call("Page.captureScreenshot", params{"format": "png"}, &shot)
	picture, err := base64.StdEncoding.DecodeString(shot.Data)
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

// Private tells whether the page is in a private window: outside the profile in
// which somebody may be signed in already.
func (p *Page) Private() bool {
	p.t.Helper()
	var page struct {
		TargetInfo struct{ BrowserContextID string }
	}
	var all struct{ DefaultBrowserContextID string }
	p.call("Target.getTargetInfo", nil, &page)
	p.browser.call(p.t, "", "Target.getBrowserContexts", nil, &all)
	return page.TargetInfo.BrowserContextID != all.DefaultBrowserContextID
}

// Close closes the tab; a second time does nothing.
func (p *Page) Close() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_ = p.browser.link.call(ctx, "", "Target.closeTarget", params{"targetId": p.target}, nil)
}

// wait asks the page a question until the answer is yes. A page that is just
// being left cannot answer, and is asked again.
func (p *Page) wait(what, question string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		var yes bool
		if err := p.ask(ctx, question, &yes); err == nil && yes {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("waited in vain until %s; at %s it says:\n%s", what, p.Address(), p.Text())
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// evaluate asks the page, and fails the test when the script throws.
func (p *Page) evaluate(script string, out any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := p.ask(ctx, script, out)
	for err != nil && strings.Contains(err.Error(), "context") && ctx.Err() == nil {
		time.Sleep(30 * time.Millisecond) // it is on its way to another page
		err = p.ask(ctx, script, out)
	}
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *Page) ask(ctx context.Context, script string, out any) error {
	var answer struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception *struct {
			Text string `json:"text"`
		} `json:"exceptionDetails"`
	}
	err := p.browser.link.call(ctx, p.session, "Runtime.evaluate", params{"expression": script, "returnByValue": true}, &answer)
	switch {
	case err != nil:
		return err
	case answer.Exception != nil:
		return &scriptError{answer.Exception.Text, script}
	case out == nil:
		return nil
	}
	return json.Unmarshal(answer.Result.Value, out)
}

// scriptError is a script of ours that threw.
type scriptError struct{ text, script string }

func (e *scriptError) Error() string { return e.text + " in " + e.script }

func (p *Page) call(method string, in params, out any) {
	p.t.Helper()
	p.browser.call(p.t, p.session, method, in, out)
}

// quote is a string as JavaScript has it.
func quote(text string) string {
	quoted, _ := json.Marshal(text) // a string always has a spelling
	return string(quoted)
}
