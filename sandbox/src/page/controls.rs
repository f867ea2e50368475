//! Builds the controls of a form as HTML, each with its label, the text that was typed, and the error if there is one. The control with
//! an error has the focus and refers to the message. The module `view` chooses the controls of each form.

use maud::{Markup, html};

use super::{Filled, Said};

/// A form, with the values to show in it initially.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'a> {
    name: &'static str,
    filled: Option<&'a Filled>,
}

/// A single-line text field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line<'a> {
    pub(super) name: &'static str,
    pub(super) label: &'a str,
    /// The initial value, unless a value was typed.
    pub(super) value: &'a str,
    pub(super) hint: &'static str,
    /// The name of the list of suggestions.
    pub(super) list: Option<&'static str>,
    pub(super) required: bool,
}

impl<'a> Form<'a> {
    /// Returns the form of that name.
    pub(super) fn of(said: &'a Said, name: &'static str) -> Self {
        Self { name, filled: said.filled.as_ref().filter(|filled| filled.form == name) }
    }

    /// Returns the error message of the form, if the error does not belong to one of its controls.
    pub(super) fn wrong(&self) -> Markup {
        let wrong = self.filled.and_then(|filled| filled.wrong.as_ref()).filter(|wrong| wrong.field.is_none());
        html! {
            @if let Some(wrong) = wrong { p class="wrong" role="alert" tabindex="-1" autofocus { (wrong.why) } }
        }
    }

    /// Builds a text field.
    pub(super) fn line(&self, line: &Line<'_>) -> Markup {
        let value = self.value(line.name, line.value);
        let (invalid, described, focus) = self.state(line.name);
        let input = html! {
            input id=(self.id(line.name)) name=(line.name) value=(value) placeholder=[filled(line.hint)] list=[line.list] autocomplete="off"
                required[line.required] aria-invalid=[invalid] aria-describedby=[described] autofocus[focus];
        };
        self.field(line.name, line.label, &input)
    }

    /// Builds a field for a number of at least 1.
    pub(super) fn number(&self, name: &str, label: &str, value: &str) -> Markup {
        let value = self.value(name, value);
        let (invalid, described, focus) = self.state(name);
        let input = html! {
            input id=(self.id(name)) name=(name) type="number" min="1" value=(value) required
                aria-invalid=[invalid] aria-describedby=[described] autofocus[focus];
        };
        self.field(name, label, &input)
    }

    /// Builds a field for a text of several lines.
    pub(super) fn area(&self, name: &str, label: &str) -> Markup {
        let (invalid, described, focus) = self.state(name);
        let area = html! {
            textarea id=(self.id(name)) name=(name) rows="12" spellcheck="false" required
                aria-invalid=[invalid] aria-describedby=[described] autofocus[focus] { (self.value(name, "")) }
        };
        self.field(name, label, &area)
    }

    /// Builds a selection from options, each with a value and a label.
    pub(super) fn choice(&self, name: &str, label: &str, chosen: &str, options: &[(&str, String)]) -> Markup {
        let chosen = self.value(name, chosen);
        let (invalid, described, focus) = self.state(name);
        let select = html! {
            select id=(self.id(name)) name=(name) aria-invalid=[invalid] aria-describedby=[described] autofocus[focus] {
                @for (value, words) in options { option value=(value) selected[*value == chosen] { (words) } }
            }
        };
        self.field(name, label, &select)
    }

    /// Builds a checkbox.
    pub(super) fn checkbox(&self, name: &str, words: &str, on: bool) -> Markup {
        let on = self.filled.map_or(on, |filled| filled.fields.contains_key(name));
        html! { label class="check" { input type="checkbox" name=(name) value="on" checked[on]; " " (words) } }
    }

    fn field(&self, name: &str, label: &str, control: &Markup) -> Markup {
        let wrong = self.filled.and_then(|filled| filled.wrong.as_ref()).filter(|wrong| wrong.field == Some(name));
        html! {
            div class="field" {
                label for=(self.id(name)) { (label) }
                (control)
                @if let Some(wrong) = wrong { p class="wrong" role="alert" id=(self.wrong_id()) { (wrong.why) } }
            }
        }
    }

    /// Returns the value that was typed, otherwise the given one.
    fn value<'b>(&self, name: &str, otherwise: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.filled.map_or(otherwise, |filled| filled.fields.get(name).map_or("", String::as_str))
    }

    /// Returns the state of a control: whether it is invalid, the ID of its error message, and whether it has the focus.
    fn state(&self, name: &str) -> (Option<&'static str>, Option<String>, bool) {
        let filled = self.filled.filter(|filled| filled.focus() == Some(name));
        let wrong = filled.is_some_and(|filled| filled.wrong.is_some());
        (wrong.then_some("true"), wrong.then(|| self.wrong_id()), filled.is_some())
    }

    fn id(&self, name: &str) -> String {
        format!("{}-{name}", self.name)
    }

    fn wrong_id(&self) -> String {
        format!("{}-wrong", self.name)
    }
}

/// Returns the text, unless it is empty.
fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
