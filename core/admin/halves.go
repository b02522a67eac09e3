package admin

import (
	"context"
	"strings"
	"sync"
)

// Halves are two people, each with their half: one for an environment, the other for
// everything else.
type Halves struct {
	// Environment is the resource of the environment's administrator.
	Environment string
	// Dataverse is the administrator of the environment, Entra that of the directory.
	Dataverse, Entra Administrator
	// Turn is called before the first token of each is asked for, so that the right one
	// is at the computer; it may be nil.
	Turn func(environment bool)

	asked [2]sync.Once
}

// Token returns the token of the administrator of the environment, or of the other
// administrator for any other resource.
func (h *Halves) Token(ctx context.Context, resource string) (Token, error) {
	if resource == h.Environment {
		h.asked[0].Do(func() { h.turn(true) })
		return h.Dataverse.Token(ctx, resource)
	}
	h.asked[1].Do(func() { h.turn(false) })
	return h.Entra.Token(ctx, resource)
}

func (h *Halves) turn(environment bool) {
	if h.Turn != nil {
		h.Turn(environment)
	}
}

// Account names both.
func (h *Halves) Account() string {
	first, second := h.Entra.Account(), h.Dataverse.Account()
	if first == second || second == "" {
		return first
	}
	return strings.TrimPrefix(first+", "+second, ", ")
}

// SignOut signs both out.
func (h *Halves) SignOut() {
	h.Dataverse.SignOut()
	h.Entra.SignOut()
}
