package session

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/rotate"
)

// playedRotator waits for the upload until Entra accepts the certificate.
type playedRotator struct {
	begun bool
	taken bool
	fails error
}

func (p *playedRotator) Rotate(ctx context.Context, name string, test func(context.Context, connection.Form) exam.Report) (rotate.Result, error) {
	if p.fails != nil {
		return rotate.Result{}, p.fails
	}
	r := rotate.Result{Step: rotate.Upload, CER: "/home/ana/s2s.cer", Report: test(ctx, connection.Form{})}
	if p.begun = !p.taken; p.taken {
		r.Step, r.Switched = rotate.Switched, []string{name}
	}
	return r, nil
}

func (p *playedRotator) Abandon(context.Context, string) error { p.begun = false; return p.fails }
func (p *playedRotator) Unfinished(string) bool                { return p.begun }

// TestRotation goes through the steps: the certificate is made, not accepted yet, the
// dialog is closed and opened again, the certificate is accepted.
func TestRotation(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.also("Contoso", addressed("Contoso"))
		rotator := &playedRotator{}
		l.Close()
		l.open(Deps{Store: l.store, Rotator: rotator})
		l.Start(false)
		l.pump()
		l.examine = func(context.Context, connection.Form) exam.Report {
			r := testReport(exam.Pass)
			set(&r, exam.CheckToken, exam.Fail, "certificate.not-registered")
			return r
		}
		l.OpenRotation("contoso")
		if r := l.State().Rotation; !r.Open || r.Name != "Contoso" || r.Begun || !strings.Contains(r.Link, libraryClient) {
			t.Errorf("%+v", r)
		}
		l.Rotate()
		l.pump()
		if r := l.State().Rotation; r.Active || !r.Begun || r.Result.Step != rotate.Upload || r.Answer.Empty() {
			t.Errorf("%+v", r)
		}
		l.CloseRotation()
		l.OpenRotation("Contoso")
		if r := l.State().Rotation; !r.Begun {
			t.Error("it is forgotten that it was begun")
		}
		rotator.fails = errors.New("the disk is full")
		l.Rotate()
		l.pump()
		if r := l.State().Rotation; r.Problem.Empty() || !r.Begun {
			t.Errorf("%+v", r)
		}
		rotator.fails, rotator.taken = nil, true
		l.Rotate()
		l.pump()
		if r := l.State().Rotation; !r.Problem.Empty() || r.Begun || r.Result.Step != rotate.Switched {
			t.Errorf("%+v", r)
		}
	})
}

func TestAbandonRotation(t *testing.T) {
	inLibrary(t, func(t *testing.T, l *library) {
		l.also("Contoso", addressed("Contoso"))
		rotator := &playedRotator{begun: true}
		l.Close()
		l.open(Deps{Store: l.store, Rotator: rotator})
		l.Start(false)
		l.pump()
		l.OpenRotation("Contoso")
		l.AbandonRotation()
		l.pump()
		if r := l.State().Rotation; r.Begun || rotator.begun {
			t.Errorf("%+v", r)
		}
	})
}
