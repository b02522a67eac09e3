package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// standInAz is a stand-in for the Azure CLI: it implements the two commands that the
// product and its scripts use, and refuses all others. It signs in with a refresh token
// in a file of its folder, as az does after az login.
//
// Source: learn.microsoft.com/cli/azure/account#az-account-get-access-token and
// learn.microsoft.com/cli/azure/reference-index#az-rest.
func standInAz() {
	var err error
	switch args := os.Args[1:]; {
	case len(args) > 2 && args[0] == "account" && args[1] == "get-access-token":
		err = azToken(args[2:])
	case len(args) > 1 && args[0] == "rest":
		err = azRest(args[1:])
	default:
		err = fmt.Errorf("'%s' is misspelled or not recognized by the system", strings.Join(args, " "))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "ERROR:", err)
		os.Exit(1)
	}
}

// azClient is the client ID of the Azure CLI.
const azClient = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"

func azToken(args []string) error {
	set := flag.NewFlagSet("az", flag.ContinueOnError)
	resource, tenant, output := set.String("resource", "", ""), set.String("tenant", "", ""), set.String("output", "json", "")
	if err := set.Parse(args); err != nil {
		return err
	}
	token, err := azAccessToken(*resource, *tenant)
	if err != nil || *output != "json" {
		return errors.Join(err, map[bool]error{true: errors.New("only json")}[*output != "json"])
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"accessToken": token, "expiresOn": "2099-01-01 00:00:00.000000", "expires_on": 4070908800, "subscription": nil, "tenant": *tenant, "tokenType": "Bearer",
	})
}

// azAccessToken redeems the refresh token for a resource.
func azAccessToken(resource, tenant string) (string, error) {
	folder := os.Getenv("AZURE_CONFIG_DIR")
	refresh, err := os.ReadFile(filepath.Join(folder, "refresh-token"))
	if err != nil {
		return "", errors.New("Please run 'az login' to setup account.")
	}
	if tenant == "" {
		raw, err := os.ReadFile(filepath.Join(folder, "tenant"))
		if err != nil {
			return "", err
		}
		tenant = strings.TrimSpace(string(raw))
	}
	resp, err := http.PostForm("https://login.microsoftonline.com/"+tenant+"/oauth2/v2.0/token", url.Values{ // #nosec G107 -- the sandbox
		"grant_type": {"refresh_token"}, "client_id": {azClient}, "refresh_token": {strings.TrimSpace(string(refresh))}, "scope": {strings.TrimSuffix(resource, "/") + "/.default"},
	})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var answer struct {
		Token       string `json:"access_token"`
		Description string `json:"error_description"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return "", err
	}
	if answer.Token == "" {
		return "", errors.New(answer.Description)
	}
	return answer.Token, nil
}

// azRest sends a request with the token of its resource. The resource follows from the
// address of Graph; for any other address az requires --resource.
func azRest(args []string) error {
	var method, address, resource, body, query, output string
	header := http.Header{}
	for i := 0; i < len(args); i++ {
		next := func() string {
			if i++; i < len(args) {
				return args[i]
			}
			return ""
		}
		switch args[i] {
		case "--method", "-m":
			method = strings.ToUpper(next())
		case "--url", "--uri", "-u":
			address = next()
		case "--resource":
			resource = next()
		case "--body", "-b":
			body = next()
		case "--query":
			query = next()
		case "--output", "-o":
			output = next()
		case "--headers":
			for i+1 < len(args) && !strings.HasPrefix(args[i+1], "-") {
				name, value, ok := strings.Cut(next(), "=")
				if !ok {
					return errors.New("--headers are KEY=VALUE")
				}
				header.Set(name, value)
			}
		default:
			return fmt.Errorf("unrecognized arguments: %s", args[i])
		}
	}
	if resource == "" && strings.HasPrefix(address, "https://graph.microsoft.com/") {
		resource = "https://graph.microsoft.com/"
	}
	if resource == "" {
		return errors.New("can't derive appropriate Azure AD resource from --url to acquire an access token")
	}
	if name, ok := strings.CutPrefix(body, "@"); ok {
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		body = string(raw)
	}
	if body != "" && header.Get("Content-Type") == "" {
		header.Set("Content-Type", "application/json")
	}
	token, err := azAccessToken(resource, "")
	if err != nil {
		return err
	}
	header.Set("Authorization", "Bearer "+token)
	request, err := http.NewRequest(method, address, strings.NewReader(body)) // #nosec G107 -- the sandbox
	if err != nil {
		return err
	}
	request.Header = header
	resp, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 400 {
		return fmt.Errorf("%s(%s)", http.StatusText(resp.StatusCode), raw)
	}
	return azPrint(raw, query, output)
}

func azPrint(raw []byte, query, output string) error {
	var v any
	if len(raw) > 0 {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&v); err != nil {
			return err
		}
	}
	v, err := jmesPath(v, query)
	if err != nil {
		return err
	}
	switch text, isText := v.(string); {
	case output == "none" || v == nil:
		return nil
	case output == "tsv" && isText:
		_, err = fmt.Println(text)
	case output == "tsv":
		return fmt.Errorf("tsv of %T", v)
	default:
		return json.NewEncoder(os.Stdout).Encode(v)
	}
	return err
}

var (
	jmesField  = regexp.MustCompile(`^(\w+)(?:\[(\d+)\])?(?:\.(.+))?$`)
	jmesFilter = regexp.MustCompile(`^(\w+)\[\?(\w+)=='([^']*)'\] \| \[(\d+)\](?:\.(\w+))?$`)
	jmesJoin   = regexp.MustCompile(`^join\(' ', (\w+)\[\]\.(\w+)\)$`)
	jmesShape  = regexp.MustCompile(`^(\w+)\[\]\.\{(.+)\}$`)
)

// jmesPath evaluates the expressions that the scripts use: fields, elements, a filter,
// and a list of shapes. Any other expression is an error.
//
// Source: jmespath.org/specification.html.
func jmesPath(v any, query string) (any, error) {
	if query == "" || v == nil {
		return v, nil
	}
	object, _ := v.(map[string]any)
	if m := jmesJoin.FindStringSubmatch(query); m != nil {
		var all []string
		for _, element := range object[m[1]].([]any) {
			all = append(all, fmt.Sprint(element.(map[string]any)[m[2]]))
		}
		return strings.Join(all, " "), nil
	}
	if m := jmesShape.FindStringSubmatch(query); m != nil {
		list, shaped := object[m[1]], []any{}
		for _, element := range list.([]any) {
			shape := map[string]any{}
			for pair := range strings.SplitSeq(m[2], ",") {
				to, from, _ := strings.Cut(pair, ":")
				shape[to] = element.(map[string]any)[from]
			}
			shaped = append(shaped, shape)
		}
		return shaped, nil
	}
	if m := jmesFilter.FindStringSubmatch(query); m != nil {
		for _, element := range object[m[1]].([]any) {
			if fields := element.(map[string]any); fields[m[2]] == m[3] && m[4] == "0" {
				return fields[m[5]], nil
			}
		}
		return nil, nil
	}
	m := jmesField.FindStringSubmatch(query)
	if m == nil {
		return nil, fmt.Errorf("argument --query: invalid jmespath_type value: '%s'", query)
	}
	v = object[m[1]]
	if m[2] != "" {
		list, _ := v.([]any)
		if v = any(nil); m[2] == "0" && len(list) > 0 {
			v = list[0]
		}
	}
	if m[3] == "" {
		return v, nil
	}
	return jmesPath(v, m[3])
}
