package sandbox

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// The namespaces of the Organization Service. Two of them differ in "xrm" and
// "crm" only, and the service takes neither for the other.
const (
	nsSOAP     = "http://schemas.xmlsoap.org/soap/envelope/"
	nsServices = "http://schemas.microsoft.com/xrm/2011/Contracts/Services"
	nsXRM      = "http://schemas.microsoft.com/xrm/2011/Contracts"
	nsCRM      = "http://schemas.microsoft.com/crm/2011/Contracts"
	nsXSI      = "http://www.w3.org/2001/XMLSchema-instance"

	executeAction = nsServices + "/IOrganizationService/Execute"
)

// soapRequest is the envelope of an Execute (SOAP 1.1 section 4).
type soapRequest struct {
	XMLName xml.Name   `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	Attrs   []xml.Attr `xml:",any,attr"`
	Header  struct {
		CallerID string `xml:"http://schemas.microsoft.com/xrm/2011/Contracts CallerId"`
	} `xml:"http://schemas.xmlsoap.org/soap/envelope/ Header"`
	Body struct {
		Attrs   []xml.Attr `xml:",any,attr"`
		Execute *struct {
			Attrs   []xml.Attr `xml:",any,attr"`
			Request *struct {
				Attrs []xml.Attr `xml:",any,attr"`
				Name  string     `xml:"http://schemas.microsoft.com/xrm/2011/Contracts RequestName"`
			} `xml:"http://schemas.microsoft.com/xrm/2011/Contracts/Services request"`
		} `xml:"http://schemas.microsoft.com/xrm/2011/Contracts/Services Execute"`
	} `xml:"http://schemas.xmlsoap.org/soap/envelope/ Body"`
}

// soap serves the Organization Service's /web endpoint. It executes WhoAmI.
func (s *Server) soap(w http.ResponseWriter, c *call) {
	if c.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		http.Error(w, "Method not allowed.", http.StatusMethodNotAllowed)
		return
	}
	kind, parameters, _ := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if charset := strings.ToLower(parameters["charset"]); kind != "text/xml" || charset != "utf-8" && charset != "" {
		http.Error(w, "Cannot process the message because the content type '"+kind+"' was not the expected type 'text/xml; charset=utf-8'.", http.StatusUnsupportedMediaType)
		return
	}
	action := strings.Trim(c.Header.Get("SOAPAction"), `"`)
	if slices.Contains(realActions, strings.TrimPrefix(action, nsServices+"/IOrganizationService/")) {
		s.soapFault(w, c, unmodelled(http.StatusNotImplemented, "the action %s", action))
		return
	}
	if action != executeAction {
		wcfFault(w, "a:ActionNotSupported", "The message with Action '"+action+"' cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, c.Body, 256<<10))
	if err != nil || bytes.Contains(body, []byte("<!DOCTYPE")) {
		wcfFault(w, "s:Client", "The message could not be read.")
		return
	}
	name, caller, problem := readExecute(body)
	if problem != "" {
		wcfFault(w, "a:DeserializationFailed", problem)
		return
	}
	if caller != "" && strings.Trim(caller, "0-") != "" {
		if f := c.actFor("systemuserid", caller); f != nil {
			s.soapFault(w, c, f)
			return
		}
	}
	switch {
	case c.faults.SOAPFault != "":
		s.soapFault(w, c, c.refuse(c.faults.SOAPFault))
	case name != "WhoAmI":
		s.soapFault(w, c, unmodelled(http.StatusNotImplemented, "the request %s", name))
	default:
		user := str(c.user["systemuserid"])
		if c.faults.SOAPDiffers {
			user = "16e4a908-d3a4-ee11-be37-000d3a4b1c2d"
		}
		soapWhoAmI(w, user, str(c.user["_businessunitid_value"]), c.org.ID)
	}
}

// realActions are the other operations of the Organization Service.
//
// Source: learn.microsoft.com/power-apps/developer/data-platform/org-service/iorganizationservice-interface.
var realActions = []string{"Create", "Retrieve", "Update", "Delete", "Associate", "Disassociate", "RetrieveMultiple"}

// readExecute returns the name of the request and the CallerId of the header, or
// what is wrong with the message.
func readExecute(body []byte) (name, caller, problem string) {
	var e soapRequest
	if err := xml.Unmarshal(body, &e); err != nil {
		return "", "", "The message could not be read: it is no SOAP 1.1 envelope."
	}
	execute := e.Body.Execute
	if execute == nil || execute.Request == nil {
		return "", "", "The formatter threw an exception while trying to deserialize the message: there is no " + nsServices + ":Execute with a request."
	}
	request := execute.Request
	if request.Name == "" {
		return "", "", "The formatter threw an exception while trying to deserialize the message: RequestName is missing in " + nsXRM + "."
	}
	scopes := [][]xml.Attr{request.Attrs, execute.Attrs, e.Body.Attrs, e.Attrs}
	for _, a := range request.Attrs {
		if a.Name.Space != nsXSI || a.Name.Local != "type" {
			continue
		}
		prefix, local, _ := strings.Cut(a.Value, ":")
		if space := namespace(scopes, prefix); local == request.Name+"Request" && space == nsCRM {
			return request.Name, e.Header.CallerID, ""
		}
		return "", "", "The formatter threw an exception while trying to deserialize the message: element contains data from a type that maps to the name '" + a.Value + "', which is not known."
	}
	return request.Name, e.Header.CallerID, "" // without i:type the name alone decides
}

func namespace(scopes [][]xml.Attr, prefix string) string {
	for _, attrs := range scopes {
		for _, a := range attrs {
			if a.Name.Space == "xmlns" && a.Name.Local == prefix {
				return a.Value
			}
		}
	}
	return ""
}

func soapWhoAmI(w http.ResponseWriter, user, unit, org string) {
	var results strings.Builder
	for _, pair := range [][2]string{{"UserId", user}, {"BusinessUnitId", unit}, {"OrganizationId", org}} {
		fmt.Fprintf(&results, `<a:KeyValuePairOfstringanyType><c:key>%s</c:key><c:value i:type="d:guid" xmlns:d="http://schemas.microsoft.com/2003/10/Serialization/">%s</c:value></a:KeyValuePairOfstringanyType>`, pair[0], pair[1])
	}
	writeXML(w, http.StatusOK, `<s:Envelope xmlns:s="`+nsSOAP+`"><s:Body><ExecuteResponse xmlns="`+nsServices+`" xmlns:i="`+nsXSI+`">`+
		`<ExecuteResult i:type="b:WhoAmIResponse" xmlns:a="`+nsXRM+`" xmlns:b="`+nsCRM+`"><a:ResponseName>WhoAmI</a:ResponseName>`+
		`<a:Results xmlns:c="http://schemas.datacontract.org/2004/07/System.Collections.Generic">`+results.String()+`</a:Results>`+
		`</ExecuteResult></ExecuteResponse></s:Body></s:Envelope>`)
}

// soapFault writes an OrganizationServiceFault, with its code as a signed decimal.
func (s *Server) soapFault(w http.ResponseWriter, c *call, f *refused) {
	lang, message := "en-US", html.EscapeString(f.Message)
	switch c.faults.Language {
	case "de":
		lang = "de-DE"
	case "ja":
		lang = "ja-JP"
	}
	status := http.StatusInternalServerError
	if f.NotModelled {
		status = f.Status
		w.Header().Set(modelHeader, notModelled)
	}
	writeXML(w, status, `<s:Envelope xmlns:s="`+nsSOAP+`"><s:Body><s:Fault><faultcode>s:Client</faultcode>`+
		`<faultstring xml:lang="`+lang+`">`+message+`</faultstring><detail>`+
		`<OrganizationServiceFault xmlns="`+nsXRM+`" xmlns:i="`+nsXSI+`"><ActivityId>`+newID()+`</ActivityId><ErrorCode>`+f.Signed()+`</ErrorCode>`+
		`<ErrorDetails xmlns:a="http://schemas.datacontract.org/2004/07/System.Collections.Generic"/><Message>`+message+`</Message>`+
		`<Timestamp>`+s.time().Format("2006-01-02T15:04:05.0000000Z")+`</Timestamp><ExceptionRetriable>false</ExceptionRetriable><InnerFault i:nil="true"/><TraceText i:nil="true"/>`+
		`</OrganizationServiceFault></detail></s:Fault></s:Body></s:Envelope>`)
}

// wcfFault writes the response of the layer below the service to a message that it
// cannot hand on.
//
// Guess: codes and texts are those of Windows Communication Foundation on any
// server; Dataverse's are not on record.
func wcfFault(w http.ResponseWriter, code, message string) {
	writeXML(w, http.StatusInternalServerError, `<s:Envelope xmlns:s="`+nsSOAP+`"><s:Body><s:Fault>`+
		`<faultcode xmlns:a="http://schemas.microsoft.com/ws/2005/05/addressing/none">`+code+`</faultcode>`+
		`<faultstring xml:lang="en-US">`+html.EscapeString(message)+`</faultstring></s:Fault></s:Body></s:Envelope>`)
}

func writeXML(w http.ResponseWriter, status int, body string) {
	w.Header().Del("OData-Version")
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"+body)
}
