// Written by `cargo xtask bindings`. Do not edit.
/* eslint-disable */

/**
 * Whether what the team's own links taught may count in ranking.
 */
export type AdaptationArgs = { on: boolean, };

export type AdaptationState = "too_few" | "no_gain" | "gain" | "outdated";

/**
 * The shipped weights, moved a little towards what the older half of the tickets says, and judged on the newer half.
 */
export type AdaptationView = { state: AdaptationState, 
/**
 * The switch.
 */
on: boolean, 
/**
 * Questions are ranked with it now.
 */
in_use: boolean, 
/**
 * It was switched since the exam was taken: the exam's figures of the way in use are those of before.
 */
switched_since: boolean, 
/**
 * It takes so many tickets whose answer is known.
 */
needed: number, 
/**
 * Tickets of the older half that say something: a right and a wrong case were both found.
 */
learned_from: number, 
/**
 * Tickets of the newer half.
 */
judged_on: number, shipped: Measures, adapted: Measures, 
/**
 * Of the newer half, how many tickets find their answer higher up with it, and how many further down.
 */
up: number, down: number, 
/**
 * Learned on the older half of all other products, judged on the newer half of each.
 */
by_product: Array<HeldOutView>, 
/**
 * Points of each measure.
 */
weights: Array<WeightView>, };

/**
 * Who won, ticket by ticket, by whether a right answer is among the first `k`; of the tickets that both sides asked.
 */
export type AgainstView = { 
/**
 * `before` for the exam before this one; otherwise the name of a way to rank.
 */
name: string, 
/**
 * When the exam before was taken.
 */
at: number | null, 
/**
 * Both sides weigh alike: what differs is the history.
 */
same_weights: boolean, both: number, 
/**
 * Found here alone: by the way in use, now.
 */
here_alone: number, there_alone: number, neither: number, 
/**
 * They differ by more than chance would have it.
 */
beyond_chance: boolean, here: Measures, there: Measures, };

/**
 * Whether an error or a known error always needs engineering.
 */
export type AlwaysArgs = { 
/**
 * As `insights_get` and `avoidable_get` name it.
 */
name: string, always: boolean, };

export type AlwaysSaid = { name: string, before: boolean, after: boolean, };

export type Answer = { 
/**
 * Plain text, at most 1,200 characters.
 */
text: string, 
/**
 * `resolution`, `comment`, `workaround`, or `engineering`, which answered the escalation.
 */
from: string, author: string | null, 
/**
 * The role of a comment's author.
 */
role: string | null, at: number | null, };

export type AnswerShare = { value: string, cases: number, };

/**
 * How an error crosses: the UI's words are keyed by `code`.
 */
export type ApiErrorView = { code: string, 
/**
 * What happened.
 */
message: string, 
/**
 * What to do next.
 */
hint: string | null, retryable: boolean, };

/**
 * An article or a concept of the team's folder, or an article of a help centre.
 */
export type ArticleHit = { id: string, display_id: string, 
/**
 * Cut into spans; those that counted are marked.
 */
title: Array<Span>, 
/**
 * How what it says to do begins.
 */
first: string, 
/**
 * `work_in_progress`, `not_validated` or `validated`.
 */
confidence: string, 
/**
 * `internal`, `partner`, `customer` or `public`.
 */
audience: string, 
/**
 * `knowledge` for the team's folder.
 */
source: string, 
/**
 * Where people read it in a browser; `null` of a file.
 */
url: string | null, updated_at: number, 
/**
 * The sum of the receipt.
 */
score: number, receipt: Array<ReceiptPart>, };

/**
 * An article in full.
 */
export type ArticleView = { id: string, display_id: string, 
/**
 * `article`, or another kind of entry of the team's folder.
 */
kind: string, title: string, 
/**
 * `knowledge` for the team's folder. What comes from elsewhere is changed there.
 */
source: string, 
/**
 * Of its file, below the folder.
 */
path: string | null, 
/**
 * Where people read it in a browser.
 */
url: string | null, confidence: string, audience: string, 
/**
 * `null` where its file says nothing.
 */
updated_at: number | null, text: string, 
/**
 * The same, safe to insert.
 */
html: string, };

export type AsideArgs = { 
/**
 * `capture:TICKET`, or the `item` of what is shown.
 */
item: string, 
/**
 * Left out, it is taken up again.
 */
why?: string, };

export type AsideView = { item: string, };

/**
 * A file that came with a ticket.
 */
export type AttachmentView = { name: string, 
/**
 * In bytes.
 */
size: number | null, 
/**
 * The comment that brought it, where one did.
 */
comment: string | null, };

export type AuditLine = { at: number, 
/**
 * `bundle_save` or `bundle_open`.
 */
what: string, 
/**
 * `done`, or the code of the error that refused it.
 */
outcome: string, 
/**
 * The file's name.
 */
detail: string, };

/**
 * What left in files, and what was let in or refused, newest first.
 */
export type AuditView = { lines: Array<AuditLine>, };

export type AvoidableRow = { ticket: NamedCase, raised_at: number, 
/**
 * By which part of the rule it counts: `group`, `engineer` or `issue`.
 */
by: string, answer: NamedCase, 
/**
 * Whether somebody said that it was the answer.
 */
fits: boolean | null, };

/**
 * Escalations that had an answer in the base when they were raised.
 */
export type AvoidableView = { 
/**
 * When the exam looked; `null`: none did yet.
 */
at: number | null, 
/**
 * Escalations that it asked, the newest of all, without those that always need engineering.
 */
asked: number, 
/**
 * Of them, those that had an answer, and nobody said that it was none.
 */
avoidable: number, 
/**
 * That it asked, and that always need engineering.
 */
always: number, 
/**
 * What always needs engineering, the latest said first.
 */
kinds: Array<IssueTypeNamed>, of: number, 
/**
 * Answers that somebody looked at, and those that were the answer.
 */
looked_at: number, confirmed: number, rule: string, 
/**
 * Newest first; with those that somebody denied.
 */
rows: Array<AvoidableRow>, 
/**
 * Alike, but not as good as certain: counted in neither hours nor money.
 */
perhaps: number, hours: BandView, money: BandView, 
/**
 * Hours are measured; otherwise assumed.
 */
measured: boolean, };

/**
 * Copies of the database, which are made by themselves.
 */
export type BackupsView = { 
/**
 * The newest copy of what people wrote; `null` while there is none.
 */
written_at: number | null, 
/**
 * The newest copy of everything.
 */
whole_at: number | null, 
/**
 * Why the last one could not be made, in words; else `null`.
 */
failed: string | null, };

export type BandView = { low: number, high: number, };

export type BaselineArgs = { period: PeriodArgs, 
/**
 * In the place of one that was frozen before.
 */
replace: boolean, };

export type BaselineView = { frozen_at: number, from: number, until: number, rule: string, 
/**
 * The rule or the map of tiers is another one by now: what differs is not only how the team does.
 */
rule_changed: boolean, };

/**
 * A number of a picture: of a tier, of a month, or of an hour of the week.
 */
export type BehindArgs = { period: PeriodArgs, 
/**
 * `l1`, `l2` or `l3`.
 */
tier?: string, 
/**
 * Its first moment.
 */
month?: number, 
/**
 * Of the month: `tickets`, `escalated`, `solved`, `alone`, `l1`, `l1_handed`, `l2` or `l2_handed`.
 */
what?: string, 
/**
 * From Monday on.
 */
day?: number, hour?: number, };

/**
 * The tickets behind a number of a picture.
 */
export type BehindView = { total: number, 
/**
 * Newest first, at most 2,000.
 */
tickets: Array<string>, };

export type BisectCommitView = { commit: string, subject: string, author: string, at: number, 
/**
 * How near it comes to a line that ran: `same_line`, `same_symbol`, `same_file`, `same_directory`; `null` where nobody looked.
 */
near: string | null, 
/**
 * Where people look at it in a browser.
 */
url: string | null, };

export type BisectSaidView = { commit: BisectCommitView, 
/**
 * `good`, `bad` or `skip`.
 */
said: string, 
/**
 * The test said it, and no person.
 */
by_test: boolean, };

export type BisectSayArgs = { 
/**
 * Of the escalation.
 */
id: number, 
/**
 * The beginning of its name.
 */
commit: string, 
/**
 * `good`, `bad`, `skip`, or `unsay` to take it back.
 */
said: string, };

export type BisectStartArgs = { 
/**
 * Of the escalation.
 */
id: number, 
/**
 * As the package has it when left out.
 */
repo?: string, 
/**
 * A release that did not have the problem; the one before `bad` when left out.
 */
good?: string, 
/**
 * What the customer runs, as the package has it, when left out.
 */
bad?: string, };

/**
 * Halving the commits between a version that was good and one that is bad.
 */
export type BisectView = { repo: string, good: string, bad: string, 
/**
 * Commits of which one brought it.
 */
left: number, 
/**
 * How many have to be tried at most, where none is skipped.
 */
steps: number, 
/**
 * What halves them best; `null` where nothing is left to be tried.
 */
next: BisectCommitView | null, 
/**
 * What was said so far, in its order.
 */
said: Array<BisectSaidView>, 
/**
 * Of those that are left, the ones nearest to the escalation, best first, at most 8.
 */
suspects: Array<BisectCommitView>, 
/**
 * Those that are left, newest first, where they are few.
 */
remaining: Array<BisectCommitView>, 
/**
 * The commit that brought it.
 */
found: BisectCommitView | null, 
/**
 * What was said cannot all be so.
 */
contradiction: boolean, };

/**
 * Who changed a line last, and in which commit; commits that `.git-blame-ignore-revs` names are passed over.
 */
export type BlameView = { commit: string, author: string, at: number, 
/**
 * The first line of its message.
 */
summary: string, 
/**
 * The file and the line that it was in that commit.
 */
path: string, line: number, };

export type BundleOpenArgs = { path: string, 
/**
 * The author's code, as the author told it: from now on their bundles are taken.
 */
trust?: string, };

export type BundleSaveArgs = { 
/**
 * Of the escalation.
 */
id: number, 
/**
 * A file on this machine that is not there yet.
 */
path: string, 
/**
 * Who hands it over, for whoever opens it; as last time when left out.
 */
author?: string, };

export type BundleSaved = { path: string, bytes: number, 
/**
 * Of this workspace's key: tell it to whoever opens the file.
 */
code: string, };

export type BurstView = { title: string, 
/**
 * Different people within a day.
 */
reporters: number, 
/**
 * On a usual day.
 */
usual: number, first_at: number, tickets: Array<string>, severity: SeverityView, products: Array<string>, 
/**
 * What came out within the week before, newest first.
 */
after: Array<ReleaseMark>, };

/**
 * An error or known error, and the tickets that each tier solved of it. Tiers, never persons.
 */
export type CapabilityView = { title: string, name: string, always: boolean, 
/**
 * Support alone solved enough of it lately, and nothing of it is open again.
 */
handled: boolean, lowest: 'l1' | 'l2' | 'l3', l1: Array<string>, l2: Array<string>, l3: Array<string>, };

export type CaptureArgs = { ticket: string, };

/**
 * An entry that begins with a solved ticket, without what belongs to somebody.
 */
export type CaptureDraft = { ticket: string, title: string, issue: string, environment: string, cause: string, workaround: string, resolution: string, product: string | null, affected_versions: Array<string>, fix_versions: Array<string>, 
/**
 * The functions that ran, as links to code.
 */
code: Array<string>, 
/**
 * What was ticked on the ticket.
 */
tried: Array<string>, 
/**
 * What says nearly the same already, nearest first.
 */
near: Array<CaptureNear>, };

/**
 * The ticket is about what an entry says. Each text that is given takes the place of what the entry said.
 */
export type CaptureIntoArgs = { ticket: string, 
/**
 * Its id or its path.
 */
entry: string, issue?: string, environment?: string, cause?: string, workaround?: string, resolution?: string, };

export type CaptureNear = { 
/**
 * `known_error` or `article`.
 */
kind: string, id: string, 
/**
 * Its file; `null` of a known error that the helpdesk has.
 */
path: string | null, title: string, 
/**
 * The first line of what it says to do.
 */
said: string, confidence: string, };

/**
 * What somebody saw and saves. What belongs to somebody is taken out of it once more.
 */
export type CaptureSaveArgs = { ticket: string, 
/**
 * `known_error` or `article`.
 */
kind: string, title: string, issue: string, environment: string, cause: string, 
/**
 * Numbered steps.
 */
workaround: string, resolution: string, 
/**
 * Code that it is about, each as `repository:path#symbol@version`.
 */
code?: Array<string>, };

/**
 * Of these three one: a file that lies here, a file's name and what is in it, or the address of a recording.
 */
export type CaseFileAddArgs = { ticket: string, path?: string, name?: string, 
/**
 * Each letter is a byte of it.
 */
data?: string, link?: string, };

export type CaseFileAdded = { 
/**
 * Pass it to `case_file_remove`.
 */
undo: number, file: CaseFileView, };

export type CaseFileGone = { ticket: string, };

export type CaseFileRemoveArgs = { 
/**
 * Its number.
 */
undo: number, 
/**
 * It was taken away, and comes back.
 */
back?: boolean, };

export type CaseFileView = { id: number, 
/**
 * `log`, `har`, `sentry`, `otel`, `picture` or `replay`.
 */
kind: string, name: string, size: number, at: number, lines: number, entries: number, errors: number, warnings: number, first_at: number | null, last_at: number | null, 
/**
 * Times that do not say of which zone they are, and were taken for UTC.
 */
unzoned: number, 
/**
 * What should not leave, in the groups that are shown: kinds, and how many of each.
 */
sensitive: Array<SensitiveCount>, 
/**
 * The worst first.
 */
groups: Array<CaseGroupView>, 
/**
 * Groups beyond those.
 */
others: number, };

export type CaseFilesView = { files: Array<CaseFileView>, 
/**
 * What several of them name, or one of them and the ticket.
 */
joins: Array<CaseJoin>, };

export type CaseGroupView = { key: number, 
/**
 * `error`, `warn`, `info` or `debug`.
 */
level: string, template: string, sample: string, count: number, 
/**
 * The line of the first.
 */
number: number, first_at: number | null, last_at: number | null, };

export type CaseJoin = { 
/**
 * `request`, `trace`, `release`, `user` or `time`.
 */
kind: string, value: string, files: Array<number>, 
/**
 * The ticket says so, too.
 */
ticket: boolean, };

export type CaseLineView = { number: number, at: number | null, level: string, text: string, };

export type CaseLinesArgs = { 
/**
 * Of the file.
 */
id: number, 
/**
 * Of a group; all lines when left out.
 */
group?: number, offset: number, 
/**
 * At most 500.
 */
limit: number, };

export type CaseLinesView = { lines: Array<CaseLineView>, total: number, };

/**
 * A picture, and how large it is: what draws it need not find out.
 */
export type CasePicture = { 
/**
 * `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
 */
media: string, width: number, height: number, 
/**
 * Base64.
 */
data: string, };

export type CaseTicketArgs = { ticket: string, };

/**
 * Everything that happened, in the order of time.
 */
export type CaseTimelineView = { moments: Array<MomentView>, 
/**
 * What somebody said.
 */
chain: Array<ChainView>, 
/**
 * What may be, and nobody said yet.
 */
perhaps: Array<ChainView>, };

export type CasesArgs = { 
/**
 * Ticket ids, answered in the same order; those that are gone are left out.
 */
ids: Array<string>, };

export type ChainSayArgs = { ticket: string, 
/**
 * As the axis calls them.
 */
cause: string, effect: string, };

export type ChainView = { 
/**
 * Pass it to `chain_unsay`; 0 of what nobody said.
 */
undo: number, cause: string, effect: string, 
/**
 * Why it may be: `release`, `before`, `shared` or `reported`; empty of what somebody said.
 */
why: string, at: number | null, };

/**
 * An issue or a pull request that a commit names.
 */
export type ChangeIssueView = { 
/**
 * `AMQ-100`, `#12`.
 */
key: string, 
/**
 * The ticket of this workspace that is meant.
 */
id: string | null, 
/**
 * Where people look at it in a browser.
 */
url: string | null, };

/**
 * Why something is where it is.
 */
export type ChangePartView = { 
/**
 * Of a change: what `near` may be, `recent`, `small` or `words`. Of a file: `stack_frame`, `said`, `named`, `similar_fix`
 * or `changed`.
 */
reason: string, points: number, 
/**
 * The place, the words, or the number of files.
 */
detail: string, };

export type ChangeView = { commit: string, subject: string, author: string, at: number, 
/**
 * The release that had it first; `null` while none has it.
 */
release: string | null, 
/**
 * Issues and pull requests that it names.
 */
issues: Array<ChangeIssueView>, 
/**
 * Where people look at it in a browser.
 */
url: string | null, 
/**
 * `same_line`, `same_symbol`, `same_file` or `same_directory` as a frame; `null` where only words are shared.
 */
near: string | null, 
/**
 * How many it touches.
 */
files: number, 
/**
 * The sum of its parts.
 */
score: number, parts: Array<ChangePartView>, };

export type ChangedLineView = { 
/**
 * Its number in the older file; `null` of a line that came.
 */
older: number | null, 
/**
 * Its number in the newer one; `null` of a line that went.
 */
newer: number | null, text: string, };

export type ChangesArgs = { 
/**
 * As it was asked; may be empty. With `as_of`, nothing later is looked at.
 */
question: SeenArgs, 
/**
 * May be left out where there is one repository.
 */
repo?: string, 
/**
 * The version that was still good; the release before `to` when left out.
 */
from?: string, 
/**
 * What the customer runs; what the question says when left out, and else the main branch.
 */
to?: string, 
/**
 * Files to look at beside those of the frames.
 */
paths: Array<string>, };

/**
 * What changed between two versions.
 */
export type ChangesView = { repo: string, 
/**
 * `null` where no release comes before: everything is looked through.
 */
from: string | null, to: string, 
/**
 * How many commits come near the question at all.
 */
found: number, 
/**
 * Best first, at most 50.
 */
changes: Array<ChangeView>, 
/**
 * The files to look at, best first, at most 10.
 */
files: Array<SuspectView>, 
/**
 * What was brought somewhere meanwhile, newest first, at most 10.
 */
deploys: Array<DeployView>, };

export type CodeAddArgs = { 
/**
 * The folder of a clone on this machine, which is only ever read; or an address (https, ssh), of which a mirror is made.
 */
path: string, 
/**
 * Made from the folder's name when left out.
 */
name?: string, };

/**
 * Code that an entry is about and that says something else in a later release.
 */
export type CodeChangedView = { repo: string, path: string, symbol: string | null, 
/**
 * The release at which somebody last looked.
 */
from: string, 
/**
 * The first one after it that has another text.
 */
to: string, newest: string, 
/**
 * The newest one does not have the file.
 */
gone: boolean, };

/**
 * A fix, followed through branches, copies, reverts and releases.
 */
export type CodeFixView = { repo: string, 
/**
 * As it was understood: `AMQ-100`, `#12`, or a commit's whole name.
 */
reference: string, 
/**
 * `none`, `reported`, `in_progress`, `in_review`, `merged`, `released`, `deployed`, `verified` or `reverted`.
 */
state: string, 
/**
 * Environments that run a release with it.
 */
deployed: Array<FixDeployView>, 
/**
 * Oldest first.
 */
commits: Array<FixCommitView>, 
/**
 * The first release of every line that has it; lowest version first.
 */
releases: Array<ReleaseView>, 
/**
 * Pre-releases that have it, of lines where no release does.
 */
early: Array<ReleaseView>, 
/**
 * Of these, those that are known by their files alone, which are as the fix left them: no commit of it lies behind them.
 */
by_files: Array<string>, 
/**
 * From a line to its first release: `5.4` → `v5.4.2`.
 */
first_release: { [key in string]: string }, 
/**
 * Releases that the version may mean; `null` where none was given.
 */
running: Array<string> | null, 
/**
 * `affected`, `fixed_in_yours`, `fixed_later` or `unknown`; `null` where no version was given.
 */
verdict: string | null, 
/**
 * Where it is fixed in theirs: the release that brought it.
 */
since: string | null, 
/**
 * Where it is fixed later: the release to go to.
 */
upgrade_to: string | null, 
/**
 * `commits`; `notes` where no commit says anything, and the project's own notes do.
 */
basis: string, 
/**
 * What the notes of the project say: CHANGELOG, release notes, NEWS.
 */
told: Array<FixToldView>, 
/**
 * What other repositories know of the same name, where none was chosen. `#12` may be another issue there.
 */
also: Array<FixElsewhereView>, };

