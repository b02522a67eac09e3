package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// assertionOfFile reads the token that a cluster writes to a file.
func assertionOfFile(context.Context) (string, error) {
	raw, err := os.ReadFile(os.Getenv("AZURE_FEDERATED_TOKEN_FILE"))
	return strings.TrimSpace(string(raw)), err
}

// assertionOfJob requests the token from GitHub's endpoint as GitHub's toolkit does.
//
// Source: github.com/actions/toolkit, packages/core/src/oidc-utils.ts.
func assertionOfJob(ctx context.Context) (string, error) {
	address := os.Getenv("ACTIONS_ID_TOKEN_REQUEST_URL") + "&audience=" + url.QueryEscape("api://AzureADTokenExchange")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	req.Header.Set("Authorization", "Bearer "+os.Getenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the job's endpoint: %s", resp.Status)
	}
	var body struct{ Value string }
	err = json.NewDecoder(resp.Body).Decode(&body)
	return body.Value, err
}
