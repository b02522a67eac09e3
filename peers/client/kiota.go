package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	kiota "github.com/microsoft/kiota-abstractions-go"
	auth "github.com/microsoft/kiota-authentication-azure-go"
	kiotahttp "github.com/microsoft/kiota-http-go"
)

// kiotaPeer is the HTTP library under Microsoft's generated Graph client for Go.
var kiotaPeer = peer{"github.com/microsoft/kiota-http-go", map[string]func(context.Context, world) error{
	"whoami": func(ctx context.Context, w world) error {
		raw, err := w.request(ctx, w.environment, "/api/data/v9.2/WhoAmI")
		if err != nil {
			return err
		}
		return w.isUser(raw)
	},
	"no-user": func(ctx context.Context, w world) error {
		_, err := w.request(ctx, w.environment, "/api/data/v9.2/WhoAmI")
		return hasStatus(err, http.StatusForbidden)
	},
	// The application has no permission for Graph.
	"graph": func(ctx context.Context, w world) error {
		_, err := w.request(ctx, "https://"+w.graph, "/v1.0/organization")
		return hasStatus(err, http.StatusForbidden)
	},
}}

func (w world) request(ctx context.Context, origin, path string) ([]byte, error) {
	credential, err := w.secretCredential(w.secret)
	if err != nil {
		return nil, err
	}
	at, err := url.Parse(origin + path)
	if err != nil {
		return nil, err
	}
	provider, err := auth.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(credential, []string{origin + "/.default"}, []string{at.Host})
	if err != nil {
		return nil, err
	}
	adapter, err := kiotahttp.NewNetHttpRequestAdapter(provider)
	if err != nil {
		return nil, err
	}
	request := kiota.NewRequestInformation()
	request.Method = kiota.GET
	request.SetUri(*at)
	request.Headers.Add("Accept", "application/json")
	answer, err := adapter.SendPrimitive(ctx, request, "[]byte", nil)
	if err != nil {
		return nil, err
	}
	raw, ok := answer.([]byte)
	if !ok {
		return nil, fmt.Errorf("%T is no body", answer)
	}
	return raw, nil
}

func hasStatus(err error, want int) error {
	var failed *kiota.ApiError
	if !errors.As(err, &failed) || failed.ResponseStatusCode != want {
		return fmt.Errorf("want status %d, got %v", want, err)
	}
	return nil
}
