/** Hills and a bend of the river, in the town's colours: a decoration for the first pages. */
export function Landscape() {
  return (
    <svg
      class="landscape"
      viewBox="0 0 1200 220"
      preserveAspectRatio="xMaxYMax slice"
      aria-hidden="true"
      focusable="false"
    >
      <circle class="landscape__sun" cx="1010" cy="84" r="36" />
      <path
        class="landscape__far"
        d="M0 186c120-6 240-16 360-18 140-2 230-26 330-56 90-27 160-36 240-14 80 22 150 8 270-34v156H0z"
      />
      <path
        class="landscape__near"
        d="M0 204c160-8 300-2 430-12 130-10 220-34 330-40 120-6 190 22 290 14 60-5 100-16 150-24v78H0z"
      />
      <path
        class="landscape__river"
        d="M884 157c-70 3-128 11-128 24 0 15 150 8 150 24 0 10-60 16-104 26"
      />
    </svg>
  );
}
