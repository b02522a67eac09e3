package paste

import "strings"

// field is the meaning of a name.
type field int

const (
	unknown field = iota
	environment
	tenant
	authority // a login address, with the tenant in its path
	client
	clientSecret
	redirect
	certificateFile
	keyFile
	certificatePassword
	thumbprint
	tokenFile
	// managed and federated are marks of a kind of credential: a switch, or a flag.
	managed
	federated
	userName
	password
	// valueOf is the value of what is named before it or around it.
	valueOf
	// nameOf names what a valueOf next to it is.
	nameOf
	// encrypted is a secret that only the program that wrote it can read.
	encrypted
	// bareID is an ID of anything; next to a secret it is the application's.
	bareID
	// other is known and of no use here; it ends what precedes it.
	other
)

// Ranks of names: where two values are next to each other, the higher one is meant.
const (
	exact   = 5
	likely  = 4
	common  = 3
	generic = 2
	vague   = 1
	// remarked is for what a comment names.
	remarked = 0
)

// names are the names of a field, with commas between.
type names struct {
	field field
	rank  int
	names string
}

// vocabulary maps the names of programs and portals to fields. Case,
// accents, separators and words such as "the" and "de" do not count.
//
// Sources: ServiceClient's connection strings, pac, az, Azure SDK's environment
// variables, the Power Platform Terraform provider, GitHub and Azure DevOps actions,
// Data Factory, Postman, Graph, XrmToolBox; the portals' labels in English, German,
// French, Spanish, Portuguese, Japanese and Vietnamese. The table languages has others.
var vocabulary = []names{
	{environment, exact, `environment url, environment uri, service uri, service url, organization url, organisation url, org url, org uri, instance url,
		instance uri, instance api url, resource url, resource uri, service root, crm url, crm uri, dataverse url, dataverse uri, dynamics url, dynamics crm url, server url,
		environment address, env url, original url, web application url, dataverse host, dataverse environment, dataverse resource, crm host, power platform url,
		Umgebungs-URL, URL der Umgebung, Umgebungsadresse, URL de l'environnement, URL d'environnement, URL del entorno, URL do ambiente, 環境 URL, 環境の URL, URL môi trường, 环境 URL, URL ambiente, URL dell'ambiente, Omgevings-URL, 환경 URL`},
	{environment, common, `url, uri, server, environment, environ, env, resource, scope, scopes, audience, web api url, api url, base url, base address, host, host name, hostname,
		endpoint, service endpoint, web api endpoint, org, instance, organization, organisation, address, link, root url, api,
		Umgebung, environnement, entorno, ambiente, 環境, môi trường, Adresse, dirección, endereço`},
	{environment, vague, `crm, dataverse, dynamics, d365, xrm, site, power platform`},
	{tenant, exact, `tenant id, directory id, directory tenant id, tenant guid, tenant domain, azure tenant id, directory (tenant) ID, tenant directory id,
		Mandanten-ID, Verzeichnis-ID (Mandant), Verzeichnis-ID, Verzeichnis (Mandant) ID, ID de l'annuaire (locataire), ID d'annuaire (locataire), ID de locataire, ID locataire,
		ID de répertoire (locataire), ID du répertoire (locataire), Id. de directorio (inquilino), Id. de inquilino, id directorio, id inquilino, ID do diretório (locatário), ID do locatário,
		ID do diretório, ディレクトリ (テナント) ID, テナント ID, ディレクトリ ID, ID thư mục (đối tượng thuê), ID thư mục (người thuê), ID đối tượng thuê, ID người thuê, mã thư mục (đối tượng thuê), mã đối tượng thuê, mã thư mục, 目录(租户) ID, ID della directory (tenant), ID directory (tenant), Map-id (tenant), Tenant-id, 디렉터리(테넌트) ID, 테넌트 ID`},
	{tenant, common, `tenant, directory, tid, tenant name, Mandant, locataire, inquilino, locatário, テナント, đối tượng thuê, 租户`},
	{tenant, vague, `domain, primary domain, initial domain, default domain, Domäne, domaine, dominio, domínio`},
	{authority, likely, `authority, authority url, authority uri, auth url, auth uri, auth server url, token url, token uri, token endpoint, access token url, access token uri,
		authorization url, authorization endpoint, authorize url, auth endpoint, issuer, issuer url, issuer uri, login url, token endpoint url, oauth url`},
	{client, exact, `client id, app id, application id, application client id, app client id, client app id, azure ad app id, service principal client id, clientid guid,
		application (client) ID, app registration id, spn client id, consumer id,
		Client-ID, Anwendungs-ID (Client), Anwendungs-ID, Anwendung (Client) ID, App-ID, Clientkennung, ID d'application (client), ID de l'application (client), ID client, ID du client, ID de client, ID d'application,
		ID de l'application, Id. de aplicación (cliente), Id. de la aplicación (cliente), Id. de cliente, Id. de aplicación, Id. de la aplicación, ID do aplicativo (cliente), ID do cliente, ID do aplicativo,
		アプリケーション (クライアント) ID, クライアント ID, アプリケーション ID, アプリ ID, ID ứng dụng (máy khách), ID ứng dụng (khách), ID ứng dụng khách, ID máy khách, ID ứng dụng, mã ứng dụng (máy khách), mã ứng dụng, mã máy khách, 应用程序(客户端) ID,
		ID applicazione (client), ID dell'applicazione (client), Toepassings-id (client), Toepassings-id, 애플리케이션(클라이언트) ID, 클라이언트 ID, client ids, app ids, application ids`},
	{client, common, `client, application, app, app reg, app registration, application registration, enterprise app, enterprise application, consumer key, spn, client guid, app guid, アプリケーション, クライアント, Anwendung`},
	{client, generic, `service principal id, service principal, sp id, principal id, spn id, login, login name, connected as`},
	{clientSecret, exact, `client secret, client secret value, app secret, application secret, app client secret, client credential, secret text, service principal secret,
		client secret (value), app secret value, application secret value, client app secret, s2s client secret,
		Geheimer Clientschlüssel, Geheimer Clientschlüssel (Wert), Wert des geheimen Clientschlüssels, Clientgeheimnis, Client-Geheimnis, Clientschlüssel, Secret client, Secret client (valeur), secret du client, Clé secrète client, clé secrète du client, clave secreta de cliente, clave secreta del cliente, chave secreta do cliente, código secreto do cliente, クライアントの秘密,  Valeur du secret client, Code secret client, secret d'application,
		Secreto de cliente, Secreto del cliente, Secreto de cliente (valor), Valor del secreto de cliente, Segredo do cliente, Segredo de cliente, Segredo do cliente (valor), Valor do segredo do cliente,
		クライアント シークレット, クライアント シークレットの値, クライアント シークレット (値), Bí mật máy khách, Bí mật ứng dụng khách, Bí mật khách hàng, Giá trị bí mật máy khách, Bí mật máy khách (giá trị), 客户端密码,
		Segreto client, Segreto del client, Segreto client (valore), Valore del segreto client, Clientgeheim, Clientgeheim (waarde), 클라이언트 비밀, 클라이언트 암호`},
	{clientSecret, likely, `secret value, app key, application key, client key, service principal key, service principal credential, app password, client password, value of the secret,
		Geheimniswert, Wert des Geheimnisses, valeur du secret, valor del secreto, valor do segredo, シークレットの値, シークレット値, giá trị bí mật, valore del segreto, waarde van het geheim, secret (value)`},
	{clientSecret, common, `secret, client credentials secret, Geheimnis, geheimer Schlüssel, secreto, segredo, シークレット, bí mật, khóa bí mật, mã bí mật, credential, clé secrète, clave secreta, chave secreta, segreto, geheim, 密码`},
	{clientSecret, generic, `secret key, key, key value, api secret, Schlüssel, clé, clave, chave, キー, khóa`},
	{redirect, exact, `redirect uri, redirect url, reply url, reply uri, callback url, callback uri, callback, Umleitungs-URI, URI de redirection, URI de redirección, URI de redirecionamento, リダイレクト URI, URI chuyển hướng`},
	{certificateFile, exact, `client certificate path, certificate path, certificate file, certificate file path, client certificate file, client certificate file path, certificate disk path, pfx path,
		pfx file, pfx file path, pem path, pem file, cert path, cert file, p12 path, p12 file, client cert path, Zertifikatdatei, Zertifikatsdatei, fichier de certificat, archivo de certificado, arquivo de certificado, 証明書ファイル`},
	{certificateFile, common, `certificate, client certificate, cert, pfx, Zertifikat, certificat, certificado, 証明書, chứng chỉ`},
	{keyFile, exact, `key file, key path, private key path, private key file, client key path, certificate key path, certificate key file`},
	{certificatePassword, exact, `certificate password, client certificate password, pfx password, cert password, cert pass, certificate pass phrase, pfx pass phrase, p12 password, certificate pwd, pfx pwd,
		Zertifikatskennwort, Kennwort des Zertifikats, mot de passe du certificat, contraseña del certificado, senha do certificado, 証明書のパスワード`},
	{thumbprint, exact, `thumbprint, certificate thumbprint, client certificate thumbprint, cert thumbprint, Fingerabdruck, empreinte, huella digital, impressão digital, 拇印`},
	{tokenFile, exact, `federated token file, oidc token file, oidc token file path, federated token file path, workload identity token file`},
	{tokenFile, likely, `token file path, token file`},
	{managed, exact, `use msi, use managed identity, managed identity, use system assigned managed identity`},
	{federated, exact, `use oidc, use workload identity federation, github federated, azure dev ops federated, azure devops federated`},
	{userName, exact, `user name, username, user id, user, uid, un, upn, user email, email, Benutzername, Benutzer, nom d'utilisateur, nombre de usuario, usuario, usuário, nome de usuário, ユーザー名, tên người dùng`},
	{password, exact, `password, pwd, passwd, pass, pw, passcode, Kennwort, Passwort, mot de passe, contraseña, senha, パスワード, mật khẩu`},
	{valueOf, exact, `value, default, default value, val, Wert, valeur, valor, 値, giá trị, current value, new value, body, secret string, valore, waarde, 값, 值`},
	{nameOf, exact, `name, key name, secret name, variable, parameter, variable name`},
	{bareID, vague, `id`},
	{other, exact, `secret id, secret key id, key id, secret identifier, object id, azure ad object id, enterprise object id, subscription id, application id uri, client id uri, app id uri, connection reference, connection reference logical name,
		environment id, organization id, org id, business unit id, role id, group id, device id, session id, request id, correlation id, trace id, activity id, bot id, solution id, flow id,
		user object id, service principal object id, application object id, managed identity client id, user assigned client id, user assigned identity client id, public client id, public client, publicclient, native client id, teams app id, model app id, canvas app id, subscription key, account key,
		instrumentation key, function key, host key, master key, encryption key, signing key, signing secret, private key, public key, primary key, secondary key, ssh key, license key, license, api key, webhook secret, jwt secret, session secret, cookie secret, display name, description, notes, note, comment, remark, remarks, title,
		expires, expiration, expires on, valid until, expiry, end date, secret expiration, client secret expiration, discovery endpoint, supported account types, client credentials, managed application in local directory, redirect uris, account types,
		date d'expiration, expire le, fecha de expiración, expira, expira el, expira em, data de expiração, descripción, descrição, mô tả, ngày hết hạn, hết hạn, 有効期限, 説明, Ablauf, secret name, unique name, friendly name, tenant type, client type, client name, application name, app name, instance name, server certificate, ssl certificate, ssl cert, ssl cert file, ssl certificate file, ca cert, ca cert file, ca certificate, ca certificate file, tls cert, tls cert file, root certificate, root certificate file, tls certificate, tls certificate file, server certificate file, pip cert, certificate name, subject,
		application user id, system user id, allowed client ids, allowed clients, authorized client ids, known client ids, valid client ids, known client applications, grant type, token type, auth type, cloud, region, state, nonce,
		Geheimnis-ID, Geheime ID, ID des geheimen Schlüssels, Objekt-ID, Abonnement-ID, Anzeigename, Umgebungs-ID, Beschreibung, Notizen, Bemerkung, läuft ab, gültig bis, Ablaufdatum, ID de l'objet, ID d'objet, ID de secret, ID du secret, ID d'abonnement, ID abonnement, nom complet, remarque,
		Id. de objeto, Id. de secreto, ID del secreto, Id. de suscripción, nombre para mostrar, notas, ID do objeto, ID do segredo, ID secreto, ID da assinatura, nome de exibição, observações, オブジェクト ID, シークレット ID, サブスクリプション ID, 表示名, 備考, ID đối tượng, ID bí mật, ID đăng ký, tên hiển thị, ghi chú, 对象 ID, ID oggetto, ID segreto, ID del segreto, ID sottoscrizione, nome visualizzato, descrizione, scadenza, Object-id, Geheim-id, Abonnements-id, weergavenaam, verloopt`},
}

