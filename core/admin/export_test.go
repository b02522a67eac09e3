package admin

import "fmt"

// Exchanges returns the record of the requests to the login host.
func (s *signIn) Exchanges() string { return fmt.Sprintf("%+v", s.client.Exchanges()) }
