package core

import (
	"context"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/drift"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
)

// Snapshot examines a form and reads what the application may do; it calls observe (may be
// nil) with each event. The snapshot says something about the connection where the report
// is [exam.Report.Concluded].
func (d Doctor) Snapshot(ctx context.Context, name string, form connection.Form, observe func(exam.Event)) (drift.Snapshot, exam.Report) {
	r := exam.Run(ctx, d.completed(form), exam.Options{Clouds: d.Clouds, Transport: d.Transport, Access: true, Observe: observe})
	return drift.Take(name, r, time.Now()), r
}