// Words before a name that distinguish applications.
var (
	dataverses = words(`dataverse crm d365 dynamics365 dynamics dynamicscrm xrm s2s powerplatform pp powerapps cds buildtools`)
	// foreigners are other services with secrets of their own.
	foreigners = words(`webhook stripe jwt session cookie csrf nextauth auth0 okta keycloak github gitlab google facebook twitter linkedin slack telegram discord paypal
		sendgrid twilio mailchimp smtp imap aws s3 storage blob redis sql mssql mysql postgres postgresql db database mongo cosmos rabbitmq kafka servicebus eventhub eventgrid
		salesforce hubspot zendesk servicenow jira sap docusign recaptcha captcha hcaptcha django flask rails laravel signing encryption hash csrf graph msgraph sharepoint
		powerbi businesscentral subscription apim functions datadog sentry openai anthropic algolia cloudflare vercel netlify firebase gcp dropbox box shopify square oidc saml`)
	// stages distinguish the applications of one team.
	stages = words(`dev development test tst uat sit qa int integration stage staging stg preprod pre prod prd production live sandbox demo poc training hotfix default primary secondary
		entwicklung produktion recette production desarrollo producción desenvolvimento produção 開発 本番 検証`)
	// sealed marks a value that only the program that wrote it can read.
	sealed = words(`encrypted encrypteddata encrypt cipher ciphertext sealed hashed verschlüsselt chiffré cifrado criptografado`)
	// current marks a value that counts.
	current = words(`new current neu neuer neues neue aktuell nouveau nouvelle nuevo nueva novo nova mới 新しい`)
	// superseded marks a value that no longer counts.
	superseded = words(`old expired previous former revoked deleted obsolete deprecated disabled decommissioned retired alt alter altes alte abgelaufen abgelaufenes ancien ancienne expiré antiguo anterior caducado antigo expirado cũ 古い 旧 期限切れ`)
	// neutral words name no application.
	neutral = words(`azure ad aad entra msal arm microsoft ms oauth oauth2 auth token credential credentials my our app application the a an is value values string str const var let val private public protected
		internal static final readonly export set setx env environ environment environments process os config configuration configurationmanager settings setting appsettings options option this self system tf
		react vite next nuxt expo ng vue param parameter parameters data stringdata secret secrets client active directory spring cloud profile registration provider properties connection
		connections authorization typeproperties default def global local vars variables new add with put get item items args body form request params list info spn service principal id get update
		connectionstrings connectionstring ida rest activedirectory azuread azuread identity web`)
)

func words(list string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		all[fold(word)] = true
	}
	return all
}
