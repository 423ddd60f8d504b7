"""Records traces of SQLAlchemy's connection pools; see FORMAT.md.

    python record.py scenario FILE.json... --out DIR
    python record.py random --profile core --seed 0 --count 20 --out DIR
    python record.py again FILE.jsonl...
"""

import argparse
import gc
import json
import sys
from pathlib import Path

import scripts
from world import World


def save(out, name, lines):
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines))


def about(header):
    return {key: header[key] for key in ("name", "note", "seed", "profile") if key in header}


def scenario(options):
    for file in options.files:
        given = json.loads(file.read_text())
        world = World(given.get("config", {}), scripts.Given(given["script"]), **about(given))
        save(options.out, file.stem, world.run())


def random(options):
    for seed in range(options.seed, options.seed + options.count):
        config, script = scripts.by_chance(options.profile, seed)
        world = World(config, script, seed=seed, profile=options.profile)
        save(options.out, f"{options.profile}-{seed:05}", world.run())
        tidy(seed)


def again(options):
    """The script of each file once more; everything must be as it was but SQLAlchemy's version in the header."""
    different = 0
    for count, file in enumerate(options.files):
        old = file.read_text().splitlines()
        header = json.loads(old[0])
        new = World(header["config"], scripts.Given(header["script"]), **about(header)).run()
        if not options.strict:
            version = json.loads(new[0])["sqlalchemy"]
            old[0] = old[0].replace(f'"sqlalchemy":"{header["sqlalchemy"]}"', f'"sqlalchemy":"{version}"', 1)
        if old != new:
            different += 1
            show(file, old, new)
        tidy(count)
    print(f"{len(options.files) - different} of {len(options.files)} traces are the same")
    return int(different > 0)


def show(file, old, new):
    pairs = enumerate(zip(old + ["(nothing)"], new + ["(nothing)"], strict=False), start=1)
    number, (was, became) = next(pair for pair in pairs if pair[1][0] != pair[1][1])
    print(f"{file}:{number}\n  was {was}\n  now {became}")


def tidy(count):
    """Between runs, not in them; not after each, for it takes longer than a run."""
    if count % 20 == 0:
        gc.collect()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for command in (scenario, random, again):
        sub = commands.add_parser(command.__name__, help=command.__doc__)
        sub.set_defaults(run=command)
        if command is random:
            sub.add_argument("--profile", required=True)
            sub.add_argument("--seed", type=int, default=0)
            sub.add_argument("--count", type=int, default=1)
        else:
            sub.add_argument("files", type=Path, nargs="+")
        if command is again:
            sub.add_argument("--strict", action="store_true", help="compare SQLAlchemy's version too")
        else:
            sub.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    gc.freeze()
    return options.run(options)


if __name__ == "__main__":
    sys.exit(main())
