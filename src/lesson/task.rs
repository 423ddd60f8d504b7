//! A teacher's own task for the run of a lesson: goals, hints and a question, as the address of a frame has them.

use super::goal::{Bound, Goal};
use super::plan::Plan;
use crate::figures::{Figure, Unit, all};

/// The most characters of a text, and the most of everything else, that a task takes.
const LONGEST: usize = 600;
const MOST: usize = 8;

/// A teacher's own task. Its run decides it, like everything else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Task {
    /// What is asked for, in the teacher's words.
    pub text: String,
    /// The goals, all of which the whole run must meet.
    pub goals: Vec<Goal>,
    /// Hints, to be opened one after the other.
    pub hints: Vec<String>,
    /// A prediction to make first.
    pub question: Option<Question>,
}

/// A question with answers to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question, in the teacher's words.
    pub text: String,
    /// The figure of the whole run that decides it.
    pub figure: &'static Figure,
    /// The answers: counts as they are, times in milliseconds.
    pub answers: Vec<i64>,
}

/// Something in a task that is not taken, as a sentence for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// A goal that is not of the form.
    #[error("goal={0}: it takes FIGURE-at-most-NUMBER or FIGURE-at-least-NUMBER, joined by *.")]
    Form(String),
    /// A figure that there is not, or that is words.
    #[error("{name}: there is no such figure to measure. There are {}.", names())]
    NoFigure {
        /// Its name.
        name: String,
    },
    /// An answer that is no number.
    #[error("answers={0}: it takes two to eight different whole numbers, joined by *.")]
    Answers(String),
    /// A question without all of its parts.
    #[error("ask, answers and decides belong together: a question, the answers, and the figure that decides.")]
    Part,
}

fn names() -> String {
    measurable().map(|figure| figure.name).collect::<Vec<_>>().join(", ")
}

/// The figures that a task can be about: all that are numbers.
pub fn measurable() -> impl Iterator<Item = &'static Figure> {
    all().filter(|figure| figure.unit != Unit::Text)
}

fn find(name: &str) -> Result<&'static Figure, TaskError> {
    measurable().find(|figure| figure.name == name).ok_or_else(|| TaskError::NoFigure { name: shortened(name, 40) })
}

fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

impl Task {
    /// The task that the pairs of an address say, if they say one, and what is wrong in it.
    ///
    /// ```
    /// use valet::lesson::Task;
    ///
    /// let (task, errors) = Task::read([("task", "Serve everybody."), ("goal", "timeouts-at-most-0*p95-at-most-250")]);
    /// assert!(errors.is_empty());
    /// assert_eq!(task.unwrap().goals[1].sentence(), "p95 wait: at most 250 ms");
    /// ```
    pub fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> (Option<Task>, Vec<TaskError>) {
        let (mut task, mut errors) = (Task::default(), Vec::new());
        let (mut ask, mut answers, mut decides) = (None, None, None);
        for (name, value) in pairs {
            let parts = || value.split('*').filter(|part| !part.is_empty()).take(MOST);
            match name {
                "task" => task.text = shortened(value, LONGEST),
                "hint" => task.hints = parts().map(|hint| shortened(hint, LONGEST)).collect(),
                "goal" => {
                    for goal in parts().map(goal) {
                        match goal {
                            Ok(goal) => task.goals.push(goal),
                            Err(error) => errors.push(error),
                        }
                    }
                }
                "ask" => ask = Some(shortened(value, LONGEST)),
                "answers" => answers = Some(value),
                "decides" => decides = Some(value),
                _ => {}
            }
        }
        match (ask, answers, decides) {
            (None, None, None) => {}
            (Some(text), Some(answers), Some(decides)) => match question(text, answers, decides) {
                Ok(question) => task.question = Some(question),
                Err(error) => errors.push(error),
            },
            _ => errors.push(TaskError::Part),
        }
        let is_one = !task.goals.is_empty() || task.question.is_some();
        (is_one.then_some(task), errors)
    }

    /// What a run comes to: each goal as a sentence, what is found, and whether it is met.
    pub fn judge(&self, plan: &Plan) -> Vec<(String, String, bool)> {
        let run = plan.outcome();
        self.goals.iter().map(|goal| (goal.sentence(), goal.found(&run).to_string(), goal.is_met(&run))).collect()
    }
}

fn goal(text: &str) -> Result<Goal, TaskError> {
    let form = || TaskError::Form(shortened(text, 40));
    let (rest, number) = text.rsplit_once('-').ok_or_else(form)?;
    let number: i64 = number.parse().map_err(|_| form())?;
    let (name, bound) = match (rest.strip_suffix("-at-most"), rest.strip_suffix("-at-least")) {
        (Some(name), _) => (name, Bound::AtMost(number)),
        (_, Some(name)) => (name, Bound::AtLeast(number)),
        _ => return Err(form()),
    };
    Ok(Goal { figure: find(name)?.name, bound })
}

