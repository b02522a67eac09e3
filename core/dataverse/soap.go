package dataverse

import (
	"context"
	"encoding/xml"
	"net/http"
	"strings"

	"s2sdoctor/core/transport"
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
		Body: []byte(whoAmIEnvelope),
	})}
	if facts.OK() {
		facts.Identity = readExecuteResponse(facts.Answer.Body)
	}
	return facts
}

// readExecuteResponse goes by local names: prefixes and the order of the
// results differ from server to server.
func readExecuteResponse(body []byte) Identity {
	var envelope struct {
		Results []struct {
			Key   string `xml:"key"`
			Value string `xml:"value"`
		} `xml:"Body>ExecuteResponse>ExecuteResult>Results>KeyValuePairOfstringanyType"`
	}
	if xml.Unmarshal(body, &envelope) != nil {
		return Identity{}
	}
	var id Identity
	for _, r := range envelope.Results {
		value := strings.ToLower(strings.TrimSpace(r.Value))
		switch r.Key {
		case "UserId":
			id.UserID = value
		case "BusinessUnitId":
			id.BusinessUnitID = value
		case "OrganizationId":
			id.OrganizationID = value
		}
	}
	return id
}
