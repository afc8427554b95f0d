//! Sequences of what can happen to a delivery.

use proptest::prelude::*;

use super::*;

const RESEND: UncertainPolicy = UncertainPolicy::Resend { after: RESEND_AFTER };
const WORKER: WorkerId = WorkerId(1);

fn start() -> DateTime<Utc> {
    "2026-11-25T07:00:00Z".parse().unwrap()
}

fn fresh() -> Delivery {
    Delivery::queued(start(), start() + BULLETIN_EXPIRES_AFTER)
}

fn claim(attempt: u32) -> Claim {
    Claim { worker: WORKER, attempt }
}

fn yes() -> Outcome {
    Outcome::Accepted { reply: Reply::new(250, "2.0.0 Ok") }
}

fn later() -> Outcome {
    Outcome::Deferred { reply: Reply::new(450, "4.2.0 later") }
}

#[test]
fn an_accepted_delivery_is_never_claimed_again() {
    let sent = fresh()
        .claim(WORKER, start(), RESEND)
        .unwrap()
        .mark(claim(1), start())
        .unwrap()
        .settle(claim(1), yes(), start(), 0)
        .unwrap();
    assert_eq!(sent.state.name(), "accepted");
    assert_eq!(sent.claim(WORKER, start() + TimeDelta::days(9), RESEND), Err(InvalidTransition::Final));
}

#[test]
fn a_deferral_waits_longer_each_time_and_ends() {
    let (mut delivery, mut now, mut waits) = (fresh(), start(), Vec::new());
    loop {
        delivery = delivery.claim(WORKER, now, RESEND).unwrap();
        let held = claim(delivery.attempts);
        delivery = delivery.settle(held, later(), now, u32::MAX / 2).unwrap();
        match delivery.due(RESEND) {
            Some(next) => {
                waits.push((next - now).num_minutes());
                now = next;
            }
            None => break,
        }
    }
    assert_eq!(delivery.state, State::Abandoned(Abandoned::Expired));
    assert_eq!(waits[..6], [5, 11, 24, 49, 99, 179]);
    assert!(now < start() + BULLETIN_EXPIRES_AFTER);
}

#[test]
fn a_relay_that_names_a_time_is_believed() {
    let reply = Reply::new(450, "4.7.1 try again in 40 minutes");
    let held = fresh().claim(WORKER, start(), RESEND).unwrap();
    let deferred = held.settle(claim(1), Outcome::Deferred { reply }, start(), 0).unwrap();
    assert_eq!(deferred.due(RESEND), Some(start() + TimeDelta::minutes(40)));
}

#[test]
fn an_uncertain_delivery_goes_out_once_more_and_then_rests() {
    let uncertain = |delivery: Delivery, now| {
        let held = delivery.claim(WORKER, now, RESEND).unwrap();
        let mark = claim(held.attempts);
        let held = held.mark(mark, now).unwrap();
        held.settle(mark, Outcome::Uncertain, now, 0).unwrap()
    };
    let once = uncertain(fresh(), start());
    assert!(!once.is_final(RESEND) && once.is_final(UncertainPolicy::AssumeSent));
    assert_eq!(once.clone().claim(WORKER, start(), RESEND), Err(InvalidTransition::NotDue));
    let twice = uncertain(once, start() + RESEND_AFTER);
    assert!(twice.is_final(RESEND));
    assert_eq!(twice.claim(WORKER, start() + TimeDelta::days(1), RESEND), Err(InvalidTransition::Final));
}

#[test]
fn a_late_answer_settles_what_was_uncertain() {
    let held = fresh().claim(WORKER, start(), RESEND).unwrap();
    let lost = held.mark(claim(1), start()).unwrap().release(start(), true).unwrap();
    assert_eq!(lost.state.name(), "uncertain");
    assert_eq!(lost.settle(claim(1), yes(), start(), 0).unwrap().state.name(), "accepted");
}

#[test]
fn a_dead_worker_leaves_a_row_queued_before_its_dot_and_uncertain_after() {
    let held = fresh().claim(WORKER, start(), RESEND).unwrap();
    assert_eq!(held.clone().release_overdue(start(), true), Err(InvalidTransition::LeaseRuns));
    let now = start() + LEASE + TimeDelta::seconds(1);
    assert_eq!(held.clone().release_overdue(now, true).unwrap().state.name(), "queued");
    // After a power cut the marker may be lost, so its absence proves nothing.
    assert_eq!(held.clone().release(now, false).unwrap().state.name(), "uncertain");
    let marked = held.mark(claim(1), start()).unwrap();
    assert_eq!(marked.release(now, true).unwrap().state.name(), "uncertain");
}

