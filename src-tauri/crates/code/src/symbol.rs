//! Which function and which type a line of a file lies in: enough of each language's shape for that, and no more.
//!
//! The text may be anything, also half a file or another language under a known ending. Work is linear in its length;
//! what cannot be told is left out.

mod agree;
mod braces;
mod header;
mod indent;
mod lex;
#[cfg(test)]
mod tests;

pub use agree::agrees;
pub(crate) use lex::texts;

/// How a language writes comments, texts and functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    Java,
    Kotlin,
    Scala,
    CSharp,
    JavaScript,
    Go,
    Rust,
    Swift,
    Php,
    C,
    Python,
    Ruby,
}

impl Tongue {
    pub(crate) fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        Some(match ending {
            "java" | "groovy" | "gvy" => Self::Java,
            "kt" | "kts" => Self::Kotlin,
            "scala" | "sc" => Self::Scala,
            "cs" => Self::CSharp,
            "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "mts" | "cts" | "svelte" | "vue" => Self::JavaScript,
            "go" => Self::Go,
            "rs" => Self::Rust,
            "swift" => Self::Swift,
            "php" | "phtml" | "inc" => Self::Php,
            "c" | "h" | "cc" | "cpp" | "cxx" | "hh" | "hpp" | "hxx" | "m" | "mm" | "ino" => Self::C,
            "py" | "pyw" | "pyx" => Self::Python,
            "rb" | "rake" | "ru" => Self::Ruby,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    Function,
    Type,
}

/// A function or a type, and the lines it takes, from the first of its head to its end; counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    pub kind: SymbolKind,
    /// Without what it lies in. Of a constructor, what the source calls it.
    pub name: String,
    pub first: u32,
    pub last: u32,
    /// The one around it: a place in the outline.
    outer: Option<usize>,
}

/// The functions and types of one file, outer ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline(Vec<Symbol>);

impl Outline {
    /// Nothing of a language that is not known.
    pub fn of(path: &str, text: &str) -> Self {
        match Tongue::of(path) {
            Some(tongue @ (Tongue::Python | Tongue::Ruby)) => Self(indent::outline(tongue, text)),
            Some(tongue) => Self(braces::outline(tongue, text)),
            None => Self::default(),
        }
    }

    pub fn all(&self) -> &[Symbol] {
        &self.0
    }

    /// Everything around a line, innermost first.
    pub fn around(&self, line: u32) -> Vec<&Symbol> {
        let innermost = (0..).zip(&self.0).filter(|(_, symbol)| symbol.first <= line && line <= symbol.last);
        let mut at =
            innermost.max_by_key(|(place, symbol): &(usize, &Symbol)| (symbol.first, *place)).map(|(at, _)| at);
        let mut found = Vec::new();
        while let Some(symbol) = at.and_then(|at| self.0.get(at)) {
            found.push(symbol);
            at = symbol.outer.filter(|outer| Some(*outer) < at);
        }
        found
    }

    /// `TransportConnection.processAddConsumer`: what a line lies in, as people say it.
    pub fn name_at(&self, line: u32) -> Option<String> {
        let names: Vec<&str> = self.around(line).iter().rev().map(|symbol| symbol.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join("."))
    }

    /// The lines of what is called so, as [`Self::name_at`] says it; several where functions of one name stand side by side.
    pub fn spans(&self, name: &str) -> Vec<(u32, u32)> {
        let own = name.rsplit('.').next();
        let fits = |symbol: &&Symbol| Some(symbol.name.as_str()) == own && self.whole_name(symbol) == name;
        self.0.iter().filter(fits).map(|symbol| (symbol.first, symbol.last)).collect()
    }

    fn whole_name(&self, symbol: &Symbol) -> String {
        let mut names = vec![symbol.name.as_str()];
        let mut outer = symbol.outer;
        while let Some(symbol) = outer.and_then(|at| self.0.get(at)).filter(|_| names.len() < 100) {
            names.push(&symbol.name);
            outer = symbol.outer;
        }
        names.reverse();
        names.join(".")
    }
}
