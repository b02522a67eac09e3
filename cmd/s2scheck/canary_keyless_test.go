package main

import (
	"net/http"
	"slices"
	"testing"

	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/internal/race"
	"github.com/s2sdoctor/s2sdoctor/internal/smuggle"
)

const (
	canaryRequest  = "Rq7~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1aQ"
	canaryIdentity = "Hd7~e.RtY7uIoP6aSdF5gHjK4lQmN3bVcX2z1aQ"
)

var canaryAssertion = smuggle.Token(map[string]any{
	"iss": "https://token.actions.githubusercontent.com", "sub": "repo:contoso/app:environment:prod", "aud": "api://AzureADTokenExchange",
})

// entraEchoes are a few of the places where Entra echoes. The sweep with a secret covers
// the others.
var entraEchoes = []string{"token: error_description", "token: x-ms-request-id", "token: page", "token: text", "token: another member"}

// TestNoKeylessEchoAnywhere guards that no output contains the assertion, the token with
// which a pipeline requests it, or the header of a managed identity.
func TestNoKeylessEchoAnywhere(t *testing.T) {
	race.Skip(t, "hundreds of examinations that differ in texts alone")
	t.Setenv("IDENTITY_ENDPOINT", "http://169.254.131.2:8081/msi/token")
	t.Setenv("IDENTITY_HEADER", canaryIdentity)
	s := newSweep(t)
	federated := connection.Form{
		Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Kind: connection.FederatedKind,
		Federation: connection.Federation{Issuer: connection.GitHub, URL: "https://" + smuggle.PipelineHost + "/idtoken?api-version=2.0", RequestToken: secret.New(canaryRequest)},
	}
	managed := connection.Form{Environment: "https://" + smuggle.Host, ClientID: smuggle.Client, Kind: connection.ManagedIdentityKind}
	for _, spelling := range smuggle.Spellings {
		run := func(name string, form connection.Form, canary string, at smuggle.Place, local func(string) *http.Response) {
			world := &smuggle.Keyless{Assertion: canaryAssertion, Local: local, Echo: smuggle.Echo{
				Token: canaryToken, Place: at, Spoken: func(map[string]string) string { return spelling.Write(canary) },
			}}
			s.form(name+", "+spelling.Name, doctorOf(world), form, func() string { return canary })
		}
		for _, at := range smuggle.Places {
			if slices.Contains(entraEchoes, at.Name) {
				run("assertion, "+at.Name, federated, canaryAssertion, at, nil)
				run("request token, "+at.Name, federated, canaryRequest, at, nil)
			}
		}
		for name, answer := range smuggle.LocalAnswers {
			run("request token, "+name, federated, canaryRequest, smuggle.Nowhere, answer)
			run("identity header, "+name, managed, canaryIdentity, smuggle.Nowhere, answer)
		}
	}
	s.done(len(smuggle.LocalAnswers)+len(entraEchoes), len(smuggle.Spellings), 3)
}
