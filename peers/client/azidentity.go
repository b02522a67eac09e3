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
	"assertion": func(ctx context.Context, w world) error {
		credential, err := w.assertionCredential(assertionOfFile)
		return w.prove(ctx, credential, err)
	},
	"github": func(ctx context.Context, w world) error {
		credential, err := w.assertionCredential(assertionOfJob)
		return w.prove(ctx, credential, err)
	},
	"wrong-subject": func(ctx context.Context, w world) error {
		credential, err := w.assertionCredential(assertionOfJob)
		return contains(w.prove(ctx, credential, err), "AADSTS700213")
	},
	"workload-identity": func(ctx context.Context, w world) error {
		credential, err := azidentity.NewWorkloadIdentityCredential(&azidentity.WorkloadIdentityCredentialOptions{
			ClientOptions: w.options(), DisableInstanceDiscovery: !w.microsoft, ClientID: w.client, TenantID: w.tenant,
		})
		return w.prove(ctx, credential, err)
	},
	"azure-pipelines": func(ctx context.Context, w world) error {
		credential, err := azidentity.NewAzurePipelinesCredential(w.tenant, w.client,
			os.Getenv("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"), os.Getenv("SYSTEM_ACCESSTOKEN"),
			&azidentity.AzurePipelinesCredentialOptions{ClientOptions: w.options(), DisableInstanceDiscovery: !w.microsoft})
		return w.prove(ctx, credential, err)
	},
	"managed-identity": func(ctx context.Context, w world) error {
		credential, err := azidentity.NewManagedIdentityCredential(nil)
		return w.prove(ctx, credential, err)
	},
}}

func (w world) assertionCredential(assertion func(context.Context) (string, error)) (*azidentity.ClientAssertionCredential, error) {
	return azidentity.NewClientAssertionCredential(w.tenant, w.client, assertion,
		&azidentity.ClientAssertionCredentialOptions{ClientOptions: w.options(), DisableInstanceDiscovery: !w.microsoft})
}

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