export type CodeFrameView = { 
/**
 * As it was written.
 */
raw: string, function: string, 
/**
 * `null` where no file, or more than one, is meant.
 */
path: string | null, 
/**
 * `null` where the frame names none, or the file has no such line: the source differs from what was built.
 */
line: number | null, at: string, 
/**
 * Exactly what git shows there, at most 2,000 bytes.
 */
text: string | null, 
/**
 * The function that the line lies in, and the types around it: `TransportConnection.stop`.
 */
symbol: string | null, 
/**
 * The file has no such line, or the line lies in another function than the frame names: the source differs from the
 * build.
 */
differs: boolean, 
/**
 * The lines around it and the line itself.
 */
near: Array<CodeLineView>, 
/**
 * `stack_frame`, `trace` (a span names it, or an exception in one), `log_line`, `error_code`, or `source_map` where a map
 * led from what was built to what was written.
 */
basis: string, 
/**
 * Who changed the line last, of the first thirty; `null` beside an answer, where `code_line` says it of one line.
 */
blame: BlameView | null, };

export type CodeHomeView = { product: string, 
/**
 * `null`: the product as a whole.
 */
component: string | null, repo: string, 
/**
 * From the top of the repository, as `services/cart`; empty: all of it.
 */
folder: string, };

/**
 * A line of a file, as git shows it.
 */
export type CodeLineView = { line: number, text: string, };

export type CodeMapArgs = { 
/**
 * In the place of what was said before; at most 200.
 */
homes: Array<CodeHomeView>, };

/**
 * Which product lives where.
 */
export type CodeMapView = { homes: Array<CodeHomeView>, 
/**
 * By the names alone: nobody said anything yet.
 */
guessed: boolean, 
/**
 * As tickets name them.
 */
products: Array<string>, };

export type CodeTicketCommitView = { commit: string, subject: string, author: string, at: number, 
/**
 * `message` (it is about the issue), `mention` (its message names it beside), `branch` (its branch is called so) or `merge`
 * (the merge that brought it names it).
 */
basis: string, 
/**
 * Somebody said that it has nothing to do with the issue.
 */
undone: boolean, };

/**
 * An issue, and the commits that say so.
 */
export type CodeTicketView = { 
/**
 * As it is named: `AMQ-100`, `#12`, `zendesk:48213`.
 */
key: string, 
/**
 * The ticket of this workspace; `null` where it has none.
 */
id: string | null, title: string | null, status: string | null, 
/**
 * Newest first, at most 10.
 */
commits: Array<CodeTicketCommitView>, total: number, 
/**
 * What the notes of the release say, where they name it.
 */
told: FixToldView | null, };

/**
 * One of `commit`, `path` and `release`.
 */
export type CodeTicketsArgs = { 
/**
 * May be left out where there is one repository.
 */
repo?: string, 
/**
 * The beginning of its name.
 */
commit?: string, 
/**
 * A file, as its repository calls it …
 */
path?: string, 
/**
 * … one line of it, counted from 1 …
 */
line?: number, 
/**
 * … up to a version, as in `code_file`; the main branch when left out.
 */
at?: string, 
/**
 * What is new in it.
 */
release?: string, lane?: string, };

/**
 * The tickets that code belongs to.
 */
export type CodeTicketsView = { repo: string, 
/**
 * What was asked for: a commit's whole name, a file and a version, or a release.
 */
about: string, 
/**
 * Commits that were looked through.
 */
commits: number, 
/**
 * Issues that were found.
 */
total: number, 
/**
 * Those of the newest commits first, at most 200.
 */
tickets: Array<CodeTicketView>, 
/**
 * There is more than was looked through, or than is told.
 */
cut: boolean, };

export type CodeUnlinkArgs = { 
/**
 * The issue or pull request, as the commit names it: `AMQ-100`, `#12`.
 */
reference: string, 
/**
 * The beginning of its name.
 */
commit: string, 
/**
 * May be left out where there is one repository.
 */
repo?: string, 
/**
 * `false` takes that back.
 */
unlink: boolean, };

export type CohortView = { 
/**
 * `null` of those that say nothing of it.
 */
value: string | null, tickets: number, figures: Array<FigureView>, };

export type CohortsArgs = { period: PeriodArgs, by: PartBy, };

/**
 * The same figures of tickets that have something in common, side by side.
 */
export type CohortsView = { by: PartBy, rule: string, 
/**
 * Of the figures, in their order.
 */
names: Array<string>, 
/**
 * Cohorts that there are; those with most tickets are shown, of months the latest.
 */
of: number, rows: Array<CohortView>, };

/**
 * One column of a CSV and the field of a ticket that it holds. Several columns may hold one field.
 */
export type ColumnMapping = { 
/**
 * `id`, `subject`, `body`, `created_at`, …: a refusal lists them all.
 */
field: string, 
/**
 * As the header writes it; capitals and spaces around it do not matter.
 */
column: string, };

export type CommentView = { id: string, author: string | null, 
/**
 * `requester`, `agent`, `engineer` or `system`.
 */
role: string, 
/**
 * `false` is an internal note.
 */
public: boolean, at: number, 
/**
 * Sanitised in Rust.
 */
body_html: string, 
/**
 * As of a ticket.
 */
truncated: boolean, };

export type CompareArgs = { repo: string, path: string, 
/**
 * As in `code_file`.
 */
from: string, to: string, };

/**
 * Two versions of one file.
 */
export type CompareView = { repo: string, path: string, from: string, to: string, 
/**
 * None where both are the same.
 */
hunks: Array<HunkView>, 
/**
 * More changed than is here.
 */
cut: boolean, };

/**
 * The configuration without secrets.
 */
export type ConfigView = { json: string, };

export type ConfigurationView = { 
/**
 * `in_use`, `without_age` or, with a semantic pack, `without_pack`.
 */
name: string, measures: Measures, 
/**
 * By the age that the newest right answer had: `month`, `half_year`, `older`.
 */
by_age: Array<SliceView>, 
/**
 * Most asked first, at most twenty.
 */
by_product: Array<SliceView>, 
/**
 * By why the answer is known: `human`, `used`, `duplicate`, `merge`, `known_error`, `article`, `issue`, `mention`.
 */
by_label: Array<SliceView>, };

/**
 * What an escalation is assumed to take. Money has the rate's currency.
 */
export type CostArgs = { hours_low: number, hours_high: number, 
/**
 * Of an engineer's hour.
 */
rate: number, 
/**
 * To find back into other work; 0 does not count it.
 */
refocus_minutes: number, 
/**
 * Who says so.
 */
by?: string, 
/**
 * From what they know it.
 */
source?: string, };

/**
 * Where a number of the costs comes from.
 */
export type CostBasisView = { 
/**
 * As the field is called: `hours_low`, `hours_high`, `rate` or `refocus_minutes`.
 */
name: string, 
/**
 * `null`: it is as shipped, from the article's example.
 */
at: number | null, 
/**
 * Empty where nobody said.
 */
by: string, source: string, };

export type CostView = { hours_low: number, hours_high: number, rate: number, refocus_minutes: number, 
/**
 * Where each of the four comes from.
 */
basis: Array<CostBasisView>, 
/**
 * Of so many escalations the effort was logged; 0: hours are assumed.
 */
measured: number, 
/**
 * It takes so many to measure.
 */
needed: number, 
/**
 * Escalations a month, on average of the period.
 */
escalations: number, each: BandView, monthly: BandView, yearly: BandView, 
/**
 * The article's example with the same formula: 200 tickets a month, four of ten escalated, 2 to 4 hours at 150.
 */
example_monthly: BandView, example_yearly: BandView, };

/**
 * What retention rules cover.
 */
export type CoveredView = { tickets: number, 
/**
 * The first 500, longest unchanged first: for `cases_list`.
 */
ids: Array<string>, };

/**
 * A ticket that came in and is critical.
 */
export type CriticalTicket = { id: string, display_id: string, subject: string, owner: string | null, };

/**
 * Something that somebody has to look at.
 */
export type CurateItem = { 
/**
 * By which it is set aside.
 */
item: string, 
/**
 * `engineers` (nobody but engineering ever solved it), `cluster` (solved tickets of one problem without a known error),
 * `draft` (nobody validated it), `look` (there is a cause to look at it), `duplicate` (two entries say nearly the same) or
 * `repeat` (handed over although it was answered before).
 */
kind: string, title: string, 
/**
 * The file, or the files, that it is about; none of a cluster.
 */
paths: Array<string>, 
/**
 * Titles of those files; of a repeat, what had the answer.
 */
titles: Array<string>, 
/**
 * Of `look`: the causes. Of `cluster`: `trace` or `links`.
 */
why: Array<FreshnessCause>, 
/**
 * The tickets that it is about, oldest first.
 */
tickets: Array<string>, 
/**
 * Of them, how many went to engineering.
 */
escalated: number, 
/**
 * Tickets, and those that went to engineering three times more.
 */
weight: number, };

export type CurateView = { 
/**
 * What weighs most comes first.
 */
items: Array<CurateItem>, 
/**
 * Solved tickets that are tied to nothing known.
 */
to_capture: number, 
/**
 * A knowledge folder was chosen.
 */
folder: boolean, };

export type DeedUndoArgs = { 
/**
 * Left out, the last one that has a way back.
 */
id?: number, };

/**
 * Something that was done.
 */
export type DeedView = { id: number, at: number, 
/**
 * The command by which it was done.
 */
what: string, 
/**
 * The id, or the file, of what it was done to.
 */
about: string, 
/**
 * It can be taken back.
 */
can_undo: boolean, 
/**
 * When it was taken back.
 */
undone_at: number | null, };

export type DeployArgs = { 
/**
 * May be left out where there is one repository.
 */
repo?: string, 
/**
 * `production`, `staging`, a customer's site.
 */
environment: string, 
/**
 * A release, or a version that means one.
 */
version: string, 
/**
 * When; now when left out.
 */
at?: string, };

export type DeployGoneArgs = { environment: string, 
/**
 * Of every repository when left out …
 */
repo?: string, 
/**
 * … and of every moment.
 */
at?: number, };

export type DeployView = { 
/**
 * `null` where a source tells of something that lies in no repository here.
 */
repo: string | null, 
/**
 * As the team calls it.
 */
environment: string, 
/**
 * As the tag is called; as the source calls it, where that names no release.
 */
release: string, at: number, 
/**
 * The commit, where the source says it.
 */
commit: string | null, 
/**
 * What the source calls the product.
 */
product: string | null, 
/**
 * Who tells of it; `null`: a person here did, and may change it.
 */
source: string | null, };

export type DeploysArgs = { deploys: Array<DeployArgs>, 
/**
 * What a person said before, and these stand in the place of.
 */
instead?: DeployGoneArgs, };

export type DeploysView = { 
/**
 * Oldest first, at most 2,000; of one environment, the last counts.
 */
deploys: Array<DeployView>, };

/**
 * What changed since when: milliseconds; since it was read last when left out, or else a week.
 */
export type DigestArgs = { since?: number, };

export type DigestRow = { 
/**
 * `new`, `changed`, `shipped` (the fix of a known error came out), `stale` (and it says still that there is none), `repeat`
 * (handed over although it was answered) or `answered` (by engineering).
 */
what: 'new' | 'changed' | 'shipped' | 'stale' | 'repeat' | 'answered', at: number, 
/**
 * `known_error`, `article` or `escalation`.
 */
kind: string, 
/**
 * Of an escalation its number.
 */
id: string, display_id: string, title: string, 
/**
 * The state or the confidence by now, the version, why it was handed over again, or who answered.
 */
said: string, };

/**
 * What changed since somebody was last here, newest first.
 */
export type DigestView = { since: number, until: number, rows: Array<DigestRow>, 
/**
 * So many more than are shown.
 */
more: number, };

export type DoctorArgs = { repair: boolean, };

export type DoctorCheck = { 
/**
 * `database`, `backups`, `start`, `index`.
 */
name: string, ok: boolean, detail: string, 
/**
 * Whether `--repair` mended it in this run.
 */
repaired: boolean, };

export type DoctorReport = { ok: boolean, checks: Array<DoctorCheck>, };

/**
 * Nothing to say but that it is done.
 */
export type Done = Record<symbol, never>;

/**
 * What somebody began to hand over.
 */
export type DraftKept = { ticket: string, 
/**
 * Of the ticket; empty where it is gone.
 */
title: string, 
/**
 * When it was written last.
 */
at: number, 
/**
 * What was typed and chosen.
 */
kept: EscalationSubmitArgs, };

/**
 * Distinct *other* requesters with the same problem; merged tickets count once.
 */
export type Duplicates = { 
/**
 * Since local midnight.
 */
today: number, last_24h: number, last_7d: number, 
/**
 * Seven days, oldest first, today last.
 */
by_day: Array<number>, 
/**
 * The tickets behind `last_7d`, newest first.
 */
tickets: Array<string>, };

export type EntriesMerged = { keep: KnowledgeChanged, archived: KnowledgeChanged, };

/**
 * Five fields, and who says it.
 */
export type EscalationAnswerArgs = { id: number, cause: string, 
/**
 * A pull request, an issue, a commit.
 */
fix: string, 
/**
 * Steps, one a line.
 */
workaround: string, 
/**
 * Fixed in these, with commas between them.
 */
versions: string, 
/**
 * What support has to know the next time.
 */
note: string, 
/**
 * Minutes of engineering.
 */
effort?: number, 
/**
 * Who answers; as in this workspace's bundles when left out.
 */
by?: string, };

export type EscalationAnswerView = { cause: string, fix: string, workaround: string, versions: string, note: string, };

/**
 * An answer that was given.
 */
export type EscalationAnswered = { escalation: EscalationView, 
/**
 * The known error that it became: its path in the knowledge folder; `null` where no folder was chosen.
 */
known_error: string | null, 
/**
 * The article that what was said to support became.
 */
article: string | null, 
/**
 * It became neither, because there is no folder to keep them.
 */
no_folder: boolean, };

export type EscalationArgs = { ticket: string, 
/**
 * SPEC §5.4: `missing_context`, `cannot_reproduce`, `no_access`, `needs_code_fix`, `needs_data_fix`,
 * `policy_or_approval` or `other`.
 */
reason?: string, 
/**
 * What to know besides; `other` needs it.
 */
reason_text?: string, 
/**
 * A team, a person or a repository.
 */
to?: string, 
/**
 * What somebody wrote, in the place of what was read in the ticket.
 */
facts?: Array<GivenFact>, 
/**
 * Facts that do not apply here.
 */
waived?: Array<string>, lane?: string, };

export type EscalationAuthor = { 
/**
 * As they call themselves.
 */
name: string, 
/**
 * Of their key: what is compared.
 */
code: string, };

/**
 * A package before it leaves. Nothing was written down yet.
 */
export type EscalationDraft = { 
/**
 * The ticket's id.
 */
ticket: string, 
/**
 * `null`: it cannot be handed over yet.
 */
reason: string | null, facts: Array<FactView>, lint: LintView, 
/**
 * What the team says of when to escalate, for this product or for all.
 */
guideline: GuidelineView | null, 
/**
 * The same was answered by engineering before.
 */
repeat: RepeatView | null, 
/**
 * It is of a kind that always needs engineering: it goes on without why.
 */
always: boolean, 
/**
 * The package in Markdown: what is shown is what leaves, byte for byte. Places of spans are in this text.
 */
markdown: RedactedView, 
/**
 * The package in JSON, redacted the same way.
 */
json: string, 
/**
 * Files that go along in a case bundle, as they go.
 */
files: Array<PackageFile>, 
/**
 * Stands for both: another letter in one of them is another seal.
 */
seal: string, };

export type EscalationMoveArgs = { id: number, 
/**
 * One of `EscalationView.next`.
 */
state: string, };

/**
 * One that was handed over, here or by somebody else.
 */
export type EscalationRow = { id: number, 
/**
 * As whoever made the package calls it.
 */
ticket: string, title: string, 
/**
 * SPEC §5.3: `submitted`, `acknowledged`, `needs_info`, `in_progress`, `answered`, `fix_released`, `closed` or `withdrawn`.
 */
state: string, reason: string, to: string, filled: number, needed: number, 
/**
 * Who sent it in a bundle; `null`: it was made here.
 */
author: EscalationAuthor | null, 
/**
 * The case that had the answer.
 */
repeat_of: string | null, repeat_reason: string | null, created_at: number, updated_at: number, answered_at: number | null, answered_by: string | null, };

export type EscalationSubmitArgs = { package: EscalationArgs, 
/**
 * Why it is handed over although the same was answered before.
 */
although?: string, 
/**
 * Of the draft that was looked at: where the package is another one by now, nothing is handed over.
 */
seal?: string, };

export type EscalationView = { row: EscalationRow, facts: Array<FactView>, lint: LintView, 
/**
 * As it left or came in, byte for byte.
 */
markdown: RedactedView, json: string, 
/**
 * What came along of files.
 */
files: Array<PackageFile>, 
/**
 * Lines that ran, as the package has them.
 */
code: Array<PackageLine>, answer: EscalationAnswerView | null, 
/**
 * How far it came and when, in order.
 */
reached: Array<ReachedView>, 
/**
 * Tests that were run and the search for the commit that brought it, newest first.
 */
evidence: Array<EvidenceView>, 
/**
 * Minutes of engineering.
 */
effort: number | null, 
/**
 * States that it may be moved to.
 */
next: Array<string>, 
/**
 * The ticket is in this workspace.
 */
ticket_here: boolean, };

/**
 * Something happened; ask again. Events carry no data that a view has.
 */
export type Event = { "kind": "changed", seq: number, } | { "kind": "job", job: JobView, } | { "kind": "index", index: IndexView, } | { "kind": "outbox", } | { "kind": "triage", critical: Array<CriticalTicket>, };

export type Events = { 
/**
 * Pass it as `after` next time.
 */
last: number, events: Array<Event>, };

export type EventsArgs = { after: number, };

export type EvidenceView = { id: number, at: number, 
/**
 * A test that was run; `null` of a search.
 */
trials: TrialsView | null, 
/**
 * A search for the commit that brought it; `null` of a test.
 */
bisect: BisectView | null, };

export type ExamArgs = { 
/**
 * Places that count; 10 when left out, at most 100.
 */
k?: number, };

export type ExamRow = { ticket: string, display_id: string, subject: string, created_at: number, label: string, 
/**
 * How old the newest right answer was.
 */
days: number, 
/**
 * Where the first right answer stood; `null` where it is not among the first hundred.
 */
place: number | null, 
/**
 * The same of what it is held against.
 */
other_place: number | null, 
/**
 * The newest right answer; `null` where it went since.
 */
answer: NamedCase | null, 
/**
 * What stood first.
 */
first: NamedCase | null, 
/**
 * Whether a right answer was among the candidates at all.
 */
found: boolean, };

export type ExamRows = { total: number, 
/**
 * Newest first, at most 500.
 */
rows: Array<ExamRow>, };

export type ExamRowsArgs = { 
/**
 * `in_use`, `without_age` or, with a semantic pack, `without_pack`.
 */
configuration: string, 
/**
 * What it is held against: `before`, or another way to rank; of the tickets that both asked. Of all tickets, and against the
 * first other way to rank, when left out.
 */
against?: string, which: ExamWhich, age?: string, product?: string, label?: string, k?: number, };

