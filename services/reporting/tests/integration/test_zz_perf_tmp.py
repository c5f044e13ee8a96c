import time
from datetime import date
from random import Random

import pytest
from public_lives import Claim, Person
from public_surveys import Survey
from published import Told

pytestmark = pytest.mark.postgres
D = date(2026, 3, 2)


async def test_perf(ask, told: Told, pool, owner_pool) -> None:
    random = Random(1)
    facts = []
    for n in range(2000):
        region = random.choice(("520525", "520526", "520102", "520103", "520111", "520502"))
        s = Survey(key=f"s{n}", worker=f"w{n}", region=region)
        p = Person(key=f"w{n}", region=region)
        facts += [s.recorded(), s.approved(), p.registered(D, ("MONITORED",))]
        if n < 1600:
            facts += [p.designated(D)]
        if n < 1200:
            facts += [
                p.enrolled(D, f"class-{n % 30}"),
                p.completed(D, f"class-{n % 30}"),
                p.certified(D, f"class-{n % 30}"),
            ]
        if n < 50:
            facts += [p.moved("520103", D)]
        if n < 20:
            facts += [p.revoked(D)]
        c = Claim(key=f"c{n}", worker=f"w{n}", region=region)
        facts += [c.decided(100, D), c.ordered(100, D), c.executed(100, D)]
    for at in range(0, len(facts), 500):
        await told(*facts[at : at + 500], shown=False)
    for _ in range(120):
        try:
            await told(facts[0])
            break
        except TimeoutError:
            pass
    if True:
        for a in (True,):
            if a:
                await owner_pool.execute("analyze")
            for path, params in (
                ("/v1/funnel", {}),
                ("/v1/funnel", {"per": "county"}),
                ("/v1/funnel", {"by": "institution"}),
                ("/v1/funnel", {"group": "MONITORED"}),
                ("/v1/money", {}),
                ("/v1/funnel", {"region": "520526"}),
            ):
                times = []
                for _ in range(9):
                    t = time.perf_counter()
                    r = await ask(path, **({"region": "520000"} | params))
                    times.append(time.perf_counter() - t)
                    assert r.status_code == 200
                print(a, path, params, f"{sorted(times)[4] * 1000:.1f} ms first {times[0] * 1000:.0f}")
    from reporting import asking, groups, occupations
    from reporting.funnel import query as q
    from reporting.regions import breakdown
    from reporting.steps.located import within

    b = breakdown("520000", date(2026, 11, 28), "child")
    print(len(b.areas))
    leads = groups.led(date(2026, 11, 28))
    alike = occupations.led(date(2026, 11, 28))
    given = {
        **within(b, date(2026, 11, 28)),
        "known": 10**9,
        "slice": None,
        "old_groups": list(leads),
        "new_groups": list(leads.values()),
        "old_occupations": list(alike),
        "new_occupations": list(alike.values()),
        "groups": None,
        "cohort": None,
        "institution": None,
        "occupation": None,
    }
    async with pool.acquire() as c, c.transaction():
        await c.execute(asking._ROOM)
        pid = await c.fetchval("select pg_backend_pid()")

        def cpu():
            f = open(f"/proc/{pid}/stat").read().split()
            return (int(f[13]) + int(f[14])) * 10

        await c.fetch(q._QUERY.text, *q._QUERY.arguments(given))
        for name, extra in (("all", {}), ("by", {"slice": "institution"}), ("group", {"groups": ["MONITORED"]})):
            a = cpu()
            for _ in range(40):
                await c.fetch(q._QUERY.text, *q._QUERY.arguments(given | extra))
            print(name, "cpu ms each", (cpu() - a) / 40)
        rows = await c.fetch("explain (analyze, costs off) " + q._QUERY.text, *q._QUERY.arguments(given))
        open("/tmp/perf/plan.txt", "w").write("\n".join(r[0] for r in rows))
