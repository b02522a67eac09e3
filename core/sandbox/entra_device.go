package sandbox

import (
	"crypto/rand"
	"math/big"
	"net/http"
	"strings"
	"time"
)

// deviceLife is how long a device code can be used.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code.
const deviceLife = 15 * time.Minute

// deviceInterval is the number of seconds between two polls.
const deviceInterval = 5

// deviceFlow is a device code and what has become of it.
type deviceFlow struct {
	userCode string
	grant    userGrant
	scopes   []string
	issued   time.Time
	// answered: the user has signed in, or declined.
	answered, declined bool
}

// devicePath is the page on which a user types a code.
const devicePath = "/device"

// deviceCode is the endpoint of RFC 8628 section 3.1.
//
// Source: learn.microsoft.com/entra/identity-platform/v2-oauth2-device-code.
func (s *Server) deviceCode(w http.ResponseWriter, r *http.Request, tenant string) {
	t := tokenRequest{Request: r, tenant: s.now(), version: 2, now: s.time()}
	f := t.read()
	if f == nil {
		t.dir, f = t.findDirectory(tenant)
	}
	var p *publicClient
	if f == nil {
		p, f = t.deviceClient()
	}
	scopes := strings.Fields(t.form.Get("scope"))
	if f == nil && len(scopes) == 0 {
		f = fail(900144, "scope")
	}
	if f == nil {
		_, _, f = askedOf(scopes)
	}
	if f != nil {
		s.refuse(w, r, f)
		return
	}
	device, user := "SandboxDevice."+randomText(), userCode()
	s.mu.Lock()
	s.devices[device] = &deviceFlow{userCode: user, scopes: scopes, issued: t.now, grant: userGrant{client: p, dir: t.dir}}
	s.mu.Unlock()
	page := "https://" + LoginHost + devicePath
	tokenHeaders(w, r, newID(), 0)
	writeJSON(w, http.StatusOK, object{
		{"user_code", user},
		{"device_code", device},
		{"verification_uri", page},
		{"expires_in", int(deviceLife.Seconds())},
		{"interval", deviceInterval},
		{"message", "To sign in, use a web browser to open the page " + page + " and enter the code " + user + " to authenticate."},
	})
}

func (t *tokenRequest) deviceClient() (*publicClient, *failure) {
	id := t.form.Get("client_id")
	if id == "" {
		return nil, fail(900144, "client_id")
	}
	if p := findPublicClient(id); p != nil {
		return p, t.authenticatePublic()
	}
	if f := t.tenant.findClient(t.dir, id); f != nil {
		return nil, f
	}
	return nil, fail(7000218) // "Allow public client flows" is No
}

// userCode returns nine letters and digits that are not mistaken for each other.
func userCode() string {
	const letters = "BCDFGHJKLMNPQRSTVWXYZ23456789"
	var b strings.Builder
	for range 9 {
		i, _ := rand.Int(rand.Reader, big.NewInt(int64(len(letters)))) // never fails since Go 1.24
		b.WriteByte(letters[i.Int64()])
	}
	return b.String()
}

// redeemDevice is the grant of RFC 8628 section 3.4.
func (s *Server) redeemDevice(t tokenRequest) (object, *failure) {
	p, f := t.deviceClient()
	if f != nil {
		return nil, f
	}
	code := t.form.Get("device_code")
	s.mu.Lock()
	d, ok := s.devices[code]
	var flow deviceFlow
	if ok {
		flow = *d
	}
	s.mu.Unlock()
	switch {
	case code == "":
		return nil, fail(900144, "device_code")
	case !ok, flow.grant.client != p, flow.grant.dir.ID != t.dir.ID:
		return nil, fail(70018)
	case flow.declined:
		return nil, fail(65004).as("authorization_declined")
	case t.now.Sub(flow.issued) > deviceLife:
		return nil, fail(70019)
	case !flow.answered:
		return nil, fail(70016)
	}
	answer, f := s.userAnswer(t, flow.grant, flow.scopes, AtDevice)
	if f == nil {
		s.mu.Lock()
		delete(s.devices, code)
		s.mu.Unlock()
	}
	return answer, f
}
