//! The Flask application that a world runs, by name.

use crate::apps::flask::{Application, Form};
use crate::sim::{HostedApp, Setup};

/// There is no application of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "takes one of {}, or one of them followed by -corrected.",
    Application::ALL.map(Application::name).join(", ")
)]
pub struct UnknownApplicationError;

/// The name of an application with its form: `example`, `example-corrected`.
pub fn site_name(site: HostedApp) -> String {
    let application = site.view.application();
    let corrected = application.has_original() && site.form == Form::Corrected;
    format!("{}{}", application.name(), if corrected { "-corrected" } else { "" })
}

/// Makes a world run this application: requests go to its first view, and the pool is the one that its configuration makes.
///
/// # Errors
/// [`UnknownApplicationError`] for a name that no application has.
pub fn set_application(setup: &mut Setup, name: &str) -> Result<(), UnknownApplicationError> {
    let (name, form) = match name.strip_suffix("-corrected") {
        Some(name) => (name, Form::Corrected),
        None => (name, Form::Original),
    };
    let application = Application::ALL.into_iter().find(|application| application.name() == name);
    let application = application.ok_or(UnknownApplicationError)?;
    let view = application.views().next().ok_or(UnknownApplicationError)?;
    let form = if application.has_original() { form } else { Form::Corrected };
    setup.site = Some(HostedApp { form, view });
    setup.settings = application.settings(form);
    Ok(())
}
