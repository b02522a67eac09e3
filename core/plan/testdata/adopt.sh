#!/bin/sh
# Sets up a server-to-server connection to https://contoso.crm4.dynamics.com.
# Needs the Azure CLI, signed in: az login --tenant 7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f --allow-no-subscriptions
set -eu
umask 077

again() {
	pause=2
	until "$@"; do
		[ "$pause" -lt 50 ] || return 1
		sleep "$pause"
		pause=$((pause + 6))
	done
}
application_appId='3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617'
application_id='obj-app'
service_principal_id='obj-sp'
role_id='role-2'

# Give it a credential (Entra application owner)
# Adds a certificate to the registration. Its private key stays on this computer; the credentials that are there stay.
openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj '/CN=S2S contoso' -keyout s2s-key.pem -out s2s-certificate.pem 2>/dev/null
credential_key=$(openssl x509 -in s2s-certificate.pem -outform DER | openssl base64 -A)
credential_thumbprint=$(openssl x509 -in s2s-certificate.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/://g')
again az rest --method patch --url 'https://graph.microsoft.com/v1.0/applications/obj-app' --headers Content-Type=application/json --body '{"keyCredentials":[{"keyId":"key-2","type":"AsymmetricX509Cert","usage":"Verify","key":"MIIB"},{"type":"AsymmetricX509Cert","usage":"Verify","key":"'"$credential_key"'","displayName":"CN=S2S contoso"}]}' -o none

# Create the application user (Dataverse administrator)
# Creates the application user in the root business unit of the environment. It has no licence and no role yet.
again az rest --method delete --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers(user-1)' -o none
application_user_id=$(again az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers' --headers Content-Type=application/json Prefer=return=representation --body '{"applicationid":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617","accessmode":4,"isdisabled":false,"businessunitid@odata.bind":"/businessunits(bu-1)"}' --query 'systemuserid' -o tsv)

# Give it a security role (Dataverse administrator)
# Gives the application user the security role “Sales”: it may then do what the role allows.
again az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers('"$application_user_id"')/systemuserroles_association/$ref' --headers Content-Type=application/json --body '{"@odata.id":"https://contoso.crm4.dynamics.com/api/data/v9.2/roles(role-2)"}' -o none

# What was made, to be sent back and pasted: IDs, no secrets.
printf '%s\n' '{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f","clientId":"3f5d1c2b-7a64-4e0f-8b91-c2d3e4f50617","result":{"application-user.id":"'"$application_user_id"'","application.appId":"'"$application_appId"'","application.id":"'"$application_id"'","credential.thumbprint":"'"$credential_thumbprint"'","role.id":"'"$role_id"'","service-principal.id":"'"$service_principal_id"'"}}'
