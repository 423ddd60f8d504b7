//! The application that a world runs, by name.

use crate::apps::{Application, Form, Framework};
use crate::sim::{HostedApp, Setup};

/// There is no application of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("takes one of {}, or one of them followed by -corrected.", names(*.0))]
pub struct UnknownApplicationError(Option<Framework>);

/// The names of a framework's applications, or of all.
fn names(framework: Option<Framework>) -> String {
    let applications = framework.map_or(Application::ALL.as_slice(), Framework::applications);
    applications.iter().map(|application| application.name()).collect::<Vec<_>>().join(", ")
}

/// The name of an application with its form: `example`, `example-corrected`.
pub fn site_name(site: HostedApp) -> String {
    let application = site.view.application();
    let corrected = application.has_original() && site.form == Form::Corrected;
    format!("{}{}", application.name(), if corrected { "-corrected" } else { "" })
}

/// Makes a world run this application: requests go to its first view, and the pool is the one that its configuration
/// makes, and so are FastAPI's threads. A world that runs an application takes one of the same framework.
///
/// # Errors
/// [`UnknownApplicationError`] for a name that no such application has.
pub fn set_application(setup: &mut Setup, name: &str) -> Result<(), UnknownApplicationError> {
    let framework = setup.site.map(|site| site.view.application().framework());
    let (name, form) = match name.strip_suffix("-corrected") {
        Some(name) => (name, Form::Corrected),
        None => (name, Form::Original),
    };
    let has_name = |application: &Application| {
        application.name() == name && framework.is_none_or(|framework| application.framework() == framework)
    };
    let application = Application::ALL.into_iter().find(has_name).ok_or(UnknownApplicationError(framework))?;
    let form = if application.has_original() { form } else { Form::Corrected };
    let view = application.views(form).next().ok_or(UnknownApplicationError(framework))?;
    setup.site = Some(HostedApp { form, view });
    setup.settings = application.settings(form);
    if application.framework() == Framework::FastApi {
        setup.threads = application.threads();
    }
    Ok(())
}
