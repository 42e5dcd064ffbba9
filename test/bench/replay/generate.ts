/** npm run replay:generate -- <folder> [patients] [seed]: see docs/replay.md, "Synthetic exports". */
import { writeExport } from './write-export.js';

const [folder, patients = '10000', seed = '20260101'] = process.argv.slice(2);
if (folder === undefined) throw new Error('name a folder');
const truth = writeExport(folder, {
  patients: Number(patients),
  seed: Number(seed),
  linesPerFile: 50_000,
});
console.log(
  `${truth.patients} patients, ${truth.neurectomy.orders} orders: ${folder} and ${folder}.truth.json`,
);
