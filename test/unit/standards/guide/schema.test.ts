/** A guide's schema takes a message if and only if the check does. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { isError } from '../../../../src/model/finding.ts';
import { seededRandom } from '../../../../src/model/random.ts';
import { checkMessage } from '../../../../src/standards/check.ts';
import { messageJson } from '../../../../src/standards/guide/message-json.ts';
import { guideSchema } from '../../../../src/standards/guide/schema.ts';
import { checkRules } from '../../../../src/standards/rules/check.ts';
import { sampleInterchange } from '../../../../src/standards/sample/interchange.ts';
import { decodeEdi } from '../../../support/check-file.ts';
import { guideMappings, guides } from '../../../support/guides.ts';
import { encode } from '../../../support/samples.ts';
import { removeFolders, standards } from '../../mappings/room.ts';

const COUNT = Number(process.env['SAMPLE_COUNT'] ?? 300);

describe("a guide's schema", () => {
  after(removeFolders);
  const mappings = guideMappings();
  const definitionOf = (message: string) => {
    const [standard = '', version = '', name = ''] = message.split('/');
    return standards.find({ standard, version, name })!.definition;
  };

  for (const key of Object.keys(guides)) {
    const count = Math.ceil(COUNT / Object.keys(guides).length);
    it(`takes what keeps the rules and refuses what does not: ${count} of ${key}`, function () {
      this.timeout(20_000 + count * 100);
      const definition = definitionOf(key);
      const rules = mappings.partnerRules(key);
      const ajv = new Ajv2020({
        strict: true,
        strictRequired: false,
        strictTypes: false,
        allErrors: true,
      });
      const validate = ajv.compile(
        guideSchema('A guide', [{ key, title: key, definition, rules }]),
      );
      let kept = 0;
      for (let seed = 1; seed <= count; seed += 1) {
        // Every third without the rules: most of those break some.
        const options = { random: seededRandom(seed), richness: (seed % 5) / 6, segmentsMax: 60 };
        const own = seed % 3 === 0 ? {} : { rules };
        const bytes = encode(sampleInterchange(definition, { ...options, ...own }));
        decodeEdi(bytes, (event) => {
          if (event.is !== 'message' || event.message.content.form !== 'segments') return;
          const { root, findings } = checkMessage(event.message, definition);
          const told = [...findings, ...checkRules(rules, event.message, root)].filter(isError);
          const segments = messageJson(root, event.message.content.segments);
          const isValid = validate({ message: key, segments });
          const why = `seed ${seed}: ${told[0]?.text ?? ajv.errorsText(validate.errors)}`;
          expect(isValid, why).to.equal(told.length === 0);
          if (isValid) kept += 1;
        });
      }
      expect(kept).to.be.within(Math.floor((count * 2) / 3), count - 1);
    });
  }
});
