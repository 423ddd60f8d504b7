//! Expressions of Python, as far as they are told apart.

use crate::python::Argument;

/// An expression, and where it stands.
#[derive(Debug)]
pub(super) struct Expr<'a> {
    pub(super) at: u32,
    pub(super) end: u32,
    pub(super) node: Node<'a>,
}

/// What an expression is. Chains are flat, so that long ones are not deep.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// Written out.
    Constant(Argument),
    /// An f-string.
    Pieces(Vec<Piece<'a>>),
    Name(&'a str),
    /// `a.b(c)[d]`.
    Postfix(Box<Expr<'a>>, Vec<Trailer<'a>>),
    List(Vec<Arg<'a>>),
    Tuple(Vec<Arg<'a>>),
    Set(Vec<Arg<'a>>),
    /// Pairs; without a key, `**spread`.
    Dict(Vec<(Option<Expr<'a>>, Expr<'a>)>),
    /// `-`, `+`, `~`, `not`, `await`.
    Unary(&'a str, Box<Expr<'a>>),
    /// Operators of one rank, from left to right.
    Chain(Box<Expr<'a>>, Vec<(&'a str, Expr<'a>)>),
    /// The value, the condition, the other value.
    Choice(Box<Expr<'a>>, Box<Expr<'a>>, Box<Expr<'a>>),
    /// `name := value`.
    Walrus(&'a str, Box<Expr<'a>>),
    /// A lambda, with its body.
    Lambda(Box<Expr<'a>>),
    /// A comprehension, with what it makes again and again.
    Comprehension(Box<Expr<'a>>),
    /// Nested too deep, or no expression at all.
    Unread,
}

/// A part of an f-string.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    Text(String),
    /// The expression, `!r`, and the format after a colon.
    Value(Expr<'a>, Option<char>, &'a str),
}

/// What follows a value.
#[derive(Debug)]
pub(super) enum Trailer<'a> {
    Attribute(&'a str),
    Call(Vec<Arg<'a>>),
    /// `None` for slices.
    Index(Option<Expr<'a>>),
}

/// An argument, or a member of a list.
#[derive(Debug)]
pub(super) struct Arg<'a> {
    pub(super) role: Role<'a>,
    pub(super) value: Expr<'a>,
}

/// How an argument is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role<'a> {
    Plain,
    /// `*a`.
    Star,
    /// `**a`.
    Spread,
    /// `name=a`.
    Named(&'a str),
}
