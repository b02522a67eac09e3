package explain

import (
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/catalog"
	"github.com/s2sdoctor/s2sdoctor/core/cloud"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/connstring"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/secret"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

var authType = lazyregexp.New(`(?i)\bauth(?:entication)?type\s*=`)

// byConnectionString judges the keys of a connection string in a text, as the
// examination judges the form. It is false without a connection string.
func byConnectionString(text string) (Explanation, bool) {
	for _, candidate := range enclosed(text) {
		if pairs := connstring.Parse(candidate); pairs != nil {
			return judgeString(pairs), true
		}
	}
	return Explanation{}, false
}

var firstKey = lazyregexp.New(`(?i)\b(?:auth(?:entication)?type|url|server|service ?uri|user ?(?:name|id)|password|client(?:id|secret)|app(?:lication)?id|requirenewinstance|skipdiscovery|loginprompt|redirecturi|domain)\s*=`)

// enclosed are the parts of a text that may be a connection string: what is
// around AuthType between quotes, tags or the ends of the line, from the first
// key on; and all of it.
func enclosed(text string) []string {
	at := authType.FindStringIndex(text)
	if at == nil {
		return nil
	}
	start := strings.LastIndexAny(text[:at[0]], "\"'`>\n") + 1
	closing := "\n"
	if start > 0 {
		if end := map[byte]string{'"': "\"", '\'': "'", '`': "`", '>': "<"}[text[start-1]]; strings.Contains(text[start:], end) && end != "" {
			closing = end
		}
	}
	inner, _, _ := strings.Cut(text[start:], closing)
	if key := firstKey.FindStringIndex(inner); key != nil {
		inner = inner[key[0]:]
	}
	return []string{inner, text}
}

// judgeString compares the keys with what an application's sign-in needs.
func judgeString(pairs []connstring.Pair) Explanation {
	var f connection.Form
	var kind, thumbprint string
	password := false
	for _, p := range pairs {
		switch plain.Squeeze(p.Key) {
		case "authtype", "authenticationtype":
			kind = strings.ToLower(p.Value)
		case "serviceuri":
			f.Environment = p.Value
		case "clientid", "appid", "applicationid":
			f.ClientID = p.Value
		case "clientsecret", "secret":
			f.Secret = secret.New(p.Value)
		case "thumbprint", "certificatethumbprint":
			thumbprint = p.Value
		case "password":
			password = true
		}
	}
	switch kind {
	case "externaltokenmanagement":
		return wellFormed(kind)
	case "clientsecret", "certificate":
	case "":
		if !password {
			break
		}
		fallthrough
	default:
		return signsInUser(kind, password, f)
	}
	_, _, problems := f.Clean(cloud.Table)
	for _, p := range problems {
		if p.Field == connection.FieldSecret && kind == "certificate" {
			continue // it has a certificate instead
		}
		return stringFault(p.Cause, p.Summary, f)
	}
	if kind == "certificate" && !thumbprintShape.MatchString(plain.Trim(thumbprint)) {
		return stringFault(catalog.InputCertificate, text.F("Thumbprint is not the 40 hexadecimal digits of a certificate's SHA-1 thumbprint."), f)
	}
	return wellFormed(kind)
}

// signsInUser explains a connection string that signs in a user.
//
// Source: learn.microsoft.com/power-platform/important-changes-coming (WS-Trust, by
// year) and learn.microsoft.com/power-apps/developer/data-platform/authenticate-office365-deprecation.
func signsInUser(kind string, password bool, f connection.Form) Explanation {
	summary := text.F("AuthType=%s signs in a user, not an application. Use AuthType=ClientSecret or AuthType=Certificate.", catalog.Clean(kind))
	switch {
	case kind == "office365":
		summary = text.F("AuthType=Office365 sends a user's name and password by WS-Trust. Microsoft retired that for new tenants in October 2020 and for every environment in April 2022, and it cannot do multifactor authentication.")
	case kind == "oauth" && password:
		summary = text.F("AuthType=OAuth with a password signs in that user without a page. It fails as soon as the account needs multifactor authentication or a Conditional Access policy applies, which is the rule today.")
	}
	e := stringFault(catalog.TokenIsUserToken, summary, f)
	if kind == "office365" || kind == "oauth" {
		e.Fix = []text.Text{
			text.F("Register an application, and create its application user in the environment: the guide of this program leads through it."),
			text.F("Replace the connection string by: %s", replacement(f)),
			text.F("Or use a certificate: AuthType=Certificate with ClientId and Thumbprint instead of the secret."),
		}
		e.Links = append([]catalog.Link{{
			Title: text.F("Microsoft Learn: Use of Office365 authentication"),
			URL:   "https://learn.microsoft.com/power-apps/developer/data-platform/authenticate-office365-deprecation",
		}}, e.Links...)
	}
	return e
}

// replacement is the connection string of an application, with gaps for what is not
// known.
func replacement(f connection.Form) string {
	c, _, _ := connection.Form{Environment: f.Environment}.Clean(cloud.Table)
	environment := c.Environment
	if environment == "" {
		environment = "<Environment URL>"
	}
	return "AuthType=ClientSecret;Url=" + environment + ";ClientId=<Application (client) ID>;ClientSecret=" + connection.SecretGap
}

var thumbprintShape = lazyregexp.New(`^[0-9A-Fa-f]{2}(?:[ :]?[0-9A-Fa-f]{2}){19}$`)

const byString = "connection string"

func stringFault(cause catalog.Cause, summary text.Text, f connection.Form) Explanation {
	entry, _ := catalog.Lookup(cause)
	vars := catalog.Vars{"clientId": f.ClientID, "environment": f.Environment}
	e := explanation(entry, vars, catalog.Evidence{RecognisedBy: byString})
	e.Summary = text.Join(". ", vars.Text(entry.Title), summary)
	return e
}

func wellFormed(kind string) Explanation {
	return Explanation{
		Version: 1, Fix: []text.Text{}, Links: []catalog.Link{},
		Summary:  text.F("All is well as far as the text shows: the keys of this connection string (AuthType=%s) are well-formed. Test the connection to prove it.", catalog.Clean(kind)),
		Evidence: catalog.Evidence{},
	}
}
