//! Which Flask application a world is, as a link says it.

use crate::apps::flask::{Application, Form};
use crate::sim::{Setup, Site};

/// The name of an application in a form, in a link: `example`, `example-corrected`.
pub fn site_name(site: Site) -> String {
    let name = site.view.application().name();
    match site.form {
        _ if !site.view.application().has_original() => name.into(),
        Form::Original => name.into(),
        Form::Corrected => format!("{name}-corrected"),
    }
}

/// Makes the world one of this application: visitors go to its first view, and the pool is the one that its configuration makes.
///
/// # Errors
/// A sentence about a name that no application has.
pub fn visit(setup: &mut Setup, name: &str) -> Result<(), String> {
    let (name, form) = match name.strip_suffix("-corrected") {
        Some(name) => (name, Form::Corrected),
        None => (name, Form::Original),
    };
    let application = Application::ALL.into_iter().find(|application| application.name() == name);
    let view = application.and_then(|application| application.views().next());
    let (Some(application), Some(view)) = (application, view) else {
        let names = Application::ALL.map(Application::name).join(", ");
        return Err(format!("It takes one of {names}, or one of them followed by -corrected."));
    };
    let form = if application.has_original() { form } else { Form::Corrected };
    setup.site = Some(Site { form, view });
    setup.settings = application.settings(form);
    Ok(())
}
