"""What the rules of students refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class NotAStudent(Rejected):
    """The worker is no student of a technical school."""

    code = "student_unknown"


class AtASchool(Rejected):
    """The worker is a student already: nobody is at two schools at a time."""

    code = "student_at_a_school"


class StudentDayWrong(Rejected):
    """The day lies in the future, or before the admission."""

    code = "student_day_wrong"


class CheckMonthWrong(Rejected):
    """A check is of a month from the first one at school up to this one, and of none on leave."""

    code = "student_check_month_wrong"


class HelpMissing(Rejected):
    """Where it is hard for the student, the check says what is done (R-REG-16)."""

    code = "student_help_missing"


class MentorTaken(Rejected):
    """This leader of the school helps another student: one to one (R-TRN-13)."""

    code = "student_mentor_taken"
