package paste

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// node is one value of JSON, YAML or XML with its members in the order of the text.
type node struct {
	name    string
	text    string
	quoted  bool
	list    bool
	members []node
	// block is true for YAML with a style or tag of its own.
	block bool
	// quotedNames is true for JSON in which a name has quotes.
	quotedNames bool
}

// walker turns a tree into pairs.
type walker struct {
	source text.Text
	pairs  []pair
	// encoded is true inside a Kubernetes secret: its data is base64.
	encoded bool
	reader  *reader
}

// namesOf and valuesOf are the members of an entry such as {"name": …, "value": …}, in
// squeezed words.
var (
	namesOf = []string{"key", "name", "variable", "id"}
	// otherNames are further names of names, in entries only.
	otherNames = []string{"schemaname", "settingname", "parametername", "propertyname", "field", "label", "title"}
	valuesOf   = []string{"value", "connectionstring", "defaultvalue", "default", "val"}
)

func (n node) member(names ...string) (node, bool) {
	for _, name := range names {
		for _, m := range n.members {
			if strings.EqualFold(m.name, name) {
				return m, true
			}
		}
	}
	return node{}, false
}

// is reports whether a member has this text.
func (n node) is(name, text string) bool {
	m, ok := n.member(name)
	return ok && strings.EqualFold(m.text, text)
}

func (w *walker) walk(n node, scope []string, depth int) {
	if depth > deepest || len(w.pairs) > mostPairs {
		return
	}
	if n.is("enabled", "false") || n.is("disabled", "true") {
		return
	}
	if n.is("kind", "Secret") {
		w.encoded = true
		defer func() { w.encoded = false }()
	}
	if n.list {
		w.walkList(n, scope, depth)
		return
	}
	if len(n.members) == 0 {
		w.leaf(n, scope)
		return
	}
	if named, ok := n.parameter(); ok {
		if named.name != "" {
			w.add(scope, named.name, named)
		}
		return
	}
	if id, ok := n.servicePrincipal(); ok {
		w.add(scope, "app id", id)
		return
	}
	skip := w.entry(n, scope)
	if a, b, ok := n.couple(); ok {
		w.add(scope, a.text, b)
		return
	}
	if n.alternates() {
		n.members = merged(n.members)
	}
	n.nameID()
	inner := scope
	if n.name != "" {
		inner = append(append([]string{}, scope...), n.name)
		w.host(n, inner)
	}
	for _, m := range n.members {
		if slices.Contains(skip, m.name) && (len(m.members) == 0 || m.name != "value") {
			continue
		}
		w.walk(m, inner, depth+1)
	}
}

// host takes the name of an object that is the host of an environment.
func (w *walker) host(n node, scope []string) {
	if !strings.Contains(n.name, ".") {
		return
	}
	if _, v := judgeEnvironment(n.name); v == usable {
		w.pairs = append(w.pairs, pair{scope: scope, name: n.name, value: value{text: n.name, literal: true}, means: environment, rank: common, source: w.source})
	}
}

// couple returns the two leaves of an element that holds a name and its value, as Java
// writes maps and parameters: <param-name>, <param-value>; <string>, <string>.
func (n node) couple() (name, value node, ok bool) {
	if n.list || len(n.members) != 2 || len(n.members[0].members)+len(n.members[1].members) > 0 {
		return node{}, node{}, false
	}
	name, value = n.members[0], n.members[1]
	ok = name.name == value.name || strings.HasSuffix(name.name, "-name") && strings.HasSuffix(value.name, "-value")
	return name, value, ok && name.name != "" && meaningOf(name.text).field != unknown
}

// alternates reports whether names and their values follow each other in one element, as
// property lists have them: <key>, <string>, <key>, <string>.
func (n node) alternates() bool {
	if n.list || len(n.members) < 4 || len(n.members)%2 > 0 {
		return false
	}
	known := false
	for i, m := range n.members {
		if (m.name == n.members[0].name) != (i%2 == 0) || i%2 == 0 && (m.text == "" || len(m.members) > 0) {
			return false
		}
		known = known || i%2 == 0 && meaningOf(m.text).field != unknown
	}
	return known
}

