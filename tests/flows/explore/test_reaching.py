"""What an exploration reaches, and what it says of the rest."""

from __future__ import annotations

from typing import Any

from contactflow.explore import Bounds, Exploration, explore_flow
from contactflow.model import Flow
from tests.flows.explore.building import (
    FAILS,
    action,
    ask,
    assign,
    call_module,
    compare,
    end,
    flow_of,
    hang_up,
    invoke,
    leave_module,
    loop,
    say,
)


def unreached(flow: Flow, **options: object) -> dict[str, str]:
    found = explore_flow(flow, **options)  # type: ignore[arg-type]
    assert len(found.reached) + len(found.unreachable) == found.actions
    return {entry.action: entry.why for entry in found.unreachable}


def test_every_branch_of_a_menu_is_taken() -> None:
    menu = ask("menu", {"1": "bye", "2": "hello"}, silent="bye", wrong="bye", fails="hello")
    found = explore_flow(flow_of(menu, say("hello", "bye"), hang_up()))
    assert found.reached == ("menu", "hello", "bye")
    assert (found.branches, found.covered, found.uncovered) == (7, 7, ())


def test_action_that_no_branch_leads_to_is_unreachable() -> None:
    assert unreached(flow_of(say("hello", "bye"), hang_up(), hang_up("lost"))) == {"lost": "no branch leads there"}


def test_what_follows_an_unreachable_action_names_it() -> None:
    flow = flow_of(hang_up(), say("lost", "after"), hang_up("after"))
    assert unreached(flow)["after"] == "only 'lost' leads there, which nothing reaches either"


def test_constant_decides_a_comparison_of_it() -> None:
    setting = action(
        "set", "UpdateContactAttributes", {"Attributes": {"language": "en"}}, then="which", errors={FAILS: "bye"}
    )
    which = compare("which", "$.Attributes.language", {"en": "bye", "ko": "korean"}, "bye")
    flow = flow_of(setting, which, hang_up(), say("korean", "bye"))
    assert "under conditions that contradict" in unreached(flow)["korean"]
    assert ("which", "ko") in explore_flow(flow).uncovered


def test_constant_that_could_not_be_set_is_not_relied_on() -> None:
    setting = action(
        "set", "UpdateContactAttributes", {"Attributes": {"language": "en"}}, then="which", errors={FAILS: "which"}
    )
    which = compare("which", "$.Attributes.language", {"en": "bye"}, "korean")
    assert unreached(flow_of(setting, which, hang_up(), say("korean", "bye"))) == {}


def test_what_a_function_answered_is_the_same_in_both_comparisons() -> None:
    flow = flow_of(
        invoke("identify", "first", "bye"),
        compare("first", "$.External.vip", {"true": "second"}, "bye"),
        compare("second", "$.External.vip", {"false": "never"}, "bye"),
        hang_up(),
        hang_up("never"),
    )
    assert set(unreached(flow)) == {"never"}


def test_next_answer_of_a_function_may_differ() -> None:
    flow = flow_of(
        invoke("identify", "first", "bye"),
        compare("first", "$.External.vip", {"true": "again"}, "bye"),
        invoke("again", "second", "bye"),
        compare("second", "$.External.vip", {"false": "reached"}, "bye"),
        hang_up(),
        hang_up("reached"),
    )
    assert unreached(flow) == {}


def test_answer_copied_to_an_attribute_stays_the_same_value() -> None:
    flow = flow_of(
        invoke("identify", "copy", "bye"),
        action("copy", "UpdateContactAttributes", {"Attributes": {"vip": "$.External.vip"}}, then="first"),
        compare("first", "$.External.vip", {"true": "other"}, "bye"),
        invoke("other", "second", "bye"),
        compare("second", "$.Attributes.vip", {"false": "never"}, "bye"),
        hang_up(),
        hang_up("never"),
    )
    assert set(unreached(flow)) == {"never"}


def test_numbers_that_exclude_each_other_are_not_both_taken() -> None:
    flow = flow_of(
        compare("many", "$.Attributes.n", {"10": "few"}, "bye", operator="NumberGreaterThan"),
        compare("few", "$.Attributes.n", {"5": "never"}, "bye", operator="NumberLessThan"),
        hang_up(),
        hang_up("never"),
    )
    assert set(unreached(flow)) == {"never"}


def test_numbers_that_leave_room_are_both_taken() -> None:
    flow = flow_of(
        compare("many", "$.Attributes.n", {"10": "few"}, "bye", operator="NumberGreaterThan"),
        compare("few", "$.Attributes.n", {"12": "between"}, "bye", operator="NumberLessThan"),
        hang_up(),
        hang_up("between"),
    )
    assert unreached(flow) == {}


def test_loop_is_left_only_after_its_count() -> None:
    menu = ask("menu", {"1": "bye"}, silent="again", wrong="again", fails="bye")
    found = explore_flow(flow_of(menu, loop("again", 3, "menu", "agent"), hang_up(), action("agent", "DisconnectX")))
    assert "agent" in found.reached
    (dead,) = found.dead_ends
    assert dead.action == "agent"
    assert dead.witness.steps == ("says nothing",) * 4


