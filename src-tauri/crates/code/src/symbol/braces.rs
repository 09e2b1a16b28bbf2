//! Languages whose blocks stand in braces.

use super::{
    Symbol, SymbolKind, Tongue,
    header::{self, Around, Block},
    lex::{Token, lex},
};

struct Open {
    /// Its place in the outline.
    symbol: Option<usize>,
    /// The innermost that has one, from here on.
    outer: Option<usize>,
    around: Around,
    /// How it was outside of this brace.
    depth: usize,
    begun: usize,
    /// It stands within a head, which goes on behind it.
    within: bool,
}

struct Reader<'a> {
    tongue: Tongue,
    tokens: &'a [Token<'a>],
    symbols: Vec<Symbol>,
    open: Vec<Open>,
    /// Round and square brackets since the last brace.
    depth: usize,
    /// Where the head of the next brace begins.
    begun: usize,
    /// Up to where functions without braces were told.
    told: usize,
}

/// A head of more tokens is none.
const LONGEST: usize = 600;
/// Deeper than any code that people wrote.
const DEEPEST: usize = 500;

pub(super) fn outline(tongue: Tongue, text: &str) -> Vec<Symbol> {
    let tokens = lex(tongue, text);
    let reader = Reader { tongue, tokens: &tokens, symbols: Vec::new(), open: Vec::new(), depth: 0, begun: 0, told: 0 };
    reader.read()
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Symbol> {
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            match token.text {
                "(" | "[" => self.depth += 1,
                ")" | "]" => self.depth = self.depth.saturating_sub(1),
                "{" if self.is_empty_type(at) => at += 1,
                "{" => self.enter(at),
                "}" => self.leave(at, token.line),
                ";" if self.depth == 0 => {
                    self.without_braces(at, token.line);
                    self.begun = at + 1;
                }
                _ => {}
            }
            at += 1;
        }
        let last = self.tokens.last().map_or(1, |token| token.line);
        self.without_braces(self.tokens.len(), last);
        while let Some(open) = self.open.pop() {
            self.close(&open, last);
        }
        self.symbols
    }

    /// `interface{}` and `struct{}` of Go, in the place of a type.
    fn is_empty_type(&self, at: usize) -> bool {
        let near = |at: Option<usize>| at.and_then(|at| self.tokens.get(at)).map_or("", |token| token.text);
        let before = near(at.checked_sub(1));
        self.tongue == Tongue::Go && ["interface", "struct"].contains(&before) && near(Some(at + 1)) == "}"
    }

    fn around(&self) -> Around {
        self.open.last().map_or(Around::Type, |open| open.around)
    }

    /// The type or function that the next block is in.
    fn outer(&self) -> Option<usize> {
        self.open.last().and_then(|open| open.outer)
    }

    fn enter(&mut self, at: usize) {
        let head = self.tokens.get(self.begun.max(at.saturating_sub(LONGEST))..at).unwrap_or_default();
        let (around, outer) = (self.around(), self.outer());
        let block = if self.open.len() < DEEPEST {
            let named = outer.and_then(|outer| self.symbols.get(outer)).map(|outer| outer.name.as_str());
            header::read(self.tongue, head, around, named)
        } else {
            Block::Plain
        };
        let mut within = self.depth > 0;
        let (symbol, inside) = match block {
            Block::Symbol { kind, name, first } => {
                self.without_braces(at, first.saturating_sub(1));
                let first = if first == 0 { self.tokens.get(at).map_or(1, |token| token.line) } else { first };
                self.symbols.push(Symbol { kind, name, first, last: first, outer });
                let inside = if kind == SymbolKind::Type { Around::Type } else { Around::Body };
                (Some(self.symbols.len() - 1), inside)
            }
            Block::Members => (None, Around::Type),
            Block::Body => (None, Around::Body),
            Block::Plain => {
                // The value of a member within the head of a constructor.
                within |= self.tongue == Tongue::C
                    && around == Around::Type
                    && head.last().is_some_and(Token::is_word)
                    && head.iter().any(|token| token.text == ":")
                    && head.iter().any(|token| token.text == "(");
                (None, around)
            }
        };
        self.open.push(Open {
            symbol,
            outer: symbol.or(outer),
            around: inside,
            depth: self.depth,
            begun: self.begun,
            within,
        });
        self.depth = 0;
        self.begun = at + 1;
    }

    fn leave(&mut self, at: usize, line: u32) {
        self.without_braces(at, line);
        self.begun = at + 1;
        self.depth = 0;
        let Some(open) = self.open.pop() else { return };
        self.close(&open, line);
        self.depth = open.depth;
        if open.within {
            self.begun = open.begun;
        }
    }

    fn close(&mut self, open: &Open, line: u32) {
        if let Some(symbol) = open.symbol.and_then(|place| self.symbols.get_mut(place)) {
            symbol.last = line.max(symbol.first);
        }
    }

    /// Functions whose body is an expression: they end where the next one begins, or what they are in does.
    fn without_braces(&mut self, end: usize, last: u32) {
        let head = self.tokens.get(self.begun.max(self.told)..end).unwrap_or_default();
        self.told = end;
        let outer = self.outer();
        let braced = self.tokens.get(end).is_some_and(|token| token.text == "{");
        let mut push = |name: String, first: u32, last: u32| {
            let last = last.max(first);
            self.symbols.push(Symbol { kind: SymbolKind::Function, name, first, last, outer });
        };
        match self.tongue {
            Tongue::Kotlin | Tongue::Scala => {
                let keyword = if self.tongue == Tongue::Kotlin { "fun" } else { "def" };
                let starts: Vec<usize> =
                    head.iter().enumerate().filter(|(_, token)| token.text == keyword).map(|(at, _)| at).collect();
                // The last one is what the brace belongs to, where there is one.
                for (place, start) in starts.iter().enumerate() {
                    let next = starts.get(place + 1).copied();
                    let part = head.get(*start..next.unwrap_or(head.len())).unwrap_or_default();
                    let is_short = part.iter().any(|token| token.text == "=");
                    if (braced && next.is_none()) || !is_short {
                        continue;
                    }
                    let (Some(first), Some((name, _))) = (part.first(), header::declared(self.tongue, part)) else {
                        continue;
                    };
                    let before_next = next.and_then(|next| head.get(next)).map_or(last, |next| next.line - 1);
                    push(name, first.line, before_next);
                }
            }
            Tongue::CSharp | Tongue::JavaScript if head.len() < LONGEST && !braced => {
                let Some(arrow) = head.iter().position(|token| token.text == "=>") else { return };
                let upto = arrow + usize::from(self.tongue == Tongue::JavaScript);
                let named = outer.and_then(|at| self.symbols.get(at));
                let named = named.map(|outer| outer.name.clone());
                let around = self.around();
                let head = head.get(..upto).unwrap_or_default();
                if let Block::Symbol { kind: SymbolKind::Function, name, first } =
                    header::read(self.tongue, head, around, named.as_deref())
                {
                    self.symbols.push(Symbol { kind: SymbolKind::Function, name, first, last: last.max(first), outer });
                }
            }
            _ => {}
        }
    }
}
