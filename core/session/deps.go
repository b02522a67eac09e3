package session

// Deps is what a session needs of others.
type Deps struct {
	Scheduler Scheduler
}
