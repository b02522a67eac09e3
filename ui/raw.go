package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"s2sdoctor/core/exam"
	"s2sdoctor/core/transport"
	"s2sdoctor/ui/look"
	"s2sdoctor/ui/widgets"
	"s2sdoctor/ui/words"
)

// rawAnswers lists every request with its answer, as it came but without its
// secrets.
func rawAnswers(w *Window, r exam.Report) fyne.CanvasObject {
	list := widgets.Column(0, widgets.Caption(words.L("As they came, secrets and tokens taken out.")))
	if w.deps.SaveRecord != nil {
		save := widgets.NewButton(words.L("Save a record…"), widgets.Quiet, w.saveRecord)
		save.Scale = widgets.Compact
		list.Add(widgets.InsetSides(-8, look.Tight, 0, look.Tight, widgets.Flow(look.Small, save)))
	}
	for _, x := range r.Exchanges {
		f := widgets.Disclosure(exchangeTitle(x), func() fyne.CanvasObject { return foldBody(exchange(w, x)) })
		f.Copy = func() string { return exchangeText(x) }
		f.OnCopy = func(text string) {
			w.deps.Copy(text)
			w.say(words.L("Copied the answer."), widgets.Good)
		}
		f.OnToggle = func(bool) { w.answer.relayout() }
		list.Add(f)
	}
	return list
}

// exchangeTitle is "1 · GET login.microsoftonline.com · 200 · 34 ms".
func exchangeTitle(x transport.Exchange) string {
	host := x.URL
	if u, err := url.Parse(x.URL); err == nil && u.Host != "" {
		host = u.Host
	}
	return fmt.Sprintf("%d · %s %s · %s · %d ms", x.Number, x.Method, host, outcome(x), x.Duration/time.Millisecond)
}

func outcome(x transport.Exchange) string {
	if x.Status != 0 {
		return fmt.Sprint(x.Status)
	}
	if x.Failure != nil {
		return string(x.Failure.Kind)
	}
	return words.L("no answer")
}

func exchange(w *Window, x transport.Exchange) fyne.CanvasObject {
	column := widgets.Column(look.Small, widgets.FactLine(w.desk, words.L("Address"), x.URL, true))
	if x.Failure != nil {
		column.Add(widgets.NewText(sentence(words.Said(x.Failure.Prose())), widgets.Style{}))
	}
	if text := headerText(x); text != "" {
		column.Add(widgets.NewQuote(text))
	}
	if x.Body != "" {
		column.Add(widgets.NewQuote(indented(x.Body)))
	}
	whole := widgets.NewCopyButton(w.desk, words.L("Copy answer"), words.F("the answer of request {{.N}}", words.V{"N": x.Number}), func() string { return exchangeText(x) })
	column.Add(widgets.Flow(look.Small, whole.Button))
	return column
}

func headerText(x transport.Exchange) string {
	var names []string
	for name := range x.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	var lines []string
	for _, name := range names {
		lines = append(lines, name+": "+strings.Join(x.Header[name], ", "))
	}
	return strings.Join(lines, "\n")
}

// exchangeText is the whole of it, to copy.
func exchangeText(x transport.Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n%s, %d ms\n", x.Method, x.URL, outcome(x), x.Duration/time.Millisecond)
	if x.Failure != nil {
		b.WriteString(x.Failure.Error() + "\n")
	}
	if text := headerText(x); text != "" {
		b.WriteString(text + "\n")
	}
	if x.Body != "" {
		b.WriteString("\n" + x.Body + "\n")
	}
	return b.String()
}

// indented breaks JSON into lines; everything else stays as it came.
func indented(body string) string {
	var b bytes.Buffer
	if json.Indent(&b, []byte(body), "", "  ") == nil {
		return b.String()
	}
	return body
}
