//! Statements of Python, as far as they are told apart.

use super::expression::{Arg, Expr};

/// Statements that belong together.
pub(super) type Block<'a> = Vec<Statement<'a>>;

/// A statement.
#[derive(Debug)]
pub(super) enum Statement<'a> {
    Expression(Expr<'a>),
    /// `a = b = value`, `a: int = value`.
    Assign(Vec<Expr<'a>>, Expr<'a>),
    /// `a += value`; the sign without `=`.
    Augment(Expr<'a>, &'a str, Expr<'a>),
    /// What is imported, as a dotted path, and the name it gets.
    Import(Vec<(String, &'a str)>),
    /// Conditions with their blocks, and what is done otherwise.
    If(Vec<(Expr<'a>, Block<'a>)>, Block<'a>),
    /// The targets, what is gone through, the block.
    For(Expr<'a>, Expr<'a>, Block<'a>),
    While(Expr<'a>, Block<'a>),
    With(Vec<(Expr<'a>, Option<Expr<'a>>)>, Block<'a>),
    /// The block, and its handlers.
    Try(Block<'a>, Vec<Block<'a>>),
    /// `else` of a loop or of `try`, `finally`.
    Also(Block<'a>),
    Define(Definition<'a>),
    Class(ClassDefinition<'a>),
    Return(Option<Expr<'a>>),
    /// `raise`, `continue`, `break`: what follows in the block is not reached.
    Leave,
    Delete(Vec<Expr<'a>>),
    Global(Vec<&'a str>),
}

/// A function.
#[derive(Debug)]
pub(super) struct Definition<'a> {
    pub(super) at: u32,
    pub(super) name: &'a str,
    pub(super) parameters: Vec<Parameter<'a>>,
    pub(super) body: Block<'a>,
    /// The last names of its decorators.
    pub(super) decorators: Vec<&'a str>,
    /// Whether it has a `yield`.
    pub(super) yields: bool,
}

/// A parameter of a function.
#[derive(Debug)]
pub(super) struct Parameter<'a> {
    /// 0, or the number of stars before it.
    pub(super) stars: usize,
    pub(super) name: &'a str,
    pub(super) default: Option<Expr<'a>>,
    /// After a star, it is given by name only.
    pub(super) named: bool,
}

/// A class.
#[derive(Debug)]
pub(super) struct ClassDefinition<'a> {
    pub(super) at: u32,
    pub(super) name: &'a str,
    pub(super) bases: Vec<Arg<'a>>,
    pub(super) body: Block<'a>,
}
