//! The network without its waits: time passes when somebody would wait.

use engine::{
    Clock, Door, KeyFile, Millis, Network, OpenOptions, Surroundings,
    api::view::Event,
    http::{Deadlines, Pace, Patience},
};
use serde_json::Value;
use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicI64, Ordering},
        mpsc,
    },
    time::Duration,
};

/// Nobody waits, and every wait is noted.
#[derive(Default)]
pub struct NoWait {
    now: Mutex<Duration>,
    waits: Mutex<Vec<Duration>>,
}

impl NoWait {
    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }
}

impl Pace for NoWait {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn wait(&self, how_long: Duration, cancelled: &dyn Fn() -> bool) -> bool {
        *self.now.lock().unwrap() += how_long;
        self.waits.lock().unwrap().push(how_long);
        !cancelled()
    }

    fn chance(&self) -> f64 {
        0.5
    }
}

/// A clock that is set by hand.
pub struct HandClock(AtomicI64);

impl HandClock {
    pub fn at(text: &str) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(Millis::parse(text).unwrap().0)))
    }

    pub fn move_minutes(&self, minutes: i64) {
        self.0.fetch_add(minutes * Millis::MINUTE, Ordering::SeqCst);
    }

    pub fn move_by(&self, days: i64) {
        self.0.fetch_add(days * Millis::DAY, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

pub fn noon() -> Arc<HandClock> {
    HandClock::at("2024-05-01T12:00:00Z")
}

/// A network whose waits are noted and not waited.
pub fn unwaiting() -> (Network, Arc<NoWait>) {
    let pace = Arc::new(NoWait::default());
    // Nothing leaves by itself in the middle of a test, and what this machine runs on makes no difference.
    let (post_pause, round_pause) = (Duration::MAX, Duration::MAX);
    let surroundings: Arc<dyn Fn() -> Surroundings + Send + Sync> = Arc::new(Surroundings::default);
    let network = Network {
        proxy: Some(Default::default()),
        post_pause,
        round_pause,
        surroundings,
        sign_in_port: 0,
        ..Network::default()
    };
    (Network { pace: pace.clone(), ..network }, pace)
}

/// And one that gives up so soon that a test can see it.
pub fn impatient() -> Network {
    let deadlines =
        Deadlines { connect: Duration::from_secs(10), read: Duration::from_secs(1), total: Duration::from_secs(3) };
    Network { deadlines, patience: Patience { attempts: 2, retries: 2, earned_by: 5 }, ..unwaiting().0 }
}

/// A host that stays, on mains or with so many percent left, and every job of it that ends.
pub fn staying(
    home: &Path,
    clock: &Arc<HandClock>,
    on_battery: &Arc<AtomicBool>,
    left: u8,
) -> (Arc<Door>, mpsc::Receiver<Value>) {
    let told = Arc::clone(on_battery);
    let surroundings = move || Surroundings { battery: told.load(Ordering::SeqCst).then_some(left), metered: false };
    let network =
        Network { round_pause: Duration::from_millis(20), surroundings: Arc::new(surroundings), ..unwaiting().0 };
    let secrets = Arc::new(KeyFile::at(super::key_file()));
    let options = OpenOptions { secrets, network, clock: clock.clone(), ..OpenOptions::at(home) };
    let (tell, ended) = mpsc::channel();
    let tell = Mutex::new(tell);
    let door = Door::knock(options, move |engine| {
        let tell = tell.lock().unwrap().clone();
        engine.subscribe(Box::new(move |event| {
            if let Event::Job { job } = event
                && job.state != "running"
            {
                let _ = tell.send(serde_json::to_value(job).unwrap());
            }
        }));
        Ok(())
    });
    (door, ended)
}
