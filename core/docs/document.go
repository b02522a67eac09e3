package docs

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// document is one Markdown file.
type document struct {
	name   string // without folder and ending
	source []byte
}

// page is the name of its file.
func (d document) page() string { return d.name + ".html" }

func (d document) rank() int {
	if i := slices.Index(order, d.name); i >= 0 {
		return i
	}
	return len(order)
}

// title is its first heading.
func (d document) title() string {
	for line := range strings.Lines(string(d.source)) {
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			return strings.TrimSpace(heading)
		}
	}
	return d.name
}

// html renders it, with its links leading to pages.
func (d document) html() ([]byte, error) {
	// The anchors of the troubleshooting page are HTML: the documents are our own.
	markdown := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(html.WithUnsafe()))
	tree := markdown.Parser().Parse(text.NewReader(d.source))
	if err := adapt(tree); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err := markdown.Renderer().Render(&out, d.source, tree)
	return out.Bytes(), err
}

// adapt leads links to the pages and leaves pictures out, but for what they show.
func adapt(tree ast.Node) error {
	var pictures []*ast.Image
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			if entering {
				n.Destination = []byte(lead(string(n.Destination)))
			}
		case *ast.Image:
			if entering {
				pictures = append(pictures, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, p := range pictures {
		p.Parent().SetAttributeString("class", []byte("picture"))
		for p.FirstChild() != nil {
			p.Parent().InsertBefore(p.Parent(), p, p.FirstChild())
		}
		p.Parent().RemoveChild(p.Parent(), p)
	}
	return err
}

// lead is where a link of a document leads among the pages.
func lead(target string) string {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || path.Ext(u.Path) != ".md" {
		return target
	}
	u.Path = strings.TrimSuffix(path.Base(u.Path), ".md") + ".html"
	return u.String()
}
