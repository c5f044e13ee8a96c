"""What the service gets from this folder."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from contracts.reservation import ReservationHeldV1
from eventcore.clock import CLOCK
from eventcore.codec import Codec
from eventcore.decider import Decider
from eventcore.deeds import Deeds
from eventcore.exchange import roll_call
from eventcore.exchange.outbound import SeriesOpened
from eventcore.exchange.pairs import pairs_agree
from eventcore.readers import Alarm, Pages, Policy, View, Work
from eventcore.roll import ROLL
from eventcore.store import Store
from fastapi import APIRouter

from subsidy.claims import api, explain_api, queue_api, replaying
from subsidy.claims.allowances.allowance import ALLOWANCE
from subsidy.claims.allowances.events import TurnGiven
from subsidy.claims.claim import CLAIM
from subsidy.claims.dossier import api as dossiers
from subsidy.claims.dossier.border_events import RequestPlaced, RequestTakenBack
from subsidy.claims.dossier.dossier import DOSSIER
from subsidy.claims.dossier.events import PersonNoted
from subsidy.claims.dossier.sharing_events import NotesShared, SharingEnded
from subsidy.claims.handlers import api as handlers
from subsidy.claims.handlers.handler import HANDLER
from subsidy.claims.reservations.remembering import SENTENCE, Home, ledger_is_whole
from subsidy.claims.reservations.reservation import RESERVATION
from subsidy.claims.risks import api as risks
from subsidy.claims.risks.listing import RISKS
from subsidy.claims.risks.risk import RISK
from subsidy.claims.room_events import RoomAsked, RoomTaken
from subsidy.claims.rosters.base import BASE
from subsidy.claims.rosters.roster import ROSTER
from subsidy.claims.shelves.shelf import SHELF
from subsidy.claims.views.claims import CLAIMS
from subsidy.money.payments.payment import PAYMENT
from subsidy.packs.rule_pack import RULE_PACK
from subsidy.policies import when_a_base_is_revoked_its_classes_and_trainees_are_concerned as base_revoked
from subsidy.policies import when_a_certificate_is_issued_or_changes_note_it as certificate
from subsidy.policies import when_a_claim_asks_for_its_reservation_put_it_in_line as asks
from subsidy.policies import when_a_claim_takes_of_an_allowance_others_wait as takes
from subsidy.policies import when_a_dossier_changes_open_its_claims_and_look_again as dossier_changes
from subsidy.policies import when_a_guest_is_told_of_note_the_home as guest
from subsidy.policies import when_a_link_is_noted_share_what_is_there as link_noted
from subsidy.policies import when_a_reservation_is_given_or_refused_tell_the_claim as reservation_given
from subsidy.policies import when_a_rule_pack_is_published_look_at_what_waits_for_it as pack_published
from subsidy.policies import when_another_province_asks_for_a_reservation_note_it as elsewhere_asks
from subsidy.policies import when_home_knows_of_a_job_note_it as home_knows
from subsidy.policies import when_money_of_a_claim_is_back_free_its_reservation as money_back
from subsidy.policies import when_the_home_province_answers_tell_the_claim as home_answers
from subsidy.policies import when_the_registry_says_something_of_a_worker_note_it as registry_says
from subsidy.policies import when_the_roll_is_answered_note_it as roll_answered
from subsidy.policies import when_training_says_how_a_class_ended_note_it as class_ended
from subsidy.policies import when_training_says_something_of_a_student_note_it as student_said
from subsidy.policies import when_two_ids_are_one_person_each_knows_the_notes_of_the_other as one_person
from subsidy.settings import SubsidySettings

DECIDERS: Final[Sequence[Decider[Any, Any, Any]]] = (
    DOSSIER,
    CLAIM,
    RESERVATION,
    ALLOWANCE,
    HANDLER,
    BASE,
    ROSTER,
    SHELF,
    RISK,
    ROLL,
)
POLICIES: Final[Sequence[Policy]] = (
    Policy(
        "when_the_registry_says_something_of_a_worker_note_it",
        registry_says.when_the_registry_says_something_of_a_worker_note_it,
        foreign=registry_says.TYPES,
    ),
    Policy(
        "when_training_says_how_a_class_ended_note_it",
        class_ended.when_training_says_how_a_class_ended_note_it,
        foreign=class_ended.TYPES,
    ),
    Policy(
        "when_training_says_something_of_a_student_note_it",
        student_said.when_training_says_something_of_a_student_note_it,
        foreign=student_said.TYPES,
    ),
    Policy(
        "when_a_certificate_is_issued_or_changes_note_it",
        certificate.when_a_certificate_is_issued_or_changes_note_it,
        foreign=certificate.TYPES,
    ),
    Policy(
        "when_a_base_is_revoked_its_classes_and_trainees_are_concerned",
        base_revoked.when_a_base_is_revoked_its_classes_and_trainees_are_concerned,
        own=(Codec(BASE.events), Codec(ROSTER.events)),
        foreign=base_revoked.TYPES,
    ),
    Policy(
        "when_home_knows_of_a_job_note_it",
        home_knows.when_home_knows_of_a_job_note_it,
        foreign=home_knows.TYPES,
    ),
    Policy(
        "when_a_guest_is_told_of_note_the_home",
        guest.when_a_guest_is_told_of_note_the_home,
        foreign=guest.TYPES,
    ),
    Policy(
        "when_another_province_asks_for_a_reservation_note_it",
        elsewhere_asks.when_another_province_asks_for_a_reservation_note_it,
        foreign=elsewhere_asks.TYPES,
        when=pairs_agree,
    ),
    Policy(
        "when_the_home_province_answers_tell_the_claim",
        home_answers.when_the_home_province_answers_tell_the_claim,
        foreign=home_answers.TYPES,
    ),
    Policy(
        "when_the_roll_is_answered_note_it",
        roll_answered.when_the_roll_is_answered_note_it,
        foreign=roll_answered.TYPES,
    ),
    Policy(
        "when_a_claim_takes_of_an_allowance_others_wait",
        takes.when_a_claim_takes_of_an_allowance_others_wait,
        own=(Codec(RoomAsked | RoomTaken), Codec(TurnGiven)),
    ),
    Policy(
        "when_a_dossier_changes_open_its_claims_and_look_again",
        dossier_changes.when_a_dossier_changes_open_its_claims_and_look_again,
        own=(Codec(DOSSIER.events),),
    ),
    Policy(
        "when_a_link_is_noted_share_what_is_there",
        link_noted.when_a_link_is_noted_share_what_is_there,
        own=(Codec(PersonNoted),),
    ),
    Policy(
        "when_two_ids_are_one_person_each_knows_the_notes_of_the_other",
        one_person.when_two_ids_are_one_person_each_knows_the_notes_of_the_other,
        own=(Codec(NotesShared | SharingEnded),),
    ),
    Policy(
        "when_a_claim_asks_for_its_reservation_put_it_in_line",
        asks.when_a_claim_asks_for_its_reservation_put_it_in_line,
        own=(Codec(CLAIM.events), Codec(RequestPlaced | RequestTakenBack)),
        when=ledger_is_whole,
    ),
    Policy(
        "when_a_reservation_is_given_or_refused_tell_the_claim",
        reservation_given.when_a_reservation_is_given_or_refused_tell_the_claim,
        own=(Codec(RESERVATION.events),),
    ),
    Policy(
        "when_a_rule_pack_is_published_look_at_what_waits_for_it",
        pack_published.when_a_rule_pack_is_published_look_at_what_waits_for_it,
        own=(Codec(CLAIM.events), Codec(RULE_PACK.events), Codec(SHELF.events)),
    ),
    Policy(
        "when_money_of_a_claim_is_back_free_its_reservation",
        money_back.when_money_of_a_claim_is_back_free_its_reservation,
        own=(Codec(PAYMENT.events),),
        when=pairs_agree,
    ),
)
"""After a restore no reservation is given or freed until the pairs agree, and none is given before the
holders were heard: who has it may be among what was lost."""
VIEWS: Final[Sequence[View[Any]]] = (CLAIMS, RISKS)
ALARMS: Final[Sequence[Alarm]] = ()


def routers(settings: SubsidySettings, store: Store) -> Sequence[APIRouter]:
    """Routes of this folder."""
    return (
        api.routes(api.Routes(clock=CLOCK)),
        queue_api.routes(queue_api.Routes(clock=CLOCK)),
        explain_api.routes(explain_api.Routes(clock=CLOCK)),
        handlers.routes(handlers.Routes(clock=CLOCK)),
        dossiers.routes(dossiers.Routes(clock=CLOCK)),
        risks.routes(risks.Routes(clock=CLOCK)),
        replaying.routes(store),
    )


def works(store: Store, pages: Callable[[Sequence[Codec], Sequence[str]], Pages]) -> Sequence[Work]:
    """Readers that remember what was lost, and ask whether that is all."""
    return (
        Deeds(SENTENCE, store.pool, pages((), (ReservationHeldV1.type,)), Home(store).note),
        Deeds(roll_call.SENTENCE, store.pool, pages((Codec(SeriesOpened),), ()), roll_call.Caller(store).call),
    )
