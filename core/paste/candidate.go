package paste

import (
	"slices"
	"strings"

	"github.com/s2sdoctor/s2sdoctor/core/certificate"
	"github.com/s2sdoctor/s2sdoctor/core/connection"
	"github.com/s2sdoctor/s2sdoctor/core/guid"
	"github.com/s2sdoctor/s2sdoctor/core/lazyregexp"
	"github.com/s2sdoctor/s2sdoctor/core/plain"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// candidate is a usable value of a field, with the evidence for its application.
type candidate struct {
	field  field
	text   string
	rank   int
	scope  []string
	owner  string
	record int
	// paragraph is negative for what a connection string, a body or a call holds together.
	paragraph, line, order int
	source                 text.Text
	// foreign is true where another service's name precedes it, dataverse where
	// Dataverse's does.
	foreign, dataverse bool
	// stale is true where a remark behind it calls it expired, fresh where its name calls it
	// new.
	stale, fresh bool
	// userID is true for an ID that is called a user's: only a password next to it makes an
	// application of it.
	userID, command bool
	name            string
	title           string
}

// named reports whether the name ends with these words.
func (c candidate) named(name string) bool {
	return strings.HasSuffix(plainName(c.name), plainName(name))
}

// leftOut is a value that was named and not taken.
type leftOut struct {
	field   field
	verdict verdict
	source  text.Text
	rank    int
	// key is where it is, text what is there instead of a value.
	key, text string
}

// foundValues is everything that a text holds.
type foundValues struct {
	all []candidate
	out []leftOut
	// titles are the names of connections in the text.
	titles []caption
	// bare are IDs that are called nothing else.
	bare []candidate
	// person is true where a user's name and password are.
	person bool
	// password is true where a password was left out.
	password bool
	// sample is true where the application is Microsoft's own.
	sample bool
	// encrypted is true where a secret is encrypted.
	encrypted bool
	// thumbprint is where a certificate is named by its thumbprint.
	thumbprint []text.Text
	// managed is true where a managed identity is switched on.
	managed bool
	// issuer is the identity provider that a switch selects instead of a secret, or "".
	issuer connection.Issuer
}

// isOn reports whether the value of a switch is on.
func isOn(value string) bool {
	switch strings.ToLower(plain.Unwrap(plain.Trim(value))) {
	case "true", "1", "yes", "on", "$true":
		return true
	}
	return false
}

// issuerOf returns whose token a switch is about.
func issuerOf(name string) connection.Issuer {
	switch squeezed := plain.Squeeze(name); {
	case strings.Contains(squeezed, "github"):
		return connection.GitHub
	case strings.Contains(squeezed, "devops"):
		return connection.AzureDevOps
	}
	return connection.AnyIssuer
}

// sampleApplications are IDs of Microsoft's own applications, which cannot be used for S2S.
//
// Sources: learn.microsoft.com/power-apps/developer/data-platform (sample code),
// learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in.
var sampleApplications = words(`51f81489-12ee-4a9e-aaae-a2591f45987d 2ad88395-b77d-4561-9441-d0e40824f9bc 04b07795-8ddb-461a-bbee-02f9e1bf7b46 1950a258-227b-4e31-a9cf-717495945fc2
	9cee029c-6210-4654-90bb-17e6e9d36617 14d82eec-204b-4c2f-b7e8-296a70dab67e 1b730954-1685-4b74-9bfd-dac224a7b894 872cd9fa-d31f-45e0-9eab-6e460a02d1f1 aebc6443-996d-45c2-90f0-388ff96faa56
	a672d62c-fc7b-4e81-a576-e60dc46e951d d3590ed6-52b3-4102-aeff-aad2292ab01c 475226c6-020e-4fb2-8a90-7a972cbfc1d4 a8f7a65c-f5ba-4859-b2d6-df772c264e9d 4e291c71-d680-4d0e-9640-0a3358e31177
	3e62f81e-590b-425b-9531-cad6683656cf 7df0a125-d3be-4c96-aa54-591f83ff541c 00000001-0000-0000-c000-000000000000 00000002-0000-0000-c000-000000000000 00000003-0000-0000-c000-000000000000
	00000007-0000-0000-c000-000000000000 00000003-0000-0ff1-ce00-000000000000 00000002-0000-0ff1-ce00-000000000000 797f4846-ba00-4fd7-ba43-dac1f8f63013 1fec8e78-bce4-4aaf-ab1b-5451cc387264
	00000015-0000-0000-c000-000000000000 996def3d-b36c-4153-8607-a6fd3c01b89f c44b4083-3bb0-49c1-b47d-974e53cbdf3c 29d9ed98-a469-4536-ade2-f981bc1d605e`)

// sift judges the values of pairs.
func sift(pairs []pair) foundValues {
	var f foundValues
	elsewhere := otherOwners(pairs)
	for order, p := range pairs {
		m := p.inPlace()
		if p.means == unknown && titles[plainName(p.name)] && isTitle(p.value.text) {
			f.titles = append(f.titles, caption{p.scope, p.line, p.value.text})
		}
		if m.field == unknown || m.field == other || m.field == bareID && (!m.whole || !isDataverse(m.owner)) || has(m.owner, superseded) || scopeHas(p.scope, superseded) {
			continue
		}
		if elsewhere[key(p.scope, m.owner)] {
			continue
		}
		if (m.field == clientSecret || m.field == password) && (has(m.owner, sealed) || scopeHas(p.scope, sealed)) {
			m.field = encrypted
		}
		c := candidate{
			field: m.field, rank: m.rank, name: p.name, title: p.title, command: p.command, scope: p.scope, owner: m.owner, record: p.record, paragraph: p.paragraph, line: p.line, order: order, source: p.source,
			foreign:   has(m.owner, foreigners) || scopeHas(p.scope, foreigners),
			dataverse: has(m.owner, dataverses) || scopeHas(p.scope, dataverses),
		}
		c.fresh = slices.ContainsFunc(splitWords(p.name), func(w word) bool { return current[w.text] })
		f.take(c, p.value)
	}
	return f
}

func (f *foundValues) take(c candidate, v value) {
	switch c.field {
	case thumbprint:
		if v.text != "" {
			f.thumbprint = append(f.thumbprint, c.source)
		}
		if certificate.ParseThumbprint(v.text) == "" {
			return
		}
	case managed:
		f.managed = f.managed || isOn(v.text)
		return
	case federated:
		if isOn(v.text) && f.issuer == "" {
			f.issuer = issuerOf(c.name)
		}
		return
	case encrypted:
		f.encrypted = f.encrypted || v.text != ""
		return
	case userName:
		id, verdict := judgeID(v.text)
		if verdict != usable {
			f.person = f.person || strings.Trim(v.text, "0123456789 ") != "" && verdict == unfit && !isExpression(v.text)
			return
		}
		c.field, c.rank, v.text = client, generic, id
		c.userID = c.named("user id")
	case nameOf, valueOf:
		return
	}
	if c.field == client && listOfIDs.MatchString(v.text) {
		c.record = c.line + 1 // no other is nearer to what follows
		for _, id := range idInside.FindAllString(v.text, -1) {
			f.take(c, value{text: id, literal: true})
		}
		return
	}
	if c.field == environment && c.rank > vague && !v.literal {
		if list := listOfEnvironments(v.text); len(list) > 1 {
			for _, address := range list {
				f.take(c, value{text: address, literal: true})
			}
			return
		}
	}
	bare := c.field == bareID
	if bare {
		c.field = client
	}
	text, verdict := judge(c.field, v)
	if c.field == tenant && c.rank == vague && (c.owner != "" || !initialDomain.MatchString(text)) {
		return // the domain of anything
	}
	if c.field == authority {
		c.field = tenant
		if verdict != usable {
			return // an address of every tenant
		}
	}
	if verdict != usable {
		if verdict != nothing && !bare {
			f.out = append(f.out, leftOut{c.field, verdict, c.source, c.rank, key(c.scope, c.owner), v.text})
		}
		return
	}
	if c.field == client && sampleApplications[text] {
		f.sample = true
		return
	}
	c.text = text
	if !v.literal {
		c.stale = isObsolete(behind(v.text, text))
	}
	if bare {
		f.bare = append(f.bare, c)
		return
	}
	f.all = append(f.all, c)
}

// initialDomain is a domain that only a tenant has.
var initialDomain = lazyregexp.New(`(?i)\.(?:onmicrosoft\.(?:com|us|de)|partner\.onmschina\.cn)$`)

// behind returns what follows a value, however it is written there.
func behind(text, value string) string {
	value = strings.TrimPrefix(value, "https://")
	if at := strings.Index(strings.ToLower(text), strings.ToLower(value)); at >= 0 {
		return text[at+len(value):]
	}
	return ""
}

// otherOwners returns the owners with a client ID that is no GUID: their other values
// belong to another kind of application.
func otherOwners(pairs []pair) map[string]bool {
	all := map[string]bool{}
	for _, p := range pairs {
		m := p.meaning()
		if m.field != client || m.rank < exact || m.owner == "" && len(p.scope) == 0 || p.value.text == "" {
			continue
		}
		id := strings.Trim(p.value.text, `"' `)
		if objectPath.MatchString(id) {
			continue // where an application lies, which is no ID of it
		}
		if !guid.Is(id) && !strings.ContainsAny(id, " $<>{}()[]%@#") && len(id) > 6 && len(id) < 100 && !isExpression(id) && strings.ContainsAny(id, "0123456789") {
			if _, v := judgeID(id); v == unfit {
				all[key(p.scope, m.owner)] = true
			}
		}
	}
	return all
}

// isDataverse reports whether an owner is Dataverse, or not named.
func isDataverse(owner string) bool {
	for w := range strings.FieldsSeq(owner) {
		if !dataverses[w] {
			return false
		}
	}
	return true
}

func key(scope []string, owner string) string { return strings.Join(scope, "\x00") + "\x01" + owner }

func scopeHas(scope []string, set map[string]bool) bool {
	for _, s := range scope {
		for _, w := range splitWords(s) {
			if set[w.text] {
				return true
			}
		}
	}
	return false
}
