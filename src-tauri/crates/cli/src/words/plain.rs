//! A sanitised body as plain text. The engine's allow-list wrote this HTML, so every tag is one that it knows, every
//! attribute stands in double quotes, and text holds no `<`.

use super::fields::flat;

pub(crate) fn plain(html: &str) -> String {
    let mut text = Text::default();
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('<') {
        text.push(&decoded(before));
        let end = end_of_tag(from);
        text.tag(from.get(..end).unwrap_or_default());
        rest = from.get(end + 1..).unwrap_or_default();
    }
    text.push(&decoded(rest));
    text.out.trim_matches('\n').trim_end().to_owned()
}

/// Where the `>` stands that ends a tag: one inside quotes does not.
fn end_of_tag(from: &str) -> usize {
    let mut quoted = false;
    let end = from.char_indices().find(|(_, letter)| {
        quoted ^= *letter == '"';
        *letter == '>' && !quoted
    });
    end.map_or(from.len(), |(at, _)| at)
}

#[derive(Default)]
struct Text {
    out: String,
    /// Depth of `<pre>`: inside, white space stays as it is.
    pre: usize,
    /// Open links: where they lead, and where their text begins.
    links: Vec<(String, usize)>,
}

impl Text {
    fn push(&mut self, text: &str) {
        if self.pre > 0 {
            self.out.push_str(text);
            return;
        }
        // A line break that its author typed stays one; other runs of white space are a space.
        let mut space: Option<char> = None;
        for letter in text.chars() {
            match letter {
                '\n' => space = Some('\n'),
                ' ' | '\t' | '\r' => space = space.or(Some(' ')),
                letter => {
                    if let Some(space) = space.take().filter(|_| !self.at_line_start()) {
                        self.out.push(space);
                    }
                    self.out.push(letter);
                }
            }
        }
        if let Some(space) = space.filter(|_| !self.at_line_start()) {
            self.out.push(space);
        }
    }

    fn tag(&mut self, tag: &str) {
        let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name = tag.split([' ', '/']).next().unwrap_or_default();
        match name {
            "br" => self.out.push('\n'),
            "hr" => {
                self.lines(2);
                self.out.push_str("---");
                self.lines(2);
            }
            "pre" => {
                self.lines(2);
                self.pre = if closing { self.pre.saturating_sub(1) } else { self.pre + 1 };
            }
            "p" | "h1" | "h2" | "h3" | "h4" | "blockquote" | "table" | "ul" | "ol" | "dl" => self.lines(2),
            "li" if !closing => {
                self.lines(1);
                self.out.push_str("- ");
            }
            "div" | "li" | "tr" | "dt" | "dd" => self.lines(1),
            "td" | "th" if !closing && !self.at_line_start() => self.out.push('\t'),
            "a" if !closing => {
                let address = tag.split_once("href=\"").and_then(|(_, from)| from.split('"').next());
                self.links.push((decoded(address.unwrap_or_default()), self.out.len()));
            }
            "a" => {
                let Some((address, start)) = self.links.pop() else { return };
                let said = self.out.get(start..).unwrap_or_default();
                if !address.is_empty() && !said.contains(&address) {
                    self.out.push_str(&format!(" ({})", flat(&address)));
                }
            }
            _ => {}
        }
    }

    fn at_line_start(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n') || self.out.ends_with("\n- ")
    }

    /// Ends the line, so that at least `breaks` line breaks stand before what follows.
    fn lines(&mut self, breaks: usize) {
        if self.out.ends_with("- ") {
            return;
        }
        let written = self.out.trim_end_matches([' ', '\n']).len();
        let there = self.out.get(written..).unwrap_or_default().matches('\n').count();
        if written > 0 {
            self.out.truncate(written);
            self.out.push_str(&"\n".repeat(breaks.max(there)));
        }
    }
}

/// The references that the sanitiser writes.
fn decoded(text: &str) -> String {
    if !text.contains('&') {
        return text.into();
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_lines_stay_apart() {
        assert_eq!(plain("<p>Hello,<br>it fails.</p>\n<p>Bye</p>\n"), "Hello,\nit fails.\n\nBye");
        assert_eq!(plain("<div>one</div><div>two</div>"), "one\ntwo");
        assert_eq!(plain("<p>Thanks!\n  Ann</p>"), "Thanks!\nAnn");
    }

    #[test]
    fn a_trace_keeps_every_space() {
        let html =
            "<p>See:</p><pre class=\"trace\"><span class=\"sig\">a.B</span>: x\n\tat  c.D(E.java:1)</pre><p>Bye</p>";
        assert_eq!(plain(html), "See:\n\na.B: x\n\tat  c.D(E.java:1)\n\nBye");
    }

    #[test]
    fn lists_and_tables_are_lines() {
        assert_eq!(plain("<ul>\n<li>one</li>\n<li><p>two</p></li>\n</ul>"), "- one\n- two");
        assert_eq!(
            plain("<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"),
            "a\tb\nc\td"
        );
    }

    #[test]
    fn a_link_says_where_it_leads_unless_its_text_does() {
        let rel = "rel=\"noopener\"";
        let html = format!(
            "<a href=\"https://a.example/?b=1&amp;c=2\" {rel}>here</a> <a href=\"https://b.example\" {rel}>https://b.example</a>"
        );
        assert_eq!(plain(&html), "here (https://a.example/?b=1&c=2) https://b.example");
    }

    #[test]
    fn what_was_escaped_reads_as_it_was_written_and_only_once() {
        assert_eq!(plain("<p>a &lt;b&gt; &amp;&amp; &quot;c&quot; &amp;lt;</p>"), "a <b> && \"c\" &lt;");
    }

    #[test]
    fn a_tag_that_never_ends_ends_the_text() {
        assert_eq!(plain("a <b title=\">\">c</b> d <i"), "a c d");
        assert_eq!(plain(""), "");
    }
}
