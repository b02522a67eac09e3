package setup

import (
	"context"
	"errors"
	"net/http"

	"github.com/s2sdoctor/s2sdoctor/core/admin"
	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// CauseOf returns the cause of an error that ended a reading or a change, or "" for one
// that has none in the catalogue.
func CauseOf(err error) catalog.Cause {
	var signIn *admin.Error
	var refused *Refusal
	var service *ServiceError
	var network *transport.Error
	switch {
	case errors.As(err, &signIn):
		return signIn.Cause
	case errors.As(err, &refused):
		return refused.Cause
	case errors.As(err, &service) && service.Status == http.StatusTooManyRequests:
		return catalog.ServiceThrottled
	case errors.As(err, &service) && service.Status >= http.StatusInternalServerError:
		return catalog.ServiceUnavailable
	case errors.Is(err, context.DeadlineExceeded):
		return catalog.NetworkTimeout
	case errors.As(err, &network):
		return catalog.Recognise(catalog.Signs{Network: string(network.Kind)}).Cause
	}
	return ""
}
