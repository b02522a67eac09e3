package paste

import "strings"

// noun is what a word of a label is of.
type noun int

const (
	idNoun noun = iota + 1
	applicationNoun
	clientNoun
	directoryNoun
	tenantNoun
	objectNoun
	secretNoun
	// fillerNoun is a word next to the others that changes nothing: value, key, code.
	fillerNoun
)

// nouns are the beginnings of the words of which the portals' labels are made, in
// languages that inflect them: a label is understood where all of its words are known.
// Folded, as splitWords returns them.
//
// Sources: the articles on registering an application in learn.microsoft.com's Finnish,
// Hungarian, Indonesian and Arabic; the others were not checked.
var nouns = map[noun]string{ // #nosec G101 -- words, no secret
	idNoun: `id tunnus tunniste azonosito αναγνωριστικ identificator ідентифікатор идентификатор معرف מזהה identifika kimligi`,
	applicationNoun: `application aplikac aplikasi sovellu alkalmazas εφαρμογ aplicati програм застосун приложени التطبيق تطبيق יישום היישום אפליקצי האפליקצי
		rakendus taikomo lietotn lietojum program uygulama`,
	clientNoun:    `client klient klien asiakas asiakkaan asiakasohjelma ugyfel πελατ клієнт клиент العميل عميل לקוח הלקוח klijent odjemal istemci`,
	directoryNoun: `directory direktori hakemisto cimtar καταλογ director каталог الدليل دليل ספרי הספרי kataloog katalog adresar mappe dizin`,
	tenantNoun: `tenant vuokraaj berlo μισθωτ gazduit chirias орендар наемател المستاجر مستاجر דייר הדייר penyewa rentnik nuomotoj nomniek najemnik najomc lejer leier leietaker
		klientorganisation kiraci`,
	objectNoun: `objekt object objek obiect αντικειμεν объект обект єкт الكائن كائن אובייקט האובייקט nesne`,
	secretNoun: `salaisuu salainen salaise titkos ugyfeltitok asiakassalaisuu μυστικ секрет таен таина سر السر סוד הסוד rahasia saladus paslapt noslepum tajn skrivnost`,
	fillerNoun: `arvo ertek τιμη valoare valoarea значення стоиност قيمة ערך nilai vaartus verte vrijednost vrednost koodi kod kodja kulcs kluc kljuc avain kode kunci κλειδι`,
}

// nounOf maps the beginnings of words to what they are of; the longest one counts.
var nounOf = func() map[string]noun {
	all := map[string]noun{}
	for n, list := range nouns {
		for stem := range strings.FieldsSeq(list) {
			all[stem] = n
		}
	}
	return all
}()

// shortestStem is the length in bytes below which a word must be the noun itself.
const shortestStem = 5

func kindOfNoun(word string) noun {
	for n := len(word); n > 1; n-- {
		if found, ok := nounOf[word[:n]]; ok && (n == len(word) || n >= shortestStem) {
			return found
		}
	}
	return 0
}

// mostNouns is how many words such a label has.
const mostNouns = 6

// byNouns returns the meaning of a label that consists of known nouns.
func byNouns(list []word) (meaning, bool) {
	if len(list) < 2 || len(list) > mostNouns {
		return meaning{}, false
	}
	seen := map[noun]bool{}
	for _, w := range list {
		n := kindOfNoun(w.text)
		if n == 0 {
			return meaning{}, false
		}
		seen[n] = true
	}
	m := meaning{rank: exact, start: list[0].start, whole: true}
	switch {
	case seen[objectNoun] && seen[idNoun], seen[secretNoun] && seen[idNoun]:
		m.field = other
	case seen[secretNoun]:
		m.field = clientSecret
	case !seen[idNoun]:
		return meaning{}, false
	case seen[directoryNoun] || seen[tenantNoun]:
		m.field = tenant
	case seen[applicationNoun] || seen[clientNoun]:
		m.field = client
	default:
		return meaning{}, false
	}
	return m, true
}
