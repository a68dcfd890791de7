// Mocha's spec report, then its counts on a line of their own: « N passed, N failed ».
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats;
      const counts = `${passes} passed, ${failures} failed`;
      const file = process.env.TEST_COUNTS_FILE;
      if (file) writeFileSync(file, `${counts}\n`);
      process.stdout.write(`${counts}\n`);
    });
  }
};
