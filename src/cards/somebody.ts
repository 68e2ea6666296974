/** Who did something, where their name is not known. */
export const SOMEBODY = 'somebody';
export const SOMEBODY_WHO_LEFT = 'somebody who left';
