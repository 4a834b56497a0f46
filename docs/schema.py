"""Write the JSON schema of a study, for editors that complete and check YAML."""

import json
from pathlib import Path

from siting.config import Study

TARGET = Path(__file__).with_name("study.schema.json")

if __name__ == "__main__":
    schema = Study.model_json_schema(by_alias=True)
    TARGET.write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