export type ExamRun = { id: number, at: number, 
/**
 * Places that count.
 */
k: number, 
/**
 * Tickets and known errors that could have answered the newest question.
 */
documents: number, 
/**
 * Tickets whose answer is known; the newest of them were asked.
 */
labelled: number, 
/**
 * The way to rank that is in use first.
 */
configurations: Array<ConfigurationView>, 
/**
 * What was said of the tickets, and how often it was right; `null` where an older exam did not ask.
 */
verdicts: VerdictsView | null, 
/**
 * What the team's own links taught; `null` in an exam of an earlier version.
 */
adaptation: AdaptationView | null, 
/**
 * The way in use against the exam before, where there is one, and against every other way to rank.
 */
against: Array<AgainstView>, };

export type ExamView = { 
/**
 * The newest exam; `null` where none was ever taken.
 */
run: ExamRun | null, 
/**
 * Tickets whose answer is known: what an exam could ask, where none was taken; what it could ask then, where one was.
 */
labelled: number, };

/**
 * Which of the tickets that were asked.
 */
export type ExamWhich = "all" | "first" | "first_five" | "first_ten" | "missed" | "candidate" | "no_candidate" | "both" | "here_alone" | "there_alone" | "neither";

export type FacetValueView = { 
/**
 * As it stands after the field's name in a query.
 */
value: string, 
/**
 * As people write it.
 */
name: string, 
/**
 * What would be found for it.
 */
count: number, chosen: boolean, };

export type FacetView = { 
/**
 * As it is typed: `product`.
 */
field: string, 
/**
 * Chosen ones first, then the most frequent.
 */
values: Array<FacetValueView>, 
/**
 * Values that are not named.
 */
more: number, };

export type FactCount = { fact: string, count: number, };

export type FactView = { fact: string, 
/**
 * As it stands in the package, redacted; empty where it is missing. Of a list, one a line.
 */
text: string, needed: boolean, filled: boolean, 
/**
 * Somebody said that it does not apply.
 */
waived: boolean, 
/**
 * A person can write it down; the others come from cases and repositories.
 */
writable: boolean, };

export type FeedbackArgs = { 
/**
 * `SeenBefore.question.id`.
 */
question: string, hit: string, verdict: FeedbackVerdict, };

export type FeedbackReply = { 
/**
 * Pass it to `feedback_undo`.
 */
undo: number, };

export type FeedbackVerdict = "used" | "not_same" | "opened";

export type FigureArgs = { 
/**
 * As in `insights_get`.
 */
name: string, period: PeriodArgs, };

export type FigureExplained = { figure: FigureView, rule: string, 
/**
 * What hours at work are.
 */
hours: string, from: number, until: number, 
/**
 * `SELECT counted, base, value, median, p90, value at work, median at work, p90 at work`.
 */
sql: string, 
/**
 * What the statement counts, asked of the database anew: counted, base, and the mean of a spread.
 */
sql_count: number, sql_of: number, sql_mean: number | null, };

/**
 * What is behind a number, newest first: tickets, or packages that were handed over.
 */
export type FigureRows = { total: number, rows: Array<QueueRow>, escalations: Array<EscalationRow>, };

export type FigureRowsArgs = { name: string, period: PeriodArgs, 
/**
 * Its base, and not only what was counted of it.
 */
base: boolean, offset: number, 
/**
 * At most 500.
 */
limit: number, };

export type FigureView = { name: string, formula: string, 
/**
 * What it is a share or a spread of.
 */
base: string, unit: 'share' | 'hours' | 'count', 
/**
 * What is counted.
 */
counts: 'tickets' | 'escalations' | 'problems' | 'facts', target: number | null, 
/**
 * All is well from the target on, and not below it.
 */
at_least: boolean, 
/**
 * Figures that it is never shown without.
 */
with: Array<string>, 
/**
 * It rests on the rule.
 */
by_rule: boolean, 
/**
 * Share, or mean; `null` where there is nothing to divide by.
 */
value: number | null, count: number, of: number, median: number | null, p90: number | null, 
/**
 * Where the value is the least that it can be: the most.
 */
at_most: number | null, 
/**
 * Of hours: the same, in hours at work.
 */
at_work: SpreadView | null, 
/**
 * Of the frozen baseline.
 */
before: number | null, 
/**
 * Of the time to solve, where times were frozen too: how sure the change is.
 */
since: SinceView | null, };

export type FileArgs = { repo: string, 
/**
 * A release, `refs/…`, or the beginning of a commit's name.
 */
at: string, path: string, 
/**
 * The line that is looked at, counted from 1.
 */
line?: number, 
/**
 * Lines on either side of it: 200 when left out, 4,000 at most.
 */
reach?: number, };

/**
 * A file at a version.
 */
export type FileView = { repo: string, 
/**
 * The release or branch, as the repository calls it; else the commit.
 */
at: string, commit: string, path: string, 
/**
 * Lines that the file has.
 */
total: number, 
/**
 * The number of the first line that is here.
 */
first: number, 
/**
 * Exactly what git shows, at most 2,000 bytes of each.
 */
lines: Array<string>, 
/**
 * Where the line stays on its forge: https, without user or password. `null` where the clone came from none.
 */
permalink: string | null, };

/**
 * How well a version is the text that ran.
 */
export type FitView = { 
/**
 * Frames whose line lies in the function that they name …
 */
agree: number, 
/**
 * … of those that can be told.
 */
of: number, 
/**
 * The version that the question says first.
 */
said: string, 
/**
 * The release that it is, or was to become.
 */
release: string | null, 
/**
 * The release was not made yet: it is what its line was on this day.
 */
day: number | null, };

export type FixArgs = { 
/**
 * An issue, a pull request, the address of either, or the beginning of a commit's name.
 */
reference: string, 
/**
 * Every repository is asked when left out.
 */
repo?: string, 
/**
 * What the customer runs.
 */
version?: string, };

export type FixCommitView = { commit: string, subject: string, author: string, at: number, 
/**
 * `named` (its message says so, or it was asked for), `branch` (its branch is called so), `merged` (it came in with one
 * that is), `picked` (one says that it was picked from the other), `same_patch`, or `comment` (one of the ticket's names it).
 */
why: string, 
/**
 * The commit that it was picked from, is the same change as, or came in with.
 */
like: string | null, reverted_by: string | null, 
/**
 * No branch and no tag leads to it any more.
 */
gone: boolean, 
/**
 * It touches tests alone, and others do more: no release counts by it.
 */
aside: boolean, };

/**
 * An environment that has a fix.
 */
export type FixDeployView = { environment: string, release: string, at: number, 
/**
 * Who tells of it; `null`: a person here.
 */
source: string | null, };

/**
 * A fix of the same name in another repository.
 */
export type FixElsewhereView = { repo: string, 
/**
 * As in the fix itself.
 */
state: string, 
/**
 * The first release of every line that has it.
 */
releases: Array<string>, verdict: string | null, };

/**
 * A version with the fix that is out.
 */
export type FixOutView = { version: string, 
/**
 * Who tells of it; `null`: a tag of a repository.
 */
source: string | null, 
/**
 * When it was published; `null` where nobody says.
 */
at: number | null, 
/**
 * Where people read of it in a browser.
 */
url: string | null, };

export type FixState = "fixed_in_yours" | "fixed_later" | "fixed";

/**
 * A line of a project's notes that names an issue under a version.
 */
export type FixToldView = { version: string, 
/**
 * The release that the version is, if it is one.
 */
release: string | null, path: string, 
/**
 * Counted from 1, where development happens.
 */
line: number, text: string, 
/**
 * Whether the commits say that it was first in this release; `null` where they say nothing, or it is no release.
 */
agrees: boolean | null, };

export type FixView = { state: FixState, version: string, 
/**
 * The version that the customer runs, where known.
 */
running: string | null, };

export type FlagArgs = { 
/**
 * A known error, or an entry of the folder.
 */
entry: string, 
/**
 * What is wrong with it.
 */
said: string, 
/**
 * Where it was noticed.
 */
ticket?: string, };

export type FlagAtView = { 
/**
 * The release or branch, as the repository calls it.
 */
at: string, 
/**
 * Lines that have it, everywhere in the repository.
 */
total: number, 
/**
 * The first 12: code, then settings, then tests. `basis` is `flag` (its name stands there), `constant` (what stands for it
 * does), `settings` or `test`.
 */
lines: Array<CodeFrameView>, 
/**
 * The version is too large: not all of it was looked through.
 */
cut: boolean, };

export type FlagLinesArgs = { 
/**
 * As the code calls it.
 */
flag: string, 
/**
 * A ticket: its customer's version is looked at, too.
 */
question?: SeenArgs, 
/**
 * Whose repositories are looked through, where there is no ticket; all of them when left out.
 */
product?: string, 
/**
 * A release or `refs/…` in the place of what the ticket says …
 */
at?: string, 
/**
 * … and one repository alone.
 */
repo?: string, lane?: string, };

export type FlagRepoView = { repo: string, 
/**
 * At what the customer runs; `null` where nobody says what that is, or it is no release.
 */
theirs: FlagAtView | null, 
/**
 * Where development happens; `null` where that is the same.
 */
today: FlagAtView | null, };

export type FlagSettleArgs = { id: number, 
/**
 * `false` raises it again.
 */
settled: boolean, };

/**
 * The lines that read a feature flag.
 */
export type FlagView = { flag: string, 
/**
 * Those that have it.
 */
repos: Array<FlagRepoView>, };

/**
 * A folder on this machine.
 */
export type FolderArgs = { path: string, };

export type FolderView = { 
/**
 * `database`, `index`, `keys`, `backups`.
 */
what: string, path: string, bytes: number, };

/**
 * A known error whose fix is out, and who waits for it.
 */
export type FollowUpGroup = { id: string, display_id: string, title: string, state: string, fix_versions: Array<string>, 
/**
 * Those of them that are out, and who says so.
 */
out: Array<FixOutView>, 
/**
 * Environments that run one of them, or a later one of its line.
 */
runs: Array<FixDeployView>, 
/**
 * It lies in the knowledge folder, so its state can be changed here.
 */
path: string | null, rows: Array<FollowUpRow>, 
/**
 * Customers who were told.
 */
told: number, 
/**
 * Days since the last ticket about it came.
 */
quiet_days: number | null, 
/**
 * The newest ticket from somebody who runs the fix.
 */
came_back: string | null, };

export type FollowUpRow = { 
/**
 * By which it is noted as done.
 */
item: string, ticket: string, display_id: string, subject: string, requester: string | null, account: string | null, status: string, 
/**
 * What the customer ran.
 */
version: string | null, fix: FixView | null, };

export type FollowUpsView = { groups: Array<FollowUpGroup>, };

export type ForgetArgs = { 
/**
 * The workspace's folder, as `workspace_status` names it: nobody destroys one by a slip.
 */
home: string, };

export type FrameView = { raw: string, function: string, file: string | null, line: number | null, in_project: boolean, 
/**
 * Whether it takes part in the fingerprint.
 */
counted: boolean, };

export type FramesArgs = { 
/**
 * A text that holds a stack trace.
 */
text: string, 
/**
 * May be left out where there is one repository.
 */
repo?: string, 
/**
 * What the customer runs; the main branch when left out.
 */
version?: string, 
/**
 * A source map on this machine, of what was built and is not in the repository.
 */
map?: string, };

/**
 * The frames of a stack trace at one version.
 */
export type FramesView = { repo: string, 
/**
 * The release or branch, as the repository calls it.
 */
at: string, commit: string, 
/**
 * In the order of the text.
 */
frames: Array<CodeFrameView>, };

/**
 * Why an entry needs a look.
 */
export type FreshnessCause = { 
/**
 * `flag` (somebody says that it is wrong), `ratio` (lately it helped less), `eta` (the promised day has passed),
 * `shipped` (its fix is released, and it does not say so), `came_back` (seen on a version that has the fix), `code`
 * (what it is about changed in a release) or `repeat` (handed over although it was answered; why is what is said).
 */
kind: string, 
/**
 * A flag's words, a version, a ticket.
 */
said: string | null, 
/**
 * Of `ratio`: of the latest, how many it helped.
 */
worked: number, tried: number, 
/**
 * Of `flag`: its number.
 */
id: number | null, 
/**
 * Of `code`.
 */
code: CodeChangedView | null, };

/**
 * Tickets that each tier had.
 */
export type FunnelView = { l1: number, l2: number, l3: number, };

export type GivenFact = { 
/**
 * One of those that can be written: `steps`, `expected`, …
 */
fact: string, 
/**
 * Of `steps`, `actions` and `tried`, one a line. Empty: the fact is taken out.
 */
text: string, };

export type GroupTierArgs = { name: string, tier: 'l1' | 'l2' | 'l3', };

export type GroupTierView = { name: string, tier: 'l1' | 'l2' | 'l3', 
/**
 * Somebody said so; otherwise its name lets guess.
 */
said: boolean, tickets: number, };

/**
 * An article of the team's folder that says when to escalate, and what a package has to hold.
 */
export type GuidelineView = { title: string, 
/**
 * Of its file, below the folder.
 */
path: string, 
/**
 * Of this text; another text is another edition.
 */
edition: string, 
/**
 * `null`: for all products.
 */
product: string | null, 
/**
 * Safe to insert.
 */
html: string, 
/**
 * Facts that it asks for; none: those that are asked for without it.
 */
needed: Array<string>, 
/**
 * Words of it that are no facts.
 */
unknown: Array<string>, };

export type GutterArgs = { repo: string, 
/**
 * As in `code_file`.
 */
at: string, path: string, 
/**
 * From which line to which, counted from 1; the first 2,000 of them are looked at.
 */
first: number, last: number, lane?: string, };

/**
 * Who changed each line of a stretch last.
 */
export type GutterView = { 
/**
 * Each commit once; lines name it by its place here.
 */
commits: Array<BlameView>, 
/**
 * The number of the first line that is here.
 */
first: number, lines: Array<number | null>, 
/**
 * Where the stretch is longer than is looked at.
 */
cut: boolean, };

/**
 * From when on support handles an error or a known error.
 */
export type HandledRuleArgs = { 
/**
 * That support alone solved, one at the least.
 */
tickets: number, 
/**
 * Within so many days, up to ten years.
 */
days: number, };

/**
 * From how many tickets on that support alone solved, within how many days.
 */
export type HandledRuleView = { tickets: number, days: number, 
/**
 * Somebody said so; otherwise three within 90.
 */
chosen: boolean, };

export type HeldOutView = { name: string, shipped: Measures, adapted: Measures, };

export type HitView = { 
/**
 * `ticket` or `known_error`.
 */
kind: string, id: string, display_id: string, source: string, url: string | null, title: Array<Span>, 
/**
 * What the colleague did; `null` when nothing on record says so.
 */
answer: Answer | null, 
/**
 * A ticket's status or a known error's state.
 */
status: string, 
/**
 * `held`, `reopened`, `duplicate`, `no_fix` or `unresolved`.
 */
outcome: string, resolution_class: string | null, affected_versions: Array<string>, fix: FixView | null, product: string | null, components: Array<string>, created_at: number, solved_at: number | null, 
/**
 * More than 180 days old when the question was asked: of the group of older cases, which the newer ones do not bury.
 */
older: boolean, 
/**
 * The known error that this ticket belongs to; `null` for a known error.
 */
known_error: string | null, score: number, 
/**
 * The parts sum to `score`.
 */
receipt: Array<ReceiptPart>, 
/**
 * What was said about this hit for this question: `used`, `not_same` or `null`.
 */
feedback: string | null, };

export type HopView = { at: number, from_group: string | null, to_group: string | null, by: string | null, };

/**
 * When support is at work.
 */
export type HoursArgs = { 
/**
 * From Monday on.
 */
days: [boolean, boolean, boolean, boolean, boolean, boolean, boolean], 
/**
 * `09:00`; `closes` is after `opens`, and at most `24:00`.
 */
opens: string, closes: string, 
/**
 * As the tz database calls it.
 */
zone: string, };

/**
 * When support is at work.
 */
export type HoursView = { 
/**
 * From Monday on.
 */
days: [boolean, boolean, boolean, boolean, boolean, boolean, boolean], opens: string, closes: string, zone: string, words: string, 
/**
 * Somebody said so; otherwise from nine to five.
 */
chosen: boolean, };

export type HunkView = { lines: Array<ChangedLineView>, };

export type IdArgs = { 
/**
 * `source:id`, or an id alone where only one source has it.
 */
id: string, };

/**
 * Whom a known error hits, how much lately, and what it has cost so far.
 */
export type ImpactView = { severity: SeverityView, 
/**
 * Tickets of the last 24 hours and of the last 7 days.
 */
day: number, week: number, tickets: number, accounts: number, 
/**
 * Different people; a ticket of nobody in particular is one of its own.
 */
users: number, 
/**
 * The highest that had one of them.
 */
tier: 'l1' | 'l2' | 'l3' | null, versions: Array<string>, 
/**
 * Tickets of each of the last twelve weeks, oldest first.
 */
weeks: Array<number>, 
/**
 * Tickets that reached engineering.
 */
escalated: number, cost: BandView, 
/**
 * Its hours were logged, and are not assumed.
 */
measured: boolean, };

export type ImportArgs = { 
/**
 * A file or a directory on this machine.
 */
path: string, 
/**
 * The source's name; made from the file's name when left out.
 */
source?: string, 
/**
 * `auto`, `jsonl`, `jira`, `zendesk`, `github` or `csv`.
 */
format?: string, 
/**
 * For CSV: columns whose names do not say which field they hold. Goes before what the names say; other formats
 * have no columns and pass it over.
 */
mapping?: Array<ColumnMapping>, };

export type ImportError = { 
/**
 * The file, where a directory was read.
 */
file: string | null, line: number, reason: string, };

export type ImportReport = { 
/**
 * Tickets read, and records that could not be: what `added` to `skipped` sum to.
 */
read: number, added: number, changed: number, unchanged: number, deleted: number, 
/**
 * Left out, or let go, because a retention rule covers them.
 */
expired: number, skipped: number, comments: number, hops: number, known_errors: number, 
/**
 * Of help centres: new or changed, and no longer there.
 */
articles: number, articles_gone: number, 
/**
 * New or changed: published, tagged, or brought somewhere.
 */
releases: number, 
/**
 * Where an interrupted import of the same file went on: how many of its records were already stored.
 */
resumed_after: number, 
/**
 * The first 100 of `skipped`.
 */
errors: Array<ImportError>, };

export type IndexState = "ready" | "catching_up" | "rebuilding" | "behind";

export type IndexView = { state: IndexState, done: number, total: number, 
/**
 * Why it is being rebuilt or is behind, in words; else `null`.
 */
reason: string | null, };

export type InsightsView = { from: number, until: number, 
/**
 * That came in within the period.
 */
tickets: number, 
/**
 * What makes a ticket one of engineering's.
 */
rule: string, 
/**
 * What hours at work are: days, times and zone.
 */
hours: string, figures: Array<FigureView>, funnel: FunnelView, months: Array<MonthView>, cost: CostView, 
/**
 * Why cases were handed over, most often first.
 */
reasons: Array<ReasonCount>, 
/**
 * Where the time of escalated tickets went.
 */
stages: StagesView, 
/**
 * Tickets that came in: seven days from Monday on, each of 24 hours, on the clock of the hours at work.
 */
arrivals: Array<Array<number>>, shift: ShiftView, 
/**
 * Which tier solved what; what is worth moving down a tier most comes first, at most twenty.
 */
capabilities: Array<CapabilityView>, 
/**
 * From when on support handles one.
 */
handled: HandledRuleView, 
/**
 * What was published or brought somewhere within the period, oldest first; the newest forty.
 */
releases: Array<ReleaseMark>, 
/**
 * Errors that only engineering ever solved, most tickets first; at most twenty.
 */
engineer_only: Array<IssueTypeView>, 
/**
 * What many people report today that hardly anybody reported before.
 */
bursts: Array<BurstView>, baseline: BaselineView | null, };

export type InterviewArgs = { 
/**
 * Of one that is there; left out, it is a new one.
 */
id?: number, 
/**
 * `null` lets go of it.
 */
note: InterviewNote | null, };

