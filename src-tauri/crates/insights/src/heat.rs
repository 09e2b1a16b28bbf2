//! When tickets come in: days of the week against hours of the day, on the clock of the wall.

use crate::{Case, Opening};

/// From Monday on, each from midnight on.
pub type Heat = [[u64; 24]; 7];

pub fn heat(cases: &[&Case], opening: &Opening) -> Heat {
    let mut heat = [[0; 24]; 7];
    for case in cases {
        let (day, hour) = opening.place(case.created_at);
        if let Some(count) = heat.get_mut(day).and_then(|hours| hours.get_mut(hour)) {
            *count += 1;
        }
    }
    heat
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Week;

    #[test]
    fn every_ticket_is_in_the_hour_that_the_clock_of_the_zone_showed() {
        let case = |created_at| Case { created_at, ..Case::default() };
        // Thursday, half past eleven at night in UTC; on a clock an hour ahead it is Friday.
        let cases = [case(84_600_000), case(84_600_001), case(0)];
        let cases: Vec<&Case> = cases.iter().collect();
        let utc = heat(&cases, &Opening::new(&Week::default(), vec![(0, 0)]));
        assert_eq!((utc[3][23], utc[3][0], utc.iter().flatten().sum::<u64>()), (2, 1, 3));
        let ahead = heat(&cases, &Opening::new(&Week::default(), vec![(0, 3_600_000)]));
        assert_eq!((ahead[4][0], ahead[3][1]), (2, 1));
    }
}
