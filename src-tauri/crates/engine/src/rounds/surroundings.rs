//! Whether this machine runs on its battery, and whether its network costs money.
//!
//! Linux alone tells without a library: the battery through `/sys/class/power_supply`, the network through NetworkManager
//! where it runs, asked with `busctl`. Everywhere else, and where neither is there, nothing is known, and sources are asked
//! as often as on mains.

use std::{fs, path::Path, process::Command};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Percent of its charge that are left; `None` on mains, and where nobody tells.
    pub battery: Option<u8>,
    /// The network says, or is guessed, to cost by what passes it.
    pub metered: bool,
}

impl Surroundings {
    pub fn look() -> Self {
        Self { battery: battery(Path::new("/sys/class/power_supply")), metered: is_metered() }
    }
}

/// Batteries of mice and pens are none of ours: theirs has the scope of a device.
fn battery(supplies: &Path) -> Option<u8> {
    let mut left: Option<u8> = None;
    for supply in fs::read_dir(supplies).ok()?.flatten() {
        let told = |name: &str| fs::read_to_string(supply.path().join(name)).unwrap_or_default().trim().to_owned();
        match told("type").as_str() {
            "Battery" if told("scope") != "Device" && told("status") == "Discharging" => {
                // Of several the fullest: one is used up after the other.
                left = left.max(Some(told("capacity").parse().unwrap_or(100)));
            }
            "Mains" | "USB" if told("online") == "1" => return None,
            _ => {}
        }
    }
    left
}

fn is_metered() -> bool {
    if !cfg!(target_os = "linux") {
        return false;
    }
    let mut ask = Command::new("busctl");
    ask.args(["--system", "--timeout=2", "get-property", "org.freedesktop.NetworkManager"]);
    ask.args(["/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager", "Metered"]);
    ask.output().is_ok_and(|said| says_metered(&String::from_utf8_lossy(&said.stdout)))
}

/// `u 1` is yes and `u 3` a guess that it is; 0 is unknown, 2 and 4 are no.
fn says_metered(said: &str) -> bool {
    matches!(said.trim(), "u 1" | "u 3")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supply(dir: &Path, name: &str, files: &[(&str, &str)]) {
        let dir = dir.join(name);
        fs::create_dir_all(&dir).unwrap();
        for (file, text) in files {
            fs::write(dir.join(file), format!("{text}\n")).unwrap();
        }
    }

    #[test]
    fn a_battery_counts_while_it_runs_down_and_nothing_else_feeds_the_machine() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(battery(&dir.path().join("none")), None, "no such folder, as on other systems");
        supply(
            dir.path(),
            "hidpp_battery_0",
            &[("type", "Battery"), ("scope", "Device"), ("status", "Discharging"), ("capacity", "5")],
        );
        assert_eq!(battery(dir.path()), None, "a mouse");
        supply(dir.path(), "BAT0", &[("type", "Battery"), ("status", "Discharging"), ("capacity", "63")]);
        supply(dir.path(), "BAT1", &[("type", "Battery"), ("status", "Unknown"), ("capacity", "99")]);
        supply(dir.path(), "AC", &[("type", "Mains"), ("online", "0")]);
        assert_eq!(battery(dir.path()), Some(63));
        supply(dir.path(), "AC", &[("type", "Mains"), ("online", "1")]);
        assert_eq!(battery(dir.path()), None, "plugged in");
    }

    #[test]
    fn a_network_costs_money_where_it_says_so_or_is_guessed_to() {
        let told = ["u 0", "u 1\n", "u 2", "u 3", "u 4", "", "Failed to get property"].map(says_metered);
        assert_eq!(told, [false, true, false, true, false, false, false]);
    }
}