export type InterviewKept = { id: number, 
/**
 * As it was; `null` of a new one.
 */
before: InterviewNote | null, 
/**
 * As it is; `null` of one that is gone.
 */
after: InterviewNote | null, };

/**
 * What somebody told of their work. No name: it is about the work.
 */
export type InterviewNote = { 
/**
 * The day of it; today when left out.
 */
at?: number, 
/**
 * `l1`, `l2`, `l3_engineer`, `lead` or `other`.
 */
role: string, 
/**
 * What slows them, in a line.
 */
pain: string, 
/**
 * `daily`, `weekly`, `monthly` or `rarely`.
 */
often: string, 
/**
 * What they open for it, with a comma between two.
 */
tools: string, 
/**
 * In their words.
 */
quote: string, };

export type InterviewView = { id: number, at: number, role: string, pain: string, often: string, tools: Array<string>, quote: string, };

/**
 * An error or a known error that always needs engineering.
 */
export type IssueTypeNamed = { 
/**
 * Of the signature or the known error; it outlives both.
 */
name: string, 
/**
 * `null` where nothing of it is here.
 */
title: string | null, tickets: number, at: number, };

export type IssueTypeView = { title: string, 
/**
 * That outlives the signature or the known error.
 */
name: string, 
/**
 * Somebody said that it always needs engineering.
 */
always: boolean, tickets: Array<string>, 
/**
 * What its escalations cost.
 */
cost: BandView, };

export type JobArgs = { id: number, };

export type JobView = { id: number, 
/**
 * `import`, `sync`, `sign_in`, `reindex`, `sample`, `replay`, `code`.
 */
kind: string, label: string, 
/**
 * Whether `job_cancel` stops it.
 */
cancellable: boolean, 
/**
 * Nobody asked for it: it comes round by itself.
 */
unasked: boolean, 
/**
 * `running`, `done`, `failed` or `cancelled`.
 */
state: string, done: number, 
/**
 * `null` while it is not known.
 */
total: number | null, 
/**
 * What of `done` an earlier run had done, where `total` is known: how fast it goes is told without it.
 */
before: number, started_at: number, report: ImportReport | null, error: ApiErrorView | null, };

/**
 * Where the key lies that opens the workspace.
 */
export type KeyView = { 
/**
 * `keyring`, `key_file` or `passphrase`.
 */
kind: string, 
/**
 * In words: *the keyring of this system*.
 */
place: string, 
/**
 * Where tokens of sources lie, in words.
 */
tokens: string, made_at: number | null, 
/**
 * `null` while there is no recovery key.
 */
recovery_made_at: number | null, };

/**
 * A file of the folder, before and after it was changed: what an undo needs.
 */
export type KnowledgeChanged = { path: string, before: string, text: string, };

export type KnowledgeCloneArgs = { 
/**
 * `https://…`, `ssh://…`, `git@host:path`, or a folder that several machines see.
 */
address: string, 
/**
 * Where the clone goes: a folder that is not there yet, or empty.
 */
path: string, };

/**
 * A file in which two edits of the same meet.
 */
export type KnowledgeConflict = { path: string, 
/**
 * Of the entry, where it can be read.
 */
title: string, 
/**
 * The names of fields, `body`, or `file`.
 */
places: Array<string>, pieces: Array<KnowledgePiece>, 
/**
 * The whole file on each side; `null` where it is gone.
 */
ours: string | null, theirs: string | null, 
/**
 * Chosen already; it waits for the others.
 */
settled: boolean, };

export type KnowledgeCopied = { files: number, };

export type KnowledgeDiff = { path: string, 
/**
 * Empty of what is no text.
 */
patch: string, };

export type KnowledgeDiffArgs = { 
/**
 * An entry or a rule, by its id or path; everything when left out.
 */
id?: string, 
/**
 * What this commit changed; when left out, what was done here and the team has not.
 */
commit?: string, };

/**
 * What there is to mend in a text that may become an entry's.
 */
export type KnowledgeDraftCheck = { findings: Array<string>, };

export type KnowledgeEntry = { 
/**
 * `known_error`, `article`, `runbook` or `concept`.
 */
kind: string, id: string, title: string, 
/**
 * Below the folder.
 */
path: string, 
/**
 * A known error's state; empty of others.
 */
state: string, 
/**
 * `work_in_progress`, `not_validated`, `validated` or `archived`.
 */
confidence: string, 
/**
 * `internal`, `partner`, `customer` or `public`.
 */
audience: string, };

export type KnowledgeExportArgs = { 
/**
 * Where to: a folder that has nothing of it yet.
 */
path: string, 
/**
 * Only what an `internal`, `partner`, `customer` or `public` reader may read; everything when left out.
 */
audience?: string, };

/**
 * Something to mend in a file.
 */
export type KnowledgeFinding = { path: string, what: string, };

/**
 * A line of a file and who wrote it; commit and author are empty of what is not committed yet.
 */
export type KnowledgeLine = { text: string, commit: string, author: string, at: number | null, };

export type KnowledgeListArgs = { 
/**
 * `known_error`, `article`, `runbook` or `concept`; every kind when left out.
 */
kind: string | null, 
/**
 * Only what an `internal`, `partner`, `customer` or `public` reader may read.
 */
audience?: string, };

/**
 * A commit of somebody whom the team does not know, or without the signature that it asks for.
 */
export type KnowledgeMarked = { commit: string, author: string, at: number, summary: string, 
/**
 * `unknown`, `unsigned` or `unverified`.
 */
why: string, };

export type KnowledgeNewArgs = { 
/**
 * `known_error`, `article`, `runbook` or `concept`.
 */
kind: string, 
/**
 * The ticket's subject when left out.
 */
title: string | null, 
/**
 * Made from the title when left out.
 */
id: string | null, 
/**
 * A ticket that it begins with. What belongs to somebody is taken out.
 */
ticket: string | null, };

/**
 * A commit that changed a file.
 */
export type KnowledgePast = { commit: string, author: string, at: number, summary: string, 
/**
 * `added`, `changed` or `removed`.
 */
edit: string, };

/**
 * A stretch of it: either agreed, or one side of each.
 */
export type KnowledgePiece = { agreed: string | null, 
/**
 * What is to choose, where nothing is agreed.
 */
place: string, ours: string | null, theirs: string | null, };

export type KnowledgeResolveArgs = { path: string, 
/**
 * `ours` or `theirs`, the whole of it.
 */
side?: string, 
/**
 * The file as it is to be.
 */
text?: string, };

export type KnowledgeSaveArgs = { path: string, 
/**
 * What the file held when it was read.
 */
before: string, text: string, };

/**
 * Fields of one entry; what is left out stays as it is.
 */
export type KnowledgeSetArgs = { 
/**
 * Its id or its path.
 */
id: string, state?: string, confidence?: string, fix_versions?: Array<string>, 
/**
 * A day; empty takes the promise back.
 */
eta?: string, eta_by?: string, 
/**
 * A ticket that it is about too.
 */
ticket?: string, 
/**
 * The code that it is about, each as `repository:path#symbol@version`; in the place of what it says now.
 */
code?: Array<string>, 
/**
 * Somebody looked: it is right at the newest release of its code.
 */
code_checked?: boolean, };

export type KnowledgeShareArgs = { 
/**
 * What to say of the edits that are committed; which files they are, when left out.
 */
message?: string, 
/**
 * Where to share a folder that is not shared yet.
 */
to?: string, 
/**
 * A branch of the team's to give it to, to be looked at first; the usual one when left out.
 */
branch?: string, };

export type KnowledgeShared = { 
/**
 * `same`, `taken`, or `waits`: nothing was taken, because somebody has to choose first.
 */
outcome: string, 
/**
 * Files of the team's that changed here.
 */
taken: number, 
/**
 * Whether edits were committed here.
 */
kept: boolean, 
/**
 * Commits that the team has now and had not before.
 */
given: number, 
/**
 * Where somebody has to choose.
 */
waits: Array<string>, 
/**
 * Commits that came and deserve a second look, newest first.
 */
marked: Array<KnowledgeMarked>, standing: KnowledgeStanding, };

/**
 * Asks no server: what the team did since it was last got is not known.
 */
export type KnowledgeStanding = { branch: string, 
/**
 * Where it is shared; empty where it is not yet.
 */
remote: string, 
/**
 * Files that were edited and not committed yet.
 */
edited: number, 
/**
 * Commits that the team has not.
 */
ahead: number, 
/**
 * Commits of the team that were got and are not in the folder yet.
 */
behind: number, 
/**
 * Files in which somebody has to choose first.
 */
conflicts: number, 
/**
 * Who commits here; empty where git does not know.
 */
author: string, 
/**
 * When the team's changes were last got; `null` where never from here.
 */
got_at: number | null, };

export type KnowledgeTakenIn = { 
/**
 * Paths of what is new.
 */
added: Array<string>, unchanged: number, 
/**
 * What was left, and why.
 */
left: Array<KnowledgeFinding>, };

/**
 * An entry in full.
 */
export type KnowledgeText = { entry: KnowledgeEntry, 
/**
 * The file, as it is.
 */
text: string, 
/**
 * Its text without the fields, safe to show.
 */
html: string, 
/**
 * Numbered steps that help without a fix.
 */
workaround: Array<string>, findings: Array<string>, };

export type KnowledgeTextArgs = { 
/**
 * The file that it is, or will be.
 */
path: string, text: string, };

/**
 * The folder, as it was when it was last read.
 */
export type KnowledgeView = { folder: string, known_errors: number, articles: number, runbooks: number, concepts: number, rules: number, 
/**
 * Files that could not be read as an entry or a rule.
 */
unread: number, 
/**
 * What a check would say.
 */
findings: number, 
/**
 * The same on two machines where every file is the same.
 */
hash: string, 
/**
 * Known errors and articles that are new or changed here since it was read before, and those that are gone.
 */
changed: number, gone: number, };

export type KnownErrorBanner = { id: string, title: string, 
/**
 * SPEC §5.3: `identified`, `workaround_available`, `fix_in_progress`, …
 */
state: string, cause: string | null, workaround: Array<string>, tried: TriedView, fix: FixView | null, fix_versions: Array<string>, eta_at: number | null, eta_by: string | null, 
/**
 * The ETA has passed: it may no longer be promised.
 */
eta_past: boolean, owner: string | null, 
/**
 * `internal`, `partner`, `customer` or `public`; `null` where its source does not say.
 */
audience: string | null, updated_at: number, 
/**
 * Notes that explain what is behind it.
 */
concepts: Array<NamedCase>, 
/**
 * Why the banner shows: `rule` (a rule of the team fits), `signature`, `linked` (a matched case carries it) or `match`
 * (it is itself the best match).
 */
because: string, 
/**
 * What was said about it for this question: `used` or `null`. After *not the same* it shows no more.
 */
feedback: string | null, };

export type KnownErrorList = { rows: Array<KnownErrorRow>, };

export type KnownErrorRow = { id: string, display_id: string, source: string, title: string, 
/**
 * SPEC §5.3.
 */
state: string, product: string | null, components: Array<string>, affected_versions: Array<string>, fix_versions: Array<string>, 
/**
 * Steps of its workaround.
 */
steps: number, tried: TriedView, tickets: number, 
/**
 * When the last of them came.
 */
last_at: number | null, owner: string | null, eta_at: number | null, eta_by: string | null, eta_past: boolean, updated_at: number, 
/**
 * Its file in the knowledge folder; `null` of what came from elsewhere, which is changed there.
 */
path: string | null, 
/**
 * Of its file: `work_in_progress`, `not_validated` or `validated`.
 */
confidence: string | null, 
/**
 * `ok`, `check` or `stale`.
 */
freshness: string, causes: Array<FreshnessCause>, };

/**
 * A known error in full.
 */
export type KnownErrorView = { banner: KnownErrorBanner, display_id: string, source: string, url: string | null, product: string | null, components: Array<string>, affected_versions: Array<string>, 
/**
 * Tickets that it caused, newest first.
 */
tickets: Array<QueueRow>, impact: ImpactView, };

/**
 * Requests that left this machine.
 */
export type Ledger = { 
/**
 * Of all that were asked for, whatever the page.
 */
total: number, bytes_out: number, bytes_in: number, rows: Array<LedgerRow>, };

export type LedgerArgs = { 
/**
 * RFC 3339: requests from then on.
 */
since?: string, source?: string, offset?: number, 
/**
 * At most 1,000.
 */
limit?: number, };

export type LedgerRow = { at: number, source: string, 
/**
 * With its port where that is not the usual one.
 */
host: string, method: string, 
/**
 * Without the query.
 */
path: string, 
/**
 * `issues`, `comments`, `test`, …
 */
purpose: string, 
/**
 * `null`: there was no answer.
 */
status: number | null, 
/**
 * The code of the error that ended it.
 */
failed: string | null, 
/**
 * What passed the socket for it, with TLS and the proxy's greeting where there are any.
 */
bytes_out: number, bytes_in: number, };

/**
 * What a source leaves out, until a run reads it again.
 */
export type LeftOutView = { 
/**
 * What its account may not read.
 */
refused: Array<RefusedView>, 
/**
 * Records that could not be read.
 */
skipped: number, 
/**
 * The first of them, with why.
 */
skips: Array<SkipView>, };

/**
 * A quarter less is 0.25; below 0 it is more.
 */
export type LessView = { less: number, 
/**
 * Where nineteen of twenty redraws lie; `null` of too few.
 */
low: number | null, high: number | null, };

export type LimitArgs = { 
/**
 * At most 1,000.
 */
limit: number, };

export type LineArgs = { repo: string, 
/**
 * As in `code_file`.
 */
at: string, path: string, 
/**
 * Counted from 1.
 */
line: number, lane?: string, };

export type LineState = "same" | "changed" | "gone";

/**
 * The line where development happens.
 */
export type LineTodayView = { 
/**
 * As `refs/…`.
 */
at: string, state: LineState, path: string | null, line: number | null, text: string | null, };

/**
 * One line at a version.
 */
export type LineView = { repo: string, at: string, 
/**
 * `null` where the version has no such line.
 */
blame: BlameView | null, 
/**
 * Where the line stays on its forge, in the commit that changed it last.
 */
permalink: string | null, 
/**
 * `null` where the repository has no branch.
 */
today: LineTodayView | null, 
/**
 * `null` where no `CODEOWNERS` gives the file to anybody.
 */
owners: OwnersView | null, };

export type LinkArgs = { a: string, 
/**
 * SPEC §5.4: `same_as`, `duplicate_of`, …
 */
kind: string, b: string, };

export type LinkView = { kind: string, 
/**
 * The other end, `null` while it has not arrived yet.
 */
id: string | null, display_id: string, title: string | null, 
/**
 * `import`, `human`, `rule` or `inferred`.
 */
origin: string, 
/**
 * `false` is *not the same*.
 */
positive: boolean, 
/**
 * Whether this ticket carries the link or is its target.
 */
outgoing: boolean, };

export type LintView = { filled: number, 
/**
 * What does not apply is not counted.
 */
needed: number, missing: Array<string>, lost: Array<LostView>, };

/**
 * What somebody saw.
 */
export type LookArgs = { kind: LookKind, ticket: string, 
/**
 * What it is tied to, or what was found.
 */
other: string, 
/**
 * `null` takes it back.
 */
fits: boolean | null, };

/**
 * Of which sample.
 */
export type LookKind = "tie" | "answer";

export type LookedAtView = { kind: LookKind, ticket: string, other: string, before: boolean | null, after: boolean | null, };

/**
 * A fact that was known and is not in the package.
 */
export type LostView = { fact: string, 
/**
 * When it was known first.
 */
at: number, 
/**
 * Handoffs that the ticket had behind it by then.
 */
handoffs: number, };

export type MarkTierView = { name: string, tier: 'l1' | 'l2' | 'l3', 
/**
 * Some ticket has it.
 */
known: boolean, };

export type MeasuredView = { have: number, 
/**
 * From so many on it is done.
 */
need: number, 
/**
 * What was counted.
 */
of: string, };

/**
 * How well past tickets were answered with what existed on their day. Shares are between 0 and 1.
 */
export type Measures = { 
/**
 * Tickets that were asked.
 */
n: number, 
/**
 * How many had a right answer in the first place …
 */
hit_at_1: number, 
/**
 * … among the first five …
 */
hit_at_5: number, 
/**
 * … and among the first ten.
 */
hit_at_10: number, 
/**
 * The mean of one over the place of the first right answer.
 */
mrr: number, ndcg_at_10: number, 
/**
 * How many had a right answer among the candidates at all: no ranking can do better.
 */
ceiling: number, p50_ms: number, p95_ms: number, };

export type MergeEntriesArgs = { 
/**
 * The path of the one that stays.
 */
keep: string, 
/**
 * The path of the one that is archived; its tickets go over.
 */
archive: string, };

export type ModelInstallArgs = { 
/**
 * Of the pack's file, on this machine.
 */
path: string, };

/**
 * A small language model on this machine that finds cases told in other words. Everything works without it.
 */
export type ModelView = { installed: boolean, 
/**
 * Its name; `null` without one.
 */
model: string | null, licence: string | null, 
/**
 * On disk.
 */
bytes: number, 
/**
 * While it is open.
 */
memory: number, 
/**
 * Tickets and known errors whose meaning is known, of `documents`: the rest is read in the background.
 */
read: number, documents: number, 
/**
 * Why the one that lies there cannot be used; else `null`.
 */
error: ApiErrorView | null, };

export type MomentView = { 
/**
 * Names it in links.
 */
key: string, at: number, 
/**
 * `ticket`, `said`, `handed`, `solved`, `file`, `release`, `deploy` or `commit`.
 */
kind: string, level: string, text: string, 
/**
 * Of a group of lines.
 */
count: number, 
/**
 * Of a group of lines.
 */
file: number | null, group: number | null, 
/**
 * Of a commit.
 */
url: string | null, };

/**
 * Tickets that came in within a calendar month (UTC).
 */
export type MonthView = { from: number, tickets: number, escalated: number, solved: number, 
/**
 * Solved by support alone.
 */
alone: number, 
/**
 * That the first tier had, and of these those that it handed on.
 */
l1: number, l1_handed: number, 
/**
 * That the second tier had, and of these those that it handed to the third.
 */
l2: number, l2_handed: number, };

export type NameArgs = { name: string, };

/**
 * An earlier case, named.
 */
export type NamedCase = { 
/**
 * `ticket`, `known_error` or `article`.
 */
kind: string, id: string, display_id: string, title: string, };

/**
 * The question whose answer leaves least to doubt, whatever it is.
 */
export type NextQuestion = { facet: 'product' | 'component' | 'version' | 'exception' | 'environment', 
/**
 * The likeliest answers, and how many others there are.
 */
answers: Array<AnswerShare>, more: number, 
/**
 * Hits that are told apart, and those of them that say nothing of it.
 */
of: number, silent: number, 
/**
 * As how many equally likely ones they are now, and on average after the answer.
 */
before: number, after: number, };

export type NoArgs = Record<symbol, never>;

export type NumberArgs = { id: number, };

/**
 * With neither, the key is looked for once more where it was put.
 */
export type OpenArgs = { 
/**
 * As it was written down.
 */
recovery?: string, 
/**
 * The one that opens it; or, where the workspace is new or restored, the one that is to.
 */
passphrase?: string, 
/**
 * Mend it first where it does not open for its database's sake.
 */
repair?: boolean, };

export type OutboxArgs = { id: number, };

export type OutboxChange = { 
/**
 * `subject`, `status`, `priority` or `body`.
 */
what: string, lines: Array<OutboxLine>, };

/**
 * What changed of a record since something written on it was shown.
 */
export type OutboxConflict = { seal: string, 
/**
 * When the record had last changed, by its server: as it was, and as it is.
 */
was_at: number, now_at: number, changes: Array<OutboxChange>, 
/**
 * What was said since.
 */
said: Array<OutboxSaid>, };

/**
 * One text on its way to another machine. What stands here is what leaves, byte for byte.
 */
