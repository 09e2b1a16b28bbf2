//! Builds the list of what the page may call: our one command, and nothing that is not named.

fn main() {
    let ours = tauri_build::AppManifest::new().commands(&["rpc"]);
    let built = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(ours));
    built.expect("tauri.conf.json, the capabilities and ui/dist fit together");
}
