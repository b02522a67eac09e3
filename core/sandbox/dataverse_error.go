package sandbox

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// fault is how Dataverse words one of its codes.
type fault struct {
	Code   string
	Status int
	// Name is the symbolic name that annotations carry.
	Name string
	// Text may take arguments.
	Text string
}

// faults are the codes that the sandbox can meet by itself, and others for
// [Organization.Refuse].
//
// Sources: learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes
// and .../webapi/compose-http-requests-handle-errors, and the recorded messages.
// What they do not have is in guessedFaults.
var faults = []fault{
	{"0x8005f101", 401, "AccessTokenExpired", "Access token is expired."},
	{"0x80040204", 401, "InvalidUserAuth", "Invalid user auth."},
	{"0x80040277", 401, "UnauthorizedAccess", "Unauthorized access."},
	{"0x80044300", 401, "MissingCrmAuthenticationToken", "Authentication token is missing."},
	{"0x80072559", 401, "AADError", "AADSTS50173: The provided grant has expired due to it being revoked."},
	{"0x80072560", 403, "UserNotMemberOfOrg", "The user is not a member of the organization."},
	// The placeholders arrive like that from the real service.
	{"0x80040225", 403, "UserIsDisabled", "The specified user(Id = {0}) is disabled. Consider enabling this user. Additional Details: {1}"},
	{"0x80042f09", 403, "UserNotAssignedRoles", "The user (Id = %s) has not been assigned any roles."},
	{"0x80041d1f", 403, "BusinessManagementInvalidUserId", "The user Id(s) [%s] is invalid."},
	{"0x80044507", 403, "UserDoesNotHaveAccessToTheTenant", "User does not have access to the tenant."},
	{"0x80048360", 403, "IncorrectUserAzureState", "The user is in an incorrect Azure state."},
	{"0x8004d24b", 403, "UserNotAssignedLicense", "The user has not been assigned any license."},
	{"0x80095ffe", 403, "IPAddressNotInSpecifiedRange", "Sorry, you can't access this resource because your IP address is blocked."},
	{"0x80095ffc", 403, "ApplicationNotAllowed", "Access to Dataverse API is restricted for this application Id : '%s'. Please contact your administrator for more information."},
	{"0x8004a113", 403, "UserDoesNotHaveAdminOnlyModePermissions", "User does not have required privileges (or role membership) to access the org when it is in Admin Only mode."},
	{"0x8004a104", 403, "OrganizationDisabled", "The organization is disabled."},
	{"0x8004b044", 403, "OrganizationMigrationUnderway", "The organization is being migrated."},
	{"0x80040220", 403, "PrivilegeDenied", "Principal user (Id=%s, type=8, roleCount=%s, privilegeCount=%s, accessMode='4 Non-interactive', AADObjectId='%s', MetadataCachePrivilegesCount=5214, businessUnitId=%s), is missing %s privilege (Id=%s) on OTC=%s for entity '%s'. context.Caller=%s."},
	{"0x80040231", 403, "PrincipalPrivilegeDenied", "The principal lacks a privilege."},
	{"0x80048306", 403, "unManagedIdsAccessDenied", "Not enough privilege to access the Microsoft Dynamics 365 object or perform the requested operation."},
	{"0x8004a110", 403, "CannotActOnBehalfOfAnotherUser", "User does not have the privilege to act on behalf another user."},
	{"0x80048d1a", 400, "InvalidCallerId", "The caller ID is not valid."},
	{"0x80040217", 404, "ObjectDoesNotExist", "%s With Id = %s Does Not Exist"},
	{"0x80040237", 412, "DuplicateRecord", "A record with matching key values already exists."},
	{"0x8004f511", 400, "DuplicateApplicationUser", "An application user with the application id %s already exists."},
	{"0x80041d28", 400, "UserDirectoryObjectIdNotFoundInAAD", "The directory object of the application %s was not found in Microsoft Entra ID."},
	{"0x80041d48", 400, "ApplicationUserCannotBeUpdated", "%s"},
	{"0x80041409", 400, "UserInWrongBusiness", "The user (Id=%s) is in the business unit (Id=%s), and the role (Id=%s) in the business unit (Id=%s)."},
	{"0x8006088a", 404, "ResourceNotFound", "Resource not found for the segment '%s'."},
	{"0x80060888", 400, "ODataParseError", "%s"},
	{"0x80040203", 400, "InvalidArgument", "%s"},
	{"0x80048d19", 400, "InvalidPayload", "%s"},
	{"0x80044150", 500, "SqlError", "Sql error: a generic SQL error occurred."},
	{"0x80040216", 500, "UnExpected", "An unexpected error occurred."},
	{"0x80072321", 429, "ThrottlingTimeExceeded", "Combined execution time of incoming requests exceeded limit of 1200000 milliseconds over time window of 300 seconds."},
	{"0x80072322", 429, "ThrottlingBurstRequestLimitExceeded", "Number of requests exceeded the limit of 6000 over time window of 300 seconds."},
	{"0x80072326", 429, "ThrottlingConcurrencyLimitExceeded", "Number of concurrent requests exceeded the limit of 52."},
	{"0x80060308", 503, "ServiceUnavailable", "The service is not available."},
}

