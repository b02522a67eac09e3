package core

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Snapshot examines a form and reads what the application may do. complete is false where
// the examination did not come to its end.
func (d Doctor) Snapshot(ctx context.Context, name string, form connection.Form) (s drift.Snapshot, complete bool) {
	r := exam.Run(ctx, form, exam.Options{Clouds: d.Clouds, Transport: d.Transport, Access: true})
	return drift.Take(name, r, time.Now()), r.Complete
}
