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

$application_appId = '3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617'
$application_id = 'obj-app'
$service_principal_id = 'obj-sp'
$role_id = 'role-2'

# Give it a credential (Entra application owner)
# Adds a certificate to the registration. Its private key stays on this computer; the credentials that are there stay.
$certificate = New-SelfSignedCertificate -Subject 'CN=S2S contoso' -CertStoreLocation Cert:\CurrentUser\My -KeyExportPolicy NonExportable -KeySpec Signature -NotAfter (Get-Date).AddYears(1)
$credential_key = [Convert]::ToBase64String($certificate.RawData)
$credential_thumbprint = $certificate.Thumbprint
'The certificate is in your store: ' + $certificate.Thumbprint
Send PATCH 'https://graph.microsoft.com' 'https://graph.microsoft.com/v1.0/applications/obj-app' ('{"keyCredentials":[{"keyId":"key-2","type":"AsymmetricX509Cert","usage":"Verify","key":"MIIB"},{"type":"AsymmetricX509Cert","usage":"Verify","key":"' + $credential_key + '","displayName":"CN=S2S contoso"}]}') -Again | Out-Null

# Create the application user (Dataverse administrator)
# Creates the application user in the root business unit of the environment. It has no licence and no role yet.
Send DELETE 'https://contoso.crm4.dynamics.com' 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers(user-1)' -Again | Out-Null
$response = Send POST 'https://contoso.crm4.dynamics.com' 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers' '{"applicationid":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617","accessmode":4,"isdisabled":false,"businessunitid@odata.bind":"/businessunits(bu-1)"}' -Again
$application_user_id = $response.systemuserid

# Give it a security role (Dataverse administrator)
# Gives the application user the security role “Sales”: it may then do what the role allows.
Send POST 'https://contoso.crm4.dynamics.com' ('https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers(' + $application_user_id + ')/systemuserroles_association/$ref') '{"@odata.id":"https://contoso.crm4.dynamics.com/api/data/v9.2/roles(role-2)"}' -Again | Out-Null

# What was made, to be sent back and pasted: IDs, no secrets.
('{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f","clientId":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617","result":{"application-user.id":"' + $application_user_id + '","application.appId":"' + $application_appId + '","application.id":"' + $application_id + '","credential.thumbprint":"' + $credential_thumbprint + '","role.id":"' + $role_id + '","service-principal.id":"' + $service_principal_id + '"}}')
