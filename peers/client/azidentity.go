package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

var azidentityPeer = peer{"github.com/Azure/azure-sdk-for-go/sdk/azidentity", map[string]func(context.Context, world) error{
	"secret": func(ctx context.Context, w world) error {
		credential, err := w.secretCredential(w.secret)
		return w.prove(ctx, credential, err)
	},
	"certificate": func(ctx context.Context, w world) error {
		raw, err := os.ReadFile(w.certificate)
		if err != nil {
			return err
		}
		certs, key, err := azidentity.ParseCertificates(raw, nil)
		if err != nil {
			return err
		}
		credential, err := azidentity.NewClientCertificateCredential(w.tenant, w.client, certs, key,
			&azidentity.ClientCertificateCredentialOptions{ClientOptions: w.options(), DisableInstanceDiscovery: !w.microsoft})
		return w.prove(ctx, credential, err)
	},
	"wrong-secret": func(ctx context.Context, w world) error {
		credential, err := w.secretCredential(wrongSecret)
		if err != nil {
			return err
		}
		_, err = credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{w.scope()}})
		var failed *azidentity.AuthenticationFailedError
		if !errors.As(err, &failed) || failed.RawResponse == nil || failed.RawResponse.StatusCode != http.StatusUnauthorized {
			return fmt.Errorf("not a failed authentication with status 401: %v", err)
		}
		return contains(err, "AADSTS7000215")
	},
}}

func (w world) options() azcore.ClientOptions {
	return azcore.ClientOptions{Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: "https://" + w.login}}
}

func (w world) secretCredential(secret string) (*azidentity.ClientSecretCredential, error) {
	return azidentity.NewClientSecretCredential(w.tenant, w.client, secret,
		&azidentity.ClientSecretCredentialOptions{ClientOptions: w.options(), DisableInstanceDiscovery: !w.microsoft})
}

func (w world) prove(ctx context.Context, credential azcore.TokenCredential, err error) error {
	if err != nil {
		return err
	}
	token, err := credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{w.scope()}})
	if err != nil {
		return err
	}
	return w.whoAmI(ctx, token.Token)
}
