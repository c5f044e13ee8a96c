"""What the rules of an assessment refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class AssessmentNotScheduled(Rejected):
    """There is no such assessment."""

    code = "assessment_not_scheduled"


class AssessmentScheduledAlready(Rejected):
    """This assessment is scheduled."""

    code = "assessment_already_scheduled"


class BodyIsSuspended(Rejected):
    """The assessment body is suspended."""

    code = "assessment_body_suspended"


class OutOfScope(Rejected):
    """The body may not assess this occupation and level by this route on that day."""

    code = "assessment_out_of_scope"


class RouteNotYet(Rejected):
    """On that day the policies know no certificate that this route leads to."""

    code = "assessment_route_not_yet"


class TrainerMayNotAssess(Rejected):
    """The body has trained the class itself (R-CRT-02)."""

    code = "trainer_may_not_assess"


class TeacherMayNotAssess(Rejected):
    """An assessor or the supervisor teaches the class (R-CRT-02)."""

    code = "teacher_may_not_assess"


class TeachersNotKnown(Rejected):
    """Training has not told yet who teaches the class."""

    code = "class_teachers_not_known"


class ClassMissing(Rejected):
    """A test at the end of a training names the class."""

    code = "training_class_missing"


class ClassOfAnotherOccupation(Rejected):
    """The class was for another occupation."""

    code = "class_of_another_occupation"


class AssessorNotValid(Rejected):
    """Somebody named is not an assessor of the body on that day, or too few are."""

    code = "assessor_not_valid"


class SupervisorNotValid(Rejected):
    """The route needs a supervisor of the body, valid on that day, who is none of the assessors."""

    code = "supervisor_not_valid"


class MobileNotFiled(Rejected):
    """Assessing at this place on this day is not filed (R-ADD-03)."""

    code = "mobile_assessment_not_filed"


class CandidateNotKnown(Rejected):
    """The registry has told nothing of this worker yet."""

    code = "candidate_not_known"


class CandidateLinked(Rejected):
    """Another worker id stands for this person; register that one."""

    code = "candidate_linked"


class CandidateEnded(Rejected):
    """The worker has died, or the personal data were erased."""

    code = "candidate_ended"


class CandidateRestricted(Rejected):
    """The worker's data may only be kept at present."""

    code = "candidate_restricted"


class CandidateNotOfClass(Rejected):
    """The worker was not in the class, or has not completed it where that is needed."""

    code = "candidate_not_of_class"


class AssessmentFull(Rejected):
    """An assessment has at most 60 candidates."""

    code = "assessment_full"


class NotACandidate(Rejected):
    """The worker is no candidate of this assessment."""

    code = "not_a_candidate"


class NotHeldYet(Rejected):
    """The day of the assessment has not come."""

    code = "assessment_not_held_yet"


class ScoresUnfit(Rejected):
    """Each part of the route has a score, no other part has one, and who was absent has none."""

    code = "scores_unfit"


class ScoresMissing(Rejected):
    """There are no candidates, or somebody has no scores."""

    code = "scores_missing"


class OwnScores(Rejected):
    """Who recorded scores or assessed does not confirm the results; another person has to."""

    code = "results_own_scores"


class ResultsConfirmedAlready(Rejected):
    """The results are confirmed."""

    code = "results_already_confirmed"


class IssueDayWrong(Rejected):
    """Certificates are issued between the day of the assessment and today."""

    code = "certificate_issue_day_wrong"


class AssessmentIsVoid(Rejected):
    """The assessment is void."""

    code = "assessment_void"
