package session

import (
	"context"
	"maps"
	"time"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/fleet"
	"github.com/s2sdoctor/s2sdoctor/core/profile"
)

// GroupOverview puts the connections that have something in common below headings. To
// find those that share a credential, the session reads and compares the credentials, and
// keeps the names only.
func (s *Session) GroupOverview(by Grouping) {
	s.overview.reading.end()
	s.update(func(st *State) {
		st.Overview.Grouping, st.Overview.Reading = by, false
		s.showOverview()
	})
	if by == ByCredential {
		s.compareCredentials()
	}
}

func (s *Session) compareCredentials() {
	ctx, generation := s.overview.reading.begin(s.ctx)
	saved := s.state.Connections.Saved
	s.update(func(st *State) { st.Overview.Reading = true })
	s.background(func() func() {
		shared := sharedCredentials(s.loadMembers(ctx, saved))
		return func() {
			if !s.overview.reading.is(generation) || ctx.Err() != nil {
				return
			}
			s.overview.reading.end()
			s.overview.shared = shared
			s.update(func(st *State) {
				st.Overview.Reading = false
				s.showOverview()
			})
		}
	}, func() {
		if s.overview.reading.is(generation) {
			s.overview.reading.end()
			s.update(func(st *State) { st.Overview.Reading = false })
		}
	})
}

// loadMembers reads connections with their credentials, and leaves out those that it cannot
// read. It blocks, and may be called on any goroutine: the store is safe for that.
func (s *Session) loadMembers(ctx context.Context, saved []profile.Profile) []fleet.Member {
	var members []fleet.Member
	for _, p := range saved {
		if ctx.Err() != nil {
			return nil
		}
		loaded, err := s.deps.Store.Load(ctx, p.Name)
		if err == nil {
			members = append(members, fleet.Member{Name: p.Name, Form: loaded.Form})
		}
	}
	return members
}

// sharedCredentials returns the names of the connections that share a credential.
func sharedCredentials(members []fleet.Member) [][]string {
	var groups [][]string
	for _, indexes := range fleet.ByCredential(members) {
		var names []string
		for _, i := range indexes {
			names = append(names, members[i].Name)
		}
		groups = append(groups, names)
	}
	return groups
}

// readEnds reads when the certificates of the saved connections end.
func (s *Session) readEnds() {
	var saved []profile.Profile
	for _, p := range s.state.Connections.Saved {
		switch kindOfSaved(p) {
		case connection.CertificateKind, connection.CertificateStoreKind:
			saved = append(saved, p)
		}
	}
	if len(saved) == 0 {
		return
	}
	ctx, generation := s.overview.lasting.begin(s.ctx)
	doctor := s.deps.Doctor
	s.background(func() func() {
		ends := map[string]time.Time{}
		for _, m := range s.loadMembers(ctx, saved) {
			if l := doctor.Lifetime(ctx, m.Form); !l.Ends.IsZero() {
				ends[savedKey(m.Name)] = l.Ends
			}
		}
		return func() {
			if !s.overview.lasting.is(generation) {
				return
			}
			s.overview.lasting.end()
			if s.overview.ends == nil {
				s.overview.ends = map[string]time.Time{}
			}
			maps.Copy(s.overview.ends, ends)
			s.showOverview()
		}
	}, nil)
}
