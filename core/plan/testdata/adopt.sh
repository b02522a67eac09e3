#!/bin/sh
# Sets up a server-to-server connection to https://contoso.crm4.dynamics.com.
# Needs the Azure CLI, signed in: az login --tenant 7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f --allow-no-subscriptions
set -eu
umask 077
application_appId='3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617'
application_id='obj-app'
service_principal_id='obj-sp'
role_id='role-2'

# Give it a credential (Entra application owner)
# Adds a certificate to the registration. Its private key stays on this computer; the credentials that are there stay.
openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj '/CN=S2S contoso' -keyout s2s-key.pem -out s2s-certificate.pem 2>/dev/null
credential_key=$(openssl x509 -in s2s-certificate.pem -outform DER | openssl base64 -A)
az rest --method patch --url 'https://graph.microsoft.com/v1.0/applications/obj-app' --headers Content-Type=application/json --body '{"keyCredentials":[{"keyId":"key-2","type":"AsymmetricX509Cert","usage":"Verify","key":"MIIB"},{"type":"AsymmetricX509Cert","usage":"Verify","key":"'"$credential_key"'","displayName":"CN=S2S contoso"}]}' -o none

# Create the application user (Dataverse administrator)
# Creates the application user in the root business unit of the environment. It has no licence and no role yet.
az rest --method delete --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers(user-1)' -o none
application_user_id=$(az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers' --headers Content-Type=application/json Prefer=return=representation --body '{"applicationid":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617","accessmode":4,"isdisabled":false,"businessunitid@odata.bind":"/businessunits(bu-1)"}' --query 'systemuserid' -o tsv)

# Give it a security role (Dataverse administrator)
# Gives the application user the security role “Sales”: it may then do what the role allows.
az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers('"$application_user_id"')/systemuserroles_association/$ref' --headers Content-Type=application/json --body '{"@odata.id":"https://contoso.crm4.dynamics.com/api/data/v9.2/roles(role-2)"}' -o none

# What was made, to be pasted into the program: IDs, no secrets.
printf '%s\n' "environment: https://contoso.crm4.dynamics.com" "tenant: 7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f" "client id: ${application_appId:-}" "application user: ${application_user_id:-}"
