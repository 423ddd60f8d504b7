//! Names that are nearly arguments.

/// What `create_engine` takes whatever the dialect and pool.
const KNOWN: [&str; 22] = [
    "pool_size",
    "max_overflow",
    "pool_timeout",
    "pool_recycle",
    "pool_pre_ping",
    "pool_use_lifo",
    "pool_reset_on_return",
    "pool_logging_name",
    "pool_events",
    "poolclass",
    "pool",
    "echo_pool",
    "echo",
    "connect_args",
    "creator",
    "isolation_level",
    "execution_options",
    "hide_parameters",
    "query_cache_size",
    "json_serializer",
    "json_deserializer",
    "future",
];

/// Names that are often meant for another.
const OFTEN: [(&str, &str); 22] = [
    ("pool_class", "poolclass"),
    ("overflow", "max_overflow"),
    ("pool_overflow", "max_overflow"),
    ("pool_max_overflow", "max_overflow"),
    ("max_pool_overflow", "max_overflow"),
    ("max_overflow_size", "max_overflow"),
    ("size", "pool_size"),
    ("max_size", "pool_size"),
    ("min_size", "pool_size"),
    ("pool_max_size", "pool_size"),
    ("max_pool_size", "pool_size"),
    ("timeout", "pool_timeout"),
    ("pool_wait_timeout", "pool_timeout"),
    ("recycle", "pool_recycle"),
    ("pool_recycle_time", "pool_recycle"),
    ("max_lifetime", "pool_recycle"),
    ("pre_ping", "pool_pre_ping"),
    ("ping", "pool_pre_ping"),
    ("lifo", "pool_use_lifo"),
    ("use_lifo", "pool_use_lifo"),
    ("reset_on_return", "pool_reset_on_return"),
    ("pool_echo", "echo_pool"),
];

/// How the names of settings end that programs read themselves, and the argument that each is for.
const ENDS: [(&str, &str); 18] = [
    ("pool_size", "pool_size"),
    ("pool_max_overflow", "max_overflow"),
    ("max_overflow", "max_overflow"),
    ("pool_overflow", "max_overflow"),
    ("pool_timeout", "pool_timeout"),
    ("pool_recycle", "pool_recycle"),
    ("pool_pre_ping", "pool_pre_ping"),
    ("pool_use_lifo", "pool_use_lifo"),
    ("pool_reset_on_return", "pool_reset_on_return"),
    ("echo_pool", "echo_pool"),
    ("database_url", "url"),
    ("database_uri", "url"),
    ("db_url", "url"),
    ("db_uri", "url"),
    ("sqlalchemy_url", "url"),
    ("sqlalchemy_uri", "url"),
    ("database_dsn", "url"),
    ("postgres_url", "url"),
];

/// Other things have pools too.
const OTHERS: [&str; 8] = ["redis", "http", "thread", "celery", "broker", "cache", "mongo", "rabbit"];

/// A setting of a program.
pub(super) struct ByHand {
    /// Where it belongs.
    pub(super) within: String,
    /// The argument that it is for.
    pub(super) name: &'static str,
    /// How it is called.
    pub(super) said: String,
}

/// What a key of a program's own configuration is for.
pub(super) fn by_hand(within: &str, key: &str, value: &str) -> Option<ByHand> {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['.', '-'], "_");
    let mut path = plain(within);
    let full = if path.is_empty() { plain(key) } else { format!("{path}_{}", plain(key)) };
    if OTHERS.iter().any(|other| full.contains(other)) || value.starts_with("jdbc:") {
        return None;
    }
    let ends = |end: &str| full.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('_'));
    let (_, name) = ENDS.iter().find(|(end, _)| ends(end))?;
    let key_alone = ENDS.iter().any(|(end, _)| plain(key).ends_with(end));
    let said = if key_alone || within.is_empty() { key.to_owned() } else { format!("{within}.{key}") };
    // `database.pool.size` stands beside `database.url`.
    for inner in ["pool", "engine_options", "options", "engine"] {
        if let Some(outer) = path.strip_suffix(inner) {
            path.truncate(outer.trim_end_matches('_').len());
        }
    }
    Some(ByHand { within: path, name, said })
}

/// Whether it is an argument.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name)
}

/// The argument that may be meant by a name that is none.
pub(super) fn meant(name: &str) -> Option<&'static str> {
    if KNOWN.contains(&name) || name.len() > 32 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if let Some((_, meant)) = OFTEN.iter().find(|(often, _)| *often == lower) {
        return Some(meant);
    }
    let near = KNOWN.iter().map(|known| (distance(&lower, known), *known)).min()?;
    // Two letters of a short word are another word.
    (near.0 <= if near.1.len() < 8 { 1 } else { 2 }).then_some(near.1)
}

/// How many letters are to be changed, added, taken away or exchanged with the next.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let same = usize::from(one[i - 1] != other[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn near_ones() {
        for (name, expected) in [
            ("pool_sise", Some("pool_size")),
            ("max_overflows", Some("max_overflow")),
            ("pool_pre_pings", Some("pool_pre_ping")),
            ("pool_szie", Some("pool_size")),
            ("POOL_SIZE", Some("pool_size")),
            ("poolsize", Some("pool_size")),
            ("pool_size", None),
            ("nonsense", None),
            ("client_encoding", None),
        ] {
            assert_eq!(meant(name), expected, "{name}");
        }
    }
}
