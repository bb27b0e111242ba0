"""Functions: their environment, their code, their place in the cloud."""

import importlib.util
import json
from dataclasses import fields, is_dataclass
from importlib.metadata import version
from pathlib import Path

import pytest

from infra.parts.layers import LayerBundlingError, PipInstall

from .conftest import PROJECT
from .templates import Assembly

FUNCTIONS = sorted(path.parent.name for path in (PROJECT / "functions").glob("*/handler.py"))
GIVEN_TO_ALL = {"POWERTOOLS_SERVICE_NAME", "LOG_LEVEL"}
IN_CALL = {
    "identify_caller",
    "check_announcement",
    "check_input",
    "answer_question",
    "route_call",
    "record_survey",
}
DECRYPTING = {"create_input_key", "verify_caller"}
"""Functions that stand on the encryption layer too."""


def environment_fields(function: str) -> set[str]:
    path = PROJECT / "functions" / function / "environment.py"
    spec = importlib.util.spec_from_file_location(f"environment_of_{function}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    model = getattr(module, "".join(part.capitalize() for part in function.split("_")) + "Environment")
    assert is_dataclass(model)
    return {field.name.upper() for field in fields(model)}


def test_every_function_folder_is_deployed(assembly: Assembly) -> None:
    assert sorted(assembly.functions()) == FUNCTIONS


@pytest.mark.parametrize("function", FUNCTIONS)
def test_environment_model_equals_the_synthesised_environment(assembly: Assembly, function: str) -> None:
    variables = assembly.functions()[function].properties["Environment"]["Variables"]
    assert set(variables) - GIVEN_TO_ALL == environment_fields(function)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_runs_on_the_one_runtime_with_its_own_log_group(assembly: Assembly, function: str) -> None:
    properties = assembly.functions()[function].properties
    assert properties["Runtime"] == "python3.13"
    assert properties["Architectures"] == ["arm64"]
    assert properties["Handler"] == "handler.handler"
    assert len(properties["Layers"]) == (3 if function in DECRYPTING else 2)
    assert "LogGroup" in properties["LoggingConfig"]
    assert "TracingConfig" not in properties


def test_functions_that_callers_wait_for_answer_within_the_flows_patience(assembly: Assembly) -> None:
    for name, found in assembly.functions().items():
        if name in IN_CALL:
            assert found.properties["Timeout"] <= 8
            assert found.properties["MemorySize"] <= 256
        if name == "verify_caller":
            assert found.properties["Timeout"] <= 5


@pytest.mark.parametrize("function", FUNCTIONS)
def test_asset_holds_the_handler_and_the_centre_and_no_caches(assembly: Assembly, function: str) -> None:
    folder = assembly.asset(assembly.functions()[function])
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    assert {"handler.py", "environment.py", "center.json"} <= names
    assert not [name for name in names if "__pycache__" in name or "test" in name]
    document = json.loads((folder / "center.json").read_text(encoding="utf-8"))
    assert document["hours"]["shop"]["open"][0]["from"] == "07:00"


def test_own_layer_has_the_package_at_its_python_root(assembly: Assembly) -> None:
    layers = {
        found.properties["Description"]: found
        for found in assembly.of_type("AWS::Lambda::LayerVersion")
        if "Description" in found.properties
    }
    ours = next(found for text, found in layers.items() if text.startswith("The trunkline package"))
    folder = assembly.asset(ours)
    assert (folder / "python" / "trunkline" / "center" / "model.py").is_file()
    assert not list(folder.rglob("__pycache__"))


def test_offline_synthesis_fetches_no_wheels(assembly: Assembly) -> None:
    third_party = [
        found
        for found in assembly.of_type("AWS::Lambda::LayerVersion")
        if "Third-party" in found.properties.get("Description", "")
    ]
    assert [path.name for path in assembly.asset(third_party[0]).iterdir()] == ["requirements.txt"]


LAYERS = {
    "dependencies": {"aws-lambda-powertools", "msgspec"},
    "encryption": {"aws-encryption-sdk", "cryptography"},
}


def pins(layer: str) -> list[str]:
    lines = (PROJECT / "layers" / layer / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_requirements_are_pinned_and_cover_what_the_layer_imports(layer: str) -> None:
    assert all("==" in line for line in pins(layer))
    assert LAYERS[layer] <= {line.split("==")[0] for line in pins(layer)}


@pytest.mark.parametrize("layer", LAYERS)
def test_lambda_gets_the_versions_that_these_tests_run_with(layer: str) -> None:
    for line in pins(layer):
        package, pinned = line.split("==")
        assert version(package) == pinned


def test_wheels_that_cannot_be_fetched_are_told_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(LayerBundlingError, match=r"layers/encryption/requirements\.txt: .* -c bundle=false"):
        PipInstall(PROJECT / "layers" / "encryption").try_bundle(str(tmp_path))


def test_only_the_instance_may_invoke_functions_from_a_flow(assembly: Assembly) -> None:
    permissions = [
        found.properties
        for found in assembly.of_type("AWS::Lambda::Permission")
        if found.properties["Principal"] == "connect.amazonaws.com"
    ]
    assert len(permissions) == len(IN_CALL)
    assert all("SourceArn" in one and one["SourceAccount"] == {"Ref": "AWS::AccountId"} for one in permissions)
    associated = [
        one
        for one in assembly.of_type("AWS::Connect::IntegrationAssociation")
        if one.properties["IntegrationType"] == "LAMBDA_FUNCTION"
    ]
    assert len(associated) == len(IN_CALL)
