//! Kinds of secrets, and by which words they are known.

/// A kind of secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A password in an address: `scheme://user:PASSWORD@host`.
    UrlPassword,
    /// A value beside a name such as `password`, `secret` or `token`.
    NamedValue,
    /// The values of a statement's parameters.
    Parameters,
    /// Literals in a statement, or values that a database quotes in its message.
    Literal,
    /// A token, a cloud provider's key, a private key.
    Token,
}

impl Secret {
    /// All kinds.
    pub const ALL: [Secret; 5] =
        [Secret::UrlPassword, Secret::NamedValue, Secret::Parameters, Secret::Literal, Secret::Token];

    /// What it is, for one of them and for several.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Secret::UrlPassword => ("password in an address", "passwords in addresses"),
            Secret::NamedValue => ("password or other named secret", "passwords or other named secrets"),
            Secret::Parameters => ("list of statement parameters", "lists of statement parameters"),
            Secret::Literal => ("value in a statement or message", "values in statements or messages"),
            Secret::Token => ("token or key", "tokens or keys"),
        }
    }
}

/// How many secrets of each kind were masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Masked([usize; Secret::ALL.len()]);

impl Masked {
    /// How many of this kind.
    pub fn count(&self, secret: Secret) -> usize {
        self.0[secret as usize]
    }

    /// How many of all kinds.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    pub(super) fn add(&mut self, secret: Secret) {
        self.0[secret as usize] += 1;
    }

    /// A sentence about it; `None` if nothing was masked.
    pub fn sentence(&self) -> Option<String> {
        let said: Vec<String> = Secret::ALL
            .into_iter()
            .filter_map(|secret| match (self.count(secret), secret.words()) {
                (0, _) => None,
                (1, (one, _)) => Some(format!("1 {one}")),
                (many, (_, several)) => Some(format!("{many} {several}")),
            })
            .collect();
        (!said.is_empty()).then(|| format!("Masked before anything was kept: {}.", said.join(", ")))
    }
}

/// Names whose values are secrets, as parts of a name in lower case.
const NAMES: [&str; 17] = [
    "password",
    "passwd",
    "pgpass",
    "passphrase",
    "secret",
    "token",
    "api_key",
    "apikey",
    "access_key",
    "accesskey",
    "private_key",
    "credential",
    "authorization",
    "account_key",
    "accountkey",
    "cookie",
    "signature",
];

/// The letters of a name as a set of bits: a name without a letter of `secret` has no `secret` in it.
const fn letters(name: &[u8]) -> u32 {
    let (mut set, mut at) = (0, 0);
    while at < name.len() {
        let letter = name[at].to_ascii_lowercase();
        if letter.is_ascii_lowercase() {
            set |= 1 << (letter - b'a');
        }
        at += 1;
    }
    set
}

/// [`letters`] of [`NAMES`].
const LETTERS: [u32; NAMES.len()] = {
    let (mut sets, mut at) = ([0; NAMES.len()], 0);
    while at < NAMES.len() {
        sets[at] = letters(NAMES[at].as_bytes());
        at += 1;
    }
    sets
};

/// Whether the value of this name is a secret. A hyphen in it counts as an underscore.
pub(super) fn is_secret_name(name: &[u8]) -> bool {
    let same = |one: &u8, other: &u8| one.to_ascii_lowercase() == *other || (*one == b'-' && *other == b'_');
    let is = |name: &[u8], part: &str| {
        name.len() == part.len() && name.iter().zip(part.as_bytes()).all(|(one, other)| same(one, other))
    };
    let ends = |part: &str| name.len().checked_sub(part.len()).is_some_and(|from| is(&name[from..], part));
    let here = letters(name);
    let has = |(part, needs): (&&str, &u32)| {
        here & needs == *needs && name.windows(part.len()).any(|window| is(window, part))
    };
    ["pwd", "pass"].iter().any(|whole| is(name, whole))
        || ends("_pwd")
        || ends("_pass")
        || (name.len() < 12 && ends("pwd"))
        || NAMES.iter().zip(&LETTERS).any(has)
}

/// How tokens begin that are known by their beginning, and how many more characters they have at least.
pub(super) const TOKENS: [(&str, usize); 13] = [
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 20),
    ("gho_", 20),
    ("ghs_", 20),
    ("github_pat_", 20),
    ("glpat-", 15),
    ("sk-", 20),
    ("xoxb-", 10),
    ("xoxp-", 10),
    ("AIza", 30),
    ("npm_", 30),
    ("hf_", 20),
];
