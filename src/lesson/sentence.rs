//! Sentences with figures in them.

use crate::figures::{Measurement, figure};

/// Fills in the marks of a sentence:
///
/// - `{FIGURE}`: a figure of the run;
/// - `{was:FIGURE}`: a figure of the unchanged challenge;
/// - `{FIGURE?one|many}`, also with `was:`: `one` if the figure is 1, otherwise `many`.
///
/// A mark that means nothing stays as it is.
pub(super) fn fill(says: &str, run: &Measurement, start: &Measurement) -> String {
    marked(says, |mark| {
        let (name, forms) = mark.split_once('?').map_or((mark, None), |(name, forms)| (name, Some(forms)));
        let (name, of) = name.strip_prefix("was:").map_or((name, run), |name| (name, start));
        let figure = figure(name)?;
        match forms {
            Some(forms) => {
                let (one, many) = forms.split_once('|')?;
                Some(if figure.number(of) == 1 { one } else { many }.to_owned())
            }
            None => Some((figure.of)(of).to_string()),
        }
    })
}

/// Replaces every `{mark}` with what it stands for.
pub(super) fn marked(says: &str, means: impl Fn(&str) -> Option<String>) -> String {
    let (mut said, mut rest) = (String::new(), says);
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let (mark, after) = after.split_once('}').unwrap_or((after, ""));
        said.push_str(&means(mark).unwrap_or_else(|| format!("{{{mark}}}")));
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn a_mark_is_replaced_and_the_rest_stays() {
        let means = |mark: &str| (mark == "errors").then(|| "3".to_owned());
        assert_eq!(marked("{errors} fail, {nothing} more.", means), "3 fail, {nothing} more.");
        assert_eq!(marked("plain", means), "plain");
    }
}
