// Package text holds texts for users in a form that can be translated.
//
// A text is identified by its template and not by the values in it. It is English
// unless a translation is asked for. Texts of others, such as services and the
// operating system, are never translated.
package text

import (
	"fmt"
	"strings"
)

// Text is something to be read: a template, and how its places are filled. Its
// zero value is empty.
//
// In JSON, and where it is printed, it is its English.
type Text struct {
	template string
	// fill puts the values into the template when it is rendered, or nil.
	fill func(said string, say func(english string) string) string
}

// F makes a text of a template as [fmt.Sprintf] has them. Its literal is how a
// test finds it for the translators, who may reorder: "%[2]s". Values that are
// texts themselves are rendered in the same language.
func F(template string, values ...any) Text {
	if len(values) == 0 {
		return Text{template: template}
	}
	return Text{template, func(said string, say func(string) string) string {
		return fmt.Sprintf(said, spoken(values, say)...)
	}}
}

// Raw returns the text of a service or of the system, or a value: the same in every language.
func Raw(words string) Text {
	return Text{fill: func(string, func(string) string) string { return words }}
}

// New makes a text of one that came as data and has no places: a title. Whoever
// translates finds it where the data is.
func New(template string) Text { return Text{template: template} }

// Join returns the texts with between in between; empty ones are left out.
func Join(between string, texts ...Text) Text {
	return Text{fill: func(_ string, say func(string) string) string {
		var all []string
		for _, t := range texts {
			if text := t.In(say); text != "" {
				all = append(all, text)
			}
		}
		return strings.Join(all, between)
	}}
}

// Fill returns t with fill applied to it in every language; say is nil for
// English. The result is still known by t's template.
func (t Text) Fill(fill func(said string, say func(english string) string) string) Text {
	return Text{t.template, func(said string, say func(string) string) string {
		if t.fill != nil {
			said = t.fill(said, say)
		}
		return fill(said, say)
	}}
}

// Map returns t with change applied to it in every language.
func (t Text) Map(change func(string) string) Text {
	return t.Fill(func(said string, _ func(string) string) string { return change(said) })
}

// MapEnglish returns t with change applied to it in English, and in a language
// that has no translation of it.
func (t Text) MapEnglish(change func(string) string) Text {
	english := t.String()
	return t.Map(func(said string) string {
		if said == english {
			return change(said)
		}
		return said
	})
}

// In returns the text in another language: say returns a template in it, or the template
// itself where there is no translation. nil is English.
func (t Text) In(say func(english string) string) string {
	said := t.template
	if say != nil && said != "" {
		said = say(said)
	}
	if t.fill == nil {
		return said
	}
	return t.fill(said, say)
}

// String returns the text in English.
func (t Text) String() string { return t.In(nil) }

// Empty reports whether t has no text.
func (t Text) Empty() bool { return t.String() == "" }

// Equal reports whether both have the same template and values.
func (t Text) Equal(other Text) bool { return t.String() == other.String() }

// IsZero is Empty, for omitzero in JSON.
func (t Text) IsZero() bool { return t.Empty() }

// MarshalText returns the text in English.
func (t Text) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText takes it for a text that is known by itself.
func (t *Text) UnmarshalText(english []byte) error {
	*t = New(string(english))
	return nil
}

func spoken(values []any, say func(string) string) []any {
	said := make([]any, len(values))
	for i, v := range values {
		if text, ok := v.(Text); ok {
			v = text.In(say)
		}
		said[i] = v
	}
	return said
}
