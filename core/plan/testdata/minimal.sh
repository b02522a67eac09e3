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

# Register the application (Entra application owner)
# Registers the application “S2S contoso” in the tenant, for this tenant alone and without permissions of its own.
application_id=$(az rest --method post --url 'https://graph.microsoft.com/v1.0/applications' --headers Content-Type=application/json --body '{"displayName":"S2S contoso","signInAudience":"AzureADMyOrg","tags":["s2sdoctor"]}' --query 'id' -o tsv)
application_appId=$(again az rest --method get --url 'https://graph.microsoft.com/v1.0/applications/'"$application_id"'?$select=appId' --query 'appId' -o tsv)

# Give it a credential (Entra application owner)
# Adds a certificate to the registration. Its private key stays on this computer; the credentials that are there stay.
openssl req -x509 -newkey rsa:2048 -sha256 -nodes -days 365 -subj '/CN=S2S contoso' -keyout s2s-key.pem -out s2s-certificate.pem 2>/dev/null
credential_key=$(openssl x509 -in s2s-certificate.pem -outform DER | openssl base64 -A)
credential_thumbprint=$(openssl x509 -in s2s-certificate.pem -noout -fingerprint -sha1 | sed 's/.*=//; s/://g')
again az rest --method patch --url 'https://graph.microsoft.com/v1.0/applications/'"$application_id" --headers Content-Type=application/json --body '{"keyCredentials":[{"type":"AsymmetricX509Cert","usage":"Verify","key":"'"$credential_key"'","displayName":"CN=S2S contoso"}]}' -o none

# Create its service principal (Entra application owner)
# Creates the service principal (the enterprise application), by which the tenant and Dataverse know the application.
service_principal_id=$(again az rest --method post --url 'https://graph.microsoft.com/v1.0/servicePrincipals' --headers Content-Type=application/json --body '{"appId":"'"$application_appId"'"}' --query 'id' -o tsv)

# Create the application user (Dataverse administrator)
# Creates the application user in the root business unit of the environment. It has no licence and no role yet.
business_unit_id=$(again az rest --method get --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/businessunits?$select=businessunitid&$filter=parentbusinessunitid%20eq%20null' --query 'join('\'' '\'', value[].businessunitid)' -o tsv)
case "$business_unit_id" in
'') echo 'not found: business-unit.id' >&2; exit 1 ;;
*' '*) echo 'more than one fits: business-unit.id' >&2; exit 1 ;;
esac
application_user_id=$(again az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers' --headers Content-Type=application/json Prefer=return=representation --body '{"applicationid":"'"$application_appId"'","accessmode":4,"isdisabled":false,"businessunitid@odata.bind":"/businessunits('"$business_unit_id"')"}' --query 'systemuserid' -o tsv)

# Give it a security role (Dataverse administrator)
# Makes the security role “S2S contoso (minimal)” with exactly these privileges, and gives it to the application user: account:read:org, contact:write:bu.
role_id=$(az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/roles' --headers Content-Type=application/json Prefer=return=representation --body '{"name":"S2S contoso (minimal)","businessunitid@odata.bind":"/businessunits('"$business_unit_id"')"}' --query 'roleid' -o tsv)
privilege_account_read=$(again az rest --method get --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/EntityDefinitions(LogicalName='\''account'\'')?$select=Privileges' --query 'Privileges[?PrivilegeType=='\''Read'\''] | [0].PrivilegeId' -o tsv)
case "$privilege_account_read" in
'') echo 'not found: privilege.account.read' >&2; exit 1 ;;
*' '*) echo 'more than one fits: privilege.account.read' >&2; exit 1 ;;
esac
privilege_contact_write=$(again az rest --method get --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/EntityDefinitions(LogicalName='\''contact'\'')?$select=Privileges' --query 'Privileges[?PrivilegeType=='\''Write'\''] | [0].PrivilegeId' -o tsv)
case "$privilege_contact_write" in
'') echo 'not found: privilege.contact.write' >&2; exit 1 ;;
*' '*) echo 'more than one fits: privilege.contact.write' >&2; exit 1 ;;
esac
again az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/roles('"$role_id"')/Microsoft.Dynamics.CRM.AddPrivilegesRole' --headers Content-Type=application/json --body '{"Privileges":[{"PrivilegeId":"'"$privilege_account_read"'","Depth":"Global","BusinessUnitId":"'"$business_unit_id"'"},{"PrivilegeId":"'"$privilege_contact_write"'","Depth":"Local","BusinessUnitId":"'"$business_unit_id"'"}]}' -o none
again az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers('"$application_user_id"')/systemuserroles_association/$ref' --headers Content-Type=application/json --body '{"@odata.id":"https://contoso.crm4.dynamics.com/api/data/v9.2/roles('"$role_id"')"}' -o none

# What was made, to be sent back and pasted: IDs, no secrets.
printf '%s\n' '{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f","clientId":"'"$application_appId"'","result":{"application-user.id":"'"$application_user_id"'","application.appId":"'"$application_appId"'","application.id":"'"$application_id"'","credential.thumbprint":"'"$credential_thumbprint"'","role.id":"'"$role_id"'","service-principal.id":"'"$service_principal_id"'"}}'
