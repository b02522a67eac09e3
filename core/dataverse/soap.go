package dataverse

import (
	"bytes"
	"context"
	"encoding/xml"
	"net/http"

	"github.com/s2sdoctor/s2sdoctor/core/transport"
)

// The Organization Service's endpoint for bearer tokens. Without /web it expects
// WS-Trust, which online environments no longer offer.
const (
	organizationService = "/XRMServices/2011/Organization.svc/web?SdkClientVersion=9.2"
	executeAction       = "http://schemas.microsoft.com/xrm/2011/Contracts/Services/IOrganizationService/Execute"
)

// whoAmIEnvelope is a SOAP 1.1 Execute of WhoAmIRequest. Mind the two
// namespaces that differ in "xrm" and "crm".
const whoAmIEnvelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` +
	`<Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
	`<request i:type="b:WhoAmIRequest" xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:b="http://schemas.microsoft.com/crm/2011/Contracts">` +
	`<a:Parameters xmlns:c="http://schemas.datacontract.org/2004/07/System.Collections.Generic"/>` +
	`<a:RequestId i:nil="true"/><a:RequestName>WhoAmI</a:RequestName>` +
	`</request></Execute></s:Body></s:Envelope>`

// WhoAmISOAP asks the Organization Service the same question, as the article's
// console program does.
func WhoAmISOAP(ctx context.Context, c *transport.Client, e Environment) IdentityFacts {
	facts := IdentityFacts{Reading: e.ask(ctx, c, transport.Request{
		Method: http.MethodPost, URL: e.URL + organizationService,
		Header: http.Header{
			"Content-Type": {"text/xml; charset=utf-8"},
			"Accept":       {"application/xml, text/xml, */*"},
			"SOAPAction":   {executeAction},
		},
		Body: []byte(whoAmIEnvelope), Small: true,
	})}
	if facts.OK() {
		facts.take(readExecuteResponse(facts.Response.Body))
	}
	return facts
}

// maxDepth is how deep a response may be nested; the IDs of WhoAmI are in the
// seventh element.
const maxDepth = 32

// readExecuteResponse returns the three IDs, nil where they are missing. It goes
// by local names: prefixes and the order of the results differ between servers.
func readExecuteResponse(body []byte) (user, unit, organization *string) {
	var envelope struct {
		Results []struct {
			Key   string `xml:"key"`
			Value string `xml:"value"`
		} `xml:"Body>ExecuteResponse>ExecuteResult>Results>KeyValuePairOfstringanyType"`
	}
	if deep(body) || xml.Unmarshal(body, &envelope) != nil {
		return nil, nil, nil
	}
	for _, r := range envelope.Results {
		switch r.Key {
		case "UserId":
			user = &r.Value
		case "BusinessUnitId":
			unit = &r.Value
		case "OrganizationId":
			organization = &r.Value
		}
	}
	return user, unit, organization
}

// deep reports whether elements are nested beyond [maxDepth]: the memory of
// encoding/xml grows with them, a hundred bytes for each three of the body.
func deep(body []byte) bool {
	d := xml.NewDecoder(bytes.NewReader(body))
	for depth := 0; ; {
		token, err := d.Token()
		if err != nil {
			return false // the parser reports the same error
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return true
			}
		case xml.EndElement:
			depth--
		}
	}
}
