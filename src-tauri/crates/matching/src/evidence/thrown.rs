//! What a file says was thrown, as its language would print it: what a text says of an error is read of a file the same way,
//! so that a trace in a log, in an event and in the words of another customer is one error.

use super::{Found, Kind, LARGEST_TREE, Level, list, log, narrow, tree, wide, words};
use crate::{mask::clip, traced};
use serde_json::{Value, json};
use std::fmt::Write;

/// Of all of it.
const MOST: usize = 16 << 10;
/// Of one error.
const ONE: usize = 4 << 10;
/// Lines of one error.
const LINES: usize = 80;
const ERRORS: usize = 6;
/// Without a trace, so many lines that say that something failed.
const ALONE: usize = 3;

/// Empty where nothing was. `found` is what was read in it.
pub fn thrown(kind: Kind, bytes: &[u8], found: &Found) -> String {
    let told = match kind {
        Kind::Log if wide(bytes) => of_log(narrow(bytes).as_bytes(), found),
        Kind::Log => of_log(bytes, found),
        Kind::Sentry => of_event(bytes),
        Kind::Otel => of_spans(bytes),
        Kind::Har | Kind::Picture => String::new(),
    };
    clip(&told, MOST).to_owned()
}

/// The first of each group of errors with the trace below it; without any trace, the lines that say so.
fn of_log(bytes: &[u8], found: &Found) -> String {
    let errors = found.groups.iter().filter(|group| group.level == Level::Error);
    let mut numbers: Vec<u64> = errors.map(|group| group.number).take(200).collect();
    numbers.sort_unstable();
    let (mut traces, mut alone) = (Vec::new(), Vec::new());
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let mut at = 0;
    for number in numbers {
        let Some(skip) = usize::try_from(number - at).ok().and_then(|ahead| ahead.checked_sub(1)) else { continue };
        let Some(first) = lines.nth(skip) else { break };
        at = number;
        let mut block = String::from_utf8_lossy(clip_bytes(first)).trim_end().to_owned();
        let opened = block.contains("Traceback (most recent call last)");
        let mut ahead = lines.clone();
        let mut more = 0;
        for line in ahead.by_ref().take(LINES) {
            let goes_on = !line.trim_ascii().is_empty() && log::goes_on(line);
            if !(goes_on || opened && more > 0) || block.len() > ONE {
                break;
            }
            more += 1;
            block.push('\n');
            block.push_str(String::from_utf8_lossy(clip_bytes(line)).trim_end());
            // A traceback of Python ends with what was thrown, at the margin.
            if !goes_on {
                break;
            }
        }
        if more > 0 { traces.push(block) } else { alone.push(block) }
    }
    if traces.is_empty() {
        alone.truncate(ALONE);
        return alone.join("\n");
    }
    traces.truncate(ERRORS);
    traces.join("\n\n")
}

fn clip_bytes(line: &[u8]) -> &[u8] {
    line.get(..line.len().min(2000)).unwrap_or_default()
}

/// The exceptions of an event, the one that was thrown last first. A tracker has its innermost frame last.
fn of_event(bytes: &[u8]) -> String {
    let Ok(tree) = tree(bytes) else { return String::new() };
    let platform = words(&tree, "/platform").unwrap_or_default().to_owned();
    let exceptions = tree.get("exception").unwrap_or(&Value::Null);
    let all: Vec<&Value> =
        exceptions.as_array().map_or_else(|| list(exceptions, "values").collect(), |all| all.iter().collect());
    let printed = all.iter().rev().take(ERRORS).map(|one| clip(&print(one, &platform), ONE).to_owned());
    printed.collect::<Vec<_>>().join("\n\n")
}

