//! Secrets never get through, however they are written.

use valet::paste::{Secret, mask, read};

/// The text with its secret masked: what must be gone, and what must stay.
fn masks(text: &str, gone: &[&str], stays: &[&str], secret: Secret) {
    let (masked, count) = mask(text);
    for part in gone {
        assert!(!masked.contains(part), "{part:?} is still in {masked:?}");
    }
    for part in stays {
        assert!(masked.contains(part), "{part:?} is missing in {masked:?}");
    }
    assert!(count.count(secret) >= 1, "{text:?}: {count:?}");
    assert_eq!(masked.matches('\n').count(), text.matches('\n').count(), "{masked:?}");
}

#[test]
fn passwords_in_addresses() {
    let url = |password: &str| {
        format!("create_engine(\"postgresql+psycopg2://web:{password}@db.internal:5432/orders\", pool_size=5)")
    };
    for password in [
        "hunter2",
        "p@ss",
        "a:b",
        "a/b",
        "a?b#c",
        "p%40ss",
        "x'y",
        "@@@",
        "a@b:c/d@e",
        "pa\\\"ss",
        "sp ace",
        "((",
        "é@ü",
    ] {
        masks(
            &url(password),
            &[&format!(":{password}@")],
            &["postgresql+psycopg2://web:***@db.internal:5432/orders", "pool_size=5"],
            Secret::UrlPassword,
        );
    }
    masks("mysql://root:to\"or@h/x", &["to\"or"], &["mysql://root:***@h/x"], Secret::UrlPassword);
    masks("url=redis://:onlypass@cache:6379/0", &["onlypass"], &["redis://:***@cache"], Secret::UrlPassword);
    masks(
        "postgresql://web:verylongpass\nword@db/orders",
        &["verylongpass", "word@"],
        &["@db/orders"],
        Secret::UrlPassword,
    );
    masks(
        "{\"url\": \"postgresql://web:p\\\"ss@db/x\", \"a\": 1}",
        &["p\\\"ss"],
        &["@db/x", "\"a\": 1"],
        Secret::UrlPassword,
    );
    masks(
        "{\\\"url\\\": \\\"postgresql://web:pass@db/x\\\", \\\"a\\\": 1}",
        &[":pass@"],
        &["@db/x", "\\\"a\\\""],
        Secret::UrlPassword,
    );
    masks(
        "two: postgres://a:one@h/d,postgres://b:two@h/d",
        &[":one@", ":two@"],
        &["postgres://a:***@"],
        Secret::UrlPassword,
    );
    masks(
        "u=postgresql%3A%2F%2Fweb%3Ahunter2%40db%2Forders&x=1",
        &["hunter2"],
        &["%40db%2Forders"],
        Secret::UrlPassword,
    );
    masks("https://ghp_0123456789abcdefghijABCDEF@github.com/x", &["ghp_0123"], &["@github.com"], Secret::Token);
}

#[test]
fn an_address_without_a_password_stays() {
    for text in [
        "postgresql://svc@pooler:6432/ledger",
        "https://sqlalche.me/e/20/3o7r)",
        "sqlite:///jobs.db",
        "http://localhost:8000/health",
        "postgresql://localhost:5432/db\n@app.get(\"/\")",
        "postgresql://web:***@db/orders",
        "Pool class QueuePool cannot be used with asyncio engine (Background on this error at: https://sqlalche.me/e/20/pcls)",
    ] {
        let (masked, count) = mask(text);
        assert_eq!((masked.as_str(), count.total()), (text, 0));
    }
}