// merged adds to the values the names before them.
func merged(members []node) []node {
	var list []node
	for i := 1; i < len(members); i += 2 {
		v := members[i]
		v.name = members[i-1].text
		list = append(list, v)
	}
	return list
}

// nameID calls an ID what it is where a secret is next to it: the application's,
// unless that has a name of its own.
func (n *node) nameID() {
	if !slices.ContainsFunc(n.members, func(m node) bool { return meaningOf(m.name).field == clientSecret && m.text != "" }) {
		return
	}
	if slices.ContainsFunc(n.members, func(m node) bool { return meaningOf(m.name).field == client && guid.Is(m.text) }) {
		return
	}
	n.members = slices.Clone(n.members)
	for i := range n.members {
		if strings.EqualFold(n.members[i].name, "id") {
			n.members[i].name = "app id"
		}
	}
}

// entry takes {"name": …, "value": …} and {"clientId": {"value": …}}; it returns the
// names of the members that it has used.
func (w *walker) entry(n node, scope []string) []string {
	v, ok := n.member(valuesOf...)
	if inner, has := v.member("value"); ok && has && len(inner.members) == 0 && v.name != "value" {
		inner.name, v = v.name, inner // <Value Profile="…">…</Value>
	}
	if !ok || len(v.members) > 0 {
		return nil
	}
	name, used := n.name, []string{v.name}
	key, ok := n.member(namesOf...)
	if !ok || meaningOf(key.text).field == unknown {
		if other, has := n.member(otherNames...); has {
			key, ok = other, true
		}
	}
	if ok && key.text != "" && len(key.members) == 0 && meaningOf(key.text).field != unknown {
		name = key.text
		used = append(used, key.name)
	} else if strings.EqualFold(v.name, "connectionString") {
		name = v.name
	}
	// A list of secrets, as "m365 entra app add" prints it; what has a name of its own is
	// something else.
	if _, named := n.member(namesOf...); !named && n.name == "" && len(scope) > 0 && secretLists[plainName(withoutNumber(scope))] && isStrong(v.text) {
		name = "client secret"
	}
	// A secret and its ID next to each other: the value is the secret's.
	if _, beside := n.member("keyId", "key_id", "secretId", "secret_id"); beside && meaningOf(name).field == unknown {
		name = "client secret"
	}
	if meaningOf(name).field == unknown && !strings.EqualFold(name, "connectionString") {
		if len(v.text) > 0 {
			w.inside(v, append(append([]string{}, scope...), name))
		}
		return nil
	}
	w.add(scope, name, v)
	return used
}

// secretLists are the names of lists of an application's secrets.
var secretLists = words(`secrets clientsecrets passwords passwordcredentials credentials appsecrets`)

// withoutNumber returns the name of the list that an object is in.
func withoutNumber(scope []string) string {
	last := len(scope) - 1
	if last > 0 && strings.Contains(scope[last], "#") {
		last--
	}
	return scope[last]
}

// servicePrincipal returns the ID of the application that is signed in, as "az account
// show" writes it: {"name": …, "type": "servicePrincipal"}.
func (n node) servicePrincipal() (node, bool) {
	kind, ok := n.member("type")
	if !ok || plainName(kind.text) != "serviceprincipal" {
		return node{}, false
	}
	id, ok := n.member("name")
	return id, ok && guid.Is(id.text)
}