fn print(exception: &Value, platform: &str) -> String {
    let class = words(exception, "/type").unwrap_or("Error");
    let class = match words(exception, "/module") {
        Some(module) if platform == "java" && !class.contains('.') => format!("{module}.{class}"),
        _ => class.to_owned(),
    };
    let head = match words(exception, "/value") {
        Some(said) => format!("{class}: {said}"),
        None => class,
    };
    let frames: Vec<&Value> = exception.get("stacktrace").into_iter().flat_map(|trace| list(trace, "frames")).collect();
    let frames = frames.get(frames.len().saturating_sub(LINES)..).unwrap_or_default();
    let line = |frame: &&Value| frame_line(frame, platform);
    let innermost = frames.iter().rev().map(line).collect::<Vec<_>>().join("\n");
    match platform {
        "python" if frames.is_empty() => head,
        "python" => {
            let outermost = frames.iter().map(line).collect::<Vec<_>>().join("\n");
            format!("Traceback (most recent call last):\n{outermost}\n{head}")
        }
        "php" => {
            let numbered = frames.iter().rev().enumerate();
            let lines = numbered.map(|(at, frame)| format!("#{at} {}", frame_line(frame, platform)));
            format!("{head}\nStack trace:\n{}", lines.collect::<Vec<_>>().join("\n"))
        }
        "go" => format!("panic: {head}\n\ngoroutine 1 [running]:\n{innermost}"),
        "ruby" => {
            let (first, rest) = innermost.split_once('\n').unwrap_or((&innermost, ""));
            let class = head.split(':').next().unwrap_or_default();
            let said = words(exception, "/value").unwrap_or_default();
            let rest = rest.lines().map(|line| format!("\n\tfrom {line}")).collect::<String>();
            format!("{first}: {said} ({class}){rest}")
        }
        _ => format!("{head}\n{innermost}"),
    }
}

fn frame_line(frame: &Value, platform: &str) -> String {
    let function = words(frame, "/function").unwrap_or("<anonymous>");
    let module = words(frame, "/module");
    let file = words(frame, "/abs_path").filter(|path| platform != "java" && path.contains(['/', '\\']));
    let file = file.or_else(|| words(frame, "/filename")).or(module).unwrap_or("?");
    let number = |name: &str| frame.get(name).and_then(Value::as_u64);
    let line = number("lineno").unwrap_or_default();
    let qualified = |by: &str| match module {
        Some(module) if !function.starts_with(module) => format!("{module}{by}{function}"),
        _ => function.to_owned(),
    };
    match platform {
        "python" => format!("  File \"{file}\", line {line}, in {function}"),
        "java" if number("lineno").is_none() => format!("\tat {}(Unknown Source)", qualified(".")),
        "java" => format!("\tat {}({file}:{line})", qualified(".")),
        "csharp" => format!("   at {}() in {file}:line {line}", qualified(".")),
        "go" => format!("{}(...)\n\t{file}:{line}", qualified(".")),
        "ruby" => format!("{file}:{line}:in `{function}'"),
        "php" => format!("{file}({line}): {function}()"),
        _ => format!("    at {function} ({file}:{line}:{})", number("colno").unwrap_or(1)),
    }
}

/// What spans and records name of code and exceptions, and no more of them.
fn of_spans(bytes: &[u8]) -> String {
    let Some(text) = bytes.get(..bytes.len().min(LARGEST_TREE)).map(String::from_utf8_lossy) else {
        return String::new();
    };
    let told = traced(&text);
    let mut out = told.thrown().trim_start().to_owned();
    out.truncate(clip(&out, MOST / 2).len());
    let spans: Vec<Value> = told.frames.iter().map(span).collect();
    if !spans.is_empty() || !told.versions.is_empty() {
        let resource = json!({ "attributes": { "service.version": told.versions.first() } });
        for (at, span) in spans.into_iter().enumerate() {
            let resource = if at == 0 { &resource } else { &Value::Null };
            // One to a line: what is cut off at the end costs a line and no more.
            let line = json!({ "resource": resource, "spans": [span] }).to_string();
            if out.len() + line.len() < MOST {
                let _ = write!(out, "\n{line}");
            }
        }
    }
    out
}

fn span(frame: &domain::Frame) -> Value {
    json!({ "name": frame.raw, "attributes": {
        "code.function.name": frame.function, "code.file.path": frame.file, "code.line.number": frame.line,
    }})
}

#[cfg(test)]
mod tests {
    use super::super::{kind, read};
    use crate::signatures;

    fn told(bytes: &[u8]) -> String {
        let kind = kind(bytes).unwrap();
        super::thrown(kind, bytes, &read(kind, bytes).unwrap())
    }