#[test]
fn parameters_of_statements() {
    let stays = ["(Background on this error at"];
    for parameters in [
        "('alice@example.com', 'hunter2')",
        "{'name': \"O'Hara ] hunter2\", 'x': [1, 2]}",
        "[{'p': 'hunter2'}, {'p': ')]'}  ... displaying 10 of 99 total bound parameter sets ...  {'p': 'hunter2'}]",
        "('line one\nhunter2\n\nline two', 5)",
        "('hunter2 ... (300 characters truncated) ... hunter2', 1)",
        "(\\\"it's] hunter2\\\", 1)",
        "('un\"closed hunter2",
    ] {
        let text = format!(
            "(psycopg2.Error) x\n[SQL: INSERT INTO users VALUES (%s, %s)]\n[parameters: {parameters}]\n(Background on this error at: https://sqlalche.me/e/20/e3q8)"
        );
        masks(&text, &["hunter2"], &stays, Secret::Parameters);
    }
    masks(
        "\"x\\n[parameters: ('hunter2',)]\\n(Background on this error at: u)\", \"next\": 5",
        &["hunter2"],
        &["\"next\": 5"],
        Secret::Parameters,
    );
    masks(
        "INFO sqlalchemy.engine.Engine [generated in 0.00013s] ('alice', 'hunter2')\nnext",
        &["hunter2", "alice"],
        &["\nnext"],
        Secret::Parameters,
    );
    masks("[cached since 12.3s ago] {'p': 'hunter2'}", &["hunter2"], &["[cached since 12.3s ago]"], Secret::Parameters);
}

#[test]
fn values_in_statements() {
    masks(
        "[SQL: SELECT * FROM users WHERE email = 'bob@example.com' AND pin = 4711]",
        &["bob@", "4711"],
        &["SELECT * FROM users WHERE email"],
        Secret::Literal,
    );
    masks(
        "LOG: duration: 12 ms statement: SELECT id FROM t WHERE name='O''Hara hunter2' LIMIT 5",
        &["hunter2", "Hara"],
        &["LIMIT 5"],
        Secret::Literal,
    );
    masks(
        "DETAIL:  Key (email)=(bob@example.com) already exists.",
        &["bob@"],
        &["Key (email)=(***) already exists."],
        Secret::Literal,
    );
    masks(
        "(1062, \"Duplicate entry 'bob@example.com' for key 'users.email'\")",
        &["bob@"],
        &["for key 'users.email'"],
        Secret::Literal,
    );
    masks("DETAIL:  Failing row contains (1, bob, hunter2).", &["hunter2"], &["DETAIL"], Secret::Literal);
}

#[test]
fn values_of_older_versions_and_other_tools() {
    masks(
        "INFO sqlalchemy.engine.base.Engine ('alice', 'hunter2')\nnext",
        &["hunter2"],
        &["\nnext"],
        Secret::Parameters,
    );
    masks("INFO:sqlalchemy.engine.base.Engine:{'p': 'hunter2'}", &["hunter2"], &["Engine"], Secret::Parameters);
    masks("DETAIL:  parameters: $1 = 'bob', $2 = 'hunter2'", &["hunter2", "bob"], &["DETAIL"], Secret::Parameters);
    masks("LINE 1: ...ERE email = 'hunter2' AND x", &["hunter2"], &["AND x"], Secret::Literal);
    masks("The duplicate key value is (hunter2).", &["hunter2"], &["duplicate key"], Secret::Literal);
    masks(
        "    login(user, word)\n          │     └ 'hunter2'\n          └ 'alice'",
        &["hunter2", "alice"],
        &["login(user, word)"],
        Secret::Literal,
    );
}

