/**
 * Ids by which comments written for Bandit (`nosec B608`) and for the
 * flake8-bandit checks of other linters (`noqa: S608`, the same number) name a
 * weakness. Each plugin's page gives its weakness; where that page names a
 * broader or an older id, the one Assay's rules use for the same defect is
 * listed too. Source: https://bandit.readthedocs.io/en/latest/plugins/
 */
const WEAKNESSES: ReadonlyMap<string, readonly number[]> = new Map([
  ['102', [78, 94, 95]],
  ['103', [732]],
  ['104', [605]],
  ['105', [259, 798]],
  ['106', [259, 798]],
  ['107', [259, 798]],
  ['108', [377]],
  ['113', [400, 1088]],
  ['201', [94, 489]],
  ['202', [22]],
  ['301', [502]],
  ['302', [502]],
  ['303', [327, 328]],
  ['304', [327]],
  ['305', [327]],
  ['306', [377]],
  ['307', [78, 94, 95]],
  ['308', [79, 80]],
  ['310', [22, 918]],
  ['311', [330, 338]],
  ['312', [319]],
  ['313', [20, 611, 776]],
  ['314', [20, 611, 776]],
  ['315', [20, 611, 776]],
  ['316', [20, 611, 776]],
  ['317', [20, 611, 776]],
  ['318', [20, 611, 776]],
  ['319', [20, 611, 776]],
  ['320', [20, 611, 776]],
  ['321', [319]],
  ['323', [295]],
  ['324', [327, 328]],
  ['401', [319]],
  ['402', [319]],
  ['403', [502]],
  ['404', [78]],
  ['413', [327]],
  ['501', [295]],
  ['502', [327]],
  ['503', [327]],
  ['504', [327]],
  ['505', [326]],
  ['506', [20, 502]],
  ['507', [295, 322]],
  ['508', [319]],
  ['509', [319]],
  ['601', [78]],
  ['602', [78]],
  ['603', [78]],
  ['604', [78]],
  ['605', [78]],
  ['606', [78]],
  ['607', [78, 426, 427]],
  ['608', [89]],
  ['609', [78, 155]],
  ['610', [89]],
  ['611', [89]],
  ['612', [94]],
  ['613', [838]],
  ['614', [502]],
  ['701', [79, 94, 116]],
  ['702', [79, 80]],
  ['703', [79, 80]],
  ['704', [79, 80]],
])

/** Weaknesses that `B608` or `S608` stands for; `undefined` for any other id. */
export function weaknessesOfForeignId(id: string): readonly number[] | undefined {
  const number = /^[BS](\d{3})$/i.exec(id)?.[1]
  return number === undefined ? undefined : (WEAKNESSES.get(number) ?? [])
}
