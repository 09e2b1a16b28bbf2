//! The contract: one list of commands, carried by one `rpc(name, args)`.

pub mod args;
pub mod view;

use args::*;
use view::*;

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($args:ty) -> $reply:ty;)*) => {
        /// TypeScript of every shape and of the command list, for `ui/src/host/bindings.ts`.
        pub fn bindings() -> String {
            use ts_rs::TS;
            let config = ts_rs::Config::from_env();
            let mut out = String::from("// Written by `cargo xtask bindings`. Do not edit.\n/* eslint-disable */\n\n");
            let mut shapes = std::collections::BTreeMap::new();
            $(collect::<$args>(&mut shapes, &config); collect::<$reply>(&mut shapes, &config);)*
            collect::<ApiErrorView>(&mut shapes, &config);
            collect::<Event>(&mut shapes, &config);
            for shape in shapes.values() {
                out.push_str(shape);
                out.push_str("\n\n");
            }
            out.push_str("/** Every command: its arguments and its reply. */\nexport interface Commands {\n");
            $(
                out.push_str("  /**");
                $(out.push_str($doc.trim_end());)+
                out.push_str(&format!(" */\n  {}: {{ args: {}; reply: {} }};\n", stringify!($name), <$args>::name(&config), <$reply>::name(&config)));
            )*
            out.push_str("}\n");
            out
        }
    };
}

commands! {
    /// The workspace at a glance.
    workspace_status(NoArgs) -> WorkspaceStatus;
    /// Tickets for the queue, newest change first.
    queue_list(QueueArgs) -> Queue;
    /// As-you-type search over everything.
    search(SearchArgs) -> SearchReply;
    /// One ticket with its comments, handoffs and links.
    ticket_get(IdArgs) -> TicketView;
    /// Rows for given ids: the tickets behind a number.
    cases_list(CasesArgs) -> Queue;
    /// Have we seen this, and what worked?
    seen_before(SeenArgs) -> SeenBefore;
    /// Records *used*, *not the same* or *opened* for a hit.
    feedback_set(FeedbackArgs) -> FeedbackReply;
    /// Takes one piece of feedback back.
    feedback_undo(UndoArgs) -> Done;
    /// Links two tickets by hand.
    link_add(LinkArgs) -> FeedbackReply;
    /// Takes a link away again.
    link_remove(UnlinkArgs) -> Done;
    /// One known error in full.
    known_error_get(IdArgs) -> KnownErrorView;
    /// Starts an import and returns at once; progress arrives as events.
    import_start(ImportArgs) -> JobView;
    /// Fills an empty workspace with the sample company.
    sample_fill(NoArgs) -> JobView;
    /// Rebuilds the index from the store.
    reindex(NoArgs) -> JobView;
    /// Jobs of this session, newest first.
    jobs_list(NoArgs) -> Vec<JobView>;
    /// Stops a running job at the next safe point.
    job_cancel(JobArgs) -> Done;
    /// Checks the workspace, and mends it when asked.
    doctor(DoctorArgs) -> DoctorReport;
    /// Everything chosen by the person at this machine.
    preferences_get(NoArgs) -> Vec<Preference>;
    /// Chooses one thing.
    preference_set(Preference) -> Done;
    /// Events after a number, for hosts that cannot be pushed to.
    events(EventsArgs) -> Events;
}

/// Adds `T` and everything it is made of.
fn collect<T: ts_rs::TS + 'static>(shapes: &mut std::collections::BTreeMap<String, String>, config: &ts_rs::Config) {
    struct Visitor<'a>(&'a mut std::collections::BTreeMap<String, String>, &'a ts_rs::Config);
    impl ts_rs::TypeVisitor for Visitor<'_> {
        fn visit<T: ts_rs::TS + 'static + ?Sized>(&mut self) {
            if T::output_path().is_none() || self.0.contains_key(&T::ident(self.1)) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.0.insert(T::ident(self.1), format!("{docs}export {}", T::decl(self.1)));
            T::visit_dependencies(&mut Visitor(self.0, self.1));
        }
    }
    let mut visitor = Visitor(shapes, config);
    ts_rs::TypeVisitor::visit::<T>(&mut visitor);
    T::visit_dependencies(&mut visitor);
}
#[cfg(test)]
mod tests { #[test] fn write() { std::fs::create_dir_all("/work/main/ui/src/host").unwrap(); std::fs::write("/work/main/ui/src/host/bindings.ts", super::bindings()).unwrap(); } }