#[test]
fn values_beside_names() {
    let cases = [
        ("PGPASSWORD=hunter2 psql -h db", "psql -h db"),
        ("user=web password=hunter2 host=db", "host=db"),
        ("user=web password='hunter2 x' host=db", "host=db"),
        ("password='it\\'s hunter2' host=db", "host=db"),
        ("\"password\": \"hunter2\", \"port\": 5432", "\"port\": 5432"),
        ("{\\\"password\\\": \\\"hunter2\\\", \\\"port\\\": 1}", "port"),
        ("    POSTGRES_PASSWORD: hunter2 with blanks", "POSTGRES_PASSWORD"),
        ("SECRET_KEY = \"hunter2\"", "SECRET_KEY"),
        ("DRIVER={x};SERVER=h;UID=sa;PWD={hunter2};DATABASE=d", "DATABASE=d"),
        ("odbc_connect=DRIVER%3Dx%3BPWD%3Dhunter2%3BUID%3Dsa", "UID%3Dsa"),
        ("?sslmode=require&password=hunter2&x=1", "&x=1"),
        ("app.config['SECRET_KEY'] = 'hunter2'", "SECRET_KEY"),
        ("connect(password=b'hunter2', host='db')", "host='db'"),
        ("x-api-key: hunter2", "x-api-key"),
        ("password=a,hunter2;b host=db", "host=db"),
        ("password=hun\"hunter2 host=db", "host=db"),
        ("DefaultEndpointsProtocol=https;AccountKey=hunter2==;EndpointSuffix=x", "DefaultEndpointsProtocol"),
        ("Cookie: session=hunter2; other=hunter2", "Cookie"),
        ("/file?X-Amz-Signature=hunter2&x=1", "&x=1"),
    ];
    for (text, stays) in cases {
        masks(text, &["hunter2"], &[stays], Secret::NamedValue);
    }
    let text = "password authentication failed for user \"web\"\npassword=os.environ[\"DB_PASSWORD\"], pool_size=5\nmax_tokens=4096";
    assert_eq!(mask(text).0, text);
}

#[test]
fn tokens() {
    masks("Authorization: Bearer abcDEF123456789.xyz", &["abcDEF123456789"], &["Authorization"], Secret::NamedValue);
    masks("curl -H 'bearer abcDEF123456789'", &["abcDEF123456789"], &["curl"], Secret::Token);
    masks(
        "got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sflKxwRJ end",
        &["eyJzdWI", "sflKxw"],
        &["got", "end"],
        Secret::Token,
    );
    masks("key AKIAABCDEFGHIJKLMNOP in us-east-1", &["AKIAABCD"], &["us-east-1"], Secret::Token);
    masks(
        "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nnext",
        &["MIIE", "abc"],
        &["next"],
        Secret::Token,
    );
}

#[test]
fn it_is_told_what_was_masked() {
    let paste = read("postgresql://a:x1y@h/d postgresql://a:z2w@h/d\npassword=abc\n");
    assert_eq!(
        paste.masked.sentence().as_deref(),
        Some("Masked before anything was kept: 2 passwords in addresses, 1 password or other named secret.")
    );
    assert_eq!(read("nothing").masked.sentence(), None);
}

#[test]
fn no_secret_is_anywhere_in_what_is_kept() {
    let text = "  File \"/app/x.py\", line 3, in f\n    create_engine(\"postgresql://web:hunter2@db/x\")\n\
                sqlalchemy.exc.OperationalError: (psycopg2.OperationalError) server closed the connection unexpectedly postgresql://web:hunter2@db\n\
                [parameters: ('hunter2',)]";
    let paste = read(text);
    assert!(!format!("{paste:?}").contains("hunter2"), "{paste:?}");
}

