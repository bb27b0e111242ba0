"""Pictures of the flows are deployed with the console, and with nothing else."""

from .templates import Assembly


def test_console_has_a_picture_of_every_flow_in_every_language(assembly: Assembly) -> None:
    folder = assembly.asset(assembly.functions()["serve_console"]) / "drawings"
    flows = {found.properties["Name"] for found in assembly.of_type("AWS::Connect::ContactFlow")}
    for language in ("en", "ko"):
        pictures = {path.stem: path.read_text(encoding="utf-8") for path in (folder / language).glob("*.svg")}
        assert flows <= set(pictures)
        assert all(picture.startswith("<svg ") for picture in pictures.values())


def test_pictures_tell_names_and_no_tokens(assembly: Assembly) -> None:
    folder = assembly.asset(assembly.functions()["serve_console"]) / "drawings"
    inbound = (folder / "en" / "inbound.svg").read_text(encoding="utf-8")
    assert "identify_caller" in inbound
    assert "Token[" not in inbound
    assert "arn:" not in inbound


def test_other_functions_carry_no_pictures(assembly: Assembly) -> None:
    others = [found for name, found in assembly.functions().items() if name != "serve_console"]
    assert not any((assembly.asset(found) / "drawings").exists() for found in others)
