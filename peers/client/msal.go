package main

import (
	"context"
	"os"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/managedidentity"
)

var msalPeer = peer{"github.com/AzureAD/microsoft-authentication-library-for-go", map[string]func(context.Context, world) error{
	"secret": func(ctx context.Context, w world) error {
		token, err := w.acquire(ctx, w.secret)
		if err != nil {
			return err
		}
		return w.whoAmI(ctx, token)
	},
	"certificate": func(ctx context.Context, w world) error {
		raw, err := os.ReadFile(w.certificate)
		if err != nil {
			return err
		}
		certs, key, err := confidential.CertFromPEM(raw, "")
		if err != nil {
			return err
		}
		credential, err := confidential.NewCredFromCert(certs, key)
		if err != nil {
			return err
		}
		token, err := w.acquireWith(ctx, credential)
		if err != nil {
			return err
		}
		return w.whoAmI(ctx, token)
	},
	"wrong-secret": func(ctx context.Context, w world) error {
		_, err := w.acquire(ctx, wrongSecret)
		return contains(err, "AADSTS7000215")
	},
	"assertion": func(ctx context.Context, w world) error {
		token, err := w.acquireWith(ctx, confidential.NewCredFromAssertionCallback(
			func(ctx context.Context, _ confidential.AssertionRequestOptions) (string, error) {
				return assertionOfFile(ctx)
			}))
		if err != nil {
			return err
		}
		return w.whoAmI(ctx, token)
	},
	"managed-identity": func(ctx context.Context, w world) error {
		client, err := managedidentity.New(managedidentity.SystemAssigned())
		if err != nil {
			return err
		}
		result, err := client.AcquireToken(ctx, w.environment)
		if err != nil {
			return err
		}
		return w.whoAmI(ctx, result.AccessToken)
	},
}}

func (w world) acquire(ctx context.Context, secret string) (string, error) {
	credential, err := confidential.NewCredFromSecret(secret)
	if err != nil {
		return "", err
	}
	return w.acquireWith(ctx, credential)
}

func (w world) acquireWith(ctx context.Context, credential confidential.Credential) (string, error) {
	app, err := confidential.New(w.authority(), w.client, credential, confidential.WithInstanceDiscovery(w.microsoft))
	if err != nil {
		return "", err
	}
	result, err := app.AcquireTokenByCredential(ctx, []string{w.scope()})
	return result.AccessToken, err
}
