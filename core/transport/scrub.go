package transport

import "s2sdoctor/core/secret"

// Hide makes every later record show v as [secret.Redacted], in all the
// spellings in which a service might echo it.
func (c *Client) Hide(v secret.Value) { c.secrets.Add(v) }

// Scrub removes every hidden secret, in any spelling, and every token from text.
func (c *Client) Scrub(text string) string { return c.secrets.Text(text) }
