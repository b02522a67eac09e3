package paste_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/s2sdoctor/s2sdoctor/core/paste"
)

const (
	otherID    = "0f3c1e6a-7d52-4b89-a1c4-5e9d80b72f36"
	languageID = "6b1f0d2e-94c7-4a38-8e5d-c07f3a91b264"
	languageTI = "d95e27b3-1a60-4c8f-b74e-28f1c6a03d59"
	languageSe = "kP48Q~wZ3rT6yU9iO1pA5sD7fG0hJ2kL-xC4vB.n"
	languageEn = "https://litware.crm4.dynamics.com"
)

// TestPasteLanguages reads labels of the portals. The IDs of the secret, the object and
// the environment are next to the wanted values, in any order.
func TestPasteLanguages(t *testing.T) {
	for _, c := range []struct{ name, env, tenant, client, secret, secretID, objectID, environmentID string }{
		{"Polish", "Adres URL środowiska", "Identyfikator katalogu (dzierżawy)", "Identyfikator aplikacji (klienta)", "Wpis tajny klienta", "Identyfikator wpisu tajnego", "Identyfikator obiektu", "Identyfikator środowiska"},
		{"Swedish", "Miljö-URL", "Katalog-ID (klientorganisation)", "Program-ID (klient)", "Klienthemlighet", "Hemligt ID", "Objekt-ID", "Miljö-ID"},
		{"Danish", "Miljø-URL", "Mappe-id (lejer)", "Program-id (klient)", "Klienthemmelighed", "Hemmeligheds-id", "Objekt-id", "Miljø-id"},
		{"Dutch", "Omgevings-URL", "Map-id (tenant)", "Toepassings-id (client)", "Clientgeheim", "Geheime id", "Object-id", "Omgevings-id"},
		{"Italian", "URL dell'ambiente", "ID della directory (tenant)", "ID dell'applicazione (client)", "Segreto client", "ID segreto", "ID oggetto", "ID ambiente"},
		{"Czech", "Adresa URL prostředí", "ID adresáře (tenanta)", "ID aplikace (klienta)", "Tajný klíč klienta", "ID tajného klíče", "ID objektu", "ID prostředí"},
		{"Turkish", "Ortam URL'si", "Dizin (kiracı) kimliği", "Uygulama (istemci) kimliği", "İstemci gizli anahtarı", "Gizli anahtar kimliği", "Nesne kimliği", "Ortam kimliği"},
		{"Russian", "URL-адрес среды", "Идентификатор каталога (клиента)", "Идентификатор приложения (клиента)", "Секрет клиента", "Идентификатор секрета", "Идентификатор объекта", "Идентификатор среды"},
		{"Korean", "환경 URL", "디렉터리(테넌트) ID", "애플리케이션(클라이언트) ID", "클라이언트 암호 값", "비밀 ID", "개체 ID", "환경 ID"},
		{"Chinese", "环境 URL", "目录(租户) ID", "应用程序(客户端) ID", "客户端密码", "机密 ID", "对象 ID", "环境 ID"},
		{"Taiwanese", "環境 URL", "目錄 (租用戶) 識別碼", "應用程式 (用戶端) 識別碼", "用戶端密碼", "祕密識別碼", "物件識別碼", "環境識別碼"},
	} {
		t.Run(c.name, func(t *testing.T) {
			others := c.objectID + ": " + otherID + "\n" + c.secretID + ": " + otherID + "\n" + c.environmentID + ": " + otherID + "\n"
			wanted := c.client + ": " + languageID + "\n" + c.tenant + ": " + languageTI + "\n" + c.secret + ": " + languageSe + "\n" + c.env + ": " + languageEn + "\n"
			want := values{Env: languageEn, Tenant: languageTI, Client: languageID, Secret: languageSe}
			for _, text := range []string{wanted + others, others + wanted} {
				if d := cmp.Diff(want, understood(paste.Read(text))); d != "" {
					t.Errorf("%s\n-want +got\n%s", text, d)
				}
			}
			if d := cmp.Diff(values{}, understood(paste.Read(others))); d != "" {
				t.Errorf("%s\n-want +got\n%s", others, d)
			}
		})
	}
}

// TestPasteLeavesUnsure reads texts that look like known texts but do not decide.
func TestPasteLeavesUnsure(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       values
	}{
		{"object beside the application", `{"secret": "` + languageSe + `", "id": "` + otherID + `", "appId": "` + languageID + `"}`, values{Client: languageID, Secret: languageSe}},
		{"stages without applications", "Environments:\n- DEV: " + otherID + "\n- PROD: " + languageID, values{}},
		{"objects behind IDs", otherID + " (object id)\n" + languageID + " (secret id)", values{}},
		{"profile of a person", "Index Active Kind Name User Cloud Type Environment Environment Url\n[1] * UNIVERSAL crm anna@adatum.com Public User Adatum " + languageEn + "/", values{Env: languageEn}},
		{"two active profiles", "Index Active Kind Name User Cloud Type Environment Environment Url\n[1] * UNIVERSAL a " + otherID + " Public Application A https://adatum.crm4.dynamics.com/\n[2] * DATAVERSE b " + languageID + " Public Application B " + languageEn + "/", values{Ambiguous: true}},
		{"encrypted parameter", `<SSIS:Parameter SSIS:Name="ClientSecret"><SSIS:Properties><SSIS:Property SSIS:Name="Value" SSIS:Encrypted="1">` + languageSe + `</SSIS:Property></SSIS:Properties></SSIS:Parameter>`, values{}},
		{"ID of a parameter", `<SSIS:Parameter SSIS:Name="ClientId"><SSIS:Properties><SSIS:Property SSIS:Name="ID">{` + otherID + `}</SSIS:Property><SSIS:Property SSIS:Name="Value"></SSIS:Property></SSIS:Properties></SSIS:Parameter>`, values{}},
		{"date of a secret", "Secret (expires 2027-03-01): yes\nClient ID: " + languageID, values{Client: languageID}},
		{"Microsoft's application", "AADSTS700016: Application with identifier '51f81489-12ee-4a9e-aaae-a2591f45987d' was not found in the directory 'Contoso'.", values{}},
		{"domain with a dash at its end", "TID,00000000-.Co ", values{}},
		{"two hosts", `{"a.crm4.dynamics.com": {"appId": "` + otherID + `", "password": "` + languageSe + `"}, "b.crm4.dynamics.com": {"appId": "` + languageID + `", "password": "` + languageSe + `x"}}`, values{Ambiguous: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, understood(paste.Read(c.text))); d != "" {
				t.Errorf("%s\n-want +got\n%s", c.text, d)
			}
		})
	}
}
