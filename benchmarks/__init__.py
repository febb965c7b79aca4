"""Benchmarks: each module measures one promise of the project and prints its figures.

`python -m benchmarks` runs all of them, `python -m benchmarks.build` one. Ratios are from one run, side by
side; data of others is read from `../shared/corpora`, and a benchmark that lacks it says so, or that it takes
made-up papers.
"""
