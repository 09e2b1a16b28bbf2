//! The system packages: how each is recognised, and its name in each family of systems.

use super::Purpose;
use crate::shell::quietly;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Compiler,
    WebKit,
    WebDriver,
    Xvfb,
    Xauth,
    Browser,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    Debian,
    Fedora,
    Arch,
    OtherLinux,
    MacOs,
    Windows,
}

/// The names under which a Chromium is found; `PRECEDENT_CHROMIUM` names another.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

pub fn needs(purpose: Purpose) -> Vec<Need> {
    let mut needs = vec![Need::Compiler];
    if cfg!(target_os = "linux") {
        needs.push(Need::WebKit);
    }
    if purpose == Purpose::Test {
        needs.push(Need::Browser);
        // The page of other systems has no driver that works without a screen; the window's test is left out there.
        if cfg!(target_os = "linux") {
            needs.extend([Need::WebDriver, Need::Xvfb, Need::Xauth]);
        }
    }
    needs
}

impl Need {
    /// Asks the machine for the thing itself, not for a package: it may have come another way.
    pub fn is_there(self) -> bool {
        match self {
            Need::Compiler if cfg!(target_os = "macos") => quietly("xcode-select", &["-p"]).is_some(),
            Need::Compiler if cfg!(windows) => true,
            Need::Compiler => on_path("cc") && on_path("make") && on_path("perl"),
            Need::WebKit => quietly("pkg-config", &["--exists", "webkit2gtk-4.1"]).is_some(),
            Need::WebDriver => on_path("WebKitWebDriver"),
            Need::Xvfb => on_path("xvfb-run") && on_path("Xvfb"),
            Need::Xauth => on_path("xauth"),
            Need::Browser if cfg!(target_os = "linux") => {
                std::env::var_os("PRECEDENT_CHROMIUM").is_some() || BROWSERS.into_iter().any(on_path)
            }
            // Installed in places that differ from machine to machine: the tests say what they looked for.
            Need::Browser => true,
        }
    }

    pub fn debian(self) -> &'static str {
        match self {
            Need::Compiler => "build-essential",
            Need::WebKit => "libwebkit2gtk-4.1-dev",
            Need::WebDriver => "webkit2gtk-driver",
            Need::Xvfb => "xvfb",
            Need::Xauth => "xauth",
            Need::Browser => "chromium",
        }
    }

    fn fedora(self) -> &'static str {
        match self {
            Need::Compiler => "gcc make perl",
            Need::WebKit => "webkit2gtk4.1-devel",
            Need::WebDriver => "webkit2gtk4.1",
            Need::Xvfb => "xorg-x11-server-Xvfb",
            Need::Xauth => "xorg-x11-xauth",
            Need::Browser => "chromium",
        }
    }

    fn arch(self) -> &'static str {
        match self {
            Need::Compiler => "base-devel",
            Need::WebKit | Need::WebDriver => "webkit2gtk-4.1",
            Need::Xvfb => "xorg-server-xvfb",
            Need::Xauth => "xorg-xauth",
            Need::Browser => "chromium",
        }
    }

    fn plainly(self) -> &'static str {
        match self {
            Need::Compiler => "a C compiler, make and perl",
            Need::WebKit => "WebKitGTK 4.1 with its headers (pkg-config webkit2gtk-4.1)",
            Need::WebDriver => "WebKitWebDriver",
            Need::Xvfb => "Xvfb with xvfb-run",
            Need::Xauth => "xauth",
            Need::Browser => "Chromium (or name one in PRECEDENT_CHROMIUM)",
        }
    }
}

impl Family {
    pub fn of_this_machine() -> Family {
        if cfg!(target_os = "macos") {
            Family::MacOs
        } else if cfg!(windows) {
            Family::Windows
        } else {
            Family::from_os_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
        }
    }

    fn from_os_release(text: &str) -> Family {
        let names = text.lines().filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")));
        for name in names.flat_map(|value| value.trim_matches('"').split(' ')) {
            match name {
                "debian" | "ubuntu" => return Family::Debian,
                "fedora" | "rhel" | "centos" => return Family::Fedora,
                "arch" => return Family::Arch,
                _ => {}
            }
        }
        Family::OtherLinux
    }

    /// What to type where this program does not do it.
    pub fn advice(self, missing: &[Need]) -> String {
        let list = |name: fn(Need) -> &'static str, between: &str| {
            let mut names: Vec<&str> = missing.iter().map(|need| name(*need)).collect();
            names.dedup();
            names.join(between)
        };
        let how = match self {
            Family::Debian => format!("  sudo apt-get install {}", list(Need::debian, " ")),
            Family::Fedora => format!("  sudo dnf install {}", list(Need::fedora, " ")),
            Family::Arch => format!("  sudo pacman -S --needed {}", list(Need::arch, " ")),
            Family::OtherLinux => format!("  {}", list(Need::plainly, "\n  ")),
            Family::MacOs => "  xcode-select --install".to_owned(),
            Family::Windows => "  the C++ build tools of Visual Studio, and WebView2 (part of Windows 11)".to_owned(),
        };
        format!("System packages are missing. Install them and run this again:\n{how}")
    }
}

fn on_path(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|dir| dir.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_is_read_from_the_system_s_own_words() {
        assert_eq!(Family::from_os_release("PRETTY_NAME=\"x\"\nID=debian\n"), Family::Debian);
        assert_eq!(Family::from_os_release("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"), Family::Debian);
        assert_eq!(Family::from_os_release("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"), Family::Fedora);
        assert_eq!(Family::from_os_release("ID=arch\n"), Family::Arch);
        assert_eq!(Family::from_os_release(""), Family::OtherLinux);
    }

    #[test]
    fn elsewhere_the_advice_names_each_package_once() {
        let advice = Family::Arch.advice(&[Need::WebKit, Need::WebDriver, Need::Xvfb]);
        assert!(advice.contains("pacman -S --needed webkit2gtk-4.1 xorg-server-xvfb"), "{advice}");
        assert!(Family::Fedora.advice(&[Need::WebKit]).contains("dnf install webkit2gtk4.1-devel"));
    }

    #[test]
    fn running_needs_no_browser_and_no_driver() {
        let run = needs(Purpose::Run);
        assert!(!run.contains(&Need::Browser) && !run.contains(&Need::Xvfb));
        assert!(needs(Purpose::Test).contains(&Need::Browser));
    }
}
