//! Java, Kotlin, Scala, Groovy, Clojure: frames `at pkg.Class.method(File.java:12)`, chains of `Caused by:`.

use super::{frame, head, library};
use crate::lines::Line;
use domain::{Frame, Language, Signature};

/// One error of a chain.
#[derive(Default)]
struct Link<'a> {
    exception: &'a str,
    message: &'a str,
    frames: Vec<At<'a>>,
    /// `... 23 more`: that many frames are the same as the last ones of the error around it.
    more: usize,
}

#[derive(Clone, Copy)]
struct At<'a> {
    raw: &'a str,
    function: &'a str,
    place: &'a str,
}

/// Lines that stand between frames without ending the trace.
const GAP: usize = 2;

pub fn scan(lines: &[Line<'_>]) -> Vec<Signature> {
    let mut found = Vec::new();
    let mut floor = 0;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if parse(line.text).is_none() {
            at += 1;
            continue;
        }
        let (signature, next) = trace(lines, at, floor);
        // A single frame under no error is a mention.
        if signature.exception != frame::UNNAMED || signature.frames.len() > 1 {
            found.push(signature);
        }
        at = next.max(at + 1);
        floor = at;
    }
    found
}

fn trace(lines: &[Line<'_>], first: usize, floor: usize) -> (Signature, usize) {
    let above = head::above(lines, first, floor);
    let thread = thread_state(lines, first, floor);
    let mut start = lines.get(first).map_or(0, |line| line.start);
    let mut chain = vec![Link::default()];
    if let Some((at, head)) = above {
        start = lines.get(at).map_or(start, |line| line.start + head.at);
        chain = vec![Link { exception: head.exception, message: head.message, ..Link::default() }];
    }
    let mut root_first = false;
    let mut suppressed = false;
    let mut quiet = 0;
    let mut end = start;
    let mut next = first;
    for (at, line) in lines.iter().enumerate().skip(first) {
        let text = line.text;
        let stop = quiet > GAP;
        if stop {
            break;
        }
        let Some(link) = chain.last_mut() else { break };
        if let Some(frame) = parse(text) {
            if !suppressed {
                link.frames.push(frame);
            }
        } else if let Some(count) = more(text) {
            if !suppressed {
                link.more = count;
            }
        } else if let Some(cause) = text.strip_prefix("Caused by:").or_else(|| text.strip_prefix("Wrapped by:")) {
            root_first |= text.starts_with("Wrapped");
            suppressed = false;
            let named = head::head(cause);
            let (exception, message) = named.map_or((cause.trim(), ""), |head| (head.exception, head.message));
            chain.push(Link { exception, message, ..Link::default() });
        } else if text.starts_with("Suppressed:") {
            suppressed = true;
        } else if text.is_empty()
            || line.lead && head::head(text).is_none_or(|head| !head.firm)
            || text.starts_with("- ")
        {
            // Blank lines of a helpdesk, a logger's prefix, `- locked <0x…>` of a thread dump.
            if text.is_empty() && is_thread(lines, at) {
                break;
            }
            continue;
        } else if (link.frames.is_empty() && at > first) || is_wrapped(lines, at) {
            // A message that runs over several lines, or a frame cut by a mailer.
            quiet += 1;
            if !link.frames.is_empty() || quiet <= GAP { continue } else { break }
        } else {
            break;
        }
        quiet = 0;
        end = line.end();
        next = at + 1;
    }
    let (exception, message, frames) = root(&chain, root_first);
    let name = match (exception, thread) {
        ("", Some(state)) => format!("{}{state}", frame::THREAD),
        ("", None) => frame::UNNAMED.to_owned(),
        (name, _) => name.to_owned(),
    };
    (frame::signature(Language::Java, &name, message, frames, (start, end)), next)
}

/// The root cause, and its frames with those that it shares with the errors around it put back.
fn root<'a>(chain: &[Link<'a>], root_first: bool) -> (&'a str, &'a str, Vec<Frame>) {
    let named = |link: &&Link<'a>| !link.exception.is_empty() || !link.frames.is_empty();
    let place = if root_first {
        chain.iter().position(|link| named(&link))
    } else {
        chain.iter().rposition(|link| named(&link))
    };
    let Some((place, link)) = place.and_then(|place| Some((place, chain.get(place)?))) else {
        return ("", "", Vec::new());
    };
    let mut frames: Vec<At<'a>> = link.frames.iter().take(frame::MOST_FRAMES).copied().collect();
    let mut wanted = if root_first { 0 } else { link.more };
    for outer in chain.get(..place).unwrap_or_default().iter().rev() {
        if wanted == 0 || frames.len() >= frame::MOST_FRAMES {
            break;
        }
        // Of the last `wanted` frames of `outer`, the last `outer.more` are in turn not printed.
        let own = wanted.saturating_sub(outer.more).min(outer.frames.len());
        let room = frame::MOST_FRAMES.saturating_sub(frames.len());
        frames.extend(outer.frames.iter().skip(outer.frames.len() - own).take(room));
        wanted = wanted.min(outer.more);
    }
    (link.exception, link.message, frames.iter().map(build).collect())
}

