"""Bound and plan over time are read from the logs of solvers."""

# ruff: noqa: E501 - logs as solvers write them

import math

from bench.trace import gap_at, merged, of_highs, of_scip, time_to

HIGHS = """  Expl. | BestBound       BestSol              Gap |   Cuts   InLp Confl. | LpIters     Time

 J       0       0         0   0.00%   -inf            324418.048973      Large        0      0      0         0     0.1s
 R       0       0         0   0.00%   18062.659651    102527.322561     82.38%        0      0      0       371     0.2s
         0       0         0   0.00%   18846.769136    19115.412045       1.41%     2118    182      0      5817     4.0s
Solving report
  Timing            4.02
""".splitlines()

SCIP = """ time | node  | left  |LP iter|LP it/n|mem/heur|mdpt |vars |cons |rows |cuts |sepa|confs|strbr|  dualbound   | primalbound  |  gap   | compl.
p 0.0s|     1 |     0 |     0 |     - | clique |   0 | 500 | 300 | 300 |   0 |  0 |   0 |   0 | 0.000000e+00 | 4.868123e+05 |    Inf | unknown
  1.5s|     1 |     0 |   431 |     - |  4016k |   0 | 500 | 300 | 300 |   0 |  0 |   0 |   0 | 1.800000e+04 |      --      |    Inf | unknown
""".splitlines()


def test_highs_log() -> None:
    assert of_highs(HIGHS, since_s=1.0) == [
        (1.1, 324418.048973, None),
        (1.2, 102527.322561, 18062.659651),
        (5.0, 19115.412045, 18846.769136),
    ]


def test_scip_log() -> None:
    assert of_scip(SCIP) == [(0.0, 486812.3, 0.0), (1.5, None, 18000.0)]


def test_best_plan_and_bound_so_far_are_kept() -> None:
    trace = merged([(3.0, 11.0, None), (1.0, None, 9.0), (2.0, 12.0, 8.0), (4.0, 11.0, 9.0)])
    assert trace == [(1.0, None, 9.0), (2.0, 12.0, 9.0), (3.0, 11.0, 9.0)]
    assert gap_at(trace, 1.5) == math.inf
    assert gap_at(trace, 2.5) == 0.25
    assert time_to(trace, 0.2) == 3.0
    assert time_to(trace, 0.1) == math.inf
