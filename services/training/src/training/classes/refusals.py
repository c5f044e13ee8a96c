"""What the rules of a class refuse. Codes are in `problems.csv` with their texts in both languages."""

from eventcore import Rejected


class ClassUnknown(Rejected):
    """There is no such class."""

    code = "class_unknown"


class ClassAlreadyFiled(Rejected):
    """This class is filed already."""

    code = "class_already_filed"


class ClassDaysWrong(Rejected):
    """A class ends on or after the day on which it begins."""

    code = "class_days_wrong"


class ClassPlaceUnknown(Rejected):
    """There is no such region on the day on which the class begins."""

    code = "class_place_unknown"


class TeachingPlanTooShort(Rejected):
    """The teaching plan has fewer minutes or days than the programme asks for."""

    code = "teaching_plan_too_short"


class LessonOutside(Rejected):
    """A lesson lies outside the days of the class."""

    code = "lesson_outside_class"


class TeacherUnknown(Rejected):
    """A lesson or session is given by somebody who is no teacher of the class."""

    code = "teacher_unknown"


class OwnFiling(Rejected):
    """Nobody decides on the class that they filed."""

    code = "class_own_filing"


class ClassDecidedOtherwise(Rejected):
    """The class was decided on, with another result."""

    code = "class_already_decided"


class ClassNotOpen(Rejected):
    """The class is not approved, or was closed."""

    code = "class_not_open"


class SessionDayWrong(Rejected):
    """A session is held within the days of the class, and by today."""

    code = "session_day_wrong"


class SessionOverlaps(Rejected):
    """Another session of the class was held at the same time."""

    code = "session_overlaps"


class NotInClass(Rejected):
    """Somebody who is said to have been there, or to have been tested, has no seat in the class."""

    code = "worker_not_in_class"


class AttendanceWrong(Rejected):
    """Each worker is named once, with no more minutes than the session had."""

    code = "attendance_wrong"


class SessionUnknown(Rejected):
    """The class has no such session."""

    code = "session_unknown"


class OnlySupervised(Rejected):
    """After the class was closed only the labour department changes what was attended."""

    code = "class_closed_for_institution"


class ClassNotOver(Rejected):
    """A class is closed by today, on its last day or later."""

    code = "class_not_over"


class ResultsIncomplete(Rejected):
    """Everybody who has a seat has one result of the closing test."""

    code = "class_results_incomplete"


class ClassNotClosed(Rejected):
    """The archive is completed after the class was closed."""

    code = "class_not_closed"
