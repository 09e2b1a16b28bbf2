//! A regression test for an escalation: its beginning, and running it once somebody agreed.

use crate::{Host, failed::Failed, output, words};
use engine::api::args::{NumberArgs, TestDraftArgs, TestRunArgs};
use serde_json::Value;

#[derive(clap::Subcommand)]
pub(crate) enum Args {
    /// The beginning of a test, in the repository's own layout, from the steps and a line that ran. Nothing is run.
    Draft {
        /// The escalation's number, as `precedent bundle list` shows it.
        id: i64,
        /// Which of the package's lines it is about, from 0.
        #[arg(long, value_name = "N", default_value_t = 0)]
        line: u32,
        /// Write its text into a new file.
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
    },
    /// Run a test where the problem is and where its fix is: red there and green here proves it. It is the repository's own code.
    Run {
        id: i64,
        #[command(flatten)]
        test: Test,
        /// The version that has the problem; as the package has it when left out.
        #[arg(long, value_name = "VERSION")]
        bad: Option<String>,
        /// The version that has its fix; as the history knows it when left out.
        #[arg(long, value_name = "VERSION")]
        good: Option<String>,
    },
}

/// A test, and how it is run.
#[derive(clap::Args)]
pub(crate) struct Test {
    /// The test as it was completed; - for standard input.
    #[arg(long, value_name = "FILE")]
    file: String,
    /// Which of the package's lines it is about, from 0.
    #[arg(long, value_name = "N", default_value_t = 0)]
    line: u32,
    /// Where it goes, from the top of the repository; as the draft has it when left out.
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
    /// What runs it, its words with blanks between them; no shell reads it. As the draft has it when left out.
    #[arg(long, value_name = "COMMAND")]
    command: Option<String>,
    /// Where it runs, from the top of the repository.
    #[arg(long, value_name = "FOLDER")]
    folder: Option<String>,
    /// After which a run ends.
    #[arg(long, value_name = "SECONDS", default_value_t = 600)]
    seconds: u32,
    /// Agree to it: the repository's own code runs on this machine, with your rights.
    #[arg(long = "run")]
    agreed: bool,
}

pub(crate) fn run(host: &Host, args: Args) -> anyhow::Result<()> {
    match args {
        Args::Draft { id, line, out } => {
            let draft = output::call(host, "test_draft", &TestDraftArgs { id, line: Some(line) })?;
            let text = words::fields::text(&draft, "/text");
            if let Some(out) = &out {
                let written = std::fs::File::create_new(out)
                    .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()));
                written.map_err(|cause| {
                    Failed::usage(format!("{out} could not be written: {cause}."), "Name a new file.")
                })?;
            }
            output::print(host.json, &draft, || words::evidence::draft(&draft))
        }
        Args::Run { id, test, bad, good } => {
            let asked = test.asked(host, id, bad, good)?;
            let done = engine::test_now(&host.engine, &asked).map_err(Failed::from)?;
            let done = serde_json::to_value(done)?;
            output::print(host.json, &done, || words::evidence::trials(&done))
        }
    }
}

impl Test {
    pub(super) fn asked(
        self,
        host: &Host,
        id: i64,
        bad: Option<String>,
        good: Option<String>,
    ) -> anyhow::Result<TestRunArgs> {
        let text = crate::read_input(Some(&self.file))?;
        let draft: Value = output::call(host, "test_draft", &TestDraftArgs { id, line: Some(self.line) })?;
        let part = |path: &str| words::fields::text(&draft, path).to_owned();
        let own = || words::fields::list(&draft, "/command").filter_map(Value::as_str).map(str::to_owned).collect();
        let said = |command: String| command.split_whitespace().map(str::to_owned).collect();
        Ok(TestRunArgs {
            id,
            repo: part("/repo"),
            bad: bad.unwrap_or_else(|| part("/bad")),
            good: good.or_else(|| Some(part("/good")).filter(|good| !good.is_empty())),
            path: self.path.unwrap_or_else(|| part("/path")),
            text,
            command: self.command.map_or_else(own, said),
            folder: self.folder.unwrap_or_else(|| part("/folder")),
            seconds: Some(self.seconds),
            agreed: self.agreed,
        })
    }
}

/// The escalation as it is now.
pub(super) fn escalation(host: &Host, id: i64) -> anyhow::Result<Value> {
    output::call(host, "escalation_get", &NumberArgs { id })
}
