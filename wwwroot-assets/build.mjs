// Bundles the browser side into VitLab.Web/wwwroot/dist:
//   src/<area>/<name>.control.ts  ->  dist/<area>/<name>.js   one ES module per control, shared code split into dist/chunks
//   src/app.ts                    ->  dist/app.js             what every page needs before the circuit is up
//   src/theme-boot.ts             ->  dist/theme-boot.js      classic script: sets the theme before the first paint
//   src/styles/app.css            ->  dist/app.css            with its font in dist/fonts
import { readdir, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const source = join(root, 'src');
const output = process.argv[2] ?? join(root, '..', 'VitLab.Web', 'wwwroot', 'dist');

const files = await readdir(source, { recursive: true });
const controls = files.filter(file => file.endsWith('.control.ts')).map(file => file.split(sep).join('/'));
const shared = { bundle: true, minify: true, target: 'es2022', charset: 'utf8', logLevel: 'warning', legalComments: 'none' };

await rm(output, { recursive: true, force: true });
await build({
    ...shared,
    entryPoints: [
        { in: join(source, 'app.ts'), out: 'app' },
        ...controls.map(file => ({ in: join(source, file), out: file.replace(/\.control\.ts$/, '') })),
    ],
    outdir: output,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
});
await build({ ...shared, entryPoints: [join(source, 'theme-boot.ts')], outfile: join(output, 'theme-boot.js'), format: 'iife' });
await build({ ...shared, entryPoints: [join(source, 'styles', 'app.css')], outdir: output, loader: { '.woff2': 'file' }, assetNames: 'fonts/[name]-[hash]' });