#[test]
fn no_dot_is_marked_by_a_stranger_or_at_the_end_of_a_lease() {
    let held = fresh().claim(WORKER, start(), RESEND).unwrap();
    let stranger = Claim { worker: WorkerId(2), attempt: 1 };
    assert_eq!(held.clone().mark(stranger, start()), Err(InvalidTransition::NotHeld));
    assert_eq!(held.clone().mark(claim(1), start() + LEASE), Err(InvalidTransition::LeaseEnds));
    let left = fresh().abandon(Abandoned::Left, RESEND).unwrap();
    assert_eq!(left.mark(claim(1), start()), Err(InvalidTransition::NotHeld));
    assert_eq!(held.abandon(Abandoned::Left, RESEND), Err(InvalidTransition::Busy));
}

#[test]
fn our_own_fault_leaves_a_delivery_queued() {
    let held = fresh().claim(WORKER, start(), RESEND).unwrap();
    let fault = Outcome::OurFault { fault: Fault::Password, reply: Reply::new(530, "no") };
    assert_eq!(held.settle(claim(1), fault, start(), 0).unwrap().state.name(), "queued");
}

#[derive(Debug, Clone)]
enum Move {
    Wait(u32),
    Claim,
    Mark,
    Settle(u8),
    Stale,
    WorkerDies,
    PowerCut,
    Abandon,
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        (0u32..20_000).prop_map(Move::Wait),
        Just(Move::Claim),
        Just(Move::Mark),
        (0u8..6).prop_map(Move::Settle),
        Just(Move::Stale),
        Just(Move::WorkerDies),
        Just(Move::PowerCut),
        Just(Move::Abandon),
    ];
    prop::collection::vec(one, 0..60)
}

fn outcome(which: u8) -> Outcome {
    match which {
        0 => yes(),
        1 => later(),
        2 => Outcome::Refused { reply: Reply::new(550, "no"), recipient_gone: true },
        3 => Outcome::Uncertain,
        4 => Outcome::Withheld,
        _ => Outcome::OurFault { fault: Fault::Relaying, reply: Reply::new(554, "no") },
    }
}

proptest! {
    /// Whatever happens, a delivery is always in a state from which it ends, final states never move again (but for
    /// a late answer), and copies beyond the first need an uncertain attempt.
    #[test]
    fn every_delivery_ends_in_exactly_one_final_state(moves in moves(), random: u32) {
        let (mut delivery, mut now, mut dots) = (fresh(), start(), 0);
        for step in moves {
            let before = delivery.clone();
            let held = claim(delivery.attempts);
            let moved = match step.clone() {
                Move::Wait(seconds) => {
                    now += TimeDelta::seconds(i64::from(seconds));
                    continue;
                }
                Move::Claim => delivery.claim(WORKER, now, RESEND),
                Move::Mark => delivery.mark(held, now).inspect(|_| dots += 1),
                Move::Settle(which) => {
                    let marked = matches!(delivery.state, State::Sending { dot: Dot::Marked, .. });
                    // A worker that sent no dot knows so, and after the dot it is an answer or uncertainty.
                    if (which == 0 || which == 3) != marked && !(marked && which <= 2) {
                        continue;
                    }
                    if marked && (which == 1 || which == 2) {
                        dots -= 1;
                    }
                    delivery.settle(held, outcome(which), now, random)
                }
                Move::Stale => {
                    let stale = claim(held.attempt.wrapping_sub(1));
                    prop_assert!(delivery.clone().settle(stale, yes(), now, random).is_err());
                    continue;
                }
                Move::WorkerDies => delivery.release(now, true),
                Move::PowerCut => delivery.release(now, false),
                Move::Abandon => delivery.abandon(Abandoned::Stopped, RESEND),
            };
            let late = matches!(before.state, State::Uncertain { .. })
                && matches!(step, Move::Settle(0 | 2));
            if before.is_final(RESEND) && !late {
                prop_assert!(moved.is_err());
            }
            delivery = moved.unwrap_or(before);
            prop_assert!(dots <= delivery.uncertain + 1);
            prop_assert!(delivery.uncertain <= UNCERTAIN_MAX);
        }
        // Left alone with a relay that always says later, it comes to its end.
        for _ in 0..60 {
            if delivery.is_final(RESEND) {
                break;
            }
            delivery = match delivery.due(RESEND) {
                Some(due) => {
                    now = now.max(due);
                    let held = delivery.claim(WORKER, now, RESEND).unwrap();
                    let mark = claim(held.attempts);
                    held.settle(mark, later(), now, random).unwrap()
                }
                None => delivery.release(now, true).unwrap(),
            };
        }
        prop_assert!(delivery.is_final(RESEND));
    }

    #[test]
    fn a_wait_stays_within_a_fifth(attempts: u32, random: u32) {
        let plain = backoff(attempts, u32::MAX / 2) + TimeDelta::milliseconds(1);
        let wait = backoff(attempts, random);
        prop_assert!(wait.num_milliseconds() * 100 >= plain.num_milliseconds() * 79);
        prop_assert!(wait.num_milliseconds() * 100 <= plain.num_milliseconds() * 121);
    }
}
