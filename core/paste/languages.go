package paste

// languages has the portals' labels, and the words that people use for them, in
// languages that the window does not have: Polish, Swedish, Danish, Norwegian, Dutch,
// Italian, Czech, Hungarian, Turkish, Russian, Ukrainian, Finnish, Indonesian, Thai,
// Korean, and Chinese in both scripts.
//
// The Polish names of the two IDs are those of learn.microsoft.com; the rest was not
// checked against the portals. A name that they do not use does no harm.
var languages = []names{
	{environment, exact, `Adres URL środowiska, Adres środowiska, URL środowiska, Miljö-URL, Miljöns URL, URL för miljö, Miljø-URL, Miljøets URL, URL van de omgeving, URL van omgeving, Adres van de omgeving,
		Indirizzo ambiente, Indirizzo dell'ambiente, Adresa URL prostředí, URL prostředí, Adresa prostředí, Ortam URL, Ortam URL'si, Ortam adresi, URL-адрес среды, URL среды, Адрес среды, 환경 주소, 环境地址, 环境网址, 環境網址,
		Környezet URL-címe, Környezet URL-je, URL-адреса середовища, URL середовища, Ympäristön URL-osoite, Ympäristön URL, URL lingkungan, URL สภาพแวดล้อม`},
	{environment, common, `Środowisko, Miljö, Miljø, Omgeving, Prostředí, Ortam, Среда, 환경, 环境, Indirizzo`},
	{tenant, exact, `Identyfikator katalogu (dzierżawy), Identyfikator dzierżawy, Identyfikator katalogu, ID dzierżawy, Katalog-ID (klientorganisation), Katalog-ID, Klientorganisations-ID, Klientorganisation-ID,
		Mappe-id (lejer), Mappe-id, Lejer-id, Katalog-ID (leietaker), Leietaker-ID, Directory-id (tenant), Map-id, ID tenant, ID del tenant, ID adresáře (tenanta), ID adresáře (tenant), ID adresáře (klienta), ID adresáře, ID tenanta,
		Dizin (kiracı) kimliği, Dizin kimliği, Kiracı kimliği, Dizin (kiracı) ID, Kiracı ID, Идентификатор каталога (клиента), Идентификатор каталога (арендатора), Идентификатор каталога, Идентификатор арендатора, ID арендатора,
		디렉터리 ID, 租户 ID, 目录 ID, 目錄 (租用戶) 識別碼, 目錄識別碼, 租用戶識別碼, 租用戶 ID,
		Címtár (bérlő) azonosítója, Címtárazonosító, Bérlő azonosítója, Bérlőazonosító, Ідентифікатор каталогу (клієнта), Ідентифікатор каталогу, Ідентифікатор клієнта каталогу, Hakemiston (vuokraajan) tunnus, Vuokraajan tunnus,
		ID direktori (penyewa), ID direktori, ID penyewa, รหัสไดเรกทอรี (ผู้เช่า), รหัสผู้เช่า, ID ไดเรกทอรี (ผู้เช่า)`},
	{tenant, common, `Dzierżawa, Klientorganisation, Lejer, Leietaker, Kiracı, Арендатор, 테넌트, 租用戶`},
	{client, exact, `Identyfikator aplikacji (klienta), Identyfikator aplikacji, Identyfikator klienta, ID aplikacji (klienta), ID aplikacji, ID klienta, Program-ID (klient), Program-ID, Klient-ID, App-ID (klient), Applikations-ID,
		Toepassing-id, ID applicazione, ID dell'applicazione, ID aplikace (klienta), ID aplikace (klient), ID aplikace, Uygulama (istemci) kimliği, Uygulama kimliği, İstemci kimliği, Uygulama (istemci) ID, İstemci ID,
		Идентификатор приложения (клиента), Идентификатор приложения, ID приложения (клиента), ID приложения, 애플리케이션 ID, 앱 ID, 客户端 ID, 应用程序 ID, 应用 ID, 應用程式 (用戶端) 識別碼, 應用程式識別碼, 用戶端識別碼, 用戶端 ID, 應用程式 ID,
		Alkalmazás (ügyfél) azonosítója, Alkalmazásazonosító, Ügyfél-azonosító, Ügyfélazonosító, Ідентифікатор програми (клієнта), Ідентифікатор програми, Sovelluksen (asiakkaan) tunnus, Sovellustunnus, Asiakastunnus,
		ID aplikasi (klien), ID aplikasi, ID klien, รหัสแอปพลิเคชัน (ไคลเอ็นต์), รหัสแอปพลิเคชัน, ID แอปพลิเคชัน (ไคลเอ็นต์)`},
	{clientSecret, exact, `Clientschlüssel (Wert), Asiakassalasana, Ügyféltitok, Μυστικός κωδικός πελάτη, Secretul clientului, Wpis tajny klienta, Wpis tajny klienta (wartość), Wartość wpisu tajnego klienta, Klucz tajny klienta, Klucz tajny klienta (wartość), Klienthemlighet, Klienthemlighet (värde), Klienthemlighetens värde, Klienthemmelighed,
		Klienthemmelighed (værdi), Klienthemmelighet, Klienthemmelighet (verdi), Waarde van clientgeheim, Waarde van het clientgeheim, Valore segreto client, Tajný klíč klienta, Tajný klíč klienta (hodnota), Tajný kód klienta,
		Tajný kód klienta (hodnota), Hodnota tajného klíče klienta, Hodnota tajného kódu klienta, İstemci gizli anahtarı, İstemci gizli anahtarı (değer), İstemci gizli dizisi, İstemci gizli dizisi (değer), İstemci gizli anahtarı değeri,
		İstemci gizli dizisi değeri, İstemci parolası, Секрет клиента, Секрет клиента (значение), Значение секрета клиента, 클라이언트 암호 값, 클라이언트 비밀 값, 클라이언트 암호(값), 클라이언트 비밀(값), 클라이언트 시크릿,
		客户端密码(值), 客户端密码值, 客户端机密, 客户端机密(值), 客户端机密值, 客户端密钥, 用戶端密碼, 用戶端密碼 (值), 用戶端密碼值, 用戶端祕密, 用戶端秘密,
		Titkos ügyfélkód, Titkos ügyfélkód (érték), Titkos ügyfélkód értéke, Titkos ügyfélkulcs, Секрет клієнта, Секрет клієнта (значення), Значення секрету клієнта, Asiakkaan salasana (arvo), Asiakassalaisuus,
		Rahasia klien, Rahasia klien (nilai), Nilai rahasia klien, ข้อมูลลับไคลเอ็นต์, ข้อมูลลับไคลเอ็นต์ (ค่า), ค่าข้อมูลลับไคลเอ็นต์`},
	{clientSecret, likely, `Wartość wpisu tajnego, Wartość klucza tajnego, Hemlighetens värde, Hemligt värde, Valore segreto, Hodnota tajného klíče, Hodnota tajného kódu, Gizli dizi değeri, Gizli anahtar değeri, Значение секрета, 비밀 값, 암호 값, 机密值, 祕密值`},
	{clientSecret, common, `Wpis tajny, Klucz tajny, Hemlighet, Hemmelighed, Hemmelighet, Tajný klíč, Tajný kód, Gizli anahtar, Gizli dizi, Секрет, 비밀, 机密`},
	{valueOf, exact, `Wartość, Värde, Værdi, Verdi, Hodnota, Değer, Значение`},
	{userName, exact, `Nazwa użytkownika, Användarnamn, Brugernavn, Brukernavn, Gebruikersnaam, Nome utente, Uživatelské jméno, Kullanıcı adı, Имя пользователя, 사용자 이름, 用户名, 使用者名稱`},
	{password, exact, `Hasło, Lösenord, Adgangskode, Passord, Wachtwoord, Heslo, Parola, Пароль, 비밀번호`},
	{other, exact, `Identyfikator wpisu tajnego, Identyfikator klucza tajnego, Identyfikator obiektu, Identyfikator środowiska, Identyfikator subskrypcji, ID obiektu, Nazwa wyświetlana, Opis, Wygasa, Hemligt ID, Hemlighets-ID, Miljö-ID,
		Prenumerations-ID, Visningsnamn, Beskrivning, Upphör, Objekt-id, Hemmeligheds-id, Miljø-id, Abonnement-id, Beskrivelse, Geheime id, Omgevings-id, Beschrijving, ID ambiente, ID tajného kódu, ID tajného klíče, ID objektu, ID prostředí,
		ID předplatného, Zobrazovaný název, Popis, Gizli dizi kimliği, Gizli anahtar kimliği, Nesne kimliği, Ortam kimliği, Abonelik kimliği, Görünen ad, Açıklama, Идентификатор секрета, Идентификатор объекта, Идентификатор среды,
		Идентификатор подписки, Отображаемое имя, Описание, 비밀 ID, 암호 ID, 개체 ID, 환경 ID, 구독 ID, 표시 이름, 설명, 机密 ID, 密码 ID, 环境 ID, 订阅 ID, 显示名称, 说明, 祕密識別碼, 物件識別碼, 環境識別碼, 訂用帳戶識別碼, 顯示名稱,
		Titkos kód azonosítója, Titkos azonosító, Objektumazonosító, Környezetazonosító, Előfizetés-azonosító, Megjelenítendő név, Ідентифікатор секрету, Ідентифікатор об'єкта, Ідентифікатор середовища, Ідентифікатор підписки,
		Salaisuuden tunnus, Objektin tunnus, Ympäristön tunnus, Tilauksen tunnus, ID rahasia, ID objek, ID lingkungan, ID langganan`},
}