export type OutboxItem = { id: number, 
/**
 * The source that it goes to.
 */
source: string, 
/**
 * `issue`, `comment` (seen by everybody who sees the record) or `note` (internal).
 */
kind: string, 
/**
 * The record that it is for, as its source names it; `null` for a new issue.
 */
on: string | null, 
/**
 * The case that it is about.
 */
about: string | null, 
/**
 * Host and path of the request.
 */
to: string, method: string, 
/**
 * The request's body.
 */
payload: string, 
/**
 * Stands for `method`, `to` and `payload`; sending names it, so that nothing leaves that was not shown.
 */
seal: string, 
/**
 * Stands in the text, so that it is found again there.
 */
mark: string, title: string | null, 
/**
 * What somebody wrote, without its mark.
 */
text: string, 
/**
 * As it leaves.
 */
body: string, 
/**
 * What was taken out of the text.
 */
redacted: Array<RedactedCount>, 
/**
 * `draft`, `pending`, `sending`, `sent`, `failed`, `unclear`, `conflict`, `dropped`.
 */
state: string, made_by: string, made_at: number, sent_by: string | null, clicked_at: number | null, 
/**
 * Something of it may have arrived: the other side is asked before anything is sent again.
 */
may_be_there: boolean, attempts: number, attempt_at: number | null, 
/**
 * It is tried again then.
 */
not_before: number | null, 
/**
 * Why the last attempt did not end as it should.
 */
failure: SourceFailureView | null, 
/**
 * What it is written on has changed since it was shown; sending it anyway names the seal in it.
 */
conflict: OutboxConflict | null, done_at: number | null, 
/**
 * As the other side names what was made.
 */
remote_id: string | null, 
/**
 * Where a browser shows it.
 */
url: string | null, can_send: boolean, can_drop: boolean, };

/**
 * A line as it was beside the one as it is.
 */
export type OutboxLine = { was: string | null, now: string | null, same: boolean, };

export type OutboxSaid = { by: string | null, at: number, public: boolean, text: string, };

export type OutboxSendArgs = { id: number, 
/**
 * Of what was shown.
 */
seal: string, 
/**
 * Somebody looked there, and it did not arrive: it is sent without asking.
 */
not_there?: boolean, 
/**
 * The seal of the conflict that somebody saw, who wants it sent all the same.
 */
seen?: string, };

export type OutboxWriteArgs = { 
/**
 * `issue`, `comment`, `note` or `link`.
 */
kind: string, 
/**
 * The source of a new issue, or the ticket that a comment, a note or a link is for.
 */
to: string, 
/**
 * The ticket that it is about: its people are taken out by name.
 */
about?: string, 
/**
 * Of an issue.
 */
title?: string, 
/**
 * Of a link: the ticket of the problem, in the same source.
 */
problem?: string, 
/**
 * Markdown; nothing of a link.
 */
text: string, 
/**
 * Somebody looked and wants it whole: nothing is taken out.
 */
as_is?: boolean, };

export type OwnerKind = "owns" | "wrote" | "solved";

/**
 * Who may know the code of a question, best proposals of each kind first.
 */
export type OwnersSuggestedView = { 
/**
 * Whose lines ran; empty where none of them is known.
 */
repo: string, at: string, owners: Array<SuggestedOwnerView>, };

/**
 * Who answers for a file, as `CODEOWNERS` says it.
 */
export type OwnersView = { 
/**
 * People, teams and addresses.
 */
names: Array<string>, 
/**
 * The line that gives it to them.
 */
pattern: string, };

/**
 * A file that tells what happened, as it goes along in a package.
 */
export type PackageFile = { name: string, 
/**
 * `log`, `har`, `sentry`, `otel`, `picture` or `replay`.
 */
kind: string, 
/**
 * Bytes of the file itself.
 */
size: number, 
/**
 * Redacted; empty where it stays with its ticket.
 */
text: RedactedView, 
/**
 * That is all of it.
 */
whole: boolean, };

export type PackageLine = { repo: string, 
/**
 * The release or branch.
 */
at: string, commit: string, path: string, line: number | null, symbol: string, permalink: string, };

export type PainView = { pain: string, people: number, 
/**
 * About how often a month, all of them together.
 */
monthly: number, };

/**
 * Tickets that have something in common.
 */
export type PartArgs = { by: PartBy, 
/**
 * `null` of those that say nothing of it. A tier is `l1`, `l2` or `l3`, a month `2026-03`; whether something was is `yes` or `no`.
 */
value: string | null, };

/**
 * What tells cohorts apart.
 */
export type PartBy = "product" | "version" | "tier" | "month" | "escalated" | "used" | "reopened";

export type PassphraseArgs = { passphrase: string, };

export type PassportArgs = { 
/**
 * As it was asked: it says what the customer runs.
 */
question: SeenArgs, 
/**
 * Tickets and known errors; the first 60 are looked up.
 */
ids: Array<string>, 
/**
 * A release that somebody chose, in the place of what the question says …
 */
at?: string, 
/**
 * … in this repository alone; in every one when left out.
 */
repo?: string, lane?: string, };

/**
 * What the history says of the fix of a ticket or a known error.
 */
export type PassportView = { id: string, fix: CodeFixView, };

/**
 * Of what a repository knows, in the order that was asked.
 */
export type PassportsView = { passports: Array<PassportView>, };

/**
 * Tickets that came in within so many days, up to now.
 */
export type PeriodArgs = { 
/**
 * 90 when left out; 0 for everything.
 */
days?: number, 
/**
 * Only of these.
 */
part?: PartArgs, };

export type PhaseView = { 
/**
 * As the team's file has it.
 */
title: string, steps: Array<StepView>, };

export type PieceView = { text: string, 
/**
 * What was masked (`number`, `path`, …); `null` for text that belongs to the template.
 */
mask: string | null, };

/**
 * One key and its value, chosen by the person at this machine.
 */
export type Preference = { key: string, value: string, };

/**
 * Where the data of this workspace lies.
 */
export type PrivacyView = { home: string, folders: Array<FolderView>, };

export type ProgrammeTickArgs = { 
/**
 * Its name, as `programme_get` says it.
 */
step: string, done: boolean, };

export type ProgrammeTicked = { before: boolean, after: boolean, };

export type ProgrammeView = { phases: Array<PhaseView>, 
/**
 * The file of the team's folder that holds the ticks; `null` where this workspace holds them.
 */
file: string | null, 
/**
 * The latest first.
 */
interviews: Array<InterviewView>, 
/**
 * What most people named first.
 */
pains: Array<PainView>, tools: Array<ToolView>, 
/**
 * All of it written down for people elsewhere.
 */
markdown: string, };

/**
 * A promise about time.
 */
export type PromiseView = { 
/**
 * What is measured, as the source calls it.
 */
measure: string, policy: string | null, 
/**
 * Milliseconds.
 */
goal: number | null, 
/**
 * The goal is in hours at work.
 */
at_work: boolean, state: 'kept' | 'broken' | 'running' | 'paused', 
/**
 * When it was kept or broken, or will be broken.
 */
at: number | null, 
/**
 * Milliseconds that are left, where somebody knows.
 */
left: number | null, };

/**
 * One of the two.
 */
export type PurgeArgs = { source?: string, ticket?: string, };

/**
 * What a purge takes away.
 */
export type PurgeView = { 
/**
 * The source's name, or the ticket's id.
 */
what: string, tickets: number, comments: number, known_errors: number, 
/**
 * Of its help centre.
 */
articles: number, 
/**
 * Copies of the whole database, and damaged ones that were moved aside, which go too; a copy is made anew.
 */
copies: number, };

export type QuestionView = { 
/**
 * What feedback is stored under: the ticket's id, or `text:HASH` for pasted text (the same text, the same id).
 */
id: string, title: string, identifiers: Array<string>, phrases: Array<string>, product: string | null, components: Array<string>, versions: Array<string>, };

export type Queue = { total: number, rows: Array<QueueRow>, };

export type QueueArgs = { filter: QueueFilter, offset: number, 
/**
 * At most 500.
 */
limit: number, };

export type QueueFilter = "open" | "unassigned" | "known" | "solved" | "triage" | "all";

export type QueueRow = { id: string, 
/**
 * The id without its source: `AMQ-1234`.
 */
display_id: string, subject: string, status: string, priority: string | null, requester: string | null, account: string | null, product: string | null, version: string | null, assignee: string | null, group: string | null, known_error: boolean, 
/**
 * The most urgent lane that a rule suggests, of what is open.
 */
lane: string | null, created_at: number, updated_at: number, };

export type QuotedRepoView = { repo: string, at: string, 
/**
 * `raw` is the line of the log or the code, `basis` is `log_line` or `error_code`. Where several statements say the same,
 * each is here.
 */
lines: Array<CodeFrameView>, 
/**
 * The version is too large: not all of it was looked through.
 */
cut: boolean, };

/**
 * The statements that printed what a question quotes.
 */
export type QuotedView = { 
/**
 * Those that have any.
 */
repos: Array<QuotedRepoView>, };

export type RanArgs = { 
/**
 * As it was asked.
 */
question: SeenArgs, 
/**
 * A release or `refs/…` that somebody chose, in the place of what the question says …
 */
at?: string, 
/**
 * … in this repository alone; in every one when left out.
 */
repo?: string, lane?: string, };

export type RanRepoView = { repo: string, state: RanState, 
/**
 * The release or branch, as the repository calls it; `null` unless it is one.
 */
at: string | null, commit: string | null, 
/**
 * Where development happens, as `refs/…`.
 */
main: string | null, 
/**
 * Releases that the versions may mean, where there is something to choose from.
 */
candidates: Array<string>, 
/**
 * Where `at` was chosen because the trace fits it, and not because the question says so.
 */
fit: FitView | null, 
/**
 * Frames whose file is in this repository, in the order of the text.
 */
frames: Array<CodeFrameView>, failure: ApiErrorView | null, };

export type RanState = "resolved" | "no_version" | "unknown_version" | "several" | "unread" | "unreadable";

/**
 * The code that ran, in every repository.
 */
export type RanView = { 
/**
 * What the customer runs, as the question says it; `null` where it does not.
 */
version: string | null, 
/**
 * Frames of the product that the question holds.
 */
frames: number, 
/**
 * Those that have most of them first; none where none was added.
 */
repos: Array<RanRepoView>, };

/**
 * What the customer thought of it.
 */
export type RatingView = { score: string, satisfied: boolean, 
/**
 * In the customer's words.
 */
said: string | null, };

/**
 * It came to a state, or its package was sent anew.
 */
export type ReachedView = { at: number, state: string, 
/**
 * How complete its package was then.
 */
filled: number, needed: number, };

/**
 * Why a ticket was escalated that has no package.
 */
export type ReasonArgs = { ticket: string, 
/**
 * As packages call it; `null` takes it back.
 */
reason: string | null, };

export type ReasonCount = { reason: string, count: number, 
/**
 * Last changed first.
 */
escalations: Array<number>, 
/**
 * That have no package, and of which somebody said so; escalated last first.
 */
tickets: Array<string>, 
/**
 * Of missing context: what was missing, most often first.
 */
missing: Array<FactCount>, };

export type ReasonLeft = { ticket: NamedCase, raised_at: number, 
/**
 * What the text of support and engineering speaks for; `null`: for nothing.
 */
proposed: string | null, 
/**
 * What was written for it; empty where its end alone speaks for it.
 */
quotes: Array<string>, };

export type ReasonSaid = { ticket: string, before: string | null, after: string | null, };

/**
 * Escalated tickets that have no package, to say why: twenty at a time, those escalated last.
 */
export type ReasonsLeft = { 
/**
 * Of the period.
 */
of: number, 
/**
 * Of which nobody said why.
 */
left: number, rows: Array<ReasonLeft>, };

export type ReceiptPart = { 
/**
 * `terms`, `covers`, `brief`, `signature`, `frames`, `identifiers`, `component`, `recency` or `outcome`.
 */
kind: string, 
/**
 * For `terms`: `title`, `body` or `resolution`. Empty otherwise.
 */
field: string, 
/**
 * What counted, strongest first.
 */
detail: Array<string>, points: number, };

/**
 * To be written down: it is kept nowhere.
 */
export type RecoveryKeyView = { 
/**
 * 14 groups of four letters and digits.
 */
words: string, };

export type RedactArgs = { text: string, 
/**
 * Tickets whose people are taken out by name: who asked, who answered. Ids that are not here are passed over.
 */
tickets?: Array<string>, 
/**
 * More people to take out by name.
 */
people?: Array<string>, };

export type RedactedCount = { 
/**
 * `email`, `phone`, …
 */
kind: string, count: number, };

export type RedactedSpan = { 
/**
 * In bytes of the text as it was given.
 */
start: number, end: number, 
/**
 * `email`, `phone`, `iban`, `card`, `jwt`, `token`, `secret`, `credentials`, `private_key`, `ip` or `name`.
 */
kind: string, 
/**
 * What stands in its place: `[e-mail 1]`. The same value has the same number.
 */
placeholder: string, };

/**
 * A text that may leave. Copy `text` as it is: it is what was shown.
 */
export type RedactedView = { text: string, 
/**
 * What was taken out, in order.
 */
spans: Array<RedactedSpan>, };

export type RefusedView = { 
/**
 * `events`, `metrics`, `articles`, `releases`, …; empty for the tickets themselves.
 */
what: string, code: string, 
/**
 * In the server's words.
 */
message: string, 
/**
 * Since when.
 */
at: number, };

export type ReleaseMark = { at: number, version: string, 
/**
 * Where it was brought; `null`: it was published.
 */
environment: string | null, };

export type ReleaseView = { 
/**
 * As the tag is called.
 */
name: string, version: string, 
/**
 * What gets the same fixes: `5.4` of 5.4.2.
 */
line: string, prerelease: boolean, 
/**
 * It is a branch, in a repository without version tags.
 */
branch: boolean, 
/**
 * `null` where a source tells of it and the clone does not have it.
 */
commit: string | null, 
/**
 * When its commit was made.
 */
at: number | null, 
/**
 * What a source tells of it.
 */
told: ToldReleaseView | null, };

export type ReleasesArgs = { 
/**
 * May be left out where there is one repository.
 */
repo?: string, 
/**
 * Only those that this version may mean.
 */
version?: string, };

export type ReleasesView = { repo: string, 
/**
 * Highest version first; where a version was asked for, those that it may mean, lowest first: none is *unknown*,
 * several are a choice.
 */
releases: Array<ReleaseView>, };

/**
 * What engineering answered when the same came before.
 */
export type RepeatView = { id: string, 
/**
 * `ticket`, `known_error` or `escalation`.
 */
kind: string, title: string, answer: string, author: string | null, at: number | null, 
/**
 * `signature` (the same error), `problem` (the same case in other words) or `known_error`.
 */
because: string, };

export type ReplayArgs = { 
/**
 * The newest so many of the tickets whose answer is known; 1,000 when left out.
 */
limit?: number, 
/**
 * Places that count; 10 when left out, at most 100.
 */
k?: number, };

export type ReplyArgs = { known_error: string, 
/**
 * Whose customer is told.
 */
ticket?: string, };

/**
 * What may be told a customer of a known error.
 */
export type ReplyView = { 
/**
 * The entry's own text, in the customer's language where it has one.
 */
text: string | null, 
/**
 * `de`: where that text is meant for a language.
 */
language: string | null, 
/**
 * That a fix is expected, and when, on the customer's clock; `null` where that cannot be said.
 */
promise: string | null, 
/**
 * Why nothing may be copied as it is.
 */
held: string | null, };

export type RepoArgs = { name: string, };

/**
 * A repository, and what is known of it.
 */
export type RepoView = { name: string, 
/**
 * Where it lies on this machine.
 */
path: string, 
/**
 * Where it is fetched from; `null` of a clone, which is only read.
 */
url: string | null, added_at: number, 
/**
 * When its history was last brought up to date; `null` before the first time.
 */
read_at: number | null, 
/**
 * Everything that its branches and tags lead to could be read.
 */
whole: boolean, commits: number, 
/**
 * Issues and pull requests that commits name.
 */
issues: number, releases: number, 
/**
 * The highest version that is no pre-release, as its tag is called.
 */
newest: string | null, 
/**
 * Where development happens, as `refs/…`.
 */
branch: string | null, };

export type ReportArgs = { format: ReportFormat, period: PeriodArgs, };

export type ReportFormat = "markdown" | "csv" | "html";

export type ReportSaveArgs = { report: ReportArgs, 
/**
 * With its whole path; left out: where downloads go.
 */
folder?: string, };

export type ReportSaved = { 
/**
 * Of the new file.
 */
path: string, bytes: number, };

export type ReportView = { name: string, text: string, };

export type RetentionArgs = { rules: Array<RetentionRuleView>, 
/**
 * How many tickets go, as `retention_preview` said: nobody deletes more than they were shown.
 */
confirmed?: number, };

/**
 * A rule covers tickets whose last change is older than `days`, of a group and a product or of any.
 */
export type RetentionRuleView = { days: number, group: string | null, product: string | null, };

export type RetentionView = { rules: Array<RetentionRuleView>, 
/**
 * To choose from: those that tickets here have.
 */
groups: Array<string>, products: Array<string>, };

/**
 * How often sources are asked by themselves.
 */
export type Rhythm = { 
/**
 * As chosen; `null`: only when somebody asks.
 */
minutes: number | null, 
/**
 * As things stand right now; `null`: not at all for now.
 */
now: number | null, 
/**
 * Why that is less often than was chosen.
 */
slower: Slower | null, };

export type RhythmArgs = { 
/**
 * From 1 to 1,440; `null`: only when somebody asks.
 */
minutes: number | null, };

/**
 * A rule of the folder, or a text that may become one.
 */
export type RuleArgs = { 
/**
 * Its id or its path.
 */
id?: string, 
/**
 * Instead of what the folder holds.
 */
text?: string, 
/**
 * Where the text lies or will lie: gives the id where the text does not.
 */
path?: string, };

/**
 * What a rule would have said of every ticket as it came in.
 */
export type RuleBacktest = { rule: string, 
/**
 * Of its text without its state.
 */
hash: string, 
/**
 * Tickets that were looked at, without the one that the rule was made from.
 */
n: number, hits: number, 
/**
 * Of the hits, those that are known to be the same problem. Others may be, and nobody said so.
 */
right: number, 
/**
 * All that are known to be.
 */
gold: number, 
/**
 * `null` where nothing is known.
 */
precision: number | null, recall: number | null, 
/**
 * Where that is known from: tickets of this known error, and what is called the same as this ticket.
 */
gold_known_error: string | null, gold_ticket: string | null, 
/**
 * What the rule names and this workspace does not have.
 */
missing: Array<string>, 
/**
 * Of the hits, those that are open now: what it would say once it is enabled.
 */
open: number, 
/**
 * Tickets on which its time ran out: a rule that has any is not enabled.
 */
too_slow: number, 
/**
 * Would-be hits, newest first, at most 200.
 */
samples: Array<RuleSample>, 
/**
 * What is known to be the same problem and was not hit, newest first, at most 200.
 */
missed: Array<RuleSample>, 
/**
 * Whether the measure is noted in the rule's file.
 */
kept: boolean, ms: number, };

/**
 * What its last backtest measured.
 */
export type RuleBacktested = { 
/**
 * RFC 3339.
 */
at: string, n: number, hits: number, right: number, gold: number, precision: number | null, recall: number | null, 
/**
 * Of the text as it is now.
 */
present: boolean, };

/**
 * So many of its phrases would have left out what is wrong and nothing that was confirmed.
 */
export type RuleBar = { at_least: number, instead_of: number, 
/**
 * What would have been left.
 */
confirmed: number, wrong: number, };

export type RuleCheck = { rule: RuleView | null, 
/**
 * In the order of the file; none where there is a rule.
 */
mistakes: Array<RuleMistake>, };

/**
 * A rule that a ticket suggests. Nothing is written yet.
 */
