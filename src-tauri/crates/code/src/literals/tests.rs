use super::*;
use crate::testing::Project;
use proptest::prelude::*;

fn of(files: &[(&str, &str)]) -> Literals {
    let mut found = Literals::default();
    files.iter().for_each(|(path, text)| found.read((*path).to_owned(), text));
    found
}

fn told(found: &Literals, line: &str) -> Vec<String> {
    found.of_line(line, true).iter().map(|one| format!("{}:{}", one.path, one.line)).collect()
}

#[test]
fn a_line_of_a_log_leads_to_the_statement_that_printed_it_in_every_way_that_one_is_written() {
    let line = "2024-01-02 ERROR [worker-3] Could not reserve 12 items of basket 4711: sold out";
    for (path, text) in [
        (
            "a.java",
            "class A {\n  void f() {\n    log.error(\"Could not reserve {} items of basket {}: {}\", n, id, why);\n",
        ),
        ("a.java", "\n\nlog.error(\"Could not reserve \" + n + \" items of basket \" + id);\n"),
        ("a.java", "\n\nlog.error(\"Could not reserve \" + n\n  + \" items of basket \" + id);\n"),
        ("a.kt", "\n\nlog.error(\"Could not reserve $n items of basket ${basket.id}\")\n"),
        ("a.py", "# 'Could not reserve'\n\nlog.error('Could not reserve %d items of basket %(id)s', n)\n"),
        ("a.py", "\n\nlog.error(f\"Could not reserve {n} items of basket {id}\")\n"),
        ("a.js", "\n\nconsole.error(`Could not reserve ${n} items of basket ${id}`);\n"),
        ("a.go", "\n\nlog.Printf(\"Could not reserve %d items of basket %v\", n, id)\n"),
        ("a.rs", "\n\nerror!(\"Could not reserve {n} items of basket {id:?}\");\n"),
        ("a.rb", "\n\nlogger.error \"Could not reserve #{n} items of basket #{id}\"\n"),
        ("a.php", "<?php\n\nerror_log(\"Could not reserve $n items of basket $id\");\n"),
        ("a.swift", "\n\nlog.error(\"Could not reserve \\(n) items of basket \\(id)\")\n"),
        ("a.cs", "\n\nlog.LogError(\"Could not reserve {Count} items of basket {Id}\", n, id);\n"),
        ("a.cpp", "\n\nfprintf(stderr, \"Could not reserve %lu items of basket %s\\n\", n, id);\n"),
        ("a.properties", "a=b\n\nreserve.failed=Could not reserve {0} items of basket {1}\n"),
    ] {
        assert_eq!(told(&of(&[(path, text)]), line), [format!("{path}:3")], "{text}");
    }
}

#[test]
fn what_is_said_more_fully_goes_first_and_what_is_said_everywhere_leads_nowhere() {
    let exact = "x(\"Transport Connection to: {} failed\");\n";
    let short = "x(\"Transport Connection\");\n";
    let found = of(&[("short.java", short), ("exact.java", exact), ("src/test/Exact.java", exact)]);
    assert_eq!(told(&found, "WARN Transport Connection to: tcp://10.0.0.1 failed"), ["exact.java:1"], "not the test");
    assert_eq!(told(&found, "WARN Transport to: Connection failed"), [""; 0], "in another order");
    let (two, four) = (
        of(&[("a.java", exact), ("b.java", exact)]),
        of(&["a.java", "b.java", "c.java", "d.java"].map(|path| (path, exact))),
    );
    assert_eq!(told(&two, "Transport Connection to: x failed").len(), 2);
    assert_eq!(told(&four, "Transport Connection to: x failed"), [""; 0]);
    let prose = "Since Monday our Transport Connection to: the shop failed whenever somebody opened the basket there";
    assert!(found.of_line(prose, true).len() == 1 && found.of_line(prose, false).is_empty());
    for little in [
        "x(\"Error\");",
        "x(\"could not\");",
        "x(\"{}: {}\");",
        "x(\"%s\");",
        "// \"Transport Connection to: x failed\"\n",
    ] {
        assert_eq!(
            told(&of(&[("a.java", little)]), "Error could not: Transport Connection to: x failed"),
            [""; 0],
            "{little}"
        );
    }
}

#[test]
fn an_error_code_leads_to_where_it_is_named() {
    let found = of(&[
        ("a.java", "int a;\nthrow new E(\"ERR-1042\");\n"),
        ("b.py", "raise E('CART_FULL: no room for %d' % n)\n"),
    ]);
    let told = |code: &str| found.of_code(code).into_iter().map(|one| (one.path, one.line)).collect::<Vec<_>>();
    assert_eq!(told("ERR-1042"), [("a.java".to_owned(), 2)]);
    assert_eq!(told("CART_FULL"), [("b.py".to_owned(), 1)]);
    assert!(told("ERR-10").is_empty());
    let read: Vec<&str> = codes("Failed with ERR-1042 (E_CART_FULL), HTTP 503 and AB").collect();
    assert_eq!(read, ["ERR-1042", "E_CART_FULL"]);
}

#[cfg(unix)]
#[test]
fn the_texts_of_a_version_are_its_own_and_links_and_large_files_are_left_out() {
    let mut project = Project::new();
    std::os::unix::fs::symlink("/etc/passwd", project.path().join("passwd.py")).unwrap();
    project.write("large.js", format!("{}\nx(\"a text of a large file\")", "a;".repeat(1 << 20)));
    let old = project.commit("src/a.rs", "x(\"the older text of it\")\n", "old");
    let new = project.commit("src/a.rs", "\n\nx(\"the newer text of it\")\n", "new");
    let repository = project.open();
    let place =
        |at, line: &str| repository.literals(at, &|| false).unwrap().of_line(line, true).first().map(|one| one.line);
    assert_eq!((place(old, "the older text of it"), place(new, "the older text of it")), (Some(1), None));
    assert_eq!((place(new, "the newer text of it"), place(new, "a text of a large file")), (Some(3), None));
    assert_eq!(repository.literals(new, &|| true).err().unwrap().code(), "cancelled");
}

proptest! {
    #[test]
    fn any_text_is_read_and_any_line_is_asked_without_a_panic(text in "(?s).{0,300}", quoted in "[\"'`{}%$#(\\\\a-z é\n]{0,200}", line in ".{0,100}") {
        for path in ["a.java", "a.py", "a.rb", "a.js", "a.properties", "a.php", "a.rs"] {
            let found = of(&[(path, &text), (path, &quoted)]);
            let _ = (found.of_line(&line, true), found.of_line(&quoted, false), found.of_code(&line));
        }
    }
}