// guessedFaults are the parts of faults that no public material has: where no
// status is published, a principal that is refused gets 403.
var guessedFaults = map[string]string{
	"0x8004f511": "status, text",
	"0x80041d28": "status, text",
	"0x80041d48": "status",
	"0x80041409": "status, text",
	"0x8005f101": "status",
	"0x80072559": "status, and the code in the text",
	"0x80041d1f": "status",
	"0x80044507": "status, text",
	"0x80048360": "status, text",
	"0x8004d24b": "status, text",
	"0x8004a113": "status",
	"0x8004a104": "status",
	"0x8004b044": "status, text",
	"0x80040231": "text",
	"0x80048d1a": "status, text",
	"0x8006088a": "status",
	"0x80060888": "name",
	"0x80048d19": "name",
	"0x80044150": "status",
	"0x80040216": "status",
	"0x80060308": "text",
}

// translated are messages in the languages of [Organization.Language]: the real
// service translates messages and keeps codes.
var translated = map[string]map[string]string{
	"de": {
		"0x80072560": "Der Benutzer ist kein Mitglied der Organisation.",
		"0x80040225": "Der angegebene Benutzer(ID = {0}) ist deaktiviert. Aktivieren Sie diesen Benutzer. Weitere Details: {1}",
		"0x80042f09": "Dem Benutzer (ID = %s) wurden keine Rollen zugewiesen.",
		"0x8004a104": "Die Organisation ist deaktiviert.",
	},
	"ja": {
		"0x80072560": "ユーザーは組織のメンバではありません。",
		"0x80040225": "指定されたユーザー (ID = {0}) は無効です。このユーザーを有効にしてください。追加の詳細: {1}",
		"0x80042f09": "ユーザー (ID = %s) にはロールが割り当てられていません。",
		"0x8004a104": "組織は無効になっています。",
	},
}

// refused is a fault with its message.
type refused struct {
	fault
	Message string
	// NotModelled is true if the real service would answer otherwise, or might.
	NotModelled bool
}

func refuse(language, code string, args ...string) *refused {
	f := fault{code, http.StatusForbidden, "Unknown", "The request was refused (sandbox)."}
	for _, known := range faults {
		if strings.EqualFold(known.Code, code) {
			f = known
		}
	}
	f.Code = code
	if text, ok := translated[language][strings.ToLower(code)]; ok {
		f.Text = text
	}
	n := strings.Count(f.Text, "%s")
	for len(args) < n {
		args = append(args, UserID)
	}
	values := make([]any, n)
	for i := range values {
		values[i] = args[i]
	}
	return &refused{fault: f, Message: fmt.Sprintf(f.Text, values...)}
}

// Error is the message.
func (f *refused) Error() string { return f.Message }

// Signed returns the code as SOAP faults write it: a signed 32-bit decimal.
func (f fault) Signed() string {
	n, err := strconv.ParseUint(strings.TrimPrefix(strings.ToLower(f.Code), "0x"), 16, 32)
	if err != nil {
		return "-2147220970" // 0x80040216, unexpected
	}
	return strconv.Itoa(int(int32(n)))
}

// write writes the fault in the Web API's shape, with annotations if the request
// prefers them.
func (f *refused) write(w http.ResponseWriter, r *http.Request) {
	body := object{{"code", f.Code}, {"message", f.Message}}
	if f.NotModelled {
		w.Header().Set(modelHeader, notModelled)
	} else if preferencesOf(r).Wants("Microsoft.PowerApps.CDS.ErrorDetails.ApiExceptionMesageName") {
		const ns = "@Microsoft.PowerApps.CDS.ErrorDetails."
		body = append(body,
			member{ns + "OperationStatus", "0"}, member{ns + "SubErrorCode", "-2146233088"},
			member{ns + "ApiExceptionSourceKey", "Plugin/Microsoft.Crm.ObjectModel.SandboxService"},
			member{ns + "ApiStepKey", newID()}, member{ns + "ApiDepthKey", "1"}, member{ns + "ApiActivityIdKey", newID()},
			member{ns + "ApiPluginSolutionNameKey", "System"}, member{ns + "ApiStepSolutionNameKey", "System"},
			member{ns + "ApiExceptionCategory", "ClientError"},
			// The real service misspells it.
			member{ns + "ApiExceptionMesageName", f.Name},
			member{ns + "ApiExceptionHttpStatusCode", strconv.Itoa(f.Status)},
			member{"@Microsoft.PowerApps.CDS.HelpLink", "http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a" + strings.TrimPrefix(strings.ToLower(f.Code), "0x") + "&client=platform"},
			member{"@Microsoft.PowerApps.CDS.TraceText", ""},
			member{"@Microsoft.PowerApps.CDS.InnerError.Message", f.Message})
	}
	w.Header().Set("Content-Type", "application/json; odata.metadata=minimal")
	writeJSON(w, f.Status, object{{"error", body}})
}