fn build(at: &At<'_>) -> Frame {
    let function = clean(at.function);
    let place = at.place.split('(').next().unwrap_or_default();
    let (file, line) = match place.split_once(':') {
        Some((file, line)) => (file, frame::line_number(line)),
        None => (place, None),
    };
    let file = (file.contains('.') && !file.contains(' ')).then(|| file.to_owned());
    Frame { raw: frame::raw(at.raw), in_project: !library::is_java(&function), function, file, line }
}

fn parse(text: &str) -> Option<At<'_>> {
    let rest = text.strip_prefix("at ").or_else(|| text.strip_prefix("at\t"))?.trim_start();
    let open = rest.find('(')?;
    let (function, tail) = rest.split_at(open);
    let close = tail.find(')')?;
    let place = tail.get(1..close)?;
    let name_fits = function.contains('.')
        && !function.contains(|c: char| c.is_whitespace() || ":\"'".contains(c))
        && function.starts_with(|c: char| c.is_alphabetic() || "_$".contains(c));
    (name_fits && is_place(place)).then_some(At { raw: text, function, place })
}

/// `Foo.java:12`, `Foo.kt`, `Native Method`, `Unknown Source`, `Foo.java:12(Compiled Code)`, `<generated>`.
fn is_place(place: &str) -> bool {
    let place = place.split('(').next().unwrap_or_default().trim();
    if matches!(
        place,
        "Native Method"
            | "Unknown Source"
            | "<generated>"
            | "Compiled Code"
            | "Optimized Method"
            | "Inlined Compiled Code"
    ) {
        return true;
    }
    let (file, line) = place.split_once(':').unwrap_or((place, ""));
    if file.contains(' ') || line.contains(|c: char| !c.is_ascii_digit()) {
        return false;
    }
    let extension = file.rsplit_once('.').map(|(_, extension)| extension);
    match extension {
        Some(extension) => {
            extension.len() <= 7 && extension.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        }
        None => !line.is_empty(),
    }
}

fn more(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("...")?.trim_start();
    let (count, word) = rest.split_once(' ')?;
    (word.starts_with("more") || word.starts_with("common")).then_some(())?;
    count.parse::<usize>().ok()
}

/// The state of the thread that a thread dump prints these frames for.
fn thread_state<'a>(lines: &[Line<'a>], first: usize, floor: usize) -> Option<&'a str> {
    (floor.max(first.saturating_sub(2))..first).rev().find_map(|at| {
        let text = lines.get(at)?.text;
        if let Some((_, state)) = text.split_once("java.lang.Thread.State:") {
            return state.split_whitespace().next();
        }
        (text.starts_with('"') && text.contains(" tid="))
            .then(|| if text.contains("waiting for monitor") { "BLOCKED" } else { "running" })
    })
}