/// However a program puts its address together.
#[test]
fn passwords_that_a_program_puts_together() {
    let cases = [
        ("url = URL.create(\"postgresql\", \"app\", \"hunter2\", \"db\", 5432, \"shop\")", "\"db\", 5432"),
        (
            "URL.create(\n    \"postgresql+psycopg\",\n    \"app\",\n    quote_plus(\"hunter2\"),\n    host=\"db\",\n)",
            "host=\"db\"",
        ),
        ("URL.create(\"postgresql\", username=\"app\", password=\"hunter2\")", "username=\"app\""),
        ("url = \"postgresql://app:\" + \"hunter2\" + \"@db/shop\"", "@db/shop"),
        ("url = (\"postgresql://app:hun\"\n       \"hunter2@db/shop\")", "@db/shop"),
        ("url = \"postgresql://\" + user + \":\" + \"hunter2\" + \"@\" + host", "+ host"),
        ("url = \"postgresql://%s:%s@db/shop\" % (\"app\", \"hunter2\")", "@db/shop"),
        ("url = \"postgresql://{}:{}@db/shop\".format(\"app\", \"hunter2\")", "@db/shop"),
        (
            "class Settings(BaseSettings):\n    password: str = \"hunter2\"\n    pool_size: int = 5",
            "pool_size: int = 5",
        ),
        ("    db_password: Optional[SecretStr] = SecretStr(\"hunter2\")", "db_password"),
        ("password = SecretStr(\"hunter2\")", "SecretStr("),
        ("password = \"hun\" + \"hunter2\"\nhost = \"db\"", "host = \"db\""),
        ("password = os.getenv(\"DB_PASSWORD\", \"hunter2\")", "\"DB_PASSWORD\""),
        ("password = settings.password or \"hunter2\"", "settings.password"),
    ];
    for (text, stays) in cases {
        let (masked, count) = mask(text);
        assert!(!masked.contains("hunter2"), "{masked}");
        assert!(masked.contains(stays) && count.total() >= 1, "{masked}");
        assert_eq!(masked.matches('\n').count(), text.matches('\n').count(), "{masked}");
    }
}

/// However a file, a page or a command line says it.
#[test]
fn passwords_in_other_shapes() {
    let cases = [
        (
            "      - name: DB_PASSWORD\n        value: hunter2\n      - name: POOL_SIZE\n        value: \"5\"",
            "value: \"5\"",
        ),
        (
            "{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}, {\"name\": \"A\", \"value\": \"b\"}",
            "\"value\": \"b\"",
        ),
        ("<property name=\"password\" value=\"hunter2\"/>", "<property name=\"password\""),
        ("<password>hunter2</password><host>db</host>", "</password><host>db</host>"),
        ("<entry key=\"db.password\">hunter2</entry>", "</entry>"),
        ("&lt;password&gt;hunter2&lt;/password&gt;", "</password>"),
        ("&quot;password&quot;: &quot;hunter2&quot;, &quot;port&quot;: 5432", "\"port\": 5432"),
        ("postgresql:&#x2F;&#x2F;app:hunter2@db", "@db"),
        ("{\"url\": \"postgresql:\\/\\/app:hunter2@db\\/shop\"}", "@db/shop"),
        ("mysql -u root -phunter2 shop", " shop"),
        ("mysqldump --single-transaction -p'hunter2 x' shop", " shop"),
        ("sqlcmd -S db -U sa -P hunter2 -Q x", "-Q x"),
        ("redis-cli -a hunter2 ping", "ping"),
        ("curl -u me:hunter2 https://db", "curl -u me:"),
        ("db:\n  password: |\n    hunter2\n  port: 5432", "port: 5432"),
        ("DB_PASSWORD: ${DB_PASSWORD:-hunter2}", "${DB_PASSWORD:-"),
    ];
    for (text, stays) in cases {
        let (masked, count) = mask(text);
        assert!(!masked.contains("hunter2"), "{masked}");
        assert!(masked.contains(stays) && count.total() >= 1, "{masked}");
        assert_eq!(masked.matches('\n').count(), text.matches('\n').count(), "{masked}");
    }
    let long = "0123456789abcdef".repeat(50);
    masks(&format!("postgresql://app:{long}@db/shop"), &[&long[..30]], &["@db/shop"], Secret::UrlPassword);
    masks(&format!("password={long} host=db"), &[&long[..30]], &["host=db"], Secret::NamedValue);
    for text in [
        "mysql -h db -p shop",
        "name: DB_HOST\nvalue: db",
        "pip install mysql -U",
        "<name>web</name>",
        "type Password = str",
    ] {
        assert_eq!(mask(text).0, text);
    }
}
