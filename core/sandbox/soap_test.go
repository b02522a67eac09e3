package sandbox

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
)

const goodEnvelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><SdkClientVersion xmlns="http://schemas.microsoft.com/xrm/2011/Contracts">9.2</SdkClientVersion></s:Header><s:Body>` +
	`<Execute xmlns="http://schemas.microsoft.com/xrm/2011/Contracts/Services" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
	`<request i:type="b:WhoAmIRequest" xmlns:a="http://schemas.microsoft.com/xrm/2011/Contracts" xmlns:b="http://schemas.microsoft.com/crm/2011/Contracts">` +
	`<a:Parameters xmlns:c="http://schemas.datacontract.org/2004/07/System.Collections.Generic"/><a:RequestId i:nil="true"/><a:RequestName>WhoAmI</a:RequestName>` +
	`</request></Execute></s:Body></s:Envelope>`

func soapHeader(token http.Header) http.Header {
	h := token.Clone()
	h.Set("Content-Type", "text/xml; charset=utf-8")
	h["SOAPAction"] = []string{executeAction}
	return h
}

func executeWhoAmI(t testing.TB, c *http.Client, token http.Header) reply {
	t.Helper()
	return send(t, c, http.MethodPost, Environment+"/XRMServices/2011/Organization.svc/web?SdkClientVersion=9.2", goodEnvelope, soapHeader(token))
}

func TestSOAPWhoAmI(t *testing.T) {
	for name, test := range map[string]struct {
		set  func(*Tenant)
		user string
	}{
		"agrees":  {nil, UserID},
		"differs": {func(t *Tenant) { t.Environment.SOAPDiffers = true }, "16e4a908-d3a4-ee11-be37-000d3a4b1c2d"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, test.set)
			c := client(t, s)
			r := executeWhoAmI(t, c, bearer(t, s, c))
			diff(t, []any{200, "text/xml; charset=utf-8"}, []any{r.Status, r.Header.Get("Content-Type")})
			var e struct {
				Pairs []struct {
					Key   string `xml:"key"`
					Value string `xml:"value"`
				} `xml:"Body>ExecuteResponse>ExecuteResult>Results>KeyValuePairOfstringanyType"`
			}
			if err := xml.Unmarshal([]byte(r.Body), &e); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, p := range e.Pairs {
				got[p.Key] = p.Value
			}
			diff(t, map[string]string{"UserId": test.user, "BusinessUnitId": BusinessUnitID, "OrganizationId": OrganizationID}, got)
		})
	}
}

