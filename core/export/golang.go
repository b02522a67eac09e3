package export

import (
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/quote"
)

// golang writes a program with azidentity.
func golang(s *subject) (string, error) {
	if !s.hasCredential() {
		return refusePipeline()
	}
	before, credential, arguments := "", "ClientSecretCredential", `{{tenant}}, {{client}}, os.Getenv("`+secretVariable+`")`
	options := ""
	switch s.kind {
	case connection.CertificateKind:
		password := "nil"
		if s.password {
			password = `[]byte(os.Getenv("` + passwordVariable + `"))`
		}
		before = `	file, err := os.ReadFile({{certificate}})
	if err != nil {
		return err
	}
	certificates, key, err := azidentity.ParseCertificates(file, ` + password + `)
	if err != nil {
		return err
	}
`
		credential, arguments = "ClientCertificateCredential", "{{tenant}}, {{client}}, certificates, key"
	case connection.CertificateStoreKind:
		return refuseStore()
	case connection.FederatedKind:
		credential, arguments, options = "WorkloadIdentityCredential", "", "TenantID: {{tenant}}, ClientID: {{client}}, TokenFilePath: {{file}}"
		if s.federation.Issuer == connection.AzureDevOps {
			credential, options = "AzurePipelinesCredential", ""
			arguments = `{{tenant}}, {{client}}, os.Getenv("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"), os.Getenv("SYSTEM_ACCESSTOKEN")`
		}
	case connection.ManagedIdentityKind:
		credential, arguments = "ManagedIdentityCredential", ""
		if s.client != "" {
			options = "ID: azidentity.ClientID({{client}})"
		}
	}
	imports := ""
	if s.national() && s.kind != connection.ManagedIdentityKind {
		imports = `	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
`
		if options != "" {
			options += ", "
		}
		options += "ClientOptions: azcore.ClientOptions{Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: {{authority}}}}"
	}
	if arguments != "" {
		arguments += ", "
	}
	if options == "" {
		arguments += "nil"
	} else {
		arguments += "&azidentity." + credential + "Options{" + options + "}"
	}
	gap := ""
	if s.taken("//") != "" {
		gap = "//\n"
	}
	return s.fill(quote.Go, `// Command whoami calls WhoAmI of Dataverse.
//
//	go get github.com/Azure/azure-sdk-for-go/sdk/azidentity
`+gap+s.taken("//")+`package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"

`+imports+`	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

func main() {
	if err := whoAmI(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func whoAmI(ctx context.Context) error {
`+before+`	credential, err := azidentity.New`+credential+`(`+arguments+`)
	if err != nil {
		return err
	}
	token, err := credential.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{{{scope}}}})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, {{whoami}}, nil)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token.Token)
	request.Header.Set("Accept", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	fmt.Println(string(body))
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("WhoAmI: %s", response.Status)
	}
	return nil
}
`), nil
}
