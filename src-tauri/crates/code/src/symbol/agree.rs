//! Whether a frame's function is the one that its line lies in: where not, the source differs from what was built.

use super::{Outline, Symbol, SymbolKind, Tongue};

/// `None` where the frame or the language does not say enough: functions without a name, PHP's frames, which name what is
/// called.
pub fn agrees(outline: &Outline, path: &str, function: &str, line: u32) -> Option<bool> {
    let tongue = Tongue::of(path)?;
    if outline.all().is_empty() || tongue == Tongue::Php {
        return None;
    }
    let around = outline.around(line);
    let functions: Vec<&str> = around.iter().filter(|one| is_function(one)).map(|one| one.name.as_str()).collect();
    let owner = around.iter().find(|one| one.kind == SymbolKind::Type).map(|one| one.name.as_str());
    // Between the members of a type, and outside of everything.
    let bare = around.first().is_none_or(|one| one.kind == SymbolKind::Type);
    let innermost = functions.first().copied().unwrap_or_default();
    let (class, method) = parts(tongue, function);
    if method.is_empty() || is_nameless(method) {
        return None;
    }
    let made = innermost == "<init>" || innermost == "init" || Some(innermost) == owner;
    Some(match tongue {
        Tongue::Java | Tongue::Kotlin | Tongue::Scala => match method {
            // A class without a name is made where it stands: in the middle of a function.
            "<init>" => made || bare || class.rsplit('$').next().is_some_and(is_number),
            "<clinit>" => innermost == "<clinit>" || bare,
            // The compiler's own way to a private member: it stands where the class does.
            "access" => bare,
            _ => {
                // A closure is named after the function that it stands in, or is a class within it.
                let lambda = method.strip_prefix("lambda$").or_else(|| method.strip_prefix("$anonfun$"));
                let wanted = lambda.unwrap_or(method);
                let within = class.split(['$', '_']).skip(1).any(|part| functions.contains(&part));
                innermost == wanted
                    || within
                    || (lambda.is_some() && (functions.contains(&wanted) || ["new", "static"].contains(&wanted) && (made || bare)))
                    // `get()` of a property makes `getTotal`.
                    || (["get", "set"].contains(&innermost) && wanted.starts_with(innermost))
                    // What the compiler adds to a class stands at its head.
                    || (bare && around.first().is_some_and(|one| one.first == line))
            }
        },
        Tongue::CSharp => match method {
            "ctor" | "cctor" => made || bare,
            _ => {
                let accessor = ["get_", "set_", "add_", "remove_"].iter().find_map(|mark| method.strip_prefix(mark));
                functions.contains(&accessor.unwrap_or(method))
            }
        },
        Tongue::JavaScript => {
            functions.contains(&method)
                || (innermost == "constructor" && owner == Some(method))
                || owner == Some(method) && bare
        }
        Tongue::Python => {
            method == "<module>" && functions.is_empty() || innermost == method || Some(method) == owner && bare
        }
        Tongue::Go | Tongue::Rust | Tongue::Swift | Tongue::C | Tongue::Ruby => functions.contains(&method),
        Tongue::Php => return None,
    })
}

fn is_function(symbol: &Symbol) -> bool {
    symbol.kind == SymbolKind::Function
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_nameless(method: &str) -> bool {
    matches!(
        method,
        "<lambda>"
            | "<listcomp>"
            | "<genexpr>"
            | "<dictcomp>"
            | "<setcomp>"
            | "<main>"
            | "<anonymous>"
            | "anonymous"
            | "eval"
            | "operator()"
    ) || method.starts_with('<') && !matches!(method, "<init>" | "<clinit>" | "<module>")
}

/// What the function is in, and its own name.
fn parts(tongue: Tongue, function: &str) -> (&str, &str) {
    let function = function.trim();
    match tongue {
        Tongue::Rust => {
            let mut named = function;
            while let Some(rest) = named.strip_suffix("::{closure}") {
                named = rest;
            }
            named.rsplit_once("::").unwrap_or(("", named))
        }
        Tongue::C => function.rsplit_once("::").unwrap_or(("", function)),
        Tongue::Go => {
            let mut named = function;
            while let Some(rest) = named.strip_suffix(".func") {
                named = rest;
            }
            named.rsplit_once('.').unwrap_or(("", named))
        }
        Tongue::Swift => {
            let named = function.rsplit(" in ").next().unwrap_or(function);
            let named = named.split(['(', '<']).next().unwrap_or(named);
            named.rsplit_once('.').unwrap_or(("", named))
        }
        Tongue::Ruby => {
            let named = function.rsplit(" in ").next().unwrap_or(function);
            named.rsplit_once(['#', '.']).unwrap_or(("", named))
        }
        _ => function.rsplit_once('.').unwrap_or(("", function)),
    }
}
