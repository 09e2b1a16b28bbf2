//! What engineering answers, in five fields.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    pub cause: String,
    /// A pull request, an issue, a commit.
    pub fix: String,
    /// Steps, one a line.
    pub workaround: String,
    /// Fixed in these.
    pub versions: String,
    /// What support has to know the next time.
    pub note: String,
}

impl Answer {
    /// Nobody answered anything.
    pub fn is_empty(&self) -> bool {
        [&self.cause, &self.fix, &self.workaround, &self.versions, &self.note].iter().all(|text| text.trim().is_empty())
    }

    /// For whoever meets the same again: what to do comes first.
    pub fn words(&self) -> String {
        let labelled = [("Fixed in", &self.versions), ("Cause:", &self.cause), ("Fix:", &self.fix)];
        let plain = [&self.workaround, &self.note].into_iter().map(|text| text.trim().to_owned());
        let labelled = labelled.into_iter().map(|(label, text)| match text.trim() {
            "" => String::new(),
            text => format!("{label} {text}"),
        });
        plain.chain(labelled).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// One each, without blanks.
    pub fn fix_versions(&self) -> Vec<String> {
        let versions = self.versions.split([',', ';', '\n']).map(str::trim);
        versions.filter(|version| !version.is_empty()).map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_to_do_first_and_leaves_out_what_was_not_said() {
        let answer = Answer {
            cause: "rounding".into(),
            workaround: "Switch it off.".into(),
            versions: "5.4.2, 5.3.9".into(),
            ..Answer::default()
        };
        assert_eq!(answer.words(), "Switch it off.\nFixed in 5.4.2, 5.3.9\nCause: rounding");
        assert_eq!(answer.fix_versions(), ["5.4.2", "5.3.9"]);
        assert!(!answer.is_empty() && Answer { note: " ".into(), ..Answer::default() }.is_empty());
    }
}
