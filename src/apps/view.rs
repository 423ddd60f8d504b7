//! A view: a function of an application that answers requests, and what its lines do.

use crate::apps::{Application, Form, Function, Op, Place, ViewLine, fastapi, flask};

/// A view of an application; FastAPI calls it an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct View(u8);

/// What a view consists of: its lines, and those of its `except` block.
pub(super) struct Written {
    pub application: Application,
    /// The form in which the application has it; `None` if in both.
    pub form: Option<Form>,
    pub path: &'static str,
    pub function: &'static str,
    /// Whether it runs in a thread, as everything does but `async def`.
    pub in_thread: bool,
    pub lines: &'static [ViewLine],
    pub handler: &'static [ViewLine],
}

impl View {
    /// Every view of every application.
    pub fn all() -> impl Iterator<Item = View> {
        (0..(flask::VIEWS.len() + fastapi::VIEWS.len()) as u8).map(View)
    }

    /// Finds the view at this path of an application, in the first form that has it.
    pub fn find(application: Application, path: &str) -> Option<View> {
        View::all().find(|view| view.application() == application && view.path() == path)
    }

    /// The view at the same path in this form of its application.
    pub fn in_form(self, form: Form) -> Option<View> {
        self.application().views(form).find(|view| view.path() == self.path())
    }

    /// Its name in links: the application, its form where only one has the view, and the path.
    pub fn name(self) -> String {
        let corrected = if self.written().form == Some(Form::Corrected) { "-corrected" } else { "" };
        format!("{}{corrected}{}", self.application().name(), self.path())
    }

    /// Finds the view of this name.
    pub fn named(name: &str) -> Option<View> {
        View::all().find(|view| view.name() == name)
    }

    /// The application that it belongs to.
    pub fn application(self) -> Application {
        self.written().application
    }

    /// Whether this form of its application has it.
    pub fn is_in(self, form: Form) -> bool {
        self.written().form.is_none_or(|own| own == form)
    }

    /// The path that requests ask for.
    pub fn path(self) -> &'static str {
        self.written().path
    }

    /// Whether a request for it has to have a thread, from its beginning to its end. In reality FastAPI takes one from anyio's
    /// limiter for each part that is `def`, and another limiter's for the exit code of dependencies.
    pub fn needs_thread(self) -> bool {
        self.written().in_thread
    }

    /// The number of its `def` line in the application's file, from 1.
    pub fn def(self, form: Form) -> u16 {
        self.def_of(self.written().function, form)
    }

    /// The number of this line in the application's file, from 1.
    pub fn line(self, place: Place, form: Form) -> u16 {
        self.def_of(place.function.name().unwrap_or(self.written().function), form) + place.below
    }

    /// The number of the `def` line of a function, from 1; 0 if there is none.
    fn def_of(self, function: &str, form: Form) -> u16 {
        let is_def = |line: &str| {
            let def = line.strip_prefix("async ").unwrap_or(line).strip_prefix("def ");
            def.and_then(|def| def.strip_prefix(function)).is_some_and(|rest| rest.starts_with('('))
        };
        let line = self.application().source(form).lines().position(is_def);
        line.map_or(0, |line| line as u16 + 1)
    }

    /// Its lines, in the order in which they run.
    pub fn lines(self) -> &'static [ViewLine] {
        self.written().lines
    }

    /// The lines of its `except` block, and what runs after it: when a unique column already has the value, or a statement took
    /// longer than the view waits.
    pub fn handler(self) -> &'static [ViewLine] {
        self.written().handler
    }

    #[inline(never)] // it would stand at every arrival
    fn written(self) -> &'static Written {
        let index = usize::from(self.0);
        flask::VIEWS.get(index).unwrap_or_else(|| &fastapi::VIEWS[index - flask::VIEWS.len()])
    }
}

/// A line of the view itself.
pub(super) const fn line(below: u16, op: Op) -> ViewLine {
    ViewLine { place: Place { function: Function::View, below }, op }
}

/// A view that both forms have, in a thread, without an `except` block.
pub(super) const fn view(
    application: Application,
    path: &'static str,
    function: &'static str,
    lines: &'static [ViewLine],
) -> Written {
    Written { application, form: None, path, function, in_thread: true, lines, handler: &[] }
}
