package sandbox

import "github.com/s2sdoctor/s2sdoctor/core/guid"

// delegate is the privilege to act on behalf of another user.
const delegate = "prvActOnBehalfOfAnotherUser"

// callerHeaders name the user to act for, and the column that their value is in.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/webapi/impersonate-another-user-web-api.
//
// Guess: with both headers the preferred one counts.
var callerHeaders = []struct{ name, column string }{
	{"CallerObjectId", "azureactivedirectoryobjectid"},
	{"MSCRMCallerID", "systemuserid"},
}

// impersonate puts another user in the caller's place if a header asks for it.
func (c *call) impersonate() *refused {
	for _, h := range callerHeaders {
		if values := c.Header.Values(h.name); len(values) > 0 {
			return c.actFor(h.column, values[0])
		}
	}
	return nil
}

// actFor makes the user with this value in a column the caller, if the caller may
// act on behalf of others.
//
// Guess: the documentation names no code for a user who does not exist or is
// disabled; these are the codes of such a user as the caller.
func (c *call) actFor(column, id string) *refused {
	if !guid.IsPlain(id) {
		return c.refuse("0x80048d1a")
	}
	if !may(c.user, delegate) {
		return c.refuse("0x8004a110")
	}
	other := c.data.live(func(u row) bool { return equal(u[column], id) })
	switch {
	case other == nil:
		return c.refuse("0x80041d1f", id)
	case other["isdisabled"] == true:
		return c.refuse("0x80040225")
	}
	c.actor, c.user = c.user, other
	return nil
}

// holds reports whether the caller has a privilege; on behalf of another user both
// need it.
//
// Source: the page of callerHeaders.
func (c *call) holds(privilege string) bool {
	return may(c.user, privilege) && (c.actor == nil || may(c.actor, privilege))
}
