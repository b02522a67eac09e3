package sandboxbar

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/s2sdoctor/s2sdoctor/core/session"
	"github.com/s2sdoctor/s2sdoctor/core/text"
)

// played records the commands of the bar.
type played struct {
	draw func(session.State)
	asks []string
}

func (p *played) Observe(observer func(session.State)) { p.draw = observer; observer(session.State{}) }
func (p *played) PlayScenario(name string)             { p.asks = append(p.asks, name) }
func (p *played) LeaveSandbox()                        { p.asks = append(p.asks, "leave") }

// TestMenuListsScenarios guards that each group has its own menu, that the active
// scenario is ticked, and that another scenario can be chosen.
func TestMenuListsScenarios(t *testing.T) {
	test.NewTempApp(t)
	p := &played{}
	changes := 0
	b := New(p, 1360, func(f func()) { f() }, func() { changes++ })
	if b.Object.Visible() {
		t.Error("it is shown outside the sandbox")
	}
	scenarios := []session.Scenario{
		{Name: "healthy", Title: text.Raw("Healthy"), Lesson: text.Raw("It works.")},
		{Name: "secret-wrong", Title: text.Raw("Wrong secret"), Lesson: text.Raw("Entra does not say which character."), Group: text.Raw("Secret")},
		{Name: "secret-expired", Title: text.Raw("Expired secret"), Group: text.Raw("Secret")},
	}
	p.draw(session.State{Sandbox: session.Sandbox{Active: true, Scenario: scenarios[1], Scenarios: scenarios}})
	if !b.Object.Visible() || b.Note.Text() != "Entra does not say which character." || b.scenario.Name != "Scenario: Wrong secret" || changes != 1 {
		t.Errorf("shown %v, teaches %q, called %q, changed %d times", b.Object.Visible(), b.Note.Text(), b.scenario.Name, changes)
	}
	menu := b.menu()
	if len(menu.Items) != 2 || menu.Items[0].Checked || menu.Items[1].Label != "Secret" || len(menu.Items[1].ChildMenu.Items) != 2 || !menu.Items[1].ChildMenu.Items[0].Checked {
		t.Fatalf("the menu is %+v", menu.Items)
	}
	menu.Items[0].Action()
	p.draw(session.State{Sandbox: session.Sandbox{Scenarios: scenarios}})
	if len(p.asks) != 1 || p.asks[0] != "healthy" || b.Object.Visible() || b.Note.Text() != "" {
		t.Errorf("asked for %v, shown %v", p.asks, b.Object.Visible())
	}
}
