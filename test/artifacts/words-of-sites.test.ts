import { terminology } from './shipped.js';

const has = (text: string, id: string) => terminology.conceptsOfText(text).includes(id);

describe('words of medicines', () => {
  test.each<[string, readonly string[]]>([
    ['gabapentin 300 mg oral capsule', ['gabapentinoid']],
    ['naproxen 500 mg oral tablet', ['nsaid']],
    ['Voltaren 50 mg tablet', ['nsaid']],
    ['diclofenac 1 % topical gel', []],
    ['ketorolac ophthalmic solution', []],
    ['Percocet 5-325 mg tablet', ['acetaminophen', 'opioid']],
    ['hydrocodone-acetaminophen 5-325 mg', ['acetaminophen', 'opioid']],
    ['promethazine with codeine cough syrup', []],
    ['naloxone 4 mg nasal spray', []],
    ['Cymbalta 60 mg capsule', ['antidepressant-for-pain']],
    ['cyclobenzaprine 10 mg', ['muscle-relaxant']],
    ['baclofen intrathecal pump', []],
    ['Medrol Dosepak 4 mg', ['oral-steroid']],
    ['methylprednisolone acetate 40 mg/mL injection', []],
    ['Eliquis 5 mg tablet', ['anticoagulant']],
    ['heparin lock flush', []],
    ['aspirin 81 mg EC tablet', ['antiplatelet']],
    ['clopidogrel 75 mg', ['antiplatelet']],
    ['lisinopril 10 mg oral tablet', []],
  ])('%s', (text, classes) => {
    expect([...terminology.conceptsOfText(text)].sort()).toEqual([...classes].sort());
  });
});

describe('titles of imaging reports name their region', () => {
  test.each<
    [string, 'lumbar-imaging' | 'pelvis-hip-si-imaging' | 'other-region-imaging' | 'generic-imaging' | 'none']
  >([
    ['MRI lumbar spine without contrast', 'lumbar-imaging'],
    ['MR Lumbar spine WO contrast', 'lumbar-imaging'],
    ['X-RAY SPINE LUMBAR 2-3 VIEWS', 'lumbar-imaging'],
    ['MRI L-SPINE', 'lumbar-imaging'],
    ['MRI thoracic and lumbar spine', 'lumbar-imaging'],
    ['MRI CERVICAL SPINE WO CONTRAST', 'other-region-imaging'],
    ['CT thoracic spine', 'other-region-imaging'],
    ['XR CHEST 2 VW', 'other-region-imaging'],
    ['XR SI JOINTS 3+ VIEWS', 'pelvis-hip-si-imaging'],
    ['MRI pelvis without contrast', 'pelvis-hip-si-imaging'],
    ['CT ABDOMEN PELVIS W CONTRAST', 'pelvis-hip-si-imaging'],
    ['Radiology report', 'generic-imaging'],
    ['Hemoglobin A1c', 'none'],
    ['Lumbar puncture under fluoroscopy', 'none'],
  ])('%s', (text, expected) => {
    const regions = ['lumbar-imaging', 'pelvis-hip-si-imaging', 'other-region-imaging', 'generic-imaging'];
    expect(regions.filter((id) => has(text, id))).toEqual(expected === 'none' ? [] : [expected]);
  });
});

describe('names of provocation tests', () => {
  test.each<[string, string | undefined]>([
    ['Patrick/FABER test', 'faber'],
    ["Patrick's sign", 'faber'],
    ['Thigh thrust (left)', 'thigh-thrust'],
    ['P4 test', 'thigh-thrust'],
    ['ASIS distraction test', 'distraction'],
    ['Pelvic gapping', 'distraction'],
    ['Sacroiliac compression test', 'compression'],
    ["Gaenslen's test", 'gaenslen'],
    ['Sacral thrust', 'sacral-thrust'],
    ['FADIR test', 'fadir'],
    ['Spurling compression test', undefined],
    ['Cervical distraction test', undefined],
    ['Straight leg raise', undefined],
  ])('%s', (text, expected) => {
    const found = terminology.conceptsOfText(text).filter((id) => id.startsWith('provocation-'));
    expect(found).toEqual(expected === undefined ? [] : [`provocation-${expected}`]);
  });
});

describe('body sites, sides, scales and indications', () => {
  test.each<[string, string, boolean]>([
    ['Bilateral sacroiliac joints', 'body-site-si-joint', true],
    ['Sacrococcygeal joint', 'body-site-si-joint', false],
    ['S1, S2 and S3 lateral branches, bilateral', 'body-site-sacral-lateral-branch', true],
    ['S1 nerve root', 'body-site-sacral-lateral-branch', false],
    ['Bilateral L4-5 facet joints', 'body-site-lumbar', true],
    ['Bilateral hips', 'body-site-hip', true],
    ['Left SI joint', 'laterality-left', true],
    ['SIJ inj, RT', 'laterality-right', true],
    ['R SIJ', 'laterality-right', true],
    ['SI JT BILAT', 'laterality-bilateral', true],
    ['Left SI joint', 'laterality-right', false],
    ['Pain severity 0-10, low back and buttock', 'pain-score', true],
    ['Pain relief after block', 'pain-score', false],
    ['Chronic SI joint pain, RFA not tried', 'sij-indication-text', true],
    ['Pain from the sacral lateral branches; cervical spondylosis stable', 'sij-indication-text', true],
    ['Occipital neuralgia', 'sij-indication-text', false],
    ['Greater occipital neuralgia', 'other-indication', true],
    ['Intercostal neuralgia', 'other-indication', true],
    ['Endoscopic rhizotomy of lumbar medial branches', 'other-indication', true],
    ['Chronic bilateral SI joint pain', 'other-indication', false],
    ['Lumbar spondylosis', 'other-indication', false],
    ['Procedure note', 'procedure-note-document', true],
    ['Progress note', 'procedure-note-document', false],
  ])('%s: %s is %s', (text, id, expected) => {
    expect(has(text, id)).toBe(expected);
  });
});

describe('charge descriptions as billing systems shorten them', () => {
  test.each<[string, string]>([
    ['PR RADIOFREQUENCY ABLTJ NRV NRVTG SI JT W/IMG GDN', 'sacral-lateral-branch-rfa'],
    ['PR INJECTION AA&/STRD NERVES NRVTG SI JOINT W/IMG', 'lateral-branch-block'],
    ['PR NJX AA&/STRD TFRML EPI LUMBAR/SACRAL 1 LEVEL', 'transforaminal-epidural'],
    ['PR DSTRJ NROLYTC AGNT PARVERTEB FCT SNGL LMBR/SACRAL', 'facet-rfa'],
    ['PR NJX DX/THER AGT PVRT FACET JT LMBR/SAC 1 LEVEL', 'medial-branch-block'],
    ['PR TRANSECTION/AVULSION OTH SPINAL NRV XDRL', 'neurectomy-order'],
  ])('%s', (text, id) => {
    expect(has(text, id)).toBe(true);
  });
});