fn is_thread(lines: &[Line<'_>], blank: usize) -> bool {
    lines.get(blank + 1).is_some_and(|line| line.text.starts_with('"'))
}

/// `at` alone or a frame's first half at the end of a line, and the rest on the next one.
fn is_wrapped(lines: &[Line<'_>], at: usize) -> bool {
    let close = |text: &str| text.ends_with(')') || text.ends_with(']');
    let here = lines.get(at).map_or("", |line| line.text);
    let follows = lines.iter().skip(at + 1).take(2).any(|line| parse(line.text).is_some() || more(line.text).is_some());
    follows && (here == "at" || here.starts_with("at ") || close(here)) && !here.contains(": ")
}

/// Frees a frame's name of what a rebuild or another run changes.
fn clean(function: &str) -> String {
    let lambda = function.find("$$Lambda");
    let named = function.get(..lambda.unwrap_or(function.len())).unwrap_or_default();
    // `java.base/java.lang.Thread.run`, `app//com.acme.Foo`: the module goes.
    let named = named.rsplit('/').next().unwrap_or(named);
    let tail = match lambda {
        Some(at) => {
            format!("$$Lambda.{}", function.get(at..).and_then(|rest| rest.rsplit('.').next()).unwrap_or_default())
        }
        None => String::new(),
    };
    let parts = named.split('.').map(clean_part).collect::<Vec<_>>().join(".");
    // `<init>` after a page was copied out of its source, or twice through one.
    let parts =
        if parts.contains('&') { parts.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") } else { parts };
    format!("{parts}{tail}")
}

fn clean_part(part: &str) -> &str {
    // Nearly every part is a plain name, and a trace has hundreds.
    if !part.bytes().any(|byte| matches!(byte, b'$' | b'_')) && !part.starts_with("Generated") {
        return part;
    }
    // `Foo$$EnhancerByCGLIB$$1a2b`, `Foo$HibernateProxy$x`, `Foo_$$_jvst12`: what a generator hung on the class.
    for mark in ["_$$_", "$$", "$HibernateProxy$", "$ByteBuddy$", "$MockitoMock$", "__"] {
        if let Some(at) = part.find(mark).filter(|at| *at > 0) {
            let digits =
                part.get(at + 2..).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()) && !rest.is_empty());
            if mark != "__" || digits {
                return part.get(..at).unwrap_or(part);
            }
        }
    }
    let numbered = [
        "lambda$",
        "access$",
        "$Proxy",
        "GeneratedMethodAccessor",
        "GeneratedConstructorAccessor",
        "GeneratedSerializationConstructorAccessor",
        "$anonfun$",
    ];
    if numbered.iter().any(|mark| part.starts_with(mark)) {
        let bare = frame::without_number(part);
        return if part.starts_with("$Proxy") || part.starts_with("Gen") { bare } else { bare.trim_end_matches('$') };
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frames_name_is_free_of_what_another_run_changes() {
        for (raw, expected) in [
            ("java.base/java.lang.Thread.run", "java.lang.Thread.run"),
            ("app//com.acme.Foo.bar", "com.acme.Foo.bar"),
            ("com.acme.Foo.&lt;init&gt;", "com.acme.Foo.<init>"),
            ("com.acme.Foo.&amp;lt;clinit&amp;gt;", "com.acme.Foo.<clinit>"),
            ("com.acme.Foo$$EnhancerBySpringCGLIB$$1a2b3c4d.bar", "com.acme.Foo.bar"),
            ("com.acme.Foo$$Lambda$14/0x0000000800c3.run", "com.acme.Foo$$Lambda.run"),
            ("com.acme.Foo.lambda$main$0", "com.acme.Foo.lambda$main"),
            ("com.sun.proxy.$Proxy12.save", "com.sun.proxy.$Proxy.save"),
            ("sun.reflect.GeneratedMethodAccessor231.invoke", "sun.reflect.GeneratedMethodAccessor.invoke"),
            ("com.acme.Foo.access$000", "com.acme.Foo.access"),
            ("com.acme.Foo$1.run", "com.acme.Foo$1.run"),
            ("com.acme.Foo.<init>", "com.acme.Foo.<init>"),
            ("user$eval__1234.invoke", "user$eval.invoke"),
            ("com.acme.Foo_$$_jvst12_0.get", "com.acme.Foo.get"),
        ] {
            assert_eq!(clean(raw), expected, "{raw}");
        }
    }
}
