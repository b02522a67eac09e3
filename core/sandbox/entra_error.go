package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
)

// refusal is how Entra words one AADSTS code.
type refusal struct {
	// OAuth is "error", Suberror its addition (RFC 6749 section 5.2).
	OAuth, Suberror string
	Status          int
	// Text may take arguments.
	Text string
	// Claims is set where a policy asks for more.
	Claims string
}

// refusals are the codes that the sandbox can meet by itself, and all others
// that a token request can be refused with by [Login.Refuse].
//
// Sources of codes, errors and texts: learn.microsoft.com/entra/identity-platform/reference-error-codes,
// the recorded messages, and responses that users have published. A status that
// nothing of these has follows from the error's class; publishedStatus lists the
// others.
var refusals = map[int]refusal{
	// The application and its credential.
	7000215: {"invalid_client", "", 401, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'.", ""},
	7000222: {"invalid_client", "", 401, "The provided client secret keys for app '%s' are expired. Visit the Azure portal to create new keys for your app, or consider using certificate credentials for added security.", ""},
	7000216: {"invalid_client", "", 401, "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.", ""},
	7000218: {"invalid_client", "", 401, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.", ""},
	700025:  {"invalid_client", "", 401, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.", ""},
	700027:  {"invalid_client", "", 401, "Client assertion contains an invalid signature. [Reason - %s]", ""},
	700024:  {"invalid_client", "", 401, "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials .", ""},
	700023:  {"invalid_client", "", 401, "Client assertion audience claim does not match Realm issuer.", ""},
	700021:  {"invalid_client", "", 401, "Client assertion application identifier doesn't match 'client_id' parameter.", ""},
	700030:  {"invalid_client", "", 401, "Invalid certificate - subject name in certificate isn't authorized.", ""},
	50012:   {"invalid_client", "", 401, "Authentication failed. The client assertion's certificate thumbprint is not authorized.", ""},
	50013:   {"invalid_grant", "", 400, "Assertion failed signature validation.", ""},
	50027:   {"invalid_request", "", 400, "JWT token is invalid or malformed.", ""},
	5002723: {"invalid_request", "", 400, "Invalid JWT token. No certificate thumbprint certificate specified in token header.", ""},
	70002:   {"invalid_client", "", 401, "Error validating credentials.", ""},
	700016:  {"unauthorized_client", "", 400, "Application with identifier '%s' was not found in the directory '%s'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.", ""},
	70001:   {"unauthorized_client", "", 400, "The application is disabled or was not found in the directory.", ""},
	7000112: {"unauthorized_client", "", 400, "Application '%s'(S2S Integration) is disabled.", ""},
	7000229: {"invalid_client", "", 401, "The client application %s is missing service principal in the tenant %s. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119", ""},
	// Federated credentials.
	700211:  {"invalid_client", "", 401, noFederatedRecord + " issuer '%s'." + checkFederatedParts, ""},
	700212:  {"invalid_client", "", 401, noFederatedRecord + " audience '%s'." + checkFederatedParts, ""},
	700213:  {"invalid_client", "", 401, noFederatedRecord + " subject '%s'." + checkFederatedParts, ""},
	7002137: {"invalid_client", "", 401, noFederatedRecord + " subject '%s'. Please make sure the federated identity credential Subject is '%s'.", ""},
	7002138: {"invalid_client", "", 401, noFederatedRecord + " subject '%s'. The subject matches with case-insensitive comparison, but not with case-sensitive comparison. Check your federated identity credential Subject, Audience and Issuer against the presented assertion. See documentation at: https://learn.microsoft.com/entra/workload-id/workload-identity-federation. See breaking change notification and remediation at: https://learn.microsoft.com/en-us/entra/identity-platform/reference-breaking-changes#august-2024.", ""},
	70021:   {"invalid_request", "", 400, noFederatedRecord + ". Assertion Issuer: '%s'. Assertion Subject: '%s'. Assertion Audience: '%s'. https://docs.microsoft.com/en-us/azure/active-directory/develop/workload-identity-federation", ""},
	70025:   {"invalid_client", "", 401, "The client '%s'(S2S Integration) has no configured federated identity credentials.", ""},
	// Assignment and policies.
	501051: {"invalid_grant", "", 400, "Application '%s'(S2S Integration) is not assigned to a role for the application '%s'(Dataverse).", ""},
	50105:  {"invalid_grant", "", 400, "Your administrator has configured the application S2S Integration to block users unless they are specifically granted access to it.", ""},
	53003:  {"invalid_grant", "message_only", 400, "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.", `{"access_token":{"capolids":{"essential":true,"values":["5e4e2b1a-7c3d-4f0e-9a68-b2d1c0f39e57"]}}}`},
	// Tenant, endpoint, cloud.
	90002:   {"invalid_request", "", 400, "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.", ""},
	900021:  {"invalid_request", "", 400, "Requested tenant identifier '%s' is not valid. Tenant identifiers may not be an empty GUID.", ""},
	900023:  {"invalid_request", "", 400, "Specified tenant identifier '%s' is neither a valid DNS name, nor a valid external domain.", ""},
	50059:   {"invalid_request", "", 400, "No tenant-identifying information found in either the request or implied by any provided credentials.", ""},
	90019:   {"invalid_request", "", 400, "No tenant-identifying information found in either the request or implied by any provided credentials.", ""},
	90038:   {"invalid_request", "", 400, "Tenant '%s' request is being redirected to the National Cloud '%s'.", ""},
	900439:  {"invalid_request", "", 400, "USGClientNotSupportedOnPublicEndpoint.", ""},
	900382:  {"invalid_request", "", 400, "Confidential Client is not supported in Cross Cloud request.", ""},
	50049:   {"invalid_instance", "", 400, "Unknown or invalid instance.", ""},
	50194:   {"unauthorized_client", "", 400, "Application '%s'(S2S Integration) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.", ""},
	9001023: {"invalid_request", "", 400, "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.", ""},
	500021:  {"access_denied", "", 403, "Access to '%s' tenant is denied.", ""},
	// Resource, scope, shape of the request.
	70011:   {"invalid_scope", "", 400, "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope %s is not valid. The scope format is invalid. Scope must be in a valid URI form <https://example/scope> or a valid Guid <guid/scope>.", ""},
	1002012: {"invalid_scope", "", 400, "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).", ""},
	500011:  {"invalid_resource", "", 400, "The resource principal named %s was not found in the tenant named %s. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.", ""},
	50001:   {"invalid_resource", "", 400, "The application named %s was not found in the tenant named %s.", ""},
	500014:  {"invalid_resource", "", 400, "The service principal for resource '%s' is disabled. This indicate that a subscription within the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing tokens from being issued for it.", ""},
	650052:  {"invalid_client", "", 400, "The app is trying to access a service '%s' that your organization '%s' lacks a service principal for.", ""},
	650053:  {"invalid_client", "", 400, "The application 'S2S Integration' asked for scope '%s' that doesn't exist on the resource '%s'.", ""},
	650056:  {"invalid_client", "", 400, "Misconfigured application. The client has not listed any permissions for the resource.", ""},
	650057:  {"invalid_client", "", 400, "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: %s(S2S Integration). Resource value from request: %s. Resource app ID: " + dataverseAppID + ". List of valid resources from app registration: .", ""},
	901002:  {"invalid_request", "", 400, "The 'resource' request parameter is not supported.", ""},
	900144:  {"invalid_request", "", 400, "The request body must contain the following parameter: '%s'.", ""},
	9002313: {"invalid_grant", "", 400, "Invalid request. Request is malformed or invalid.", ""},
	900561:  {"invalid_request", "", 400, "The endpoint only accepts POST, OPTIONS requests. Received a %s request.", ""},
	90023:   {"invalid_request", "", 400, "Unsupported '%s' value.", ""},
	90100:   {"invalid_request", "", 400, "The '%s' parameter is empty or not valid.", ""},
	70003:   {"unsupported_grant_type", "", 400, "The app requested an unsupported grant type '%s'.", ""},
	700054:  {"unsupported_response_type", "", 400, "response_type '%s' is not enabled for the application.", ""},
	70007:   {"invalid_request", "", 400, "'%s' is not a supported value of 'response_mode' when requesting a token.", ""},
	// Consent and codes.
	65001:   {"invalid_grant", "consent_required", 400, "The user or administrator has not consented to use the application with ID '%s' named 'S2S Integration'. Send an interactive authorization request for this user and resource.", ""},
	65002:   {"invalid_client", "", 400, "Consent between first party application '%s' and first party resource '%s' must be configured via preauthorization - applications owned and operated by Microsoft must get approval from the API owner before requesting tokens for that API.", ""},
	28000:   {"invalid_request", "", 400, "Provided value for the input parameter scope is not valid because it contains more than one resource. Scope %s is not valid.", ""},
	65004:   {"access_denied", "", 400, "User declined to consent to access the app.", ""},
	90094:   {"access_denied", "", 400, "S2S Integration needs permission to access resources in your organization that only an admin can grant. Please ask an admin to grant permission to this app before you can use it.", ""},
	1003031: {"access_denied", "", 400, "Misconfigured required resource access in client application registration.", ""},
	50011:   {"invalid_request", "", 400, "The redirect URI '%s' specified in the request does not match the redirect URIs configured for the application '%s'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.", ""},
	500113:  {"invalid_request", "", 400, "No reply address is registered for the application.", ""},
	500117:  {"invalid_request", "", 400, "The reply uri specified in the request isn't using a secure scheme.", ""},
	900971:  {"invalid_request", "", 400, "No reply address provided.", ""},
	54005:   {"invalid_grant", "", 400, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.", ""},
	70008:   {"invalid_grant", "", 400, "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.", ""},
	700005:  {"invalid_grant", "", 400, "Provided Authorization Code is intended to use against other tenant, thus rejected.", ""},
	7000110: {"invalid_grant", "", 400, "Request is ambiguous, multiple application identifiers found.", ""},
	501481:  {"invalid_grant", "", 400, "The Code_Verifier does not match the code_challenge supplied in the authorization request.", ""},
	50147:   {"invalid_request", "", 400, "The size of the Code_Challenge parameter is not valid.", ""},
	// People.
	50020:  {"access_denied", "", 400, "User account '%s' from identity provider 'https://sts.windows.net/" + ForeignTenantID + "/' does not exist in tenant 'Contoso' and cannot access the application '%s'(S2S Integration) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.", ""},
	50034:  {"invalid_grant", "bad_token", 400, "The user account %s does not exist in the %s directory. To sign into this application, the account must be added to the directory.", ""},
	50058:  {"login_required", "", 400, "A silent sign-in request was sent but no user is signed in.", ""},
	50076:  {"interaction_required", "basic_action", 400, "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '" + dataverseAppID + "'.", `{"access_token":{"capolids":{"essential":true,"values":["5e4e2b1a-7c3d-4f0e-9a68-b2d1c0f39e57"]}}}`},
	50079:  {"interaction_required", "", 400, "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '" + dataverseAppID + "'.", ""},
	50078:  {"interaction_required", "basic_action", 400, "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '" + dataverseAppID + "'.", `{"access_token":{"capolids":{"essential":true,"values":["5e4e2b1a-7c3d-4f0e-9a68-b2d1c0f39e57"]}}}`},
	50097:  {"interaction_required", "", 400, "Device authentication is required.", ""},
	53000:  {"interaction_required", "", 400, "Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant. The user must enroll their device with an approved MDM provider like Intune.", ""},
	530036: {"access_denied", "", 400, "Access has been blocked by conditional access policies. The policy does not allow tokens that began with the device code flow.", ""},
	530084: {"access_denied", "", 400, "Access has been blocked by conditional access token protection policy configured by this organization. To learn more, see https://aka.ms/TBCADocs.", ""},
	700082: {"invalid_grant", "bad_token", 400, "The refresh token has expired due to inactivity.", ""},
	// Device codes.
	70016:  {"authorization_pending", "", 400, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.", ""},
	70018:  {"bad_verification_code", "", 400, "Invalid verification code due to User typing in wrong user code for device code flow.", ""},
	70019:  {"expired_token", "", 400, "Verification code expired.", ""},
	530035: {"access_denied", "", 400, "Access has been blocked by security defaults.", ""},
	// The service itself.
	90033: {"temporarily_unavailable", "", 503, "A transient error has occurred. Please try again.", ""},
	50196: {"invalid_request", "", 400, "The server terminated an operation because it encountered a client request loop.", ""},
	90055: {"temporarily_unavailable", "", 429, "The server has terminated the request because the tenant has exceeded the number of requests.", ""},
	90036: {"server_error", "", 500, "An unexpected, non-retryable error stemming from the directory service has occurred.", ""},
	50000: {"server_error", "", 500, "There was an issue issuing a token or an issue with our sign-in service.", ""},
}

// Parts of the texts of federated credentials.
const (
	noFederatedRecord   = "No matching federated identity record found for presented assertion"
	checkFederatedParts = " Check your federated identity credential Subject, Audience and Issuer against the presented assertion. https://learn.microsoft.com/entra/workload-id/workload-identity-federation"
)

// publishedStatus are the codes whose status and "error" are on record, or quoted
// with them in public. The rest is a guess.
var publishedStatus = []int{
	7000215, 7000222, 7000216, 7000218, 7000229, 700027, 700024, 700016, 501051, 53003,
	90002, 900023, 50049, 50034, 50076, 70011, 500011, 9002313, 65001, 50011,
	7002137, 70021, 70025, 70016,
}

// failure is a refusal with its code and text.
type failure struct {
	Code int
	refusal
}

// fail returns the refusal of an AADSTS code; arguments that its text does not take
// are left out.
func fail(code int, args ...any) *failure {
	r, known := refusals[code]
	if !known {
		r = refusal{OAuth: "invalid_request", Status: http.StatusBadRequest, Text: "The request was refused (sandbox)."}
	}
	n := min(strings.Count(r.Text, "%s"), len(args))
	r.Text = fmt.Sprintf(r.Text, pad(args[:n], strings.Count(r.Text, "%s"))...)
	return &failure{code, r}
}

func pad(args []any, n int) []any {
	for len(args) < n {
		args = append(args[:len(args):len(args)], ClientID)
	}
	return args
}

// as returns the failure with another "error", for the few codes that have two.
func (f *failure) as(oauth string) *failure {
	g := *f
	g.OAuth = oauth
	return &g
}

// ids are the identifiers of an error in Microsoft's logs.
type ids struct{ Trace, Correlation, Timestamp string }

func (s *Server) ids(r *http.Request) ids {
	correlation := r.Header.Get("client-request-id")
	if !guid.IsPlain(correlation) {
		correlation = newID()
	}
	return ids{newID(), correlation, s.time().Format("2006-01-02 15:04:05Z")}
}

// description returns error_description: code, text and ids.
func (f *failure) description(i ids, crlf bool) string {
	gap := " "
	if crlf {
		gap = "\r\n"
	}
	return "AADSTS" + strconv.Itoa(f.Code) + ": " + f.Text +
		gap + "Trace ID: " + i.Trace + gap + "Correlation ID: " + i.Correlation + gap + "Timestamp: " + i.Timestamp
}

// refuse writes a failure of the token endpoint.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, f *failure) {
	i := s.ids(r)
	tokenHeaders(w, r, i.Trace, f.Code)
	s.writeFailure(w, r, f, i)
}

// refuseDocument writes a failure of a metadata address.
func (s *Server) refuseDocument(w http.ResponseWriter, r *http.Request, f *failure) {
	i := s.ids(r)
	documentHeaders(w, r, i.Trace)
	w.Header().Set("Cache-Control", "private")
	s.writeFailure(w, r, f, i)
}

func (s *Server) writeFailure(w http.ResponseWriter, r *http.Request, f *failure, i ids) {
	login := s.now().Login
	body := object{{"error", f.OAuth}, {"error_description", f.description(i, login.CRLF)}}
	if !login.NoCodes {
		body = append(body, member{"error_codes", []int{f.Code}})
	}
	body = append(body, member{"timestamp", i.Timestamp}, member{"trace_id", i.Trace}, member{"correlation_id", i.Correlation},
		member{"error_uri", "https://" + r.Host + "/error?code=" + strconv.Itoa(f.Code)})
	if f.Suberror != "" {
		body = append(body, member{"suberror", f.Suberror})
	}
	if f.Claims != "" {
		body = append(body, member{"claims", f.Claims})
	}
	writeJSON(w, f.Status, body)
}