export type RuleDraft = { text: string, 
/**
 * Tickets of the history that it fits, with the one that it is made from.
 */
hits: number, };

/**
 * A part of a rule that a ticket has.
 */
export type RuleFound = { 
/**
 * `signature`, `phrase`, `regex`, `field`, `known_error`, or `came_before` with a number.
 */
kind: string, text: string, };

/**
 * A rule that fits the question.
 */
export type RuleMet = { id: string, title: string, 
/**
 * The keys of what it stands for, where they are here.
 */
known_error: string | null, ticket: string | null, 
/**
 * What of it the question has.
 */
found: Array<RuleFound>, };

export type RuleMistake = { 
/**
 * From 1; 0 where it is about the whole file.
 */
line: number, column: number, what: string, };

export type RuleSample = { id: string, title: string, created_at: number, 
/**
 * Known to be the same problem.
 */
right: boolean, found: Array<RuleFound>, };

export type RuleSaveArgs = { text: string, 
/**
 * Of the file that is changed; a new one is called by its id.
 */
path?: string, 
/**
 * What that file held when it was read.
 */
before?: string, };

/**
 * How a rule did since it was tested.
 */
export type RuleScore = { id: string, 
/**
 * When its present measure was taken.
 */
since: number, 
/**
 * Tickets that came in since and that it fits.
 */
hits: number, 
/**
 * Of these, where somebody said *used* or *not the same* of what it stands for.
 */
confirmed: number, wrong: number, 
/**
 * Of those of which somebody said something.
 */
precision: number | null, 
/**
 * Of what came in within the last 30 days.
 */
lately: RuleTally, 
/**
 * What asking for more of its phrases would have been better for.
 */
bar: RuleBar | null, 
/**
 * The tickets behind `hits`, newest first.
 */
tickets: Array<string>, };

/**
 * How the rules did that are enabled, or were and are muted.
 */
export type RuleScores = { scores: Array<RuleScore>, };

export type RuleStateArgs = { id: string, 
/**
 * `draft`, `enabled` or `muted`.
 */
state: string, };

/**
 * What a rule said, and what people said of it.
 */
export type RuleTally = { hits: number, confirmed: number, wrong: number, };

export type RuleTest = { rule: RuleView, fits: boolean, 
/**
 * It was not done in time.
 */
too_slow: boolean, found: Array<RuleFound>, };

export type RuleTestArgs = { rule: RuleArgs, 
/**
 * A stored ticket …
 */
ticket?: string, 
/**
 * … or a text.
 */
against?: string, };

export type RuleText = { rule: RuleView, text: string, };

export type RuleView = { 
/**
 * Empty of a file that is no rule.
 */
id: string, title: string, 
/**
 * Below the folder.
 */
path: string, 
/**
 * `draft`, `enabled` or `muted`.
 */
state: string, 
/**
 * Enabled, and backtested as it is now.
 */
speaks: boolean, 
/**
 * As the file names them.
 */
known_error: string | null, ticket: string | null, 
/**
 * Whether it suggests where tickets belong, and in which lane: `critical`, `known_error`, `repetitive`, `low_priority`.
 */
sorts: boolean, lane: string | null, owner: string | null, backtest: RuleBacktested | null, 
/**
 * Why the file is no rule, a line for each thing.
 */
wrong: string | null, };

export type RunbookCallArgs = { ticket: string, 
/**
 * Of the runbook.
 */
id: string, 
/**
 * Of the request that was looked at.
 */
seal: string, };

export type RunbookCallNote = { said: string, at: number, };

/**
 * What a runbook would send, byte for byte.
 */
export type RunbookCallView = { 
/**
 * `POST` or `PUT`.
 */
method: string, url: string, host: string, 
/**
 * JSON.
 */
body: string, 
/**
 * A lead allowed it, in `calls.yml` of the folder.
 */
allowed: boolean, 
/**
 * A token is kept for the host.
 */
token: boolean, 
/**
 * Of exactly this: who sends it says what they saw.
 */
seal: string, };

export type RunbookCalled = { 
/**
 * `done`, `not_done`, or `unclear`: it may have arrived.
 */
outcome: string, status: number | null, said: string, 
/**
 * The beginning of what came back, as plain text. Kept nowhere.
 */
answer: string, };

export type RunbookLogArgs = { ticket: string, 
/**
 * Of the runbook.
 */
id: string, 
/**
 * From 1; 0 is the whole of it.
 */
step?: number, 
/**
 * `done`, `worked` or `did_not_work`; not needed with `approved_by`.
 */
outcome: string, 
/**
 * Who agreed that it is done.
 */
approved_by?: string, };

export type RunbookTokenArgs = { 
/**
 * With its port, where it is not 443.
 */
host: string, 
/**
 * Empty to forget it. It goes to where the workspace's key lies, and nowhere else.
 */
secret: string, };

export type RunbookView = { id: string, display_id: string, title: string, 
/**
 * Below the folder.
 */
path: string, 
/**
 * `work_in_progress`, `not_validated` or `validated`.
 */
confidence: string, product: string | null, 
/**
 * `config_check`, `ops_action`, `flag` or `data_fix`; empty where it does not say.
 */
kind: string, 
/**
 * `l1`, `l2` or `l3_engineer`; empty where everybody may.
 */
min_tier: string, 
/**
 * It needs a higher tier than the one that was chosen at this machine.
 */
above: boolean, 
/**
 * Who has to agree first; empty where nobody has to.
 */
approval: string, 
/**
 * Who agreed, on the ticket that was named.
 */
approved_by: string | null, 
/**
 * The feature flag that it is about.
 */
flag: string, 
/**
 * The page on which it is done; https, or empty.
 */
url: string, 
/**
 * The request that it makes.
 */
call: RunbookCallView | null, 
/**
 * Those that were made on the ticket that was named.
 */
called: Array<RunbookCallNote>, when: string, before: string, steps: Array<string>, back: string, tried: TriedView, 
/**
 * Of the ticket that was named: steps that are ticked, from 1, and what came of it.
 */
done: Array<StepDone>, outcome: StepOutcomeView | null, };

export type RunbooksArgs = { 
/**
 * With what was ticked on it.
 */
ticket?: string, };

export type SaidView = { kind: VerdictKind, 
/**
 * Tickets of which it was said: for `seen` and `maybe` those whose earlier case is known, for `new` all.
 */
n: number, 
/**
 * How many of them it was right of: the first case that is meant is the earlier one; for `new`, none is known (the
 * tickets that nothing ties to another counted as often as there are).
 */
right: number, 
/**
 * Of how many of the tickets that nothing ties to another it was said.
 */
of_untied: number, untied: number, };

export type SampleRow = { ticket: NamedCase, 
/**
 * What it is tied to.
 */
other: NamedCase, fits: boolean | null, };

/**
 * What solved tickets are tied to, to look at: twenty at a time, drawn by chance that is always the same.
 */
export type SampleView = { 
/**
 * Solved tickets of the period that are tied to something.
 */
tied: number, 
/**
 * Of them, those that somebody looked at, and those of which everything fits.
 */
looked_at: number, right: number, rows: Array<SampleRow>, };

export type ScanArgs = { word: string, };

/**
 * Where a word was found, with everything decrypted.
 */
export type ScanView = { 
/**
 * Pages, free ones included.
 */
database: number, 
/**
 * Terms and files.
 */
index: number, };

export type SearchArgs = { 
/**
 * Words, ids, `"phrases"` and `field:value`: product, component, version (`version:<5.4`), fixed, status, is (`is:known`),
 * before and after (`before:2024-05`), kind, source, id, priority, group, assignee, account, requester, tag. The last
 * word is a prefix when `prefix`.
 */
query: string, k?: number, 
/**
 * `ticket`, `known_error` or `article`; every kind when left out.
 */
kind?: string, 
/**
 * Only what somebody may read who is `internal`, a `partner`, a `customer` or of the `public`.
 */
audience?: string, prefix?: boolean, 
/**
 * `SearchReply.next` of the page before, with the same query.
 */
after?: string, 
/**
 * Count the values of fields too.
 */
facets?: boolean, 
/**
 * A newer call with the same lane cancels an older one, which then fails with code `superseded`.
 */
lane?: string, };

export type SearchHit = { 
/**
 * `ticket`, `known_error` or `article`.
 */
kind: string, id: string, display_id: string, title: Array<Span>, snippet: Array<Span>, 
/**
 * A ticket's status or a known error's state.
 */
status: string, product: string | null, version: string | null, source: string, updated_at: number, 
/**
 * How well it has what was typed: `exact`, `prefix`, `typo` or `partly`.
 */
tier: string, score: number, };

export type SearchReply = { 
/**
 * The query as it was understood: terms, prefix, phrases, fields, for a line under the box.
 */
query: string, 
/**
 * All matches, also those beyond `k`.
 */
total: number, 
/**
 * How many of them are in each tier, the best tier first; those with none left out.
 */
tiers: Array<TierCount>, ms: number, hits: Array<SearchHit>, 
/**
 * Where the next page begins; `null` where this is the last.
 */
next: string | null, 
/**
 * Empty where they were not asked for.
 */
facets: Array<FacetView>, 
/**
 * What was written like a field and is none: it was searched for as words.
 */
not_a_field: string | null, };

export type SeenArgs = { 
/**
 * A stored ticket is the question …
 */
ticket?: string, 
/**
 * … or this text is. The first line is its title when it is followed by more.
 */
text?: string, k?: number, product?: string, version?: string, 
/**
 * RFC 3339: only what existed before.
 */
as_of?: string, 
/**
 * Ids that may not answer.
 */
exclude?: Array<string>, lane?: string, };

/**
 * The whole answer to *have we seen this, and what do I say?*
 */
export type SeenBefore = { question: QuestionView, verdict: Verdict, duplicates: Duplicates, known_error: KnownErrorBanner | null, 
/**
 * Detection rules of the team that fit, in the order of their files.
 */
rules: Array<RuleMet>, 
/**
 * Lane *What ran?*: the errors in the question, strongest first.
 */
ran: Array<SignatureView>, 
/**
 * Places in the code that a trace in the question names.
 */
traced: number, 
/**
 * Lane *What worked before?*, best first.
 */
hits: Array<HitView>, 
/**
 * Articles of the team's that are about it, best first.
 */
articles: Array<ArticleHit>, 
/**
 * What to ask the customer next, where an answer tells the best hits apart.
 */
next: NextQuestion | null, 
/**
 * Cases that could have answered.
 */
searched: number, ms: number, };

export type SensitiveCount = { kind: string, count: number, };

export type ServiceView = { 
/**
 * Milliseconds from its first word to the first answer.
 */
first_reply: number | null, replies: number | null, reopens: number | null, rating: RatingView | null, 
/**
 * What the customer asked for in a portal.
 */
request_type: string | null, organizations: Array<string>, promises: Array<PromiseView>, };

/**
 * What somebody asks of a severity: what it would be.
 */
export type SeverityArgs = { accounts: number, 
/**
 * Different people within a day, and on a usual one.
 */
people: number, usual: number, 
/**
 * As it is kept when left out.
 */
rule?: SeverityRuleArgs, };

/**
 * From where on impact and urgency are high.
 */
export type SeverityRuleArgs = { 
/**
 * Accounts that are hit.
 */
accounts: number, 
/**
 * As many times what is usual within a day.
 */
times: number, };

export type SeverityRuleView = { 
/**
 * Impact is high from so many accounts on.
 */
accounts: number, 
/**
 * Urgency is high from so many times what is usual on …
 */
times: number, 
/**
 * … which is so much at the least.
 */
least_usual: number, 
/**
 * Somebody said so; otherwise as shipped.
 */
chosen: boolean, };

/**
 * How severe an error is: impact × urgency, with what each was taken from.
 */
export type SeverityView = { 
/**
 * High where both are, medium where one is, low where none is.
 */
class: 'low' | 'medium' | 'high', 
/**
 * Impact is high, and urgency.
 */
wide: boolean, fast: boolean, 
/**
 * Different accounts of four weeks.
 */
accounts: number, 
/**
 * Different people within a day, and on a usual one of the four weeks before.
 */
people: number, usual: number, rule: SeverityRuleView, 
/**
 * Tickets of four weeks whose priority says another class, by what they say.
 */
otherwise: Array<TicketsSaying>, };

/**
 * Whether the second tier becomes what the third was: the earlier half of the period against the later one, without its last week.
 */
export type ShiftView = { 
/**
 * Less goes on to engineering, and tickets lie longer with the second tier instead.
 */
alarm: boolean, 
/**
 * Tickets that entered the second tier.
 */
entered_before: number, entered: number, 
/**
 * Of them, those that went on to the third.
 */
passed_before: number, passed: number, 
/**
 * Hours with the second tier within a week, on average.
 */
hours_before: number, hours: number, };

/**
 * Where somebody signs in.
 */
export type SignIn = { 
/**
 * To be opened in the person's own browser.
 */
page: string, 
/**
 * To be typed in there; `null` where the browser comes back by itself.
 */
code: string | null, 
/**
 * Runs until somebody said yes there, or time is over.
 */
job: JobView, };

export type SignatureView = { 
/**
 * `7F3K-9Q2M`.
 */
code: string, 
/**
 * `stack_trace`, `log_line` or `error_code`.
 */
kind: string, language: string | null, exception: string, message: Array<PieceView>, frames: Array<FrameView>, 
/**
 * Other tickets that carry the same code.
 */
tickets: number, 
/**
 * The file of the ticket in which it was found; `null`: in its own words.
 */
file: string | null, };

/**
 * How times changed since the frozen baseline.
 */
export type SinceView = { 
/**
 * Tickets then and now.
 */
n_before: number, n: number, before: SpreadView, 
/**
 * `null` where it was nothing then.
 */
mean: LessView | null, median: LessView | null, p90: LessView | null, 
/**
 * So many times both sides were drawn again …
 */
redraws: number, 
/**
 * … where each has so many at the least.
 */
least: number, 
/**
 * Some tickets may be on both sides: the periods overlap.
 */
overlaps: boolean, };

export type SkipView = { 
/**
 * The id of the record, or the name of a file; `null` where it says none.
 */
record: string | null, reason: string, count: number, };

export type SliceView = { name: string, measures: Measures, };

export type Slower = "battery" | "low_battery" | "metered";

export type SourceAddArgs = { 
/**
 * `github`, `redmine`, `rt`, …
 */
kind: string, 
/**
 * As a browser shows it: `https://github.com/OWNER/REPOSITORY`.
 */
url: string, 
/**
 * Made from the address when left out.
 */
name?: string, options?: Array<SourceOption>, 
/**
 * A token. It goes to where the workspace's key lies, and nowhere else; left out, an earlier one stays.
 */
secret?: string, 
/**
 * The token lies nowhere, and is gone when the program ends.
 */
this_run?: boolean, };

export type SourceArgs = { name: string, };

/**
 * One source and how it is.
 */
export type SourceDetail = { name: string, 
/**
 * `files`, `sample`, `github`, …
 */
kind: string, tickets: number, last_ok_at: number | null, 
/**
 * Where it is asked; `null` where nobody is.
 */
url: string | null, options: Array<SourceOption>, 
/**
 * How far it may reach: `public`, `private` (the person allowed their own network) or `this_machine`.
 */
reach: string | null, has_token: boolean, 
/**
 * Its token was given for one run of this program, which is over: it is to be given again.
 */
asks_token: boolean, 
/**
 * Somebody signs in to it in their browser.
 */
signs_in: boolean, 
/**
 * What can be written there by its kind: `issue`, `comment`, `note`.
 */
writes: Array<string>, 
/**
 * The person allowed it. Nothing is written where nobody did.
 */
may_write: boolean, 
/**
 * It is left alone until somebody looks: see `failure`.
 */
stopped: boolean, 
/**
 * Somebody wants it to be left alone.
 */
paused: boolean, 
/**
 * The server asked to be left alone until then.
 */
not_before: number | null, 
/**
 * It is being asked right now.
 */
syncing: boolean, 
/**
 * Why the last run ended early.
 */
failure: SourceFailureView | null, 
/**
 * What is not here of it, though it is there.
 */
left_out: LeftOutView, };

export type SourceFailureView = { code: string, 
/**
 * What happened.
 */
message: string, 
/**
 * What to do next.
 */
hint: string | null, at: number, };

export type SourceOption = { key: string, value: string, };

export type SourcePauseArgs = { name: string, 
/**
 * `false`: it is asked again from now on.
 */
paused: boolean, };

export type SourceRemoveArgs = { name: string, 
/**
 * Everything that came from it goes too, for good.
 */
purge?: boolean, };

/**
 * What a source turned out to be.
 */
export type SourceTest = { 
/**
 * As the server calls it.
 */
name: string, 
/**
 * Not everybody may see it.
 */
private: boolean, 
/**
 * Requests that are left before the server's limit; `null` where it does not say.
 */
requests_left: number | null, 
/**
 * With a token.
 */
signed_in: boolean, 
/**
 * What it goes without: `export`, `requests`, `tickets`, `membership`, `scope`, `write`, `private_notes`, or the name of a
 * list that this account may not read.
 */
lacks: Array<string>, };

export type SourceView = { name: string, 
/**
 * `files`, `sample`, …
 */
kind: string, tickets: number, last_ok_at: number | null, };

/**
 * A run of text; `hit` marks the words that counted.
 */
export type Span = { text: string, hit: boolean, };

export type SpreadView = { mean: number, median: number, p90: number, };

/**
 * Up to a moment, from the last one before it that is known.
 */
export type StageView = { until: 'acknowledged' | 'diagnosed' | 'fixed' | 'released' | 'told', 
/**
 * Tickets of which the moment is known.
 */
count: number, hours: number, median: number | null, p90: number | null, 
/**
 * Those where it took longest first, at most 200.
 */
tickets: Array<string>, };

/**
 * Of tickets that engineering had and that are solved: the stages are the whole time.
 */
export type StagesView = { tickets: number, 
/**
 * From report to solution, of all of them together.
 */
hours: number, 
/**
 * The stage that took most of it.
 */
longest: StageView['until'] | null, 
/**
 * One of each moment, in order; of a moment that is known of no ticket the count is 0.
 */
stages: Array<StageView>, };

/**
 * With one group. Work is a quarter of an hour before each reply of theirs; all else is waiting.
 */
export type StayView = { group: string | null, tier: 'l1' | 'l2' | 'l3', from: number, until: number, 
/**
 * Milliseconds; both together are the whole of it.
 */
touch: number, wait: number, };

export type StepDone = { step: number, undo: number, at: number, };

export type StepLogArgs = { ticket: string, entry: string, 
/**
 * From 1; 0 is the whole of it.
 */
step?: number, 
/**
 * `done`, `worked` or `did_not_work`.
 */
outcome: string, };

export type StepOutcomeView = { 
/**
 * `worked` or `did_not_work`.
 */
outcome: string, undo: number, at: number, };

export type StepView = { name: string, 
/**
 * As the team's file has it.
 */
title: string, 
/**
 * Counted here; `null` where only people can tell.
 */
measured: MeasuredView | null, 
/**
 * Somebody ticked it.
 */
ticked: boolean, 
/**
 * It was measured so, or somebody ticked it.
 */
done: boolean, };

export type StepsArgs = { ticket: string, 
/**
 * A known error.
 */
entry: string, };

/**
 * What was tried of one known error on one ticket.
 */
export type StepsView = { 
/**
 * Steps that are ticked, from 1, each with the number that takes it back.
 */
done: Array<StepDone>, 
/**
 * What came of it.
 */
outcome: StepOutcomeView | null, tried: TriedView, };

/**
 * A proposal with its reason.
 */
export type SuggestedOwnerView = { kind: OwnerKind, 
/**
 * A person, a team, or several as `CODEOWNERS` names them.
 */
name: string, 
/**
 * Files, lines or cases …
 */
count: number, 
/**
 * … of so many.
 */
of: number, 
/**
 * Of the lines that ran, weighted by their place: from 0 to 1. 0 unless they wrote some.
 */
share: number, 
/**
 * When they wrote the newest of these lines.
 */
at: number | null, 
/**
 * When they committed here last.
 */
active_at: number | null, 
/**
 * The line of `CODEOWNERS`, and the first file that it gives to them.
 */
pattern: string | null, path: string | null, 
/**
 * The lines behind the number.
 */
lines: Array<WrittenLineView>, 
/**
 * The cases behind the number.
 */
tickets: Array<string>, };