// TestSOAPStrictness guards mistakes that the real endpoint refuses.
func TestSOAPStrictness(t *testing.T) {
	replace := func(from, to string) string {
		if !strings.Contains(goodEnvelope, from) {
			panic(from)
		}
		return strings.Replace(goodEnvelope, from, to, 1)
	}
	for name, test := range map[string]struct {
		method, path, envelope string
		header                 func(http.Header)
		status                 int
		fault                  string
	}{
		"good":                  {status: 200},
		"path in small letters": {path: "/xrmservices/2011/organization.svc/web", status: 200},
		"action in quotes":      {header: func(h http.Header) { h["SOAPAction"] = []string{`"` + executeAction + `"`} }, status: 200},
		"GET":                   {method: http.MethodGet, status: 405},
		"JSON":                  {header: func(h http.Header) { h.Set("Content-Type", "application/json") }, status: 415},
		"SOAP 1.2":              {header: func(h http.Header) { h.Set("Content-Type", "application/soap+xml; charset=utf-8") }, status: 415},
		"another charset":       {header: func(h http.Header) { h.Set("Content-Type", "text/xml; charset=iso-8859-1") }, status: 415},
		"no action":             {header: func(h http.Header) { delete(h, "SOAPAction") }, status: 500, fault: "a:ActionNotSupported"},
		"another action": {header: func(h http.Header) {
			h["SOAPAction"] = []string{strings.Replace(executeAction, "Execute", "Retrieve", 1)}
		}, status: 501, fault: "s:Client"},
		"unknown action": {header: func(h http.Header) {
			h["SOAPAction"] = []string{strings.Replace(executeAction, "Execute", "Excute", 1)}
		}, status: 500, fault: "a:ActionNotSupported"},
		"not XML":                 {envelope: "{}", status: 500, fault: "a:DeserializationFailed"},
		"a document type":         {envelope: "<!DOCTYPE x [<!ENTITY a 'b'>]>" + goodEnvelope, status: 500, fault: "s:Client"},
		"SOAP 1.2 envelope":       {envelope: replace(nsSOAP, "http://www.w3.org/2003/05/soap-envelope"), status: 500, fault: "a:DeserializationFailed"},
		"Execute in no namespace": {envelope: replace(` xmlns="`+nsServices+`"`, ""), status: 500, fault: "a:DeserializationFailed"},
		"crm and xrm swapped":     {envelope: replace(`xmlns:b="`+nsCRM+`"`, `xmlns:b="`+nsXRM+`"`), status: 500, fault: "a:DeserializationFailed"},
		"xrm and crm swapped":     {envelope: replace(`xmlns:a="`+nsXRM+`"`, `xmlns:a="`+nsCRM+`"`), status: 500, fault: "a:DeserializationFailed"},
		"undeclared prefix":       {envelope: replace(`i:type="b:`, `i:type="z:`), status: 500, fault: "a:DeserializationFailed"},
		"type and name differ":    {envelope: replace("b:WhoAmIRequest", "b:RetrieveVersionRequest"), status: 500, fault: "a:DeserializationFailed"},
		"no name":                 {envelope: replace("<a:RequestName>WhoAmI</a:RequestName>", ""), status: 500, fault: "a:DeserializationFailed"},
		"another request":         {envelope: strings.ReplaceAll(goodEnvelope, "WhoAmI", "RetrieveVersion"), status: 501, fault: "s:Client"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, nil)
			c := client(t, s)
			header := soapHeader(bearer(t, s, c))
			if test.header != nil {
				test.header(header)
			}
			if test.method == "" {
				test.method = http.MethodPost
			}
			if test.path == "" {
				test.path = "/XRMServices/2011/Organization.svc/web"
			}
			if test.envelope == "" {
				test.envelope = goodEnvelope
			}
			r := send(t, c, test.method, Environment+test.path, test.envelope, header)
			diff(t, test.status, r.Status)
			var e struct {
				Code string `xml:"Body>Fault>faultcode"`
			}
			if test.status >= 500 {
				if err := xml.Unmarshal([]byte(r.Body), &e); err != nil {
					t.Fatal(err)
				}
			}
			diff(t, test.fault, e.Code)
			diff(t, test.status == 501, r.Header.Get("x-sandbox") == "not-modelled")
		})
	}
}

func TestSOAPFault(t *testing.T) {
	for name, test := range map[string]struct {
		language, lang string
	}{"English": {"", "en-US"}, "German": {"de", "de-DE"}, "Japanese": {"ja", "ja-JP"}} {
		t.Run(name, func(t *testing.T) {
			s := start(t, func(t *Tenant) { t.Environment.SOAPFault, t.Environment.Language = "0x80040225", test.language })
			c := client(t, s)
			r := executeWhoAmI(t, c, bearer(t, s, c))
			diff(t, 500, r.Status)
			var e struct {
				Text struct {
					Lang string `xml:"lang,attr"`
					Text string `xml:",chardata"`
				} `xml:"Body>Fault>faultstring"`
				Fault struct{ ErrorCode, Message string } `xml:"Body>Fault>detail>OrganizationServiceFault"`
			}
			if err := xml.Unmarshal([]byte(r.Body), &e); err != nil {
				t.Fatal(err)
			}
			diff(t, []string{test.lang, "-2147220955"}, []string{e.Text.Lang, e.Fault.ErrorCode})
			if e.Text.Text == "" || e.Text.Text != e.Fault.Message {
				t.Errorf("%+v", e)
			}
		})
	}
}

func TestSOAPDown(t *testing.T) {
	s := start(t, func(t *Tenant) { t.Environment.SOAPDown = true })
	c := client(t, s)
	header := bearer(t, s, c)
	diff(t, []int{503, 200}, []int{executeWhoAmI(t, c, header).Status, send(t, c, http.MethodGet, webAPI+"WhoAmI", "", header).Status})
}

// FuzzExecute guards that any bytes are a request or a fault, without a crash.
func FuzzExecute(f *testing.F) {
	f.Add([]byte(goodEnvelope))
	f.Add([]byte("<a"))
	f.Fuzz(func(t *testing.T, body []byte) {
		if name, _, problem := readExecute(body); name == "" && problem == "" {
			t.Error("neither a request nor a fault")
		}
	})
}
