package admin

import "fmt"

// Exchanges prints the record of what the login host was asked.
func (s *signIn) Exchanges() string { return fmt.Sprintf("%+v", s.client.Exchanges()) }