    /// The same error, printed by its runtime, of a log and as an event.
    #[test]
    fn a_trace_in_a_log_and_one_in_an_event_are_the_error_that_somebody_pastes() {
        let java = "java.lang.IllegalStateException: no cart 77\n\tat shop.Cart.take(Cart.java:7)\n\tat shop.Web.pay(Web.java:40)\n";
        let python = "Traceback (most recent call last):\n  File \"/srv/shop/web.py\", line 40, in pay\n  File \"/srv/shop/cart.py\", line 7, in take\nValueError: no cart 77\n";
        let script = "TypeError: no cart 77\n    at take (/srv/shop/cart.js:7:3)\n    at pay (/srv/shop/web.js:40:9)\n";
        let event = |platform: &str, class: &str, frames: serde_json::Value| {
            serde_json::json!({ "event_id": "1", "platform": platform,
                "exception": { "values": [{ "type": class, "module": "java.lang", "value": "no cart 12", "stacktrace": { "frames": frames } }] } })
            .to_string()
        };
        let frame = |file: &str, function: &str, line: u32| serde_json::json!({ "filename": file, "abs_path": format!("/srv/shop/{file}"), "function": function, "lineno": line, "colno": 3 });
        let in_class = |module: &str, file: &str, function: &str, line: u32| serde_json::json!({ "module": module, "filename": file, "function": function, "lineno": line });
        let events = [
            (
                java,
                event(
                    "java",
                    "IllegalStateException",
                    serde_json::json!([
                        in_class("shop.Web", "Web.java", "pay", 40),
                        in_class("shop.Cart", "Cart.java", "take", 7)
                    ]),
                ),
            ),
            (
                python,
                event(
                    "python",
                    "ValueError",
                    serde_json::json!([frame("web.py", "pay", 40), frame("cart.py", "take", 7)]),
                ),
            ),
            (
                script,
                event(
                    "javascript",
                    "TypeError",
                    serde_json::json!([frame("web.js", "pay", 40), frame("cart.js", "take", 7)]),
                ),
            ),
        ];
        for (printed, event) in events {
            let pasted = signatures(printed).remove(0);
            let mut log = "2026-05-01T12:00:00Z INFO served\n".repeat(50);
            log +=
                &format!("2026-05-01T12:00:01Z ERROR [web] paying failed\n{printed}2026-05-01T12:00:02Z INFO served\n");
            for text in [told(log.as_bytes()), told(event.as_bytes())] {
                let found = signatures(&text);
                assert_eq!(found.first().map(|one| one.code()), Some(pasted.code()), "{text}");
                assert_eq!(found[0].frames[0].line, Some(7), "{text}");
            }
        }
    }

    #[test]
    fn of_a_log_without_a_trace_a_few_lines_count_and_of_one_where_nothing_failed_none() {
        let log =
            "2026-05-01T12:00:01Z INFO x\n2026-05-01T12:00:01Z ERROR no stock left\n2026-05-01T12:00:01Z INFO y\n";
        assert_eq!(told(log.as_bytes()), "2026-05-01T12:00:01Z ERROR no stock left");
        assert_eq!(told(b"2026-05-01T12:00:01Z INFO x\n"), "");
    }

    #[test]
    fn of_spans_stays_what_names_code_what_was_thrown_and_the_version() {
        let at = |key: &str, value: &str| serde_json::json!({ "key": key, "value": { "stringValue": value } });
        let spans: Vec<_> = (0..500)
            .map(|n| {
                let code = [at("code.function.name", "shop.Cart.take"), at("code.file.path", "src/Cart.java"), at("http.url", "https://shop.example/secret")];
                let trace = [at("exception.type", "java.lang.IllegalStateException"), at("exception.stacktrace", "java.lang.IllegalStateException: x\n\tat shop.Cart.take(Cart.java:7)")];
                serde_json::json!({ "spanId": n.to_string(), "name": "POST /pay", "status": { "code": 2 }, "attributes": code,
                    "events": [{ "name": "exception", "attributes": trace }] })
            })
            .collect();
        let all = serde_json::json!({ "resourceSpans": [{ "resource": { "attributes": [at("service.version", "2.3.1")] }, "scopeSpans": [{ "spans": spans }] }] });
        let text = told(all.to_string().as_bytes());
        let read = crate::traced(&text);
        assert_eq!(
            (read.frames.len(), read.frames[0].function.as_str(), read.versions),
            (1, "shop.Cart.take", vec!["2.3.1".into()])
        );
        assert_eq!(signatures(read.rest.as_deref().unwrap())[0].exception, "java.lang.IllegalStateException");
        assert!(text.len() < 800 && !text.contains("secret"), "{text}");
    }

    #[test]
    fn a_cut_event_is_no_panic() {
        let event = br#"{"event_id":"1","platform":"ruby","exception":[{"type":"E","value":"v","stacktrace":{"frames":[{"lineno":"x"},7,{"function":"f"}]}}]}"#;
        for end in 0..=event.len() {
            for kind in [super::Kind::Log, super::Kind::Sentry, super::Kind::Otel] {
                super::thrown(kind, &event[..end], &super::Found::default());
            }
        }
        assert!(told(event).contains("f"));
    }
}
