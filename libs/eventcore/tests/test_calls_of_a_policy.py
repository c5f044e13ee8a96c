"""What a policy sends in one call: whole facts, since the checkpoint moves with them."""

from eventcore.call import MAX_COMMANDS
from eventcore.readers.policy import _calls
from eventcore.store import Order, Task
from hypothesis import example, given
from hypothesis import strategies as st
from shop import SEAT, GiveSeatBack


@given(counts=st.lists(st.integers(0, 3 * MAX_COMMANDS), max_size=8))
@example(counts=[1, MAX_COMMANDS + 1, 1])
def test_a_fact_goes_whole_in_one_call_however_many_commands_it_has(counts: list[int]) -> None:
    tasks = [
        Task(SEAT, f"{fact}-{n}", GiveSeatBack(), Order(id=f"{fact}/{n}"), fact)
        for fact, count in enumerate(counts, 1)
        for n in range(count)
    ]
    calls = list(_calls(tasks, len(counts)))
    assert [task for sent, _ in calls for task in sent] == tasks
    facts = [{task.fact for task in sent} for sent, _ in calls]
    assert sum(map(len, facts)) == len(set().union(*facts))
    assert all(until == sent[-1].fact for sent, until in calls[:-1])
    assert all(len(sent) <= MAX_COMMANDS or len(found) == 1 for (sent, _), found in zip(calls, facts, strict=True))
    assert calls[-1][1] == len(counts)
