# Sets up a server-to-server connection to https://contoso.crm4.dynamics.com.
# Needs Az.Accounts, signed in: Connect-AzAccount -Tenant 7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f
#Requires -Version 7.0
#Requires -Modules Az.Accounts
$ErrorActionPreference = 'Stop'

# What was made a moment ago is not known everywhere: -Again sends a request again
# that was refused, for three minutes.
function Send($Method, $Resource, $Uri, $Body, [switch] $Again) {
    $request = @{
        Method = $Method; Uri = $Uri; Authentication = 'Bearer'
        Token  = (Get-AzAccessToken -ResourceUrl $Resource -AsSecureString).Token
        Headers = @{ Prefer = 'return=representation' }
    }
    if ($Method -eq 'PATCH' -and $Uri -like '*/api/data/*') { $request.Headers['If-Match'] = '*' } # a row that is gone is not made anew
    if ($Again) { $request.MaximumRetryCount = 9; $request.RetryIntervalSec = 20 }
    if ($Body) { $request.Body = $Body; $request.ContentType = 'application/json; charset=utf-8' }
    Invoke-RestMethod @request
}


# Register the application (Entra application owner)
# Registers the application “S2S contoso” in the tenant, for this tenant alone and without permissions of its own.
$response = Send POST 'https://graph.microsoft.com' 'https://graph.microsoft.com/v1.0/applications' '{"displayName":"S2S contoso","signInAudience":"AzureADMyOrg","tags":["s2sdoctor"]}'
$application_id = $response.id
$application_appId = $response.appId

# Give it a credential (Entra application owner)
# Adds a certificate to the registration. Its private key stays on this computer; the credentials that are there stay.
$certificate = New-SelfSignedCertificate -Subject 'CN=S2S contoso' -CertStoreLocation Cert:\CurrentUser\My -KeyExportPolicy NonExportable -KeySpec Signature -NotAfter (Get-Date).AddYears(1)
$credential_key = [Convert]::ToBase64String($certificate.RawData)
$credential_thumbprint = $certificate.Thumbprint
'The certificate is in your store: ' + $certificate.Thumbprint
Send PATCH 'https://graph.microsoft.com' ('https://graph.microsoft.com/v1.0/applications/' + $application_id) ('{"keyCredentials":[{"type":"AsymmetricX509Cert","usage":"Verify","key":"' + $credential_key + '","displayName":"CN=S2S contoso"}]}') -Again | Out-Null

# Create its service principal (Entra application owner)
# Creates the service principal (the enterprise application), by which the tenant and Dataverse know the application.
$response = Send POST 'https://graph.microsoft.com' 'https://graph.microsoft.com/v1.0/servicePrincipals' ('{"appId":"' + $application_appId + '"}') -Again
$service_principal_id = $response.id

# Create the application user (Dataverse administrator)
# Creates the application user in the root business unit of the environment. It has no licence and no role yet.
$business_unit_id = @((Send GET 'https://contoso.crm4.dynamics.com' 'https://contoso.crm4.dynamics.com/api/data/v9.2/businessunits?$select=businessunitid&$filter=parentbusinessunitid%20eq%20null' -Again).value.businessunitid)
if ($business_unit_id.Count -ne 1 -or -not $business_unit_id[0]) { throw 'not found, or more than one fits: business-unit.id' }
$business_unit_id = $business_unit_id[0]
$response = Send POST 'https://contoso.crm4.dynamics.com' 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers' ('{"applicationid":"' + $application_appId + '","accessmode":4,"isdisabled":false,"businessunitid@odata.bind":"/businessunits(' + $business_unit_id + ')"}') -Again
$application_user_id = $response.systemuserid

# What was made, to be sent back and pasted: IDs, no secrets.
('{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f","clientId":"' + $application_appId + '","result":{"application-user.id":"' + $application_user_id + '","application.appId":"' + $application_appId + '","application.id":"' + $application_id + '","credential.thumbprint":"' + $credential_thumbprint + '","service-principal.id":"' + $service_principal_id + '"}}')
