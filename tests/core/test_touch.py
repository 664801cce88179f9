"""Keys of touches: planning the same thing twice meets the same row, and no two kinds of thing share a key."""

from drumbeat.core.touch import own_task_key, step_key, stop_key


def test_each_occasion_has_a_key_of_its_own():
    keys = [step_key(1, "2", 3), step_key(12, "3", 1), own_task_key("1"), stop_key(1, 2), stop_key(12, 0)]
    assert len(set(keys)) == len(keys)
    assert step_key(1, "hello", 2) == step_key(1, "hello", 2) == "step:1:hello:2"
    assert own_task_key("a-token") == "todo:a-token"
    assert stop_key(7, 0) == "stop:7:0"
