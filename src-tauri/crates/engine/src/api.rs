//! The contract: one list of commands, carried by one `rpc(name, args)`.

pub mod args;
#[macro_use]
mod declare;
#[macro_use]
mod figures;
mod given;
mod shapes;
#[cfg(test)]
mod tests;
pub mod view;

use crate::{
    Engine, Error, articles, code, deeds, digest, doctor, escalation, evidence, import, insights, keys,
    knowledge as kb, known, ledger, outbox, pack, people, privacy, queue, replay, rounds, rules, runbooks, search,
    seen, sign_in, sources, sync, ticket,
};
use args::*;
pub(crate) use given::read_args;
pub use given::{event_shown, rpc};
use serde_json::Value;
use shapes::collect;
use std::sync::Arc;
use view::*;

with_figures! {
    /// The workspace at a glance.
    workspace_status(NoArgs) -> WorkspaceStatus = |engine, _| queue::status(engine);
    /// Tickets for the queue, newest change first.
    queue_list(QueueArgs) -> Queue = |engine, args| queue::list(engine, &args);
    /// As-you-type search over everything.
    search(SearchArgs) -> SearchReply = |engine, args| search::search(engine, &args);
    /// One ticket with its comments, handoffs and links.
    ticket_get(IdArgs) -> TicketView = |engine, args| ticket::get(engine, &args.id);
    /// Rows for given ids: the tickets behind a number.
    cases_list(CasesArgs) -> Queue = |engine, args| queue::cases(engine, &args);
    /// Have we seen this, and what worked?
    seen_before(SeenArgs) -> SeenBefore = |engine, args| seen::seen_before(engine, &args);
    /// Why a case is not among the hits: its place, its points, what it lacks.
    why_not(WhyNotArgs) -> WhyNot = |engine, args| seen::why_not::why_not(engine, &args);
    /// Records *used*, *not the same* or *opened* for a hit.
    feedback_set(FeedbackArgs) -> FeedbackReply = |engine, args| people::feedback_set(engine, &args);
    /// Takes one piece of feedback back.
    feedback_undo(UndoArgs) -> Done = |engine, args| people::feedback_undo(engine, &args);
    /// Links two tickets by hand.
    link_add(LinkArgs) -> FeedbackReply = |engine, args| people::link_add(engine, &args);
    /// Takes a link away again.
    link_remove(UnlinkArgs) -> Done = |engine, args| people::link_remove(engine, &args);
    /// One article in full, of the team's folder or of a help centre.
    article_get(IdArgs) -> ArticleView = |engine, args| articles::get(engine, &args.id);
    /// One known error in full.
    known_error_get(IdArgs) -> KnownErrorView = |engine, args| known::get(engine, &args.id);
    /// What may be told a customer of a known error, in their language and on their clock.
    reply_get(ReplyArgs) -> ReplyView = |engine, args| known::reply::get(engine, &args);
    /// Every known error in a row, with what there is to look at.
    known_errors_list(NoArgs) -> KnownErrorList = |engine, _| Ok(KnownErrorList { rows: kb::list::known_errors(engine)? });
    /// What was tried of a known error on a ticket, and how often it helped.
    steps_list(StepsArgs) -> StepsView = |engine, args| kb::tried::list(engine, &args);
    /// Ticks a step of a workaround on a ticket, or says what came of it.
    step_log(StepLogArgs) -> FeedbackReply = |engine, args| kb::tried::log(engine, &args);
    /// Takes a tick back.
    step_unlog(UndoArgs) -> Done = |engine, args| kb::tried::unlog(engine, &args);
    /// Says that an entry is wrong.
    flag_raise(FlagArgs) -> FeedbackReply = |engine, args| kb::flags::raise(engine, &args);
    /// Settles a flag, or raises it again.
    flag_settle(FlagSettleArgs) -> Done = |engine, args| kb::flags::settle(engine, &args);
    /// An entry that begins with a solved ticket, and what says nearly the same already.
    capture_draft(CaptureArgs) -> CaptureDraft = |engine, args| kb::capture::draft(engine, &args);
    /// Saves it as a new file that nobody validated yet.
    capture_save(CaptureSaveArgs) -> KnowledgeChanged = |engine, args| kb::capture::save(engine, &args);
    /// Ties the ticket to an entry that is there, and writes what was learned into it.
    capture_into(CaptureIntoArgs) -> KnowledgeChanged = |engine, args| kb::capture::into(engine, &args);
    /// Takes away what was just captured, if nobody changed it since: `before` is what it holds.
    capture_undo(KnowledgeSaveArgs) -> Done = |engine, args| kb::capture::undo(engine, &args);
    /// Solved tickets that are tied to nothing known, latest first.
    capture_list(NoArgs) -> Queue = |engine, _| kb::capture::to_capture(engine);
    /// Sets something aside that need not be shown again, or takes it up.
    aside_set(AsideArgs) -> AsideView = |engine, args| kb::capture::set_aside(engine, &args);
    /// What a lead has to look at, what weighs most first.
    curate_list(NoArgs) -> CurateView = |engine, _| kb::curate::list(engine);
    /// Two entries become one: one stays, the other is archived.
    entries_merge(MergeEntriesArgs) -> EntriesMerged = |engine, args| kb::curate::merge(engine, &args);
    /// Who waits for a fix that is out.
    follow_ups_list(NoArgs) -> FollowUpsView = |engine, _| kb::follow_up::list(engine);
    /// Takes out of a text what should not leave this machine.
    redact(RedactArgs) -> RedactedView = |engine, args| privacy::redact::redact(engine, &args);
    /// How long tickets stay.
    retention_get(NoArgs) -> RetentionView = |engine, _| privacy::retention::get(engine);
    /// What these rules would let go of, of what is here now. Changes nothing.
    retention_preview(RetentionArgs) -> CoveredView = |engine, args| privacy::retention::preview(engine, &args);
    /// Puts these rules in the place of the old ones, and lets go of what they cover.
    retention_set(RetentionArgs) -> CoveredView = |engine, args| privacy::retention::set(engine, &args);
    /// What a purge of a source or a ticket would take away. Changes nothing.
    purge_preview(PurgeArgs) -> PurgeView = |engine, args| privacy::purge::preview(engine, &args);
    /// Takes everything of a source or a ticket away for good.
    purge(PurgeArgs) -> PurgeView = |engine, args| privacy::purge::purge(engine, &args);
    /// Whether a word is anywhere in the decrypted database and index.
    scan(ScanArgs) -> ScanView = |engine, args| privacy::purge::scan(engine, &args);
    /// Where the data of this workspace lies.
    privacy_overview(NoArgs) -> PrivacyView = |engine, _| privacy::overview::overview(engine);
    /// The configuration without secrets, to keep or to set another workspace up with.
    config_export(NoArgs) -> ConfigView = |engine, _| privacy::overview::config(engine);
    /// Starts an import and returns at once; progress arrives as events.
    import_start(ImportArgs) -> JobView = |engine, args| import::start(engine, args);
    /// Fills an empty workspace with the sample company.
    sample_fill(NoArgs) -> JobView = |engine, _| import::start_sample(engine);
    /// Rebuilds the index from the store.
    reindex(NoArgs) -> JobView = |engine, _| import::start_reindex(engine);
    /// Takes the exam on the workspace's own history and returns at once; progress arrives as events.
    replay_start(ReplayArgs) -> JobView = |engine, args| replay::start(engine, &args);
    /// What the last exam measured.
    replay_get(ExamArgs) -> ExamView = |engine, args| replay::get(engine, &args);
    /// The tickets behind a number of the last exam.
    replay_rows(ExamRowsArgs) -> ExamRows = |engine, args| replay::rows(engine, &args);
    /// Lets what the team's own links taught count in ranking, or ranks with the shipped weights.
    adaptation_set(AdaptationArgs) -> ExamView = |engine, args| replay::adapt::set(engine, &args);
    /// Every source, how it is asked and how it is.
    sources_list(NoArgs) -> Vec<SourceDetail> = |engine, _| sources::list(engine);
    /// Adds a server that is asked from now on, or gives the same one another token or other options.
    source_add(SourceAddArgs) -> SourceDetail = |engine, args| sources::add(engine, &args);
    /// Asks a source whether it is there, and for whom.
    source_test(SourceArgs) -> SourceTest = |engine, args| sources::test(engine, &args);
    /// Asks the same of what somebody typed, before it is added: nothing of it is kept.
    source_try(SourceAddArgs) -> SourceTest = |engine, args| sources::try_out(engine, &args);
    /// Begins to sign in to a source: the page to open, and the job that waits until the browser comes back.
    source_sign_in(SourceArgs) -> SignIn = |engine, args| sign_in::start(engine, &args);
    /// Leaves a source alone until somebody says otherwise, or asks it again from now on. A run of it ends.
    source_pause(SourcePauseArgs) -> SourceDetail = |engine, args| sources::pause(engine, &args);
    /// How often sources are asked by themselves.
    rhythm_get(NoArgs) -> Rhythm = |engine, _| rounds::get(engine);
    /// Chooses how often sources are asked by themselves.
    rhythm_set(RhythmArgs) -> Rhythm = |engine, args| rounds::set(engine, &args);
    /// Asks a source no more. What came from it stays.
    source_remove(SourceRemoveArgs) -> Done = |engine, args| sources::remove(engine, &args);
    /// Starts to ask a source for what changed and returns at once; progress arrives as events.
    sync_start(SourceArgs) -> JobView = |engine, args| sync::start(engine, &args);
    /// Starts to read a source from its beginning once more, and returns at once. What is here stays, and is compared.
    sync_again(SourceArgs) -> JobView = |engine, args| sync::start_over(engine, &args);
    /// Every product repository, and what is known of it.
    code_list(NoArgs) -> Vec<RepoView> = |engine, _| code::list(engine);
    /// Adds a clone on this machine, only ever read, or a mirror of an address. `code_update` and `code_fetch` read its history.
    code_add(CodeAddArgs) -> RepoView = |engine, args| code::add(engine, &args);
    /// Starts to read what is new in a repository and returns at once; progress arrives as events.
    code_update(RepoArgs) -> JobView = |engine, args| code::start_update(engine, &args);
    /// Fetches a mirror through the installed git, and reads what is new. A clone is read alone.
    code_fetch(RepoArgs) -> JobView = |engine, args| code::start_fetch(engine, &args);
    /// Forgets a repository. The clone itself stays as it is.
    code_remove(RepoArgs) -> Done = |engine, args| code::remove(engine, &args);
    /// The releases of a repository, or those that a version may mean.
    code_releases(ReleasesArgs) -> ReleasesView = |engine, args| code::releases(engine, &args);
    /// Where the fix of an issue, a pull request or a commit is, and what that means for a version.
    code_fix(FixArgs) -> CodeFixView = |engine, args| code::fix(engine, &args);
    /// The lines that the frames of a stack trace name, at a version.
    code_frames(FramesArgs) -> FramesView = |engine, args| code::frames(engine, &args);
    /// Which product lives where: as somebody said, else as the names let guess.
    code_map_get(NoArgs) -> CodeMapView = |engine, _| code::map(engine);
    /// Says which product lives where; with nothing said, it is guessed again.
    code_map_set(CodeMapArgs) -> CodeMapView = |engine, args| code::set_map(engine, &args);
    /// The lines of a file at a version, around one of them.
    code_file(FileArgs) -> FileView = |engine, args| code::file(engine, &args);
    /// Who changed a line last, and where it is by now.
    code_line(LineArgs) -> LineView = |engine, args| code::line(engine, &args);
    /// What changed in a file between two versions.
    code_compare(CompareArgs) -> CompareView = |engine, args| code::compare(engine, &args);
    /// Where the fixes of these cases are, of those that a repository knows, and what that means for a question's customer.
    code_passports(PassportArgs) -> PassportsView = |engine, args| code::passports(engine, &args);
    /// What changed between two versions, nearest first to a question's frames, and the files to look at.
    code_changes(ChangesArgs) -> ChangesView = |engine, args| code::changes(engine, &args);
    /// The lines that the frames of a question name, in every repository, at what its customer runs.
    code_ran(RanArgs) -> RanView = |engine, args| code::ran(engine, &args);
    /// The tickets that a commit, a line, a file or a release belongs to.
    code_tickets(CodeTicketsArgs) -> CodeTicketsView = |engine, args| code::tickets(engine, &args);
    /// Says that a commit has nothing to do with an issue that it names, or takes that back.
    code_unlink(CodeUnlinkArgs) -> Done = |engine, args| code::unlink(engine, &args);
    /// What runs where, as the team's records say.
    code_deploys(NoArgs) -> DeploysView = |engine, _| code::deploys(engine);
    /// Adds to what runs where.
    code_deploys_add(DeploysArgs) -> DeploysView = |engine, args| code::add_deploys(engine, &args);
    /// Forgets what was said of one environment.
    code_deploys_remove(DeployGoneArgs) -> DeploysView = |engine, args| code::remove_deploys(engine, &args);
    /// The statements in the code that printed the lines of a log and the error codes that a question quotes.
    code_said(RanArgs) -> QuotedView = |engine, args| code::said(engine, &args);
    /// Who may know: by `CODEOWNERS`, by who wrote the lines that ran, by where cases like this ended.
    owner_suggest(PassportArgs) -> OwnersSuggestedView = |engine, args| code::who::suggest(engine, &args);
    /// The lines that read a feature flag, at what a ticket's customer runs and today.
    flag_lines(FlagLinesArgs) -> FlagView = |engine, args| code::flag(engine, &args);
    /// Who changed each line of a stretch of a file last.
    code_gutter(GutterArgs) -> GutterView = |engine, args| code::gutter(engine, &args);
    /// Whether a semantic pack is installed, and what it costs.
    model_status(NoArgs) -> ModelView = |engine, _| pack::status(engine);
    /// Checks a semantic pack and puts a copy of it into the workspace.
    model_install(ModelInstallArgs) -> ModelView = |engine, args| pack::install(engine, &args);
    /// Takes the semantic pack away: cases are found by words alone again.
    model_remove(NoArgs) -> Done = |engine, _| pack::remove(engine);
    /// Makes a knowledge folder: folders for known errors, articles, runbooks, concepts and rules. It is read from now on.
    kb_init(FolderArgs) -> KnowledgeView = |engine, args| kb::init(engine, &args);
    /// Reads a knowledge folder from now on.
    kb_open(FolderArgs) -> KnowledgeView = |engine, args| kb::open(engine, &args);
    /// Reads the knowledge folder again: its known errors are found from then on.
    kb_read(NoArgs) -> KnowledgeView = |engine, _| kb::read(engine);
    /// How the knowledge folder is now; `null` before one was chosen. Nothing is taken over from it.
    kb_status(NoArgs) -> Option<KnowledgeView> = |engine, _| kb::status(engine);
    /// What lies in the knowledge folder.
    kb_list(KnowledgeListArgs) -> Vec<KnowledgeEntry> = |engine, args| kb::list(engine, &args);
    /// One entry of it in full.
    kb_show(IdArgs) -> KnowledgeText = |engine, args| kb::show(engine, &args.id);
    /// Makes a new file in it, begun from a ticket where one is named.
    kb_new(KnowledgeNewArgs) -> KnowledgeText = |engine, args| kb::new::make(engine, &args);
    /// What there is to mend in a text that may become an entry's. Nothing is written.
    kb_check_text(KnowledgeTextArgs) -> KnowledgeDraftCheck = |_, args| Ok(kb::edit::check_text(&args));
    /// Writes another text into an entry's file, if it still holds what it held when it was read.
    kb_save(KnowledgeSaveArgs) -> KnowledgeText = |engine, args| kb::edit::save(engine, &args);
    /// Writes other fields into an entry's file.
    kb_set(KnowledgeSetArgs) -> KnowledgeChanged = |engine, args| kb::edit::set(engine, &args);
    /// What there is to mend in it.
    kb_check(NoArgs) -> Vec<KnowledgeFinding> = |engine, _| kb::check(engine);
    /// Makes a clone of what the team shares, and reads it from now on. By the person's own git.
    kb_clone(KnowledgeCloneArgs) -> KnowledgeView = |engine, args| kb::team::clone(engine, &args);
    /// How the folder stands towards the team's; `null` of one that is no repository. Asks no server.
    kb_standing(NoArgs) -> Option<KnowledgeStanding> = |engine, _| kb::team::standing(engine);
    /// Commits what was edited and gets what the team did, where nobody has to choose.
    kb_pull(KnowledgeShareArgs) -> KnowledgeShared = |engine, args| kb::team::pull(engine, &args);
    /// Does the same, and gives the team what was done here.
    kb_push(KnowledgeShareArgs) -> KnowledgeShared = |engine, args| kb::team::push(engine, &args);
    /// The commits that changed an entry or a rule, newest first.
    kb_history(IdArgs) -> Vec<KnowledgePast> = |engine, args| kb::team::history(engine, &args.id);
    /// Who wrote each line of it.
    kb_blame(IdArgs) -> Vec<KnowledgeLine> = |engine, args| kb::team::blame(engine, &args.id);
    /// What changed in it, as patches.
    kb_diff(KnowledgeDiffArgs) -> Vec<KnowledgeDiff> = |engine, args| kb::team::diff(engine, &args);
    /// The files in which two edits of the same meet.
    kb_conflicts(NoArgs) -> Vec<KnowledgeConflict> = |engine, _| kb::team::conflicts(engine);
    /// Chooses for one of them; after the last one the team's changes are taken.
    kb_resolve(KnowledgeResolveArgs) -> KnowledgeShared = |engine, args| kb::team::resolve(engine, &args);
    /// Copies it, byte for byte; for a given audience only what they may read.
    kb_export(KnowledgeExportArgs) -> KnowledgeCopied = |engine, args| kb::export(engine, &args);
    /// Takes a folder of Markdown in. Nothing is written over.
    kb_import(FolderArgs) -> KnowledgeTakenIn = |engine, args| kb::import(engine, &args);
    /// What engineering would get for a ticket: the package, what it lacks, and whether it was answered before. Nothing is written.
    escalation_draft(EscalationArgs) -> EscalationDraft = |engine, args| escalation::draft(engine, &args);
    /// Hands a package over: writes it down with its reason. Refused where the same was answered before, unless somebody says why.
    escalation_submit(EscalationSubmitArgs) -> EscalationView = |engine, args| escalation::submit(engine, &args);
    /// What was begun to be handed over, last written first.
    drafts_list(NoArgs) -> Vec<DraftKept> = |engine, _| escalation::drafts(engine);
    /// Keeps what was typed so far of a package, in the place of what was typed before.
    draft_keep(EscalationSubmitArgs) -> Done = |engine, args| escalation::draft_keep(engine, &args);
    /// Throws it away.
    draft_drop(CaseTicketArgs) -> Done = |engine, args| escalation::draft_drop(engine, &args);
    /// Adds a file that tells what happened on a ticket, or a link to a recording.
    case_file_add(CaseFileAddArgs) -> CaseFileAdded = |engine, args| evidence::add(engine, &args);
    /// Files of a ticket, what was found in each, and what they have in common.
    case_files_list(CaseTicketArgs) -> CaseFilesView = |engine, args| evidence::list(engine, &args);
    /// Lines of a file, or of one group of it.
    case_lines(CaseLinesArgs) -> CaseLinesView = |engine, args| evidence::lines(engine, &args);
    /// Takes a file away, or brings back what was taken away within 30 days.
    case_file_remove(CaseFileRemoveArgs) -> CaseFileGone = |engine, args| evidence::remove(engine, &args);
    /// A picture that was brought as evidence, as it is.
    case_picture(NumberArgs) -> CasePicture = |engine, args| evidence::picture(engine, &args);
    /// Everything that happened around a ticket on one axis of time, and what led to what.
    case_timeline(CaseTicketArgs) -> CaseTimelineView = |engine, args| evidence::timeline(engine, &args);
    /// Says that one moment led to another.
    chain_say(ChainSayArgs) -> FeedbackReply = |engine, args| evidence::chain_say(engine, &args);
    /// Takes that back.
    chain_unsay(UndoArgs) -> Done = |engine, args| evidence::chain_unsay(engine, &args);
    /// Everything that was handed over, last changed first.
    escalation_list(NoArgs) -> Vec<EscalationRow> = |engine, _| escalation::list(engine);
    /// One of them in full.
    escalation_get(NumberArgs) -> EscalationView = |engine, args| escalation::get(engine, &args);
    /// Moves it along.
    escalation_move(EscalationMoveArgs) -> EscalationView = |engine, args| escalation::move_to(engine, &args);
    /// Engineering's answer: it stops the next escalation of the same, and becomes a known error in the knowledge folder.
    escalation_answer(EscalationAnswerArgs) -> EscalationAnswered = |engine, args| escalation::answer(engine, &args);
    /// The beginning of a regression test for one, in the repository's own layout. Nothing is written or run.
    test_draft(TestDraftArgs) -> TestDraftView = |engine, args| escalation::test_draft(engine, &args);
    /// Runs a test where the problem is and where its fix is, in folders of their own, once somebody agreed. As a job.
    test_run(TestRunArgs) -> JobView = |engine, args| escalation::test_start(engine, args);
    /// Begins the search for the commit that brought it, anew.
    bisect_start(BisectStartArgs) -> EscalationView = |engine, args| escalation::bisect_start(engine, &args);
    /// Says of a commit whether it was good.
    bisect_say(BisectSayArgs) -> EscalationView = |engine, args| escalation::bisect_say(engine, &args);
    /// Lets a test say it, commit after commit, once somebody agreed. As a job.
    bisect_run(TestRunArgs) -> JobView = |engine, args| escalation::bisect_run_start(engine, args);
    /// Saves one as a signed file that opens in another workspace.
    bundle_save(BundleSaveArgs) -> BundleSaved = |engine, args| escalation::bundle_save(engine, &args);
    /// Opens such a file: proven whole, from somebody who is known, and newer than what is here, before anything is written.
    bundle_open(BundleOpenArgs) -> EscalationView = |engine, args| escalation::bundle_open(engine, &args);
    /// Who this workspace is in its bundles: the code to tell whoever opens them.
    bundle_own(NoArgs) -> EscalationAuthor = |engine, _| escalation::own_author(engine);
    /// Whose bundles are taken.
    bundle_authors(NoArgs) -> Vec<EscalationAuthor> = |engine, _| escalation::authors(engine);
    /// Takes no more bundles of an author, named by their code. What came from them stays.
    bundle_author_forget(NameArgs) -> Done = |engine, args| escalation::forget_author(engine, &args);
    /// What left in files, and what was let in or refused, newest first.
    audit_list(LimitArgs) -> AuditView = |engine, args| escalation::audit(engine, &args);
    /// What is to be written to other machines and what became of it; what is not done yet first.
    outbox_list(NoArgs) -> Vec<OutboxItem> = |engine, _| outbox::list(engine);
    /// One of them: what it shows is what leaves, byte for byte.
    outbox_show(OutboxArgs) -> OutboxItem = |engine, args| outbox::show(engine, &args);
    /// Writes a note, a comment or an issue down as it would leave, without what belongs to somebody. Nothing leaves.
    outbox_write(OutboxWriteArgs) -> OutboxItem = |engine, args| outbox::write(engine, &args);
    /// Lets one leave that was shown: now, or as soon as it can.
    outbox_send(OutboxSendArgs) -> OutboxItem = |engine, args| outbox::send(engine, &args);
    /// Keeps one from leaving. What may have left already is not dropped.
    outbox_drop(OutboxArgs) -> OutboxItem = |engine, args| outbox::drop(engine, &args);
    /// Runbooks of the knowledge folder, with what was done of them on a ticket.
    runbooks_list(RunbooksArgs) -> Vec<RunbookView> = |engine, args| runbooks::list(engine, &args);
    /// Notes a step of a runbook, what came of all of them, or who agreed.
    runbook_log(RunbookLogArgs) -> FeedbackReply = |engine, args| runbooks::log(engine, &args);
    /// Makes the request of a runbook that somebody looked at, once.
    runbook_call(RunbookCallArgs) -> RunbookCalled = |engine, args| runbooks::call(engine, &args);
    /// Keeps a token for a host that runbooks call, or forgets it.
    runbook_token_set(RunbookTokenArgs) -> Done = |engine, args| runbooks::set_token(engine, &args);
    /// Every detection rule of the knowledge folder, and every file that should be one.
    rules_list(NoArgs) -> Vec<RuleView> = |engine, _| rules::list(engine);
    /// How the rules did since they were tested.
    rules_scores(NoArgs) -> RuleScores = |engine, _| rules::scores(engine).map(|scores| RuleScores { scores });
    /// One rule with its text.
    rule_get(IdArgs) -> RuleText = |engine, args| rules::get(engine, &args.id);
    /// What is wrong with a rule's text, each with its place.
    rule_check(RuleArgs) -> RuleCheck = |_, args| Ok(rules::check(&args));
    /// Whether a rule fits a ticket or a text.
    rule_test(RuleTestArgs) -> RuleTest = |engine, args| rules::test(engine, &args);
    /// What a rule would have said of every ticket of the history, as it came in.
    rule_backtest(RuleArgs) -> RuleBacktest = |engine, args| rules::backtest(engine, &args);
    /// Proposes a rule from a ticket. Nothing is written.
    rule_make(IdArgs) -> RuleDraft = |engine, args| rules::make(engine, &args);
    /// Writes a rule's file.
    rule_save(RuleSaveArgs) -> RuleText = |engine, args| rules::save(engine, &args);
    /// Makes a rule speak, or keeps it silent.
    rule_state_set(RuleStateArgs) -> RuleText = |engine, args| rules::set_state(engine, &args);
    /// Takes what a rule suggests for a ticket, or says that it is wrong there. `feedback_undo` takes that back.
    triage_say(TriageArgs) -> FeedbackReply = |engine, args| rules::triage::say(engine, &args);
    /// Every request that ever left this machine, newest first.
    ledger_list(LedgerArgs) -> Ledger = |engine, args| ledger::list(engine, &args);
    /// Jobs of this session, newest first.
    jobs_list(NoArgs) -> Vec<JobView> = |engine, _| Ok(engine.jobs());
    /// Stops a running job at the next safe point.
    job_cancel(JobArgs) -> Done = |engine, args| engine.cancel_job(args.id).map(|()| Done {});
    /// Checks the workspace, and mends it when asked.
    doctor(DoctorArgs) -> DoctorReport = |engine, args| doctor::doctor(engine, &args);
    /// Opens a workspace that is shut: anew, with its passphrase, or with its recovery key. One that is open stays as it is.
    workspace_open(OpenArgs) -> Done = |_, _| Ok(Done {});
    /// Where the key lies that opens this workspace.
    key_status(NoArgs) -> KeyView = |engine, _| keys::status(engine);
    /// Makes a recovery key and shows it once; an earlier one opens nothing any more.
    key_recovery_make(NoArgs) -> RecoveryKeyView = |engine, _| keys::make_recovery_key(engine);
    /// Puts a fresh key in the place of the old one.
    key_rotate(NoArgs) -> KeyView = |engine, _| keys::rotate(engine);
    /// Lets a passphrase open the workspace from now on, and no kept key.
    key_passphrase(PassphraseArgs) -> KeyView = |engine, args| keys::set_passphrase(engine, args);
    /// Destroys the key: nobody can ever read this workspace again.
    workspace_forget(ForgetArgs) -> Done = |engine, args| keys::forget(engine, &args);
    /// Everything chosen by the person at this machine.
    preferences_get(NoArgs) -> Vec<Preference> = |engine, _| people::preferences(engine);
    /// Chooses one thing.
    preference_set(Preference) -> Done = |engine, args| people::preference_set(engine, &args);
    /// A past case to practise on.
    training_next(TrainingArgs) -> TrainingCase = |engine, args| replay::training::next(engine, &args);
    /// What it was, beside what they took it for.
    training_answer(TrainingAnswerArgs) -> TrainingOutcome = |engine, args| replay::training::answer(engine, &args);
    /// How practising goes.
    training_get(NoArgs) -> TrainingStanding = |engine, _| replay::training::standing(engine);
    /// Forgets what was practised.
    training_forget(NoArgs) -> TrainingStanding = |engine, _| replay::training::forget(engine);
    /// What changed since somebody was last here.
    digest_get(DigestArgs) -> DigestView = |engine, args| digest::get(engine, &args);
    /// Says that it was read, up to now or up to a moment.
    digest_read(DigestArgs) -> DigestView = |engine, args| digest::read(engine, &args);
    /// What people did, newest first.
    deeds_list(LimitArgs) -> Vec<DeedView> = |engine, args| deeds::list(engine, &args);
    /// Takes back what was done: one deed, or the last that has a way back.
    deed_undo(DeedUndoArgs) -> DeedView = |engine, args| deeds::undo(engine, &args);
    /// Events after a number, for hosts that cannot be pushed to.
    events(EventsArgs) -> Events = |engine, args| Ok(engine.core.events.after(args.after));
}