export type SuspectView = { path: string, 
/**
 * The sum of its parts.
 */
score: number, parts: Array<ChangePartView>, };

/**
 * Something in Datadog that a ticket's texts name by its id.
 */
export type TelemetryView = { 
/**
 * `trace`, `log` or `issue`.
 */
kind: string, id: string, 
/**
 * Where it is opened.
 */
url: string, 
/**
 * The lines of a trace's logs.
 */
logs: string | null, 
/**
 * When it happened, where its id says so.
 */
at: number | null, 
/**
 * The ticket that was read of it.
 */
ticket: string | null, };

export type TestDraftArgs = { 
/**
 * Of the escalation.
 */
id: number, 
/**
 * Which of the package's lines it is about, from 0; the first when left out.
 */
line?: number, };

/**
 * The beginning of a regression test. Nothing was written or run.
 */
export type TestDraftView = { repo: string, language: string, 
/**
 * Where it goes, from the top of the repository.
 */
path: string, name: string, text: string, 
/**
 * A program and its arguments; empty where the repository does not say how its tests run.
 */
command: Array<string>, 
/**
 * Where it runs, from the top of the repository.
 */
folder: string, 
/**
 * The program that it needs and that is not on this machine.
 */
missing: string | null, 
/**
 * The version that has the problem.
 */
bad: string, 
/**
 * The release that has its fix, where that is known.
 */
good: string | null, };

/**
 * A test, and how it is run. Nothing runs unless somebody agreed.
 */
export type TestRunArgs = { 
/**
 * Of the escalation.
 */
id: number, repo: string, 
/**
 * The version that has the problem.
 */
bad: string, 
/**
 * The version that has its fix; where nobody knows it, it runs at the other one alone.
 */
good?: string, 
/**
 * Where the test goes, from the top of the repository.
 */
path: string, text: string, 
/**
 * A program and its arguments; no shell reads them.
 */
command: Array<string>, 
/**
 * Where it runs, from the top of the repository.
 */
folder: string, 
/**
 * After which each run ends, at most 3,600; 600 when left out.
 */
seconds?: number, 
/**
 * The command is the repository's own code, and runs with the rights of the person: somebody agreed to that.
 */
agreed: boolean, };

export type TicketView = { id: string, display_id: string, source: string, url: string | null, subject: string, 
/**
 * Sanitised in Rust; the only HTML that the window may insert as it is.
 */
body_html: string, 
/**
 * `body_html` is only the beginning of a very long body, all of which is stored.
 */
truncated: boolean, status: string, priority: string | null, product: string | null, components: Array<string>, affected_versions: Array<string>, fix_versions: Array<string>, environment: string | null, requester: string | null, account: string | null, group: string | null, assignee: string | null, tags: Array<string>, created_at: number, updated_at: number, solved_at: number | null, resolution: string | null, resolution_class: string | null, merged_into: string | null, 
/**
 * The newest 1,000.
 */
comments: Array<CommentView>, 
/**
 * How many there are.
 */
comments_total: number, hops: Array<HopView>, 
/**
 * By name: what is in them stays where it is.
 */
attachments: Array<AttachmentView>, 
/**
 * How it was served, where its source measures that.
 */
service: ServiceView | null, 
/**
 * How long it was with whom, until it was solved or until now.
 */
stays: Array<StayView>, links: Array<LinkView>, 
/**
 * What its texts name of Datadog.
 */
telemetry: Array<TelemetryView>, 
/**
 * Where rules say that it belongs; what was called wrong comes last.
 */
triage: Array<TriageView>, };

export type TicketsSaying = { priority: string, tickets: Array<string>, };

export type TierCount = { 
/**
 * `exact`, `prefix`, `typo` or `partly`.
 */
tier: string, count: number, };

/**
 * Which group is which tier, and what makes a ticket one of engineering's.
 */
export type TiersArgs = { 
/**
 * Groups that are not named have the tier that their name says.
 */
groups: Array<GroupTierArgs>, 
/**
 * Of whoever a ticket is with, where groups say too little: they go before its group.
 */
agents: Array<GroupTierArgs>, 
/**
 * They go before both; of several the highest.
 */
tags: Array<GroupTierArgs>, 
/**
 * It led to an issue of a repository, or was caused or fixed by one.
 */
issue: boolean, 
/**
 * A group, an agent or a tag of the third tier had it.
 */
group: boolean, 
/**
 * An engineer wrote in it.
 */
engineer: boolean, };

export type TiersView = { 
/**
 * Most tickets first.
 */
groups: Array<GroupTierView>, 
/**
 * Of which somebody said a tier, by name; never counted.
 */
agents: Array<MarkTierView>, tags: Array<MarkTierView>, issue: boolean, group: boolean, engineer: boolean, words: string, };

/**
 * What a source tells of a release.
 */
export type ToldReleaseView = { source: string, 
/**
 * When it was published; `null` where nobody says.
 */
at: number | null, 
/**
 * Where people read of it in a browser.
 */
url: string | null, };

export type ToolFieldView = { 
/**
 * A fact of a package.
 */
fact: string, filled: number, of: number, };

/**
 * A tool, what it answers, and what a package still lacks of it.
 */
export type ToolView = { 
/**
 * Of a source, a repository or a folder; what people call it where it is not connected; empty where there is none.
 */
name: string, 
/**
 * `helpdesk`, `telemetry`, `repository`, `knowledge` or `named`: people open it, and it is not connected.
 */
kind: string, connected: boolean, 
/**
 * Why it is not asked any more: a code.
 */
failure: string | null, 
/**
 * What came from it; `null` where that is not counted.
 */
rows: number | null, last_ok_at: number | null, 
/**
 * Which of the three questions it helps to answer: `ran`, `changed`, `worked`.
 */
answers: Array<string>, 
/**
 * How many of its newest tickets say what a package asks for.
 */
fields: Array<ToolFieldView>, 
/**
 * Facts of a package that stay empty for want of it.
 */
lacks: Array<string>, 
/**
 * So many people named it.
 */
named_by: number, };

export type TrainingAnswerArgs = { ticket: string, 
/**
 * One of the options; left out, it is something new.
 */
choice?: string, 
/**
 * What they would have done.
 */
said: string, };

export type TrainingArgs = { 
/**
 * Cases of this product alone.
 */
product?: string, };

/**
 * A case as it was on its day. Nothing of what came later is in it.
 */
export type TrainingCase = { ticket: string, subject: string, 
/**
 * Sanitised.
 */
body_html: string, product: string | null, components: Array<string>, versions: Array<string>, environment: string | null, created_at: number, 
/**
 * It was tried before, and is due again.
 */
again: boolean, 
/**
 * What it might have been, besides something new.
 */
options: Array<TrainingOption>, standing: TrainingStanding, };

export type TrainingOption = { id: string, 
/**
 * `ticket` or `known_error`.
 */
kind: string, title: string, };

export type TrainingOutcome = { ticket: string, correct: boolean, 
/**
 * The same problem, as it was known on that day; none where it was new.
 */
was: Array<NamedCase>, 
/**
 * Notes that explain what is behind it.
 */
concepts: Array<NamedCase>, 
/**
 * What was done in the end.
 */
resolution: string, 
/**
 * From its arrival until it was solved.
 */
hours: number | null, 
/**
 * When it comes again.
 */
again_at: number, standing: TrainingStanding, };

/**
 * How it goes: for whoever practises alone.
 */
export type TrainingStanding = { 
/**
 * In the last 24 hours.
 */
today: number, right_today: number, all: number, right: number, 
/**
 * Cases that are due again.
 */
due: number, };

export type TriageArgs = { ticket: string, 
/**
 * The rule that suggests it.
 */
rule: string, 
/**
 * `false`: it is wrong here.
 */
taken: boolean, };

/**
 * What a rule suggests for a ticket.
 */
export type TriageView = { rule: string, title: string, 
/**
 * `critical`, `known_error`, `repetitive` or `low_priority`.
 */
lane: string | null, labels: Array<string>, queue: string | null, 
/**
 * Who should look at it.
 */
owner: string | null, 
/**
 * What of the rule the ticket has.
 */
found: Array<RuleFound>, 
/**
 * What somebody said: it was taken, or is wrong here.
 */
taken: boolean | null, 
/**
 * The number that takes that back.
 */
undo: number | null, };

export type TrialView = { 
/**
 * The version.
 */
at: string, commit: string, 
/**
 * `passed`, `failed`, `not_built` or `too_long`.
 */
outcome: string, seconds: number, 
/**
 * The end of what it said.
 */
log: string, };

/**
 * A test, and how it ended at each version.
 */
export type TrialsView = { repo: string, path: string, text: string, 
/**
 * As it was run, its words with blanks between them.
 */
command: string, bad: TrialView, good: TrialView | null, 
/**
 * `proven` (red where the problem is, green where the fix is), `red` (no version with a fix was asked for), `not_red`,
 * `not_green`, or `unclear` where one of them did not build or took too long.
 */
verdict: string, };

/**
 * How often something helped, of the tickets on which it was tried.
 */
export type TriedView = { worked: number, tried: number, 
/**
 * Between which shares the true one probably lies (Wilson, 95 %); `null` where nobody tried.
 */
low: number | null, high: number | null, 
/**
 * When it helped last, as far as it was said here.
 */
confirmed_at: number | null, 
/**
 * What customers ran whom it helped.
 */
versions: Array<string>, 
/**
 * The tickets on which it was said here.
 */
tickets: Array<string>, };

export type UndoArgs = { undo: number, };

export type UnlinkArgs = { a: string, b: string, };

export type Usually = { 
/**
 * A resolution class of SPEC §5.4: `code_fix`, `configuration`, …
 */
class: string, cases: number, of: number, 
/**
 * The rows behind `cases`, newest first.
 */
ids: Array<string>, };

export type Verdict = { kind: VerdictKind, 
/**
 * Earlier cases of the same problem (where `kind` is `maybe`: of what may be it): same signature, duplicates of one
 * another, tickets of the same known error, and close matches. 0 where only a known error says it.
 */
times: number, last_at: number | null, 
/**
 * Ids of those cases, newest first: the rows behind `times`.
 */
cases: Array<string>, fix: FixView | null, 
/**
 * The most frequent way in which these cases ended, with its share.
 */
usually: Usually | null, 
/**
 * People or the source said so: nothing was guessed.
 */
told: boolean, 
/**
 * How often this was right of past tickets of this workspace; `null` until an exam says so.
 */
measured: VerdictMeasured | null, };

export type VerdictKind = "seen" | "maybe" | "new";

export type VerdictMeasured = { 
/**
 * Between 0 and 1.
 */
right: number, 
/**
 * Past tickets of which it was said.
 */
n: number, 
/**
 * Of so many tickets of which nobody knows whether there was an earlier case …
 */
untied: number, 
/**
 * … this share was told the same. Between 0 and 1.
 */
of_untied: number, 
/**
 * From how sure on it is said comes from this workspace's own history; otherwise it is as shipped.
 */
own: boolean, };

/**
 * *Seen before*, *perhaps* and *looks new*, of past tickets.
 */
export type VerdictsView = { 
/**
 * From how sure on each is said was taken from this exam; otherwise, for want of a hundred labels, it is as shipped.
 */
own: boolean, lines: Array<SaidView>, };

export type WeightView = { name: string, shipped: number, adapted: number, };

export type WhyNot = { case: NamedCase, state: WhyNotState, reasons: Array<WhyNotReason>, 
/**
 * Its place among all that were ranked; that which it would have, where it is barred or outside. `null` where it shares
 * nothing, or did not exist.
 */
place: number | null, of: number, 
/**
 * How many are shown.
 */
shown: number, score: number | null, 
/**
 * The parts sum to `score`.
 */
receipt: Array<ReceiptPart>, 
/**
 * What it is compared with: the last hit that is shown; the first, where it is shown itself.
 */
other: WhyNotHit | null, 
/**
 * Part by part, what it lacks most first; they sum to the difference of the two scores.
 */
differences: Array<WhyNotDifference>, };

export type WhyNotArgs = { 
/**
 * As it was asked.
 */
question: SeenArgs, 
/**
 * Of the ticket or known error that is missed among the hits.
 */
id: string, };

export type WhyNotDifference = { 
/**
 * As in a receipt.
 */
kind: string, field: string, 
/**
 * Its points …
 */
its: number, 
/**
 * … and those of the other.
 */
others: number, its_detail: Array<string>, others_detail: Array<string>, };

export type WhyNotHit = { case: NamedCase, place: number, score: number, receipt: Array<ReceiptPart>, };

export type WhyNotReason = { 
/**
 * What bars it: `itself`, `not_same`, `excluded`, `newer` (than the time that was asked for), `changed_since` (a known
 * error: what it said before, nobody kept). Worth a word: `merged`, and `kept` (the other stands before it in spite of
 * fewer points: two of the first five places are kept for cases that only their age holds back).
 */
code: string, 
/**
 * `merged`: the ticket that it went into.
 */
other: string | null, };

export type WhyNotState = "shown" | "below" | "outside" | "nothing_shared" | "barred";

/**
 * The workspace at a glance, for the footer, empty states and *Settings*.
 */
export type WorkspaceStatus = { version: string, home: string, tickets: number, comments: number, known_errors: number, signatures: number, sources: Array<SourceView>, 
/**
 * When the newest data was taken in; `null` in an empty workspace.
 */
data_at: number | null, 
/**
 * Whether this is the sample workspace.
 */
sample: boolean, index: IndexView, backups: BackupsView, };

/**
 * A line that ran, and the commit that wrote it.
 */
export type WrittenLineView = { path: string, line: number, commit: string, at: number, summary: string, };

