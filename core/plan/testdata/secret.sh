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
# Registers the application “Contoso's nightly import” in the tenant, for this tenant alone and without permissions of its own.
application_id=$(az rest --method post --url 'https://graph.microsoft.com/v1.0/applications' --headers Content-Type=application/json --body '{"displayName":"Contoso'\''s nightly import","signInAudience":"AzureADMyOrg","tags":["s2sdoctor"]}' --query 'id' -o tsv)
application_appId=$(again az rest --method get --url 'https://graph.microsoft.com/v1.0/applications/'"$application_id"'?$select=appId' --query 'appId' -o tsv)

# Give it a credential (Entra application owner)
# Adds a client secret to the registration, valid for at most 180 days. The credentials that are there stay.
credential_end=$(date -u -d '+180 days' +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -v+180d +%Y-%m-%dT%H:%M:%SZ)
az rest --method post --url 'https://graph.microsoft.com/v1.0/applications/'"$application_id"'/addPassword' --headers Content-Type=application/json --body '{"passwordCredential":{"displayName":"Contoso'\''s nightly import s2sdoctor","endDateTime":"'"$credential_end"'"}}' --query secretText -o tsv > s2s-secret.txt
echo 'The client secret is in s2s-secret.txt. Keep it where secrets are kept, and delete the file.'

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
# Gives the application user the security role “Sales "West"”: it may then do what the role allows.
role_id=$(again az rest --method get --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/roles?$select=roleid&$filter=name%20eq%20'\''Sales%20%22West%22'\''%20and%20_businessunitid_value%20eq%20'"$business_unit_id" --query 'join('\'' '\'', value[].roleid)' -o tsv)
case "$role_id" in
'') echo 'not found: role.id' >&2; exit 1 ;;
*' '*) echo 'more than one fits: role.id' >&2; exit 1 ;;
esac
again az rest --method post --resource 'https://contoso.crm4.dynamics.com' --url 'https://contoso.crm4.dynamics.com/api/data/v9.2/systemusers('"$application_user_id"')/systemuserroles_association/$ref' --headers Content-Type=application/json --body '{"@odata.id":"https://contoso.crm4.dynamics.com/api/data/v9.2/roles('"$role_id"')"}' -o none

# What was made, to be sent back and pasted: IDs, no secrets.
printf '%s\n' '{"s2sdoctor":1,"environment":"https://contoso.crm4.dynamics.com","tenantId":"7c0ffee1-5b2a-4c3d-9e8f-0a1b2c3d4e5f","clientId":"'"$application_appId"'","result":{"application-user.id":"'"$application_user_id"'","application.appId":"'"$application_appId"'","application.id":"'"$application_id"'","role.id":"'"$role_id"'","service-principal.id":"'"$service_principal_id"'"}}'
