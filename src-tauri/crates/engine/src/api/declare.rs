//! What the list of commands becomes: one function that runs them, their names, and their shapes in TypeScript.

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $name:ident($args:ty) -> $reply:ty = $run:expr;)*) => {
        /// Runs one command and notes nothing of it.
        pub(crate) fn run(engine: &Arc<Engine>, name: &str, args: Value) -> Result<Value, ApiErrorView> {
            match name {
                $(stringify!($name) => {
                    let args: $args = read_args(name, args)?;
                    let run: fn(&Arc<Engine>, $args) -> crate::Result<$reply> = $run;
                    let reply = run(engine, args).map_err(|error| {
                        engine.mend_index_after(&error);
                        error.view()
                    })?;
                    Ok(serde_json::to_value(reply).expect("views have string keys and no failing serialiser"))
                })*
                _ => Err(Error::UnknownCommand(name.into()).view()),
            }
        }

        /// Every command's name.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];

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
