// SPDX-License-Identifier: Apache-2.0
import { ordererVersionText } from './ordererVersion.js';

it('has the lines of `orderer version`, and says that the engine is not Fabric', () => {
    expect(ordererVersionText()).toMatch(
        /^orderer:\n Version: v3\.1\.5-embedded\.\S+\n Commit SHA: \S+\n Node version: v\d+\.\S+\n OS\/Arch: \S+\/\S+\n$/,
    );
});
