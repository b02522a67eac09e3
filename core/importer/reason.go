package importer

import "github.com/s2sdoctor/s2sdoctor/core/text"

// LeftOut is a connection that was not taken.
type LeftOut struct {
	// Name is as in [Named]; it may be empty.
	Name string
	Why  Reason
}

// Reason is why a connection was left out.
type Reason string

// The reasons.
const (
	PersonSignsIn Reason = "person"
	NotOnline     Reason = "not online"
	NoApplication Reason = "no application"
	UnknownSignIn Reason = "unknown"
	// SavedAlready is for a store of connections: the same one is there under the name.
	SavedAlready Reason = "saved already"
)

// Reasons are all of them, in the order in which they are shown.
var Reasons = []Reason{PersonSignsIn, NotOnline, NoApplication, UnknownSignIn, SavedAlready}

// Text returns the reason as a sentence.
func (r Reason) Text() text.Text {
	switch r {
	case PersonSignsIn:
		return text.F("A user signs in, not an application.")
	case NotOnline:
		return text.F("The address is not that of a Dataverse environment in the cloud.")
	case NoApplication:
		return text.F("There is no usable Application (client) ID.")
	case SavedAlready:
		return text.F("It is saved already.")
	}
	return text.F("The way of signing in is not known here.")
}
