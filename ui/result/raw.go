package result

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/s2sdoctor/s2sdoctor/core/exam"
	"github.com/s2sdoctor/s2sdoctor/core/transport"
	"github.com/s2sdoctor/s2sdoctor/ui/finding"
	"github.com/s2sdoctor/s2sdoctor/ui/i18n"
	"github.com/s2sdoctor/s2sdoctor/ui/kit"
	"github.com/s2sdoctor/s2sdoctor/ui/layout"
	"github.com/s2sdoctor/s2sdoctor/ui/theme"
)

// rawAnswers lists every request with its answer, as it came but without its
// secrets.
func rawAnswers(s *Screen, r exam.Report) fyne.CanvasObject {
	list := layout.Column(0, kit.Caption(i18n.L("As they came, secrets and tokens taken out.")))
	if s.env.SavesRecords {
		save := kit.NewButton(i18n.L("Save a record…"), kit.Quiet, s.commands.Record)
		save.Scale = kit.Compact
		list.Add(layout.InsetSides(-8, theme.Tight, 0, theme.Tight, layout.Flow(theme.Small, save)))
	}
	for _, x := range r.Exchanges {
		f := kit.NewTextDisclosure(exchangeTitle(x), func() fyne.CanvasObject { return finding.FoldBody(exchange(s, x)) })
		f.Copy = func() string { return exchangeText(x) }
		f.OnCopy = func(text string) {
			s.env.Copy(text)
			s.env.Tell(i18n.L("Copied the answer."), kit.Good)
		}
		f.OnToggle = func(bool) { s.relayout() }
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
	if x.Err != nil {
		return string(x.Err.Kind)
	}
	return i18n.L("no answer")
}

func exchange(s *Screen, x transport.Exchange) fyne.CanvasObject {
	column := layout.Column(theme.Small, kit.FactLine(s.env.Env, i18n.L("Address"), x.URL, true))
	if x.Err != nil {
		column.Add(kit.NewText(sentence(i18n.Text(x.Err.Message())), kit.Style{}))
	}
	if text := headerText(x); text != "" {
		column.Add(kit.NewCodeBlock(text))
	}
	if x.Body != "" {
		column.Add(kit.NewCodeBlock(indented(x.Body)))
	}
	whole := kit.NewCopyButton(s.env.Env, i18n.L("Copy answer"), i18n.F("the answer of request {{.N}}", i18n.V{"N": x.Number}), func() string { return exchangeText(x) })
	column.Add(layout.Flow(theme.Small, whole.Button))
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
	if x.Err != nil {
		b.WriteString(x.Err.Error() + "\n")
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