/** Every command: its arguments and its reply. */
export interface Commands {
  /** The workspace at a glance. */
  workspace_status: { args: NoArgs; reply: WorkspaceStatus };
  /** Tickets for the queue, newest change first. */
  queue_list: { args: QueueArgs; reply: Queue };
  /** As-you-type search over everything. */
  search: { args: SearchArgs; reply: SearchReply };
  /** One ticket with its comments, handoffs and links. */
  ticket_get: { args: IdArgs; reply: TicketView };
  /** Rows for given ids: the tickets behind a number. */
  cases_list: { args: CasesArgs; reply: Queue };
  /** Have we seen this, and what worked? */
  seen_before: { args: SeenArgs; reply: SeenBefore };
  /** Why a case is not among the hits: its place, its points, what it lacks. */
  why_not: { args: WhyNotArgs; reply: WhyNot };
  /** Records *used*, *not the same* or *opened* for a hit. */
  feedback_set: { args: FeedbackArgs; reply: FeedbackReply };
  /** Takes one piece of feedback back. */
  feedback_undo: { args: UndoArgs; reply: Done };
  /** Links two tickets by hand. */
  link_add: { args: LinkArgs; reply: FeedbackReply };
  /** Takes a link away again. */
  link_remove: { args: UnlinkArgs; reply: Done };
  /** One article in full, of the team's folder or of a help centre. */
  article_get: { args: IdArgs; reply: ArticleView };
  /** One known error in full. */
  known_error_get: { args: IdArgs; reply: KnownErrorView };
  /** What may be told a customer of a known error, in their language and on their clock. */
  reply_get: { args: ReplyArgs; reply: ReplyView };
  /** Every known error in a row, with what there is to look at. */
  known_errors_list: { args: NoArgs; reply: KnownErrorList };
  /** What was tried of a known error on a ticket, and how often it helped. */
  steps_list: { args: StepsArgs; reply: StepsView };
  /** Ticks a step of a workaround on a ticket, or says what came of it. */
  step_log: { args: StepLogArgs; reply: FeedbackReply };
  /** Takes a tick back. */
  step_unlog: { args: UndoArgs; reply: Done };
  /** Says that an entry is wrong. */
  flag_raise: { args: FlagArgs; reply: FeedbackReply };
  /** Settles a flag, or raises it again. */
  flag_settle: { args: FlagSettleArgs; reply: Done };
  /** An entry that begins with a solved ticket, and what says nearly the same already. */
  capture_draft: { args: CaptureArgs; reply: CaptureDraft };
  /** Saves it as a new file that nobody validated yet. */
  capture_save: { args: CaptureSaveArgs; reply: KnowledgeChanged };
  /** Ties the ticket to an entry that is there, and writes what was learned into it. */
  capture_into: { args: CaptureIntoArgs; reply: KnowledgeChanged };
  /** Takes away what was just captured, if nobody changed it since: `before` is what it holds. */
  capture_undo: { args: KnowledgeSaveArgs; reply: Done };
  /** Solved tickets that are tied to nothing known, latest first. */
  capture_list: { args: NoArgs; reply: Queue };
  /** Sets something aside that need not be shown again, or takes it up. */
  aside_set: { args: AsideArgs; reply: AsideView };
  /** What a lead has to look at, what weighs most first. */
  curate_list: { args: NoArgs; reply: CurateView };
  /** Two entries become one: one stays, the other is archived. */
  entries_merge: { args: MergeEntriesArgs; reply: EntriesMerged };
  /** Who waits for a fix that is out. */
  follow_ups_list: { args: NoArgs; reply: FollowUpsView };
  /** Takes out of a text what should not leave this machine. */
  redact: { args: RedactArgs; reply: RedactedView };
  /** How long tickets stay. */
  retention_get: { args: NoArgs; reply: RetentionView };
  /** What these rules would let go of, of what is here now. Changes nothing. */
  retention_preview: { args: RetentionArgs; reply: CoveredView };
  /** Puts these rules in the place of the old ones, and lets go of what they cover. */
  retention_set: { args: RetentionArgs; reply: CoveredView };
  /** What a purge of a source or a ticket would take away. Changes nothing. */
  purge_preview: { args: PurgeArgs; reply: PurgeView };
  /** Takes everything of a source or a ticket away for good. */
  purge: { args: PurgeArgs; reply: PurgeView };
  /** Whether a word is anywhere in the decrypted database and index. */
  scan: { args: ScanArgs; reply: ScanView };
  /** Where the data of this workspace lies. */
  privacy_overview: { args: NoArgs; reply: PrivacyView };
  /** The configuration without secrets, to keep or to set another workspace up with. */
  config_export: { args: NoArgs; reply: ConfigView };
  /** Starts an import and returns at once; progress arrives as events. */
  import_start: { args: ImportArgs; reply: JobView };
  /** Fills an empty workspace with the sample company. */
  sample_fill: { args: NoArgs; reply: JobView };
  /** Rebuilds the index from the store. */
  reindex: { args: NoArgs; reply: JobView };
  /** Takes the exam on the workspace's own history and returns at once; progress arrives as events. */
  replay_start: { args: ReplayArgs; reply: JobView };
  /** What the last exam measured. */
  replay_get: { args: ExamArgs; reply: ExamView };
  /** The tickets behind a number of the last exam. */
  replay_rows: { args: ExamRowsArgs; reply: ExamRows };
  /** Lets what the team's own links taught count in ranking, or ranks with the shipped weights. */
  adaptation_set: { args: AdaptationArgs; reply: ExamView };
  /** Every source, how it is asked and how it is. */
  sources_list: { args: NoArgs; reply: Array<SourceDetail> };
  /** Adds a server that is asked from now on, or gives the same one another token or other options. */
  source_add: { args: SourceAddArgs; reply: SourceDetail };
  /** Asks a source whether it is there, and for whom. */
  source_test: { args: SourceArgs; reply: SourceTest };
  /** Asks the same of what somebody typed, before it is added: nothing of it is kept. */
  source_try: { args: SourceAddArgs; reply: SourceTest };
  /** Begins to sign in to a source: the page to open, and the job that waits until the browser comes back. */
  source_sign_in: { args: SourceArgs; reply: SignIn };
  /** Leaves a source alone until somebody says otherwise, or asks it again from now on. A run of it ends. */
  source_pause: { args: SourcePauseArgs; reply: SourceDetail };
  /** How often sources are asked by themselves. */
  rhythm_get: { args: NoArgs; reply: Rhythm };
  /** Chooses how often sources are asked by themselves. */
  rhythm_set: { args: RhythmArgs; reply: Rhythm };
  /** Asks a source no more. What came from it stays. */
  source_remove: { args: SourceRemoveArgs; reply: Done };
  /** Starts to ask a source for what changed and returns at once; progress arrives as events. */
  sync_start: { args: SourceArgs; reply: JobView };
  /** Starts to read a source from its beginning once more, and returns at once. What is here stays, and is compared. */
  sync_again: { args: SourceArgs; reply: JobView };
  /** Every product repository, and what is known of it. */
  code_list: { args: NoArgs; reply: Array<RepoView> };
  /** Adds a clone on this machine, only ever read, or a mirror of an address. `code_update` and `code_fetch` read its history. */
  code_add: { args: CodeAddArgs; reply: RepoView };
  /** Starts to read what is new in a repository and returns at once; progress arrives as events. */
  code_update: { args: RepoArgs; reply: JobView };
  /** Fetches a mirror through the installed git, and reads what is new. A clone is read alone. */
  code_fetch: { args: RepoArgs; reply: JobView };
  /** Forgets a repository. The clone itself stays as it is. */
  code_remove: { args: RepoArgs; reply: Done };
  /** The releases of a repository, or those that a version may mean. */
  code_releases: { args: ReleasesArgs; reply: ReleasesView };
  /** Where the fix of an issue, a pull request or a commit is, and what that means for a version. */
  code_fix: { args: FixArgs; reply: CodeFixView };
  /** The lines that the frames of a stack trace name, at a version. */
  code_frames: { args: FramesArgs; reply: FramesView };
  /** Which product lives where: as somebody said, else as the names let guess. */
  code_map_get: { args: NoArgs; reply: CodeMapView };
  /** Says which product lives where; with nothing said, it is guessed again. */
  code_map_set: { args: CodeMapArgs; reply: CodeMapView };
  /** The lines of a file at a version, around one of them. */
  code_file: { args: FileArgs; reply: FileView };
  /** Who changed a line last, and where it is by now. */
  code_line: { args: LineArgs; reply: LineView };
  /** What changed in a file between two versions. */
  code_compare: { args: CompareArgs; reply: CompareView };
  /** Where the fixes of these cases are, of those that a repository knows, and what that means for a question's customer. */
  code_passports: { args: PassportArgs; reply: PassportsView };
  /** What changed between two versions, nearest first to a question's frames, and the files to look at. */
  code_changes: { args: ChangesArgs; reply: ChangesView };
  /** The lines that the frames of a question name, in every repository, at what its customer runs. */
  code_ran: { args: RanArgs; reply: RanView };
  /** The tickets that a commit, a line, a file or a release belongs to. */
  code_tickets: { args: CodeTicketsArgs; reply: CodeTicketsView };
  /** Says that a commit has nothing to do with an issue that it names, or takes that back. */
  code_unlink: { args: CodeUnlinkArgs; reply: Done };
  /** What runs where, as the team's records say. */
  code_deploys: { args: NoArgs; reply: DeploysView };
  /** Adds to what runs where. */
  code_deploys_add: { args: DeploysArgs; reply: DeploysView };
  /** Forgets what was said of one environment. */
  code_deploys_remove: { args: DeployGoneArgs; reply: DeploysView };
  /** The statements in the code that printed the lines of a log and the error codes that a question quotes. */
  code_said: { args: RanArgs; reply: QuotedView };
  /** Who may know: by `CODEOWNERS`, by who wrote the lines that ran, by where cases like this ended. */
  owner_suggest: { args: PassportArgs; reply: OwnersSuggestedView };
  /** The lines that read a feature flag, at what a ticket's customer runs and today. */
  flag_lines: { args: FlagLinesArgs; reply: FlagView };
  /** Who changed each line of a stretch of a file last. */
  code_gutter: { args: GutterArgs; reply: GutterView };
  /** Whether a semantic pack is installed, and what it costs. */
  model_status: { args: NoArgs; reply: ModelView };
  /** Checks a semantic pack and puts a copy of it into the workspace. */
  model_install: { args: ModelInstallArgs; reply: ModelView };
  /** Takes the semantic pack away: cases are found by words alone again. */
  model_remove: { args: NoArgs; reply: Done };
  /** Makes a knowledge folder: folders for known errors, articles, runbooks, concepts and rules. It is read from now on. */
  kb_init: { args: FolderArgs; reply: KnowledgeView };
  /** Reads a knowledge folder from now on. */
  kb_open: { args: FolderArgs; reply: KnowledgeView };
  /** Reads the knowledge folder again: its known errors are found from then on. */
  kb_read: { args: NoArgs; reply: KnowledgeView };
  /** How the knowledge folder is now; `null` before one was chosen. Nothing is taken over from it. */
  kb_status: { args: NoArgs; reply: KnowledgeView | null };
  /** What lies in the knowledge folder. */
  kb_list: { args: KnowledgeListArgs; reply: Array<KnowledgeEntry> };
  /** One entry of it in full. */
  kb_show: { args: IdArgs; reply: KnowledgeText };
  /** Makes a new file in it, begun from a ticket where one is named. */
  kb_new: { args: KnowledgeNewArgs; reply: KnowledgeText };
  /** What there is to mend in a text that may become an entry's. Nothing is written. */
  kb_check_text: { args: KnowledgeTextArgs; reply: KnowledgeDraftCheck };
  /** Writes another text into an entry's file, if it still holds what it held when it was read. */
  kb_save: { args: KnowledgeSaveArgs; reply: KnowledgeText };
  /** Writes other fields into an entry's file. */
  kb_set: { args: KnowledgeSetArgs; reply: KnowledgeChanged };
  /** What there is to mend in it. */
  kb_check: { args: NoArgs; reply: Array<KnowledgeFinding> };
  /** Makes a clone of what the team shares, and reads it from now on. By the person's own git. */
  kb_clone: { args: KnowledgeCloneArgs; reply: KnowledgeView };
  /** How the folder stands towards the team's; `null` of one that is no repository. Asks no server. */
  kb_standing: { args: NoArgs; reply: KnowledgeStanding | null };
  /** Commits what was edited and gets what the team did, where nobody has to choose. */
  kb_pull: { args: KnowledgeShareArgs; reply: KnowledgeShared };
  /** Does the same, and gives the team what was done here. */
  kb_push: { args: KnowledgeShareArgs; reply: KnowledgeShared };
  /** The commits that changed an entry or a rule, newest first. */
  kb_history: { args: IdArgs; reply: Array<KnowledgePast> };
  /** Who wrote each line of it. */
  kb_blame: { args: IdArgs; reply: Array<KnowledgeLine> };
  /** What changed in it, as patches. */
  kb_diff: { args: KnowledgeDiffArgs; reply: Array<KnowledgeDiff> };
  /** The files in which two edits of the same meet. */
  kb_conflicts: { args: NoArgs; reply: Array<KnowledgeConflict> };
  /** Chooses for one of them; after the last one the team's changes are taken. */
  kb_resolve: { args: KnowledgeResolveArgs; reply: KnowledgeShared };
  /** Copies it, byte for byte; for a given audience only what they may read. */
  kb_export: { args: KnowledgeExportArgs; reply: KnowledgeCopied };
  /** Takes a folder of Markdown in. Nothing is written over. */
  kb_import: { args: FolderArgs; reply: KnowledgeTakenIn };
  /** What engineering would get for a ticket: the package, what it lacks, and whether it was answered before. Nothing is written. */
  escalation_draft: { args: EscalationArgs; reply: EscalationDraft };
  /** Hands a package over: writes it down with its reason. Refused where the same was answered before, unless somebody says why. */
  escalation_submit: { args: EscalationSubmitArgs; reply: EscalationView };
  /** What was begun to be handed over, last written first. */
  drafts_list: { args: NoArgs; reply: Array<DraftKept> };
  /** Keeps what was typed so far of a package, in the place of what was typed before. */
  draft_keep: { args: EscalationSubmitArgs; reply: Done };
  /** Throws it away. */
  draft_drop: { args: CaseTicketArgs; reply: Done };
  /** Adds a file that tells what happened on a ticket, or a link to a recording. */
  case_file_add: { args: CaseFileAddArgs; reply: CaseFileAdded };
  /** Files of a ticket, what was found in each, and what they have in common. */
  case_files_list: { args: CaseTicketArgs; reply: CaseFilesView };
  /** Lines of a file, or of one group of it. */
  case_lines: { args: CaseLinesArgs; reply: CaseLinesView };
  /** Takes a file away, or brings back what was taken away within 30 days. */
  case_file_remove: { args: CaseFileRemoveArgs; reply: CaseFileGone };
  /** A picture that was brought as evidence, as it is. */
  case_picture: { args: NumberArgs; reply: CasePicture };
  /** Everything that happened around a ticket on one axis of time, and what led to what. */
  case_timeline: { args: CaseTicketArgs; reply: CaseTimelineView };
  /** Says that one moment led to another. */
  chain_say: { args: ChainSayArgs; reply: FeedbackReply };
  /** Takes that back. */
  chain_unsay: { args: UndoArgs; reply: Done };
  /** Everything that was handed over, last changed first. */
  escalation_list: { args: NoArgs; reply: Array<EscalationRow> };
  /** One of them in full. */
  escalation_get: { args: NumberArgs; reply: EscalationView };
  /** Moves it along. */
  escalation_move: { args: EscalationMoveArgs; reply: EscalationView };
  /** Engineering's answer: it stops the next escalation of the same, and becomes a known error in the knowledge folder. */
  escalation_answer: { args: EscalationAnswerArgs; reply: EscalationAnswered };
  /** The beginning of a regression test for one, in the repository's own layout. Nothing is written or run. */
  test_draft: { args: TestDraftArgs; reply: TestDraftView };
  /** Runs a test where the problem is and where its fix is, in folders of their own, once somebody agreed. As a job. */
  test_run: { args: TestRunArgs; reply: JobView };
  /** Begins the search for the commit that brought it, anew. */
  bisect_start: { args: BisectStartArgs; reply: EscalationView };
  /** Says of a commit whether it was good. */
  bisect_say: { args: BisectSayArgs; reply: EscalationView };
  /** Lets a test say it, commit after commit, once somebody agreed. As a job. */
  bisect_run: { args: TestRunArgs; reply: JobView };
  /** Saves one as a signed file that opens in another workspace. */
  bundle_save: { args: BundleSaveArgs; reply: BundleSaved };
  /** Opens such a file: proven whole, from somebody who is known, and newer than what is here, before anything is written. */
  bundle_open: { args: BundleOpenArgs; reply: EscalationView };
  /** Who this workspace is in its bundles: the code to tell whoever opens them. */
  bundle_own: { args: NoArgs; reply: EscalationAuthor };
  /** Whose bundles are taken. */
  bundle_authors: { args: NoArgs; reply: Array<EscalationAuthor> };
  /** Takes no more bundles of an author, named by their code. What came from them stays. */
  bundle_author_forget: { args: NameArgs; reply: Done };
  /** What left in files, and what was let in or refused, newest first. */
  audit_list: { args: LimitArgs; reply: AuditView };
  /** What is to be written to other machines and what became of it; what is not done yet first. */
  outbox_list: { args: NoArgs; reply: Array<OutboxItem> };
  /** One of them: what it shows is what leaves, byte for byte. */
  outbox_show: { args: OutboxArgs; reply: OutboxItem };
  /** Writes a note, a comment or an issue down as it would leave, without what belongs to somebody. Nothing leaves. */
  outbox_write: { args: OutboxWriteArgs; reply: OutboxItem };
  /** Lets one leave that was shown: now, or as soon as it can. */
  outbox_send: { args: OutboxSendArgs; reply: OutboxItem };
  /** Keeps one from leaving. What may have left already is not dropped. */
  outbox_drop: { args: OutboxArgs; reply: OutboxItem };
  /** Runbooks of the knowledge folder, with what was done of them on a ticket. */
  runbooks_list: { args: RunbooksArgs; reply: Array<RunbookView> };
  /** Notes a step of a runbook, what came of all of them, or who agreed. */
  runbook_log: { args: RunbookLogArgs; reply: FeedbackReply };
  /** Makes the request of a runbook that somebody looked at, once. */
  runbook_call: { args: RunbookCallArgs; reply: RunbookCalled };
  /** Keeps a token for a host that runbooks call, or forgets it. */
  runbook_token_set: { args: RunbookTokenArgs; reply: Done };
  /** Every detection rule of the knowledge folder, and every file that should be one. */
  rules_list: { args: NoArgs; reply: Array<RuleView> };
  /** How the rules did since they were tested. */
  rules_scores: { args: NoArgs; reply: RuleScores };
  /** One rule with its text. */
  rule_get: { args: IdArgs; reply: RuleText };
  /** What is wrong with a rule's text, each with its place. */
  rule_check: { args: RuleArgs; reply: RuleCheck };
  /** Whether a rule fits a ticket or a text. */
  rule_test: { args: RuleTestArgs; reply: RuleTest };
  /** What a rule would have said of every ticket of the history, as it came in. */
  rule_backtest: { args: RuleArgs; reply: RuleBacktest };
  /** Proposes a rule from a ticket. Nothing is written. */
  rule_make: { args: IdArgs; reply: RuleDraft };
  /** Writes a rule's file. */
  rule_save: { args: RuleSaveArgs; reply: RuleText };
  /** Makes a rule speak, or keeps it silent. */
  rule_state_set: { args: RuleStateArgs; reply: RuleText };
  /** Takes what a rule suggests for a ticket, or says that it is wrong there. `feedback_undo` takes that back. */
  triage_say: { args: TriageArgs; reply: FeedbackReply };
  /** Every request that ever left this machine, newest first. */
  ledger_list: { args: LedgerArgs; reply: Ledger };
  /** Jobs of this session, newest first. */
  jobs_list: { args: NoArgs; reply: Array<JobView> };
  /** Stops a running job at the next safe point. */
  job_cancel: { args: JobArgs; reply: Done };
  /** Checks the workspace, and mends it when asked. */
  doctor: { args: DoctorArgs; reply: DoctorReport };
  /** Opens a workspace that is shut: anew, with its passphrase, or with its recovery key. One that is open stays as it is. */
  workspace_open: { args: OpenArgs; reply: Done };
  /** Where the key lies that opens this workspace. */
  key_status: { args: NoArgs; reply: KeyView };
  /** Makes a recovery key and shows it once; an earlier one opens nothing any more. */
  key_recovery_make: { args: NoArgs; reply: RecoveryKeyView };
  /** Puts a fresh key in the place of the old one. */
  key_rotate: { args: NoArgs; reply: KeyView };
  /** Lets a passphrase open the workspace from now on, and no kept key. */
  key_passphrase: { args: PassphraseArgs; reply: KeyView };
  /** Destroys the key: nobody can ever read this workspace again. */
  workspace_forget: { args: ForgetArgs; reply: Done };
  /** Everything chosen by the person at this machine. */
  preferences_get: { args: NoArgs; reply: Array<Preference> };
  /** Chooses one thing. */
  preference_set: { args: Preference; reply: Done };
  /** A past case to practise on. */
  training_next: { args: TrainingArgs; reply: TrainingCase };
  /** What it was, beside what they took it for. */
  training_answer: { args: TrainingAnswerArgs; reply: TrainingOutcome };
  /** How practising goes. */
  training_get: { args: NoArgs; reply: TrainingStanding };
  /** Forgets what was practised. */
  training_forget: { args: NoArgs; reply: TrainingStanding };
  /** What changed since somebody was last here. */
  digest_get: { args: DigestArgs; reply: DigestView };
  /** Says that it was read, up to now or up to a moment. */
  digest_read: { args: DigestArgs; reply: DigestView };
  /** What people did, newest first. */
  deeds_list: { args: LimitArgs; reply: Array<DeedView> };
  /** Takes back what was done: one deed, or the last that has a way back. */
  deed_undo: { args: DeedUndoArgs; reply: DeedView };
  /** Events after a number, for hosts that cannot be pushed to. */
  events: { args: EventsArgs; reply: Events };
  /** What support measures itself by, with what escalations cost. */
  insights_get: { args: PeriodArgs; reply: InsightsView };
  /** One figure with its formula, its base and its SQL, run once more. */
  figure_explain: { args: FigureArgs; reply: FigureExplained };
  /** The tickets behind a figure, or the packages. */
  figure_rows: { args: FigureRowsArgs; reply: FigureRows };
  /** The tickets behind a number of a picture. */
  figure_behind: { args: BehindArgs; reply: BehindView };
  /** The same figures of tickets that have something in common, side by side. */
  cohorts_get: { args: CohortsArgs; reply: CohortsView };
  /** When support is at work. */
  hours_get: { args: NoArgs; reply: HoursView };
  /** Says when support is at work; every figure of time is counted anew. */
  hours_set: { args: HoursArgs; reply: HoursView };
  /** Which group is which tier, and what makes a ticket one of engineering's. */
  tiers_get: { args: NoArgs; reply: TiersView };
  /** Says which group is which tier, and what makes a ticket one of engineering's; everything is counted anew. */
  tiers_set: { args: TiersArgs; reply: TiersView };
  /** What escalations cost, of the last 90 days. */
  cost_get: { args: NoArgs; reply: CostView };
  /** Says what an escalation is assumed to take. */
  cost_set: { args: CostArgs; reply: CostView };
  /** Freezes the figures of a period: nothing changes them any more. */
  baseline_freeze: { args: BaselineArgs; reply: InsightsView };
  /** Escalations that had an answer in the base when they were raised, as the last exam found. */
  avoidable_get: { args: NoArgs; reply: AvoidableView };
  /** Says that an error or a known error always needs engineering, or no longer; what is avoidable is counted anew. */
  always_set: { args: AlwaysArgs; reply: AlwaysSaid };
  /** What solved tickets are tied to, twenty at a time, to look at whether it fits. */
  sample_get: { args: PeriodArgs; reply: SampleView };
  /** Says of one of a sample whether it fits, or takes that back. */
  look_set: { args: LookArgs; reply: LookedAtView };
  /** Escalated tickets that have no package and no reason, each with what its text speaks for. */
  reasons_get: { args: PeriodArgs; reply: ReasonsLeft };
  /** Says why a ticket was escalated that has no package, or takes that back. */
  reason_set: { args: ReasonArgs; reply: ReasonSaid };
  /** From when on support handles an error or a known error. */
  handled_get: { args: NoArgs; reply: HandledRuleView };
  /** Says from when on support handles one; what it handles is counted anew. */
  handled_set: { args: HandledRuleArgs; reply: HandledRuleView };
  /** How severe something with these numbers would be. Nothing is kept. */
  severity_get: { args: SeverityArgs; reply: SeverityView };
  /** How severe the errors of a ticket are: of several the most severe; of none, the ticket alone. */
  severity_of: { args: IdArgs; reply: SeverityView };
  /** Says from where on impact and urgency are high; every severity is worked out anew. */
  severity_set: { args: SeverityRuleArgs; reply: SeverityRuleView };
  /** The figures written down for people without the program. */
  insights_report: { args: ReportArgs; reply: ReportView };
  /** The same as a new file, in a folder that somebody names or where downloads go. */
  report_save: { args: ReportSaveArgs; reply: ReportSaved };
  /** The programme by which a team comes to escalate less: its steps, what people told, and the tools. */
  programme_get: { args: NoArgs; reply: ProgrammeView };
  /** Ticks a step of it, or takes the tick away. */
  programme_tick: { args: ProgrammeTickArgs; reply: ProgrammeTicked };
  /** Keeps what somebody told of their work, changes it, or, without a note, lets go of it. */
  interview_set: { args: InterviewArgs; reply: InterviewKept };
}