// walkList reads a list: of arguments, of NAME=value, or of anything. Its objects are
// distinguished where there are several.
func (w *walker) walkList(n node, scope []string, depth int) {
	if n.name != "" {
		scope = append(append([]string{}, scope...), n.name)
	}
	var words []string
	objects, entries := 0, 0
	for _, m := range n.members {
		switch {
		case len(m.members) == 0 && !m.list:
			words = append(words, m.text)
		default:
			objects++
			if _, ok := m.member(valuesOf...); ok {
				entries++
			}
		}
	}
	if objects == 0 && len(scope) > 0 && listOfIDs.MatchString(strings.Join(words, ",")) {
		w.add(scope[:len(scope)-1], n.name, node{text: strings.Join(words, ","), quoted: true})
		return
	}
	if len(words) > 0 && objects == 0 {
		found := w.reader.arguments(words, scope, w.source)
		for i := range words {
			if len(found) == 0 {
				w.addresses(words[i], scope[:max(0, len(scope)-1)])
			}
		}
		w.pairs = append(w.pairs, found...)
		return
	}
	number := 0
	for _, word := range words {
		w.addresses(word, scope)
	}
	for _, m := range n.members {
		inner := scope
		if objects > 1 && entries == 0 {
			number++
			label := "#" + strconv.Itoa(number)
			if name, ok := m.member(namesOf...); ok && name.text != "" && len(name.text) < 40 {
				label = name.text + label
			}
			inner = append(append([]string{}, scope...), label)
		}
		w.walk(m, inner, depth+1)
	}
}

func (w *walker) leaf(n node, scope []string) {
	if n.text == "" || n.name == "" {
		return
	}
	if p, ok := stagePair(n.name, n.text, scope); ok {
		p.value.literal, p.source = true, w.source
		w.pairs = append(w.pairs, p)
		return
	}
	w.add(scope, n.name, n)
}

// remarkNames are the members in which people write what has no member of its own.
var remarkNames = words(`notes note notestext comment comments remark remarks bemerkung bemerkungen notizen notas`)

func (w *walker) add(scope []string, name string, v node) {
	m := meaningOf(name)
	if m.field == unknown || remarkNames[plainName(name)] || m.field == valueOf || m.field == nameOf || m.field != clientSecret && strings.ContainsAny(v.text, "\n;&={") {
		if w.inside(v, append(append([]string{}, scope...), name)) {
			return
		}
	}
	w.addresses(v.text, scope)
	text := v.text
	if len(scope) > 0 && strings.EqualFold(scope[len(scope)-1], "data") {
		if decoded, ok := decodeBase64(text); ok && (w.encoded || isPrintable(decoded)) {
			text = decoded
		}
	}
	p := pair{scope: scope, name: name, value: value{text: text, literal: v.quoted}, source: w.source}
	if m.field == valueOf && len(scope) > 0 {
		p.name, p.scope = scope[len(scope)-1], scope[:len(scope)-1]
	}
	w.pairs = append(w.pairs, p)
}

// addresses takes what the addresses in a value are of.
func (w *walker) addresses(text string, scope []string) {
	if !strings.Contains(text, "://") {
		return
	}
	var found reader
	found.addresses(text, 0, 0)
	for _, p := range found.pairs {
		p.scope = scope
		w.pairs = append(w.pairs, p)
	}
}

// inside reads a text that is a value, such as a connection string, a script,
// or JSON in a string.
func (w *walker) inside(v node, scope []string) bool {
	if len(v.text) < 12 || w.reader.depth >= 3 {
		return false
	}
	inner := reader{depth: w.reader.depth + 1}
	found := inner.read(v.text)
	useful := 0
	for i := range found {
		found[i].scope = append(append([]string{}, scope...), found[i].scope...)
		if found[i].means != unknown || meaningOf(found[i].name).field != unknown {
			useful++
		}
	}
	if useful == 0 {
		return false
	}
	w.pairs = append(w.pairs, found...)
	return true
}

func decodeBase64(text string) (string, bool) {
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(decoded) == 0 || !utf8.Valid(decoded) {
		return "", false
	}
	return strings.TrimRight(string(decoded), "\r\n"), true
}

func isPrintable(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}