fn question(text: String, answers: &str, decides: &str) -> Result<Question, TaskError> {
    let wrong = || TaskError::Answers(shortened(answers, 40));
    let mut numbers = Vec::new();
    for answer in answers.split('*').filter(|answer| !answer.is_empty()) {
        let number = answer.trim().parse().map_err(|_| wrong())?;
        if numbers.contains(&number) {
            return Err(wrong());
        }
        numbers.push(number);
    }
    if !(2..=MOST).contains(&numbers.len()) {
        return Err(wrong());
    }
    Ok(Question { text, figure: find(decides)?, answers: numbers })
}

impl Question {
    /// The answers as they are said, with their units.
    pub fn words(&self) -> Vec<String> {
        let goal = |answer: &i64| self.figure.unit.value(answer.saturating_mul(self.figure.scale())).to_string();
        self.answers.iter().map(goal).collect()
    }

    /// What the run comes to, as it is said, and the answer that is nearest to that.
    pub fn outcome(&self, plan: &Plan) -> (String, usize) {
        let found = (self.figure.of)(&plan.outcome());
        let number = i128::from(found.number());
        let off = |answer: i64| (i128::from(answer) * i128::from(self.figure.scale()) - number).abs();
        let nearest = (0..self.answers.len()).min_by_key(|&place| off(self.answers[place]));
        (found.to_string(), nearest.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{Task, TaskError};
    use crate::lesson::{Goal, lesson};

    fn read(pairs: &[(&str, &str)]) -> (Option<Task>, Vec<String>) {
        let (task, errors) = Task::read(pairs.iter().copied());
        (task, errors.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_address_without_a_task_has_none() {
        assert_eq!(read(&[("pool_size", "3"), ("task", "Words alone are none.")]), (None, Vec::new()));
    }

    #[test]
    fn goals_and_hints_are_read() {
        let (task, errors) = read(&[("goal", "most-open-at-most-3*served-at-least-60"), ("hint", "One.*Two.")]);
        assert!(errors.is_empty());
        let task = task.unwrap();
        assert_eq!(task.goals, [Goal::at_most("most-open", 3), Goal::at_least("served", 60)]);
        assert_eq!(task.hints, ["One.", "Two."]);
    }

    #[test]
    fn what_is_wrong_is_said_and_the_rest_taken() {
        let (task, errors) = read(&[("goal", "served*cake-at-most-3*status-at-most-1*p95-at-most-x*errors-at-most-0")]);
        assert_eq!(task.unwrap().goals, [Goal::at_most("errors", 0)]);
        assert_eq!(errors.len(), 4);
        assert!(errors[0].starts_with("goal=served: it takes FIGURE-at-most-NUMBER"));
        assert!(errors[1].starts_with("cake: there is no such figure to measure. There are arrived, served,"));
        for odd in ["", "*", "3", "3*3", "3*x", "1*2*3*4*5*6*7*8*9"] {
            let (task, errors) = read(&[("ask", "How many?"), ("answers", odd), ("decides", "opened")]);
            assert_eq!((task, errors.len()), (None, 1), "{odd}");
        }
        assert_eq!(read(&[("ask", "How many?")]), (None, vec![TaskError::Part.to_string()]));
    }

    #[test]
    fn the_run_decides() {
        let plan = (lesson("timeout").unwrap().plan)();
        let run = [("ask", "How many time out?"), ("answers", "0*10*18*40"), ("decides", "timeouts")];
        let question = read(&run).0.unwrap().question.unwrap();
        assert_eq!(question.outcome(&plan), ("18".to_owned(), 2));
        let waits = [("ask", "How long?"), ("answers", "1000*4000"), ("decides", "longest")];
        let waits = read(&waits).0.unwrap().question.unwrap();
        assert_eq!(waits.words(), ["1 s", "4 s"]);
        assert_eq!(waits.outcome(&plan).1, 1);
        let task = read(&[("goal", "timeouts-at-most-3*served-at-least-60")]).0.unwrap();
        let met = |plan| task.judge(&plan).into_iter().map(|(_, _, met)| met).collect::<Vec<_>>();
        assert_eq!(met(plan.clone()), [false, true]);
        assert_eq!(met(plan.with("pool_timeout", "10").unwrap()), [true, true]);
    }

    #[test]
    fn nothing_that_an_address_holds_is_too_much() {
        let long = "x".repeat(100_000);
        let many = "errors-at-most-0*".repeat(10_000);
        let (task, _) = read(&[("task", &long), ("goal", &many), ("hint", &long)]);
        let task = task.unwrap();
        assert_eq!((task.text.len(), task.goals.len(), task.hints[0].len()), (600, 8, 600));
        let (task, errors) = read(&[("goal", &format!("errors-at-most-{}", "9".repeat(50)))]);
        assert_eq!((task, errors.len()), (None, 1));
    }
}
