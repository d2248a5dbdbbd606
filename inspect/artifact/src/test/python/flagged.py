"""Prints the share of flagged files by folder, and which observations did it.

usage: flagged.py VERDICTS.json [--why]
"""

import collections
import json
import sys
from pathlib import PurePath

if __name__ == "__main__":
    verdicts = collections.defaultdict(collections.Counter)
    why = collections.defaultdict(collections.Counter)
    for file in json.load(open(sys.argv[1]))["files"]:
        library = PurePath(file["path"]).parent.name
        verdicts[library][file["verdict"]] += 1
        for part in [file, *file["members"]]:
            for o in part.get("observations", []):
                why[library][o["verdict"] + " " + o["what"].split("(")[0][:150]] += 1
    for library, counts in sorted(verdicts.items()):
        files = sum(counts.values())
        flagged = files - counts["inert"]
        print(f"{library:14} {files:6} files, flagged {flagged:5} = {100 * flagged / files:5.1f} %  {dict(counts)}")
        if "--why" in sys.argv:
            for what, n in why[library].most_common(25):
                print(f"      {n:5} {what}")