def test_only_an_action_that_ends_the_flow_leads_there() -> None:
    transfer = action(
        "queue", "TransferContactToQueue", then="after", errors={"QueueAtCapacity": "full", FAILS: "full"}
    )
    flow = flow_of(transfer, say("full", "bye"), hang_up(), hang_up("after"))
    assert unreached(flow)["after"].endswith("a branch that this action never takes")


def test_module_is_walked_and_left_where_it_was_invoked() -> None:
    flow = flow_of(call_module("greet", "module", "bye", "bye"), hang_up())
    module = flow_of(say("hello", "return"), leave_module())
    found = explore_flow(flow, flows={"module": module})
    assert (found.actions, found.reached) == (2, ("greet", "bye"))
    assert ("greet", "NextAction") not in found.uncovered


def test_module_that_never_returns_leaves_what_follows_unreachable() -> None:
    flow = flow_of(call_module("greet", "module", "after", "bye"), hang_up(), say("after", "bye"))
    assert set(unreached(flow, flows={"module": flow_of(hang_up())})) == {"after"}


def test_module_that_is_not_given_may_return_or_not_be_there() -> None:
    flow = flow_of(call_module("greet", "module", "after", "bye"), hang_up(), say("after", "bye"))
    assert unreached(flow) == {}


def test_module_does_not_see_what_its_caller_was_answered() -> None:
    flow = flow_of(invoke("identify", "run", "bye"), call_module("run", "module", "bye", "bye"), hang_up())
    module = flow_of(
        compare("known", "$.External.known", {"true": "never"}, "return"), say("never", "return"), leave_module()
    )
    both = {"module": module}
    found = explore_flow(flow, flows=both)
    assert found.dead_ends == ()
    inside = explore_flow(flow_of(call_module("run", "module", "bye", "bye"), hang_up()), flows=both)
    assert inside.states < explore_flow(module).states + 4


def test_cyclic_modules_take_their_error_branch() -> None:
    first = flow_of(call_module("go", "second", "return", "stuck"), leave_module(), hang_up("stuck"))
    second = flow_of(call_module("go", "first", "return", "stuck"), leave_module(), hang_up("stuck"))
    found = explore_flow(first, flows={"first": first, "second": second})
    assert found.reached == ("go", "stuck")
    assert found.bounded == ()


def test_flow_transferred_to_knows_what_was_set_before() -> None:
    flow = flow_of(
        action("set", "UpdateContactAttributes", {"Attributes": {"language": "en"}}, then="go", errors={FAILS: "bye"}),
        action("go", "TransferToFlow", {"ContactFlowId": "other"}, then="bye", errors={FAILS: "bye"}),
        hang_up(),
    )
    other = flow_of(compare("which", "$.Attributes.language", {"ko": "gone"}, "end"), end())
    assert [dead.action for dead in explore_flow(other).dead_ends] == ["which"]
    assert explore_flow(flow, flows={"other": other}).dead_ends == ()


def many_attributes(count: int) -> Flow:
    """A flow that may be in two to the power of ``count`` situations at its end."""
    questions = []
    for number in range(count):
        following = f"q{number + 1}" if number + 1 < count else "c0"
        questions.append(assign(f"set{number}", {f"a{number}": "1"}, following))
        questions.append(ask(f"q{number}", {"1": f"set{number}"}, silent=following, wrong=following, fails=following))
    checks = [
        compare(f"c{number}", f"$.Attributes.a{number}", {"1": f"c{number + 1}"}, f"c{number + 1}")
        for number in range(count)
    ]
    return flow_of(*questions, *checks, hang_up(f"c{count}"), start="q0")


def test_bound_that_is_hit_is_told_and_everything_is_still_reached() -> None:
    flow = many_attributes(10)
    found = explore_flow(flow, bounds=Bounds(max_states=200))
    assert len(found.reached) == found.actions
    assert "more than 200 states" in found.bounded[0]
    assert found.states < 800


def test_walk_within_its_bound_tells_of_none() -> None:
    found: Exploration = explore_flow(many_attributes(3), bounds=Bounds(max_states=2000))
    assert found.bounded == ()


def test_value_is_still_known_where_setting_it_failed() -> None:
    def setting(identifier: str, then: str, fails: str) -> dict[str, Any]:
        given = {"Attributes": {"language": "en"}}
        return action(identifier, "UpdateContactAttributes", given, then=then, errors={FAILS: fails})

    flow = flow_of(
        compare("first", "$.Attributes.language", {"ko": "set"}, "bye"),
        setting("set", "bye", "second"),
        compare("second", "$.Attributes.language", {"ko": "bye"}, "never"),
        hang_up(),
        hang_up("never"),
    )
    assert set(unreached(flow)) == {"never"}


def test_counts_of_nested_loops_are_told_apart() -> None:
    flow = flow_of(
        ask("inner", {"1": "outer"}, silent="inner-again", wrong="outer", fails="bye"),
        loop("inner-again", 2, "inner", "outer"),
        loop("outer", 2, "inner", "never-three"),
        {**hang_up("never-three"), "Transitions": {}},
        hang_up(),
    )
    found = explore_flow(flow)
    assert found.unreachable == ()
    assert found.endless_loops == ()
